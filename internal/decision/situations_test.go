package decision

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// A situation file is one case out of the rules, written by hand: who it is, what is asked, what the rules say. What
// a file expects has to be so; what it does not mention is not looked at.
type situationFile struct {
	Title     string          `json:"title"`          // in Japanese, as an official would put the case
	Note      string          `json:"note,omitempty"` // why the rules say so, where it is not plain
	Situation json.RawMessage `json:"situation"`      // as it would be posted
	Expect    expectation     `json:"expect"`         //
	Rules     []string        `json:"rules"`          // rules that the decision must rest on
}

type expectation struct {
	Status    procedure.Status               `json:"status"`
	Refusals  []string                       `json:"refusals,omitempty"` // all of them, in order
	Needs     *rules.Fact                    `json:"needs,omitempty"`    // "" for none
	Opens     *expectedOpening               `json:"opens,omitempty"`
	Offices   *map[rules.OfficeKind][]string `json:"offices,omitempty"`  // all of them; a channel by local policy ends in "?"
	Visitors  *[]string                      `json:"visitors,omitempty"` // all of them: who[@office,…][+later][+part]
	Papers    *[]string                      `json:"papers,omitempty"`   // all of them: code[@office,…][/visitor,…][?] – "?" when it has a condition
	PINs      *[]int                         `json:"pins,omitempty"`
	Fee       *expectedFee                   `json:"fee,omitempty"`
	NoFee     bool                           `json:"no_fee,omitempty"`    // nothing is said of a fee
	Deadlines map[string]string              `json:"deadlines,omitempty"` // code → last day; "" for: not there
	Windows   map[string]string              `json:"windows,omitempty"`   // code → first..last
	Dates     *map[string]string             `json:"dates,omitempty"`     // all of them
	Effects   *map[string]string             `json:"effects,omitempty"`   // all of them: subject → becomes
	Messages  *[]string                      `json:"messages,omitempty"`  // all codes
	Steps     *[]string                      `json:"steps,omitempty"`
	Warnings  *[]string                      `json:"warnings,omitempty"`
	Estimates map[string]string              `json:"estimates,omitempty"` // code → min..max unit
	Open      []string                       `json:"open,omitempty"`      // without a procedure: these are open
	Closed    map[string]string              `json:"closed,omitempty"`    // and these are not: code → refusal
}

type expectedOpening struct {
	On        string          `json:"on,omitempty"`
	Procedure rules.Procedure `json:"procedure,omitempty"`
}

type expectedFee struct {
	Card        rules.Yen       `json:"card"`
	Certificate rules.Yen       `json:"certificate"`
	Ground      rules.FeeGround `json:"ground"`
	Payment     rules.Payment   `json:"payment,omitempty"`
}

const situationsDir = "testdata/situations"

