package procedure

import (
	"slices"

	"mynumber/internal/card"
	"mynumber/internal/law"
	"mynumber/internal/place"
	"mynumber/internal/rules"
)

// option is one way with one visitor that is open to the case.
type option struct {
	way  *rules.Way
	come *rules.Come
	ifs  []law.Text
}

// places finds the offices, channels and visitors that are left for the case, and the papers and PINs they bring. It
// refuses when the office, the channel or the visitor of the situation is none of them, and asks for the fact that
// decides between them.
func (c *Case) places(sheet *rules.Sheet, out *Decision) (ask rules.Fact) {
	ways, ask := c.ways(sheet, out)
	if ask != "" || out.Status == Refused {
		return ask
	}
	var options []option
	for _, w := range ways {
		found, ask := c.visitors(w)
		if ask != "" {
			return ask
		}
		options = append(options, found...)
	}
	if len(options) == 0 && c.Visitor.Who != "" && slices.ContainsFunc(ways, func(w *rules.Way) bool { return len(w.Who) > 0 }) {
		c.turnAway(out, sheet.NotThey, "visitor_cannot", rules.VisitorNames[c.Visitor.Who])
		c.tellWays(ways, out)
		c.tellOthers(ways, out)
		return ""
	}
	c.cardOnly = c.Visitor.Who != "" && len(options) > 0 && !slices.ContainsFunc(options, func(o option) bool { return o.come.Part != rules.CardOnly })
	c.tellWays(ways, out)
	c.tellVisitors(options, out)
	c.tellPapers(sheet, ways, options, out)
	for _, w := range ways {
		for i := range w.Effects {
			out.effect(c, &w.Effects[i])
		}
		out.Steps = c.sentences(out.Steps, w.Steps)
	}
	later := len(options) > 0 && !slices.ContainsFunc(options, func(o option) bool { return !o.come.Later })
	if c.Visitor.Who != "" && len(ways) == 1 && (!c.acting || c.stage == Replied || !later) {
		c.checkPapers(out)
	}
	return ""
}

// spouseAs takes a spouse for what the spouse is in law where the sheet has no row for spouses: a member of the household,
// or else anybody whom the holder has asked. While nobody said which, it is the latter, which asks for more.
func (c *Case) spouseAs(sheet *rules.Sheet) {
	if c.Visitor.Who != rules.Spouse {
		return
	}
	for i := range sheet.Ways {
		if slices.ContainsFunc(sheet.Ways[i].Who, func(come rules.Come) bool { return come.Who == rules.Spouse }) {
			return
		}
	}
	one := *c.Situation
	if one.Visitor.Who = rules.VoluntaryProxy; one.Visitor.SameHousehold == Yes {
		one.Visitor.Who = rules.HouseholdMember
	}
	c.Situation = &one
}

// tellOthers lists who may come in place of the visitor who may not.
func (c *Case) tellOthers(ways []*rules.Way, out *Decision) {
	anybody := *c.Situation
	anybody.Visitor = Visit{}
	other := *c
	other.Situation = &anybody
	var options []option
	for _, w := range ways {
		found, _ := other.visitors(w)
		options = append(options, found...)
	}
	c.tellVisitors(options, out)
}

// ways are the ways that fit the office and the channel of the situation.
func (c *Case) ways(sheet *rules.Sheet, out *Decision) (fit []*rules.Way, ask rules.Fact) {
	here, unsure := []*rules.Way(nil), rules.Fact("")
	for i := range sheet.Ways {
		w := &sheet.Ways[i]
		if _, ok := c.under(w.If); !ok {
			continue
		}
		switch at := c.at(w.Office); at.answer {
		case Yes:
			here = append(here, w)
		case Unknown:
			unsure = at.ask
		}
	}
	switch {
	case len(sheet.Ways) == 0:
		return nil, ""
	case len(here) == 0 && unsure != "":
		return nil, unsure
	case len(here) == 0:
		c.turnAway(out, sheet.NotHere, "office_cannot", c.officeName())
		for i := range sheet.Ways {
			out.Offices = append(out.Offices, officeWay(&sheet.Ways[i]))
		}
		return nil, ""
	case c.Channel == "":
		return here, ""
	}
	local, notThus := false, sheet.NotThus
	for _, w := range here {
		switch {
		case slices.Contains(w.Channels, c.Channel), slices.Contains(w.ByLocal, c.Channel) && c.Office.TakesIt == Yes:
			fit = append(fit, w)
		case slices.Contains(w.ByLocal, c.Channel) && c.Office.TakesIt == Unknown:
			local = true
		case slices.Contains(w.ByLocal, c.Channel) && w.NotLocal != "":
			notThus = w.NotLocal
		}
	}
	switch {
	case len(fit) > 0:
		return fit, ""
	case local:
		return nil, "office.takes_channel"
	}
	c.turnAway(out, notThus, "channel_cannot", rules.ChannelNames[c.Channel])
	c.tellWays(here, out)
	return nil, ""
}

