package rules

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"testing"

	"mynumber/internal/law"
)

// Plain Japanese (やさしい日本語) gives the reading of every kanji right behind it: 申請(しんせい).
func TestPlainJapaneseHasReadings(t *testing.T) {
	bare := regexp.MustCompile(`[\p{Han}々]+([^\p{Han}々(]|$)`)
	all := shown()
	all["Refusals"] = Refusals
	n := 0
	for name, catalogue := range all {
		texts(name, reflect.ValueOf(catalogue), func(where string, x law.Text) {
			if x.Easy != "" {
				n++
			}
			for _, m := range bare.FindAllString(x.Easy, -1) {
				t.Errorf("%s: %q has no reading: %s", where, m, x.Easy)
			}
		})
	}
	if n < 2000 {
		t.Errorf("only %d texts in plain Japanese", n)
	}
}

// shown are the catalogues that the public guide, the help pages and the life line take their sentences from.
func shown() map[string]any {
	refusals := map[string]law.Refusal{}
	for code := range sheetRefusals {
		refusals[code] = Refusals[code]
	}
	for _, own := range OwnRefusal {
		refusals[own.Missing], refusals[own.Expired] = Refusals[own.Missing], Refusals[own.Expired]
	}
	for _, p := range Procedures {
		for _, row := range *p.Sheet {
			for _, code := range refusalsOf(&row.Rule) {
				refusals[code] = Refusals[code]
			}
		}
	}
	return map[string]any{
		"Procedures": Procedures, "GroupNames": GroupNames, "Conds": Conds, "Refusals": refusals,
		"Questions": Questions, "Bundles": Bundles, "Where": Where, "Want": Want, "Do": Do, "NoneOfThese": NoneOfThese,
		"Assumptions": Assumptions, "HelpPages": HelpPages,
		"PaperNames": PaperNames, "needNames": needNames, "PINSyntaxes": PINSyntaxes, "FeeGrounds": FeeGrounds,
		"DayTexts": DayTexts, "VisitorNames": VisitorNames, "OfficeNames": OfficeNames, "ChannelNames": ChannelNames,
		"PartNames": PartNames, "EventNames": EventNames, "ProxyGroundNames": ProxyGroundNames,
		"KioskProducts": KioskProducts, "Requesters": Requesters, "Purposes": Purposes, "ChipChecks": ChipChecks,
		"LicenceForms": LicenceForms, "MarkKinds": MarkKinds, "SubjectNames": SubjectNames, "MarkTexts": MarkTexts,
		"SpanNames": SpanNames, "CardStopLines": CardStopLines,
	}
}

// refusalsOf are the codes of all refusals that the sheet names.
func refusalsOf(s *Sheet) []string {
	codes := []string{s.NotHere, s.NotThus, s.NotThey}
	for _, r := range s.Requires {
		codes = append(codes, r.Refuse)
	}
	for _, w := range s.Ways {
		codes = append(codes, w.NotLocal)
	}
	return slices.DeleteFunc(codes, func(code string) bool { return code == "" })
}

// texts calls with every text in the value, however deep.
func texts(where string, v reflect.Value, with func(where string, x law.Text)) {
	if x, ok := v.Interface().(law.Text); ok {
		with(where, x)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		texts(where, v.Elem(), with)
	case reflect.Slice:
		for i := range v.Len() {
			texts(fmt.Sprintf("%s[%d]", where, i), v.Index(i), with)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			texts(fmt.Sprintf("%s[%v]", where, k), v.MapIndex(k), with)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				texts(where+"."+f.Name, v.Field(i), with)
			}
		}
	}
}

// A person who reads plain Japanese gets every sentence in it, with the same facts in the same order.
func TestEverythingTheGuideShowsIsSaidPlainly(t *testing.T) {
	verb := regexp.MustCompile(`%[a-z]`)
	for name, catalogue := range shown() {
		texts(name, reflect.ValueOf(catalogue), func(where string, x law.Text) {
			switch {
			case x.Ja == "" && x.Easy == "":
			case x.Easy == "":
				t.Errorf("%s is not said in plain Japanese: %s", where, x.Ja)
			case !slices.Equal(verb.FindAllString(x.Easy, -1), verb.FindAllString(x.Ja, -1)):
				t.Errorf("%s tells other facts in plain Japanese: %s / %s", where, x.Ja, x.Easy)
			}
		})
	}
}
