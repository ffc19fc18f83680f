package rules

import (
	"fmt"
	"slices"
	"strings"
)

// sheetEntry is a procedure's sheet as it is printed, after the tables.
func sheetEntry(p Info) Entry {
	return entry("Sheet "+string(p.Code), "手続き:"+p.Name.Ja, p.Sheet, saySheet)
}

// Sheet reports an entry that is a procedure's sheet, and of which procedure.
func (e Entry) Sheet() (Procedure, bool) {
	code, ok := strings.CutPrefix(e.Name, "Sheet ")
	return Procedure(code), ok
}

// saySheet says a whole sheet, line by line, each with its rules.
func saySheet(s Sheet) []string {
	var out []string
	for _, r := range s.Requires {
		out = append(out, fmt.Sprintf("条件:%s。%s", r.Cond.Text().Ja, ruleList(Refusals[r.Refuse].Cite.IDs)))
	}
	for _, w := range s.Ways {
		out = append(out, sayWay(w)...)
	}
	for _, n := range s.Papers {
		out = append(out, "書類:"+sayNeed(n))
	}
	if len(s.PINs) > 0 {
		out = append(out, "入力する暗証番号:"+sayPINList(s.PINs)+"。")
	}
	for _, part := range []struct {
		name  string
		lines []Line
	}{{"手順", s.Steps}, {"通知", s.Messages}, {"注意", s.Warnings}} {
		for _, l := range part.lines {
			out = append(out, part.name+":"+sayIf(l.If)+l.Text.Ja+ruleList(l.Cite.IDs))
		}
	}
	for _, e := range s.Effects {
		out = append(out, "結果:"+sayIf(e.If)+e.Text.Ja+ruleList(e.Cite.IDs))
	}
	for _, e := range s.Takes {
		out = append(out, "目安:"+sayIf(e.If)+e.Text.Ja+ruleList(e.Cite.IDs))
	}
	return out
}

func sayWay(w Way) []string {
	line := fmt.Sprintf("窓口:%s%s(%s)", sayIf(w.If), OfficeNames[w.Office].Ja, sayChannels(w.Channels))
	if len(w.ByLocal) > 0 {
		line += fmt.Sprintf("、その窓口が認めているときは%sも", sayChannels(w.ByLocal))
	}
	out := []string{line + "。" + ruleList(w.Cite.IDs)}
	for _, n := range w.Papers {
		out = append(out, fmt.Sprintf("書類(%s):%s", OfficeNames[w.Office].Ja, sayNeed(n)))
	}
	for _, l := range w.Steps {
		out = append(out, fmt.Sprintf("手順(%s):%s%s%s", OfficeNames[w.Office].Ja, sayIf(l.If), l.Text.Ja, ruleList(l.Cite.IDs)))
	}
	for _, e := range w.Effects {
		out = append(out, fmt.Sprintf("結果(%s):%s%s%s", OfficeNames[w.Office].Ja, sayIf(e.If), e.Text.Ja, ruleList(e.Cite.IDs)))
	}
	for _, c := range w.Who {
		out = append(out, sayCome(w, c)...)
	}
	return out
}

func sayCome(w Way, c Come) []string {
	line := fmt.Sprintf("来る人(%s):%s%s", OfficeNames[w.Office].Ja, sayIf(c.If), VisitorNames[c.Who].Ja)
	if c.Part != "" {
		line += "。" + PartNames[c.Part].Ja
	}
	if c.Later {
		line += "。その日には終わらず、本人に照会書を送り、あとで手続きをします"
	}
	if len(c.PINs) > 0 {
		line += "。暗証番号" + sayPINList(c.PINs)
	}
	out := []string{line + "。" + ruleList(c.Cite.IDs)}
	for _, n := range c.Papers {
		out = append(out, fmt.Sprintf("書類(%s、%s):%s", OfficeNames[w.Office].Ja, VisitorNames[c.Who].Ja, sayNeed(n)))
	}
	return out
}

func sayNeed(n Need) string {
	var picks []string
	for _, p := range n.Any {
		var ofs []string
		for _, of := range p {
			var names []string
			for _, paper := range of.Papers {
				names = append(names, PaperNames[paper].Ja)
			}
			s := strings.Join(names, "・")
			if len(of.Papers) > 1 {
				s += fmt.Sprintf("のうち%d点", of.Count)
			}
			ofs = append(ofs, s)
		}
		picks = append(picks, strings.Join(ofs, "と、"))
	}
	whose := ""
	if n.Whose != "" {
		whose = VisitorNames[n.Whose].Ja + "の"
	}
	return sayIf(n.If) + whose + strings.Join(picks, "、または") + "。" + ruleList(n.Cite.IDs)
}

func sayIf(list []Cond) string {
	if len(list) == 0 {
		return ""
	}
	var out []string
	for _, c := range list {
		out = append(out, strings.TrimSuffix(c.Text().Ja, "こと"))
	}
	return "(" + strings.Join(out, "、") + "とき)"
}

func sayChannels(list []Channel) string {
	var out []string
	for _, c := range list {
		out = append(out, ChannelNames[c].Ja)
	}
	return strings.Join(out, "・")
}

func sayPINList[T ~uint8](list []T) string {
	var out []string
	for _, p := range slices.Sorted(slices.Values(list)) {
		out = append(out, fmt.Sprintf("No.%d", p))
	}
	return strings.Join(out, "、")
}

// ruleList names the rules of a single line, where they are not the row's own.
func ruleList(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return "〔" + strings.Join(ids, "・") + "〕"
}