// turnAway refuses with the sheet's own code, or the general one and the name of what does not fit.
func (c *Case) turnAway(out *Decision, own, general string, name law.Text) {
	r := rules.Refuse(general, name)
	if own != "" {
		r = rules.Refuse(own)
	}
	out.Reasons = nil
	c.cite(r.Cite)
	out.refuse(r)
}

// at reports whether the office of the situation is of the kind; without an office every kind is.
func (c *Case) at(kind rules.OfficeKind) verdict {
	o := &c.Office
	switch {
	case o.Kind != "":
		return is(o.Kind == kind)
	case o.Code == "":
		return is(true)
	}
	switch place.KindOf(o.Code) {
	case place.KindMission:
		return is(kind == rules.Mission)
	case place.KindMunicipality:
		switch kind {
		case rules.Residence:
			if c.Person.Residence == Abroad && c.Person.Municipality == "" {
				return is(false) // nobody's: the registers have no residence in Japan
			}
			return sameOffice(o.Code, c.Person.Municipality)
		case rules.Honseki:
			return sameOffice(o.Code, c.Person.Honseki)
		case rules.OtherMunicipality:
			v := sameOffice(o.Code, c.Person.Honseki)
			v.answer = v.answer.Not()
			return v
		}
	}
	return is(false)
}

func sameOffice(a, b place.Code) verdict {
	if b == "" {
		return verdict{ask: "office.kind"}
	}
	return is(a == b)
}

func (c *Case) officeName() law.Text {
	if c.Office.Kind != "" {
		return rules.OfficeNames[c.Office.Kind]
	}
	if o, err := place.Lookup(c.Office.Code, c.on); err == nil {
		return law.Text{Ja: o.NameJa, En: o.NameEn}
	}
	return law.Text{Ja: string(c.Office.Code), En: string(c.Office.Code)}
}

// visitors are the rows of a way that are open: for each kind of visitor the first whose conditions hold.
func (c *Case) visitors(w *rules.Way) (open []option, ask rules.Fact) {
	for i := range w.Who {
		come := &w.Who[i]
		if c.Visitor.Who != "" && come.Who != c.Visitor.Who {
			continue
		}
		if slices.ContainsFunc(open, func(o option) bool { return o.come.Who == come.Who && len(o.ifs) == 0 }) {
			continue
		}
		ifs, ok := c.under(come.If)
		if !ok {
			continue
		}
		if len(ifs) > 0 && c.Visitor.Who != "" {
			return nil, c.firstUnknown(come.If)
		}
		open = append(open, option{w, come, ifs})
	}
	return open, ""
}

func (c *Case) firstUnknown(list []rules.Cond) rules.Fact {
	for _, cond := range list {
		if v := c.weigh(cond); v.answer == Unknown {
			return v.ask
		}
	}
	return ""
}

func officeWay(w *rules.Way) OfficeWay {
	return OfficeWay{w.Office, append([]rules.Channel{}, w.Channels...), w.ByLocal, w.DoneBy, w.Cite.IDs, w.Cite.Reference()}
}

func (c *Case) tellWays(ways []*rules.Way, out *Decision) {
	for _, w := range ways {
		c.cite(w.Cite)
		out.Offices = append(out.Offices, officeWay(w))
	}
}

// tellVisitors lists who may come; a row that is the same at every office is told once.
func (c *Case) tellVisitors(options []option, out *Decision) {
	offices := map[rules.OfficeKind]bool{}
	for _, o := range options {
		offices[o.way.Office] = true
		c.cite(o.come.Cite)
		same := func(m MayCome) bool {
			return m.Who == o.come.Who && m.SameDay != o.come.Later && m.Part == o.come.Part && slices.Equal(m.If, o.ifs)
		}
		i := slices.IndexFunc(out.Visitors, same)
		if i < 0 {
			i = len(out.Visitors)
			out.Visitors = append(out.Visitors, MayCome{Who: o.come.Who, SameDay: !o.come.Later, Part: o.come.Part, If: o.ifs, Rules: o.come.Cite.IDs})
		}
		if m := &out.Visitors[i]; !slices.Contains(m.Offices, o.way.Office) {
			m.Offices = append(m.Offices, o.way.Office)
		}
	}
	for i := range out.Visitors {
		if m := &out.Visitors[i]; len(m.Offices) == len(offices) {
			m.Offices = nil
		}
	}
}

