package office

import (
	"errors"
	"slices"
	"strings"
	"unicode"

	"mynumber/internal/authority"
	"mynumber/internal/civil"
	"mynumber/internal/journal"
	"mynumber/internal/law"
)

// Every look at somebody's record has a purpose, which stands in its entry: what led there says it, or else whoever looks.
const (
	PurposeCase    = "case_under_way" // something of the office's own is under way
	PurposeVisitor = "visitor"        // the person was found today because they stand at the window
	PurposeAct     = "own_act"        // the actor did something to the record today, and sees what became of it
	PurposeCall    = "call"           // the holder, or whoever calls for them, is on the telephone
	PurposeOwnData = "own_data"       // the person asked for their own data
)

// purposeWords are the purposes that nobody has to write.
var purposeWords = map[string]law.Text{
	PurposeCase:    {Ja: "進行中の手続きのため", En: "something is under way here"},
	PurposeVisitor: {Ja: "窓口に来ているため", En: "the person stands at the window"},
	PurposeAct:     {Ja: "自分が行った操作の結果を見るため", En: "to see what came of an act of one's own"},
	PurposeCall:    {Ja: "電話を受けているため", En: "the caller is on the telephone"},
	PurposeOwnData: {Ja: "本人が自分の情報を求めたため", En: "the person asked for their own data"},
}

// PurposeText is a purpose in words: those of the table, or as it was written.
func PurposeText(purpose string) law.Text {
	if purpose == "" {
		return law.Text{}
	}
	if t, ok := purposeWords[purpose]; ok {
		return t
	}
	return law.Text{Ja: purpose, En: purpose}
}

// PolicyText is what a line of the table of authority says, by the name that stands in the journal.
func PolicyText(name string) law.Text {
	if name == "" {
		return law.Text{}
	}
	return authority.Says(name)
}

// ErrPurpose says that a record is opened and nothing tells why: whoever looks has to say.
var ErrPurpose = errors.New("the purpose of the look has to be said")

// longestPurpose bounds a purpose that somebody writes, in characters.
const longestPurpose = 100

// PurposeRule is how a purpose is written: it stays in the journal for ever, where no number, name or PIN may stand.
var PurposeRule = law.Text{Ja: "見る目的を100字までで書いてください。氏名・番号・暗証番号は書かないでください(4桁以上の数字は書けません)。",
	En: "Say why you look, in at most 100 characters, without anybody's name, number or PIN (no four digits in a row)."}

// ReadPurpose is a purpose as somebody writes it.
func ReadPurpose(s string) (string, error) {
	s = strings.TrimSpace(s)
	digits := 0
	for _, c := range s {
		if unicode.IsDigit(c) {
			digits++
		} else {
			digits = 0
		}
		if digits >= 4 || unicode.IsControl(c) || c == unicode.ReplacementChar {
			return "", &Invalid{"purpose", PurposeRule}
		}
	}
	if n := len([]rune(s)); n < 2 || n > longestPurpose {
		return "", &Invalid{"purpose", PurposeRule}
	}
	return s, nil
}

// lookFor settles why the record of the act is opened: under way says that the office has something to do with it now.
// ErrPurpose when neither the registers nor the actor say.
func (t *turn) lookFor(underWay bool) error {
	entries, err := t.JournalOf(t.subject)
	if err != nil {
		return err
	}
	if t.purpose = t.ledBy(entries, underWay); t.who.Purpose == "" && t.purpose != "" {
		return nil
	}
	if t.who.Purpose == "" {
		return ErrPurpose
	}
	t.purpose, err = ReadPurpose(t.who.Purpose)
	return err
}

// ledBy is what led to the record, by the entries of today; empty when nothing did. A purpose that was said holds for the
// day.
func (t *turn) ledBy(entries []journal.Entry, underWay bool) string {
	today := slices.DeleteFunc(slices.Clone(entries), func(e journal.Entry) bool {
		return e.Office != string(t.who.Office) || e.Outcome == journal.Refused || civil.DateOf(e.At) != t.on
	})
	for _, e := range today {
		if e.Act == "find_person" || e.Act == "open_form" {
			return PurposeVisitor
		}
	}
	if underWay {
		return PurposeCase
	}
	for _, e := range slices.Backward(today) {
		switch {
		case e.Actor != t.who.name():
		case e.Act == "look" && e.Purpose != "":
			return e.Purpose
		case e.Act != "look":
			return PurposeAct
		}
	}
	return ""
}
