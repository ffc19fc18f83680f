package rules

import (
	"fmt"
	"slices"
	"testing"
)

// TestOfficialForms: every form of the catalogue is there under its official title, every block it is made of has fields in
// both languages, and every form that a sheet asks for can be printed (FORM-001 to FORM-028).
func TestOfficialForms(t *testing.T) {
	seen := map[string]bool{}
	for paper, form := range OfficialForms {
		seen[form.ID] = true
		if form.Title == "" || form.English == "" || len(form.Blocks) == 0 {
			t.Errorf("%s: %+v", paper, form)
		}
		if _, ok := PaperNames[paper]; !ok {
			t.Errorf("%s is no paper", paper)
		}
		for _, name := range form.Blocks {
			block, ok := FormBlocks[name]
			if !ok && name != "application" {
				t.Errorf("%s: no block is called %s", paper, name)
			}
			for _, f := range block.Fields {
				if (f.Label.Ja == "" || f.Label.En == "") && f.Kind != ByPIN {
					t.Errorf("%s: a field of %s has no name in one language", paper, name)
				}
				if f.Kind == FromRecord && f.Key == "" || f.Kind == ToTick && len(f.Options) == 0 || f.Kind == ByPIN && (f.PIN < 1 || f.PIN > 4) {
					t.Errorf("%s: %+v cannot be filled in", name, f)
				}
			}
		}
	}
	for n := 1; n <= 28; n++ {
		if id := fmt.Sprintf("FORM-%03d", n); !seen[id] {
			t.Errorf("%s has no form", id)
		}
	}
	for paper, title := range map[Paper]string{FormApplyAbroad: "【国外転出者用】個人番号カード交付申請書 兼 電子証明書発行/更新申請書", Receipt: "個人番号カード受領書", PhotoCertificate: "個人番号カード顔写真証明書",
		FormCancel: "個人番号カード交付・再交付申請 取消申出書 兼 電子証明書発行・更新申請 取消申出書", FormPINRequest: "個人番号カード・電子証明書 暗証番号設定依頼書"} {
		if OfficialForms[paper].Title != title {
			t.Errorf("%s is called %q", paper, OfficialForms[paper].Title)
		}
	}
	order := NumberedForms()
	if order[0] != FormApply || len(order) != len(OfficialForms) || !slices.IsSortedFunc(order[:28], func(a, b Paper) int {
		return len(OfficialForms[b].ID) - len(OfficialForms[a].ID)
	}) {
		t.Errorf("order %v", order)
	}
}

// TestFormsOf: what a sheet asks for is offered with the procedure.
func TestFormsOf(t *testing.T) {
	for code, want := range map[Procedure]Paper{ApplyAbroad: FormApplyAbroad, ResetPINFromAbroad: FormPINReset} {
		if got := FormsOf(code, day(2026, 1, 16)); !slices.Contains(got, want) {
			t.Errorf("%s: %v lacks %s", code, got, want)
		}
	}
	if got := FormsOf("unheard_of", day(2026, 1, 16)); got != nil {
		t.Errorf("an unknown procedure has %v", got)
	}
	if got := FormsOf(ApplyAbroad, day(1990, 1, 1)); got != nil {
		t.Errorf("before the law: %v", got)
	}
}
