package booking

import (
	"cmp"
	"slices"

	"mynumber/internal/law"
	"mynumber/internal/place"
	"mynumber/internal/rules"
)

// Terms are how a visit for a procedure is reserved at a counter: the rule of the nearest file that says it, line by line.
type Terms struct {
	Need        Need
	Every       int
	Times       []string
	Capacity    int
	First, Last *int // days ahead; nil: the rulebook's horizon
	Item        law.Text
	Where       law.Text
	Channels    []string
	Cites       []law.Citation // of every line that says something of it, the nearest first
}

// By reports that one books in that way: ByLink, ByTelephone, AtWindow.
func (t Terms) By(way string) bool { return slices.Contains(t.Channels, way) }

// Terms of a procedure at a counter.
func (p Policy) Terms(procedure rules.Procedure, c Counter) Terms {
	var t Terms
	for _, f := range p.files {
		for _, r := range f.sorted() {
			if !names(r.For, procedure) || len(r.Counters) > 0 && !(slices.Contains(r.Counters, c.ID) && f.owns(c, p)) {
				continue
			}
			t.fill(r, cmp.Or(r.Cite, &f.Cite))
		}
		if m := f.Mission; m != nil && t.Need == "" && m.Booking != "" {
			t.Need = m.Booking
			t.cite(cmp.Or(m.Cite, &f.Cite))
		}
	}
	if t.Item.IsZero() {
		if info, ok := rules.LookupProcedure(procedure); ok {
			t.Item = law.Text{Ja: info.Name.Ja, En: info.Name.En}
		}
	}
	if t.Where.IsZero() {
		t.Where = c.Where
	}
	return t
}

// sorted are the rules with the precise ones first: for one counter before for all, for named procedures before "*".
func (f *File) sorted() []Rule {
	out := slices.Clone(f.Reservations)
	slices.SortStableFunc(out, func(a, b Rule) int { return a.breadth() - b.breadth() })
	return out
}

func (r Rule) breadth() int {
	n := 0
	if slices.Contains(r.For, Any) {
		n = 2
	}
	if len(r.Counters) == 0 {
		n++
	}
	return n
}

// fill takes from a rule what no nearer one said. Where nothing is reserved there is nothing more to say.
func (t *Terms) fill(r Rule, cite *law.Citation) {
	if t.Need == NoNeed {
		return
	}
	says := false
	take := func(open, said bool, do func()) {
		if open && said {
			do()
			says = true
		}
	}
	take(t.Need == "", r.Need != "", func() { t.Need = r.Need })
	take(t.Every == 0 && t.Times == nil, r.Every > 0 || r.Times != nil, func() { t.Every, t.Times = r.Every, r.Times })
	take(t.Capacity == 0, r.Capacity > 0, func() { t.Capacity = r.Capacity })
	take(t.First == nil, r.First != nil, func() { t.First = r.First })
	take(t.Last == nil, r.Last != nil, func() { t.Last = r.Last })
	take(t.Item.IsZero(), !r.Item.IsZero(), func() { t.Item = r.Item })
	take(t.Where.IsZero(), !r.Where.IsZero(), func() { t.Where = r.Where })
	take(t.Channels == nil, r.Channels != nil, func() { t.Channels = r.Channels })
	if says {
		t.cite(cite)
	}
}

func (t *Terms) cite(c *law.Citation) {
	if !slices.ContainsFunc(t.Cites, func(o law.Citation) bool { return o.String() == c.String() }) {
		t.Cites = append(t.Cites, *c)
	}
}

// names reports that a list of procedures has one, by name or by "*".
func names(list []string, procedure rules.Procedure) bool {
	return slices.Contains(list, Any) || slices.Contains(list, string(procedure))
}

// Procedures are what an office of this kind does at a counter, by the rulebook's sheets.
func (p Policy) Procedures() []rules.Info {
	var out []rules.Info
	for _, info := range rules.Procedures {
		if slices.ContainsFunc(*info.Sheet, func(row law.Row[rules.Sheet]) bool {
			return slices.ContainsFunc(row.Rule.Ways, func(w rules.Way) bool { return p.isA(w.Office) })
		}) {
			out = append(out, info)
		}
	}
	return out
}

// isA reports that the office is, or for some person is, an office of the kind.
func (p Policy) isA(kind rules.OfficeKind) bool {
	if place.KindOf(p.Office) == place.KindMission {
		return kind == rules.Mission
	}
	return kind == rules.Residence || kind == rules.Honseki || kind == rules.OtherMunicipality
}