// tellPapers lists the papers and the PINs; what is not asked for everywhere and of everybody says where and of whom.
func (c *Case) tellPapers(sheet *rules.Sheet, ways []*rules.Way, options []option, out *Decision) {
	for i := range sheet.Papers {
		c.tellPaper(&sheet.Papers[i], "", "", out)
	}
	for _, w := range ways {
		for i := range w.Papers {
			c.tellPaper(&w.Papers[i], only(w.Office, len(ways) > 1), "", out)
		}
	}
	for _, o := range options {
		for i := range o.come.Papers {
			c.tellPaper(&o.come.Papers[i], only(o.way.Office, len(ways) > 1), only(o.come.Who, len(options) > 1), out)
		}
	}
	out.PINs = pinsOf(sheet, options)
}

func only[T ~string](what T, restricted bool) T {
	if restricted {
		return what
	}
	return ""
}

func (c *Case) tellPaper(n *rules.Need, office rules.OfficeKind, visitor rules.Visitor, out *Decision) {
	ifs, ok := c.under(n.If)
	if !ok {
		return
	}
	c.cite(n.Cite)
	i := slices.IndexFunc(out.Papers, func(p PaperNeed) bool { return p.Code == n.Code && p.Whose == n.Whose })
	if i < 0 {
		p := PaperNeed{Code: n.Code, Whose: n.Whose, If: ifs, Rules: n.Cite.IDs, AnyOf: make([][]PaperCount, len(n.Any))}
		for k, pick := range n.Any {
			for _, of := range pick {
				p.AnyOf[k] = append(p.AnyOf[k], PaperCount{of.Count, of.Papers})
			}
		}
		if office != "" {
			p.Offices = []rules.OfficeKind{office}
		}
		if visitor != "" {
			p.Visitors = []rules.Visitor{visitor}
		}
		out.Papers = append(out.Papers, p)
		return
	}
	p := &out.Papers[i]
	p.Offices, p.Visitors = widen(p.Offices, office), widen(p.Visitors, visitor)
}

// widen adds a place to a list of places; an empty list or place is everywhere.
func widen[T ~string](list []T, more T) []T {
	if len(list) == 0 || more == "" {
		return nil
	}
	if slices.Contains(list, more) {
		return list
	}
	return append(list, more)
}

// pinsOf are the PINs of all options, each once; the visitor's own replace the way's, and these the sheet's.
func pinsOf(sheet *rules.Sheet, options []option) []int {
	var out []int
	add := func(list []card.PIN) {
		for _, p := range list {
			if !slices.Contains(out, int(p)) {
				out = append(out, int(p))
			}
		}
	}
	for _, o := range options {
		switch {
		case o.come.PINs != nil:
			add(o.come.PINs)
		case o.way.PINs != nil:
			add(o.way.PINs)
		default:
			add(sheet.PINs)
		}
	}
	if len(options) == 0 {
		add(sheet.PINs)
	}
	slices.Sort(out)
	return out
}

// checkPapers holds the papers in the visitor's hand against the list. Nothing is checked while nobody said what is
// there.
func (c *Case) checkPapers(out *Decision) {
	if c.Visitor.Papers == nil && (!c.acting || c.stage == Considered) {
		return
	}
	var refusals []*law.Refusal
	for i := range out.Papers {
		p := &out.Papers[i]
		if len(p.If) > 0 {
			continue
		}
		if r := c.lacks(p); r != nil {
			refusals = append(refusals, r)
		}
	}
	if len(refusals) == 0 {
		return
	}
	out.Reasons = nil
	for _, r := range refusals {
		c.cite(r.Cite)
		out.refuse(r)
	}
}

// lacks is the refusal for a line of the list that the visitor's papers do not fill.
func (c *Case) lacks(p *PaperNeed) *law.Refusal {
	var expired *PaperAtWindow
	for _, pick := range p.AnyOf {
		whole := true
		for _, of := range pick {
			n := 0
			for i, have := range c.Visitor.Papers {
				switch {
				case !slices.Contains(of.Papers, have.Kind):
				case !have.Until.IsZero() && have.Until.Before(c.on):
					expired = &c.Visitor.Papers[i]
				default:
					n++
				}
			}
			whole = whole && n >= of.Count
		}
		if whole {
			return nil
		}
	}
	own := rules.OwnRefusal[p.Code]
	r := rules.Refuse("paper_missing", rules.NeedName(p.Code))
	switch {
	case expired != nil && own.Expired != "":
		r = rules.Refuse(own.Expired, rules.PaperNames[expired.Kind], expired.Until)
	case expired != nil:
		r = rules.Refuse("paper_expired", rules.NeedName(p.Code))
	case own.Missing != "":
		r = rules.Refuse(own.Missing)
	}
	r.Cite.IDs = p.Rules
	return r
}
