package register

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"mynumber/internal/civil"
	"mynumber/internal/person"
	"mynumber/internal/place"
)

// Query is what an application says of a person whom the honseki municipality looks for (ABR-021, ABR-022). What is
// not known stays zero and is not compared.
type Query struct {
	Name             person.Name
	Birth            civil.Date
	Number           person.Number
	OldAddress       string // an address in Japan
	PlannedDeparture civil.Date
	Honseki          place.Code
}

// Fact is what was compared.
type Fact string

const (
	FactNumber     Fact = "number"
	FactName       Fact = "name"
	FactFormerName Fact = "former_name" // the name with the former surname (旧氏)
	FactReading    Fact = "reading"     // only the reading agrees, not the characters
	FactBirth      Fact = "birth"
	FactAddress    Fact = "old_address"
	FactDeparture  Fact = "planned_departure"
	FactHonseki    Fact = "honseki"
)

// MatchReason is one comparison and how it came out.
type MatchReason struct {
	Fact      Fact             `json:"fact"`
	Agreement person.Agreement `json:"agreement"`
}

// Match is how a person agrees with a query. It proposes; a clerk decides.
type Match struct {
	Reasons []MatchReason
}

// Matches compares the person with a query.
func (p Person) Matches(q Query) Match {
	var m Match
	add := func(fact Fact, a person.Agreement) { m.Reasons = append(m.Reasons, MatchReason{fact, a}) }
	if !q.Number.IsZero() && !p.Number.IsZero() {
		add(FactNumber, exactly(q.Number == p.Number))
	}
	if !q.Name.IsZero() {
		add(p.compareName(q.Name))
	}
	if !q.Birth.IsZero() {
		add(FactBirth, exactly(q.Birth == p.Birth))
	}
	if q.OldAddress != "" {
		add(FactAddress, p.compareAddress(q.OldAddress))
	}
	if d := p.Departure(); !q.PlannedDeparture.IsZero() && d != nil {
		add(FactDeparture, exactly(q.PlannedDeparture == d.Planned))
	}
	if q.Honseki != "" && p.FamilyRegister != nil {
		add(FactHonseki, exactly(q.Honseki == p.FamilyRegister.Honseki))
	}
	return m
}

func exactly(same bool) person.Agreement {
	if same {
		return person.Exact
	}
	return person.Differs
}

// compareName compares the name, then the name with the former surname, then the reading.
func (p Person) compareName(name person.Name) (Fact, person.Agreement) {
	if a := p.Name.Compare(name); a != person.Differs {
		return FactName, a
	}
	if p.Name.FormerFamily != "" {
		former := person.Name{Family: p.Name.FormerFamily, Given: p.Name.Given}
		if former.Same(name) {
			return FactFormerName, person.Variant
		}
	}
	if mine, theirs := readingOf(p.Name), readingOf(name); mine.Same(theirs) {
		return FactReading, person.Variant
	}
	return FactName, person.Differs
}

func readingOf(n person.Name) person.Name {
	return person.Name{FamilyKana: n.FamilyKana, GivenKana: n.GivenKana}
}

// Agreement is how the fact came out; Differs when it was not compared.
func (m Match) Agreement(fact Fact) person.Agreement {
	for _, r := range m.Reasons {
		if r.Fact == fact {
			return r.Agreement
		}
	}
	return person.Differs
}

// Plausible reports that the person may be the one looked for: two of number, birth and name agree, the name in
// whatever form. A number that differs does not rule somebody out whose name and birth agree; the clerk sees it.
func (m Match) Plausible() bool {
	agreeing := 0
	for _, facts := range [][]Fact{{FactNumber}, {FactBirth}, {FactName, FactFormerName, FactReading}} {
		for _, f := range facts {
			if m.Agreement(f) != person.Differs {
				agreeing++
				break
			}
		}
	}
	return agreeing >= 2
}

// Whole reports that everything that was compared agrees, in whatever form.
func (m Match) Whole() bool {
	return len(m.Reasons) > 0 && !slices.ContainsFunc(m.Reasons, func(r MatchReason) bool { return r.Agreement == person.Differs })
}

// Score orders matches, better ones higher: 2 for each exact agreement, 1 for each variant, −2 for each difference.
func (m Match) Score() int {
	score := 0
	for _, r := range m.Reasons {
		switch r.Agreement {
		case person.Exact:
			score += 2
		case person.Variant:
			score++
		default:
			score -= 2
		}
	}
	return score
}

// compareAddress compares an address with every one the person has had. Exact but for width and spaces; Variant when
// the same lot is written differently (一丁目2番3号 and 1-2-3), without its prefecture or without its building.
func (p Person) compareAddress(old string) person.Agreement {
	best := person.Differs
	for _, r := range p.Residences {
		switch {
		case plainAddress(old) == plainAddress(r.Address):
			return person.Exact
		case sameLot(lotKey(old), lotKey(r.Address)):
			best = person.Variant
		}
	}
	return best
}

// plainAddress is an address without spaces, narrow.
func plainAddress(s string) string {
	return strings.Join(strings.Fields(width.Fold.String(s)), "")
}

var (
	chome    = regexp.MustCompile(`[〇一二三四五六七八九十]+丁目`)
	lotWords = regexp.MustCompile(`丁目|番地の|番地|番|号|([0-9])の`)
	strokes  = regexp.MustCompile(`[-‐‑‒–—―−ー]+`)
)

// lotKey writes the numbers of an address as 1-2-3 and leaves the prefecture out.
func lotKey(s string) string {
	s = plainAddress(s)
	for _, prefecture := range place.Prefectures() {
		if rest, ok := strings.CutPrefix(s, prefecture); ok {
			s = rest
			break
		}
	}
	s = strings.NewReplacer("ヶ", "ケ", "大字", "", "字", "").Replace(s)
	s = chome.ReplaceAllStringFunc(s, func(numeral string) string {
		n, ok := civil.Numeral(strings.TrimSuffix(numeral, "丁目"))
		if !ok {
			return numeral
		}
		return strconv.Itoa(n) + "丁目"
	})
	s = lotWords.ReplaceAllString(s, "$1-")
	return strings.Trim(strokes.ReplaceAllString(s, "-"), "-")
}

// sameLot reports equal keys, or one that goes on, other than with a number, where the other ends with its last
// one: a building.
func sameLot(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	rest, ok := strings.CutPrefix(b, a)
	rest = strings.TrimPrefix(rest, "-")
	return ok && endsInDigit(a) && (rest == "" || !isDigit(rest[0]))
}

func endsInDigit(s string) bool { return s != "" && isDigit(s[len(s)-1]) }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
