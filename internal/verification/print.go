package verification

import (
	"fmt"
	"io"
	"strings"
	"time"

	"mynumber/internal/law"
)

var marks = map[Outcome]string{Passed: "✓", Failed: "✗", Skipped: "–"}

// Print writes a verdict for a terminal, each line in Japanese and English.
func Print(w io.Writer, v Verdict) error {
	var b strings.Builder
	v.print(&b, "")
	_, err := io.WriteString(w, b.String())
	return err
}

func both(t law.Text) string { return t.Ja + " / " + t.En }

func (v Verdict) print(b *strings.Builder, indent string) {
	mark := marks[Passed]
	if !v.Good {
		mark = marks[Failed]
	}
	fmt.Fprintf(b, "%s%s %s\n", indent, mark, both(v.Summary))
	for n, s := range v.Signatures {
		fmt.Fprintf(b, "%s署名%d / signature %d\n", indent, n+1, n+1)
		s.print(b, indent+"  ")
	}
	for _, c := range v.Steps {
		fmt.Fprintf(b, "%s  %s %-20s %s\n", indent, marks[c.Outcome], c.Step, both(c.Text))
		if c.Detail != "" {
			fmt.Fprintf(b, "%s    %-20s %s\n", indent, "", c.Detail)
		}
	}
	v.printFacts(b, indent+"  ")
	for _, note := range v.Notes {
		fmt.Fprintf(b, "%s  ※ %s\n", indent, both(note))
	}
}

func (v Verdict) printFacts(b *strings.Builder, indent string) {
	line := func(name, value string) { fmt.Fprintf(b, "%s%-22s %s\n", indent, name, value) }
	if c := v.Certificate; c != nil {
		line("証明書 / certificate", strings.TrimSpace(c.Kind.String()+" "+c.Medium)+" "+c.Serial)
		line("有効期間 / valid", japan(c.NotBefore)+" – "+japan(c.NotAfter))
		if c.IssuerKey != "" {
			line("発行者の鍵 / issuer", c.IssuerKey)
		}
	}
	word := func(name string, r *Word) {
		if r == nil || r.Source == NotAsked {
			return
		}
		text := fmt.Sprintf("%s: %s (%s, %s)", r.Source, r.State, japan(r.AsOf), (time.Duration(r.AgeSeconds) * time.Second).String())
		if r.Signer != "" {
			text += fmt.Sprintf(" No. %d, %s", r.Number, r.Signer)
		}
		if !r.RevokedAt.IsZero() {
			text += fmt.Sprintf(" — %s %s", r.ReasonText, japan(r.RevokedAt))
		}
		line(name, text)
	}
	word("失効 / revocation", v.Revocation)
	word("認証局 / authority", v.AuthorityRevocation)
	if h := v.Holder; h != nil {
		line("氏名 / name", h.Name)
		line("生年月日 / birth", h.Birth.Japanese()+" ("+h.Birth.String()+")")
		line("性別 / sex", h.Sex)
		line("住所 / address", h.Address)
	}
}