// situationFiles are the names of all files, below the folder, without their ending.
func situationFiles(t testing.TB) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(situationsDir), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".json") {
			names = append(names, strings.TrimSuffix(path, ".json"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func readSituation(name string) (situationFile, error) {
	var f situationFile
	text, err := os.ReadFile(filepath.Join(situationsDir, name+".json"))
	if err != nil {
		return f, err
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	return f, dec.Decode(&f)
}

// faults are the ways in which the decision is not what the file expects.
func (f situationFile) faults() []string {
	s, err := Read(f.Situation, civil.Date{})
	if err != nil {
		return []string{err.Error()}
	}
	d, err := procedure.Decide(s)
	if err != nil {
		return []string{err.Error()}
	}
	out := f.Expect.faults(d, f.Rules)
	if d.Needs != nil && d.Needs.Question.Ja == "" {
		out = append(out, fmt.Sprintf("nobody wrote a question for %s", d.Needs.Fact))
	}
	return out
}

func TestSituations(t *testing.T) {
	for _, name := range situationFiles(t) {
		t.Run(name, func(t *testing.T) {
			f, err := readSituation(name)
			if err != nil {
				t.Fatal(err)
			}
			if f.Title == "" || len(f.Rules) == 0 {
				t.Error("a case has a title and the rules it comes from")
			}
			for _, fault := range f.faults() {
				t.Error(fault)
			}
		})
	}
}

func (e expectation) faults(d procedure.Decision, ruleIDs []string) (out []string) {
	differ := func(what string, got, want any) {
		if !reflect.DeepEqual(got, want) {
			out = append(out, fmt.Sprintf("%s: %v, the rules say %v", what, got, want))
		}
	}
	differ("status", d.Status, e.Status)
	if e.Refusals != nil || e.Status == procedure.Refused {
		differ("refusals", reasonCodes(d), e.Refusals)
	}
	if e.Needs != nil || e.Status == procedure.Needs {
		fact := rules.Fact("")
		if d.Needs != nil {
			fact = d.Needs.Fact
		}
		want := rules.Fact("")
		if e.Needs != nil {
			want = *e.Needs
		}
		differ("needs", fact, want)
	}
	if e.Opens != nil {
		got := expectedOpening{}
		if d.Opens != nil {
			got.Procedure = d.Opens.Procedure
			if !d.Opens.On.IsZero() {
				got.On = d.Opens.On.String()
			}
		}
		differ("opens", got, *e.Opens)
	}
	e.lists(d, differ)
	e.days(d, differ)
	for _, id := range ruleIDs {
		if d.Status != procedure.Listed && !slices.Contains(d.Rules, id) {
			out = append(out, fmt.Sprintf("the decision does not rest on %s, but on %v", id, d.Rules))
		}
	}
	return out
}

func reasonCodes(d procedure.Decision) []string {
	var codes []string
	if d.Status == procedure.Refused {
		for _, r := range d.Reasons {
			codes = append(codes, r.Code)
		}
	}
	return codes
}

func (e expectation) lists(d procedure.Decision, differ func(string, any, any)) {
	if e.Offices != nil {
		got := map[rules.OfficeKind][]string{}
		for _, o := range d.Offices {
			for _, ch := range o.Channels {
				got[o.Kind] = append(got[o.Kind], string(ch))
			}
			for _, ch := range o.ByLocal {
				got[o.Kind] = append(got[o.Kind], string(ch)+"?")
			}
		}
		differ("offices", got, *e.Offices)
	}
	if e.Visitors != nil {
		got := []string{}
		for _, v := range d.Visitors {
			got = append(got, visitorLine(v))
		}
		differ("visitors", got, *e.Visitors)
	}
	if e.Papers != nil {
		got := []string{}
		for _, p := range d.Papers {
			got = append(got, paperLine(p))
		}
		differ("papers", got, *e.Papers)
	}
	if e.PINs != nil {
		differ("pins", append([]int{}, d.PINs...), *e.PINs)
	}
	sentences := func(what string, got []procedure.Sentence, want *[]string) {
		if want == nil {
			return
		}
		codes := []string{}
		for _, s := range got {
			codes = append(codes, s.Code)
		}
		differ(what, codes, *want)
	}
	sentences("messages", d.Messages, e.Messages)
	sentences("steps", d.Steps, e.Steps)
	sentences("warnings", d.Warnings, e.Warnings)
	if e.Effects != nil {
		got := map[string]string{}
		for _, x := range d.Effects {
			got[string(x.On)] = x.Becomes
		}
		differ("effects", got, *e.Effects)
	}
	for _, code := range e.Open {
		differ(code, statusOf(d, code), procedure.Allowed)
	}
	for code, refusal := range e.Closed {
		got := ""
		for _, p := range d.Procedures {
			if string(p.Procedure) == code && p.Reason != nil {
				got = p.Reason.Code
			}
		}
		differ(code, got, refusal)
	}
}

func statusOf(d procedure.Decision, code string) procedure.Status {
	for _, p := range d.Procedures {
		if string(p.Procedure) == code {
			return p.Status
		}
	}
	return "not listed"
}

func visitorLine(v procedure.MayCome) string {
	s := string(v.Who)
	if len(v.Offices) > 0 {
		s += "@" + joined(v.Offices)
	}
	if !v.SameDay {
		s += "+later"
	}
	if v.Part != "" {
		s += "+" + string(v.Part)
	}
	if len(v.If) > 0 {
		s += "?"
	}
	return s
}

func paperLine(p procedure.PaperNeed) string {
	s := p.Code
	if p.Whose != "" {
		s = string(p.Whose) + ":" + s
	}
	if len(p.Offices) > 0 {
		s += "@" + joined(p.Offices)
	}
	if len(p.Visitors) > 0 {
		s += "/" + joined(p.Visitors)
	}
	if len(p.If) > 0 {
		s += "?"
	}
	return s
}

func joined[T ~string](list []T) string {
	var out []string
	for _, x := range list {
		out = append(out, string(x))
	}
	return strings.Join(out, ",")
}

func (e expectation) days(d procedure.Decision, differ func(string, any, any)) {
	if e.NoFee {
		differ("fee", d.Fee == nil, true)
	}
	if e.Fee != nil {
		got := expectedFee{}
		if d.Fee != nil {
			got = expectedFee{d.Fee.Card, d.Fee.Certificate, d.Fee.Ground, d.Fee.Payment}
			if e.Fee.Payment == "" {
				got.Payment = ""
			}
		}
		differ("fee", got, *e.Fee)
	}
	deadlines := map[string]string{}
	for _, x := range d.Deadlines {
		deadlines[x.Code] = x.Last.String()
	}
	for code, want := range e.Deadlines {
		differ("deadline "+code, deadlines[code], want)
	}
	windows := map[string]string{}
	for _, x := range d.Windows {
		windows[x.Code] = x.First.String() + ".."
		if !x.Last.IsZero() {
			windows[x.Code] += x.Last.String()
		}
	}
	for code, want := range e.Windows {
		differ("window "+code, windows[code], want)
	}
	estimates := map[string]string{}
	for _, x := range d.Estimates {
		estimates[x.Code] = fmt.Sprintf("%d..%d %s", x.Min, x.Max, x.Unit)
	}
	for code, want := range e.Estimates {
		differ("estimate "+code, estimates[code], want)
	}
	if e.Dates != nil {
		text, _ := json.Marshal(d.Dates)
		got := map[string]string{}
		if err := json.Unmarshal(text, &got); err != nil {
			differ("dates", err, nil)
		}
		differ("dates", got, *e.Dates)
	}
}
