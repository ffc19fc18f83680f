package docket

import "testing"

func TestReference(t *testing.T) {
	p := Print{ID: "abcd2345wxyz"}
	if p.Reference() != "ABCD-2345-WXYZ" {
		t.Error(p.Reference())
	}
	for _, text := range []string{"ABCD-2345-WXYZ", "abcd2345wxyz", " ABCD 2345 WXYZ ", "https://card.example/office/forms/abcd2345wxyz", "http://x/office/forms/abcd2345wxyz/", "ＡＢＣＤ－２３４５－ｗｘｙｚ"} {
		if got, ok := ParseReference(text); !ok || got != p.ID {
			t.Errorf("%q: %q, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "abcd", "abcd2345wxy1", "abcd2345wxy!", "abcd2345wxyzz", "/office/people/sato"} {
		if got, ok := ParseReference(text); ok {
			t.Errorf("%q is %q", text, got)
		}
	}
}

// FuzzReference: whatever is typed or scanned is a key or is none.
func FuzzReference(f *testing.F) {
	f.Add("ABCD-2345-WXYZ")
	f.Fuzz(func(t *testing.T, text string) {
		if key, ok := ParseReference(text); ok {
			if again, same := ParseReference((Print{ID: key}).Reference()); !same || again != key {
				t.Errorf("%q: %q, %q", text, key, again)
			}
		}
	})
}
