package rules

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"mynumber/internal/civil"
	"mynumber/internal/law"
)

// Printed is the law of one day, as the command `mynumber rules` shows it.
type Printed struct {
	On         civil.Date       `json:"on"`
	Tables     []PrintedTable   `json:"tables"`
	FeeGrounds []PrintedGround  `json:"fee_grounds"`
	Refusals   []PrintedRefusal `json:"refusals"`
}

// PrintedTable is one table on that day. InForce is false when no row covers the day; Next is then the day on
// which one begins, if any does. Until is the last day of the row, inclusive; zero while it holds.
type PrintedTable struct {
	Name    string        `json:"name"`
	Title   string        `json:"title"`
	InForce bool          `json:"in_force"`
	Words   []string      `json:"words,omitempty"`
	From    civil.Date    `json:"from,omitzero"`
	Until   civil.Date    `json:"until,omitzero"`
	Checked civil.Date    `json:"checked,omitzero"`
	Cite    *law.Citation `json:"cite,omitempty"`
	Next    civil.Date    `json:"next,omitzero"`
}

// PrintedGround is one reason why a fee is due or not.
type PrintedGround struct {
	Ground FeeGround    `json:"ground"`
	Free   bool         `json:"free"`
	Text   law.Text     `json:"text"`
	Cite   law.Citation `json:"cite"`
}

// PrintedRefusal is one refusal of the catalogue; the facts of a case stand as 〔…〕.
type PrintedRefusal struct {
	Code string       `json:"code"`
	Text law.Text     `json:"text"`
	Next law.Text     `json:"next"`
	Cite law.Citation `json:"cite"`
}

// InForce is the whole rulebook on the day.
func InForce(on civil.Date) Printed {
	out := Printed{On: on}
	for _, e := range Entries() {
		t := PrintedTable{Name: e.Name, Title: e.Title}
		if row, ok := e.On(on); ok {
			t.InForce, t.Words, t.From, t.Until, t.Checked, t.Cite = true, row.Words, row.From, row.To.AddDays(-1), row.Checked, &row.Cite
		} else {
			t.Next = e.Next(on)
		}
		out.Tables = append(out.Tables, t)
	}
	for _, ground := range slices.Sorted(maps.Keys(FeeGrounds)) {
		g := FeeGrounds[ground]
		out.FeeGrounds = append(out.FeeGrounds, PrintedGround{ground, ground.Free(), g.Text, g.Cite})
	}
	for _, code := range slices.Sorted(maps.Keys(Refusals)) {
		r := Refusals[code]
		out.Refusals = append(out.Refusals, PrintedRefusal{code, blanks(r.Text), blanks(r.Next), r.Cite})
	}
	return out
}

// blanks shows where a text takes facts of the case.
func blanks(t law.Text) law.Text {
	r := strings.NewReplacer("%s", "〔…〕", "%d", "〔…〕")
	return law.Text{Ja: r.Replace(t.Ja), En: r.Replace(t.En)}
}

// Write prints the rulebook in Japanese, as Markdown that can be read as it is.
func (p Printed) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# マイナンバーカードの定め\n\n%s現在。この文書は `mynumber rules -on %s` が定めの表から印刷したものです。手で書き直さないでください。\n", bothDays(p.On), p.On)
	fmt.Fprintf(&b, "〔…〕には事案ごとの事実が入ります。角括弧の記号は規則目録の番号です。\n\n## 定め\n")
	for _, t := range p.Tables {
		t.write(&b)
	}
	fmt.Fprintf(&b, "\n## 手数料の理由\n\n")
	for _, g := range p.FeeGrounds {
		fmt.Fprintf(&b, "- %s\n  出典:%s\n", g.Text.Ja, g.Cite)
	}
	fmt.Fprintf(&b, "\n## お断りする場合\n")
	for _, r := range p.Refusals {
		fmt.Fprintf(&b, "\n### `%s`\n\n- %s\n- 次にできること:%s\n- 出典:%s\n", r.Code, r.Text.Ja, r.Next.Ja, r.Cite)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (t PrintedTable) write(b *strings.Builder) {
	fmt.Fprintf(b, "\n### %s (`%s`)\n\n", t.Title, t.Name)
	if !t.InForce {
		b.WriteString("- この日に適用される定めはありません。")
		if !t.Next.IsZero() {
			fmt.Fprintf(b, "%sから定めがあります。", bothDays(t.Next))
		}
		b.WriteString("\n")
		return
	}
	for _, s := range t.Words {
		fmt.Fprintf(b, "- %s\n", s)
	}
	until := "終わりの定めなし"
	if !t.Until.IsZero() {
		until = bothDays(t.Until) + "まで"
	}
	fmt.Fprintf(b, "- 適用:%sから、%s\n- 出典:%s\n", bothDays(t.From), until, t.Cite)
}

// bothDays writes a day in the era and in the Gregorian calendar.
func bothDays(d civil.Date) string { return fmt.Sprintf("%s(%s)", d.Japanese(), d) }
