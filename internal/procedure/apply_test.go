package procedure

import (
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// abroad is somebody who may have an overseas card: left Japan in 2022.
func abroad(change func(*Applicant)) Applicant {
	a := Applicant{Japanese: Yes, InFamilyRegister: Yes, EverRegistered: Yes, ResidentNow: No, HasNumber: Yes,
		LastRegistered: day(2022, 3, 31), Birth: day(1988, 5, 17)}
	if change != nil {
		change(&a)
	}
	return a
}

// sumida is a visit at a municipality that is not the honseki.
func sumida(change func(*Intake)) Intake {
	in := Intake{Channel: rules.Visit, Office: rules.OtherMunicipality, Residence: "TW", Honseki: "022039"}
	if change != nil {
		change(&in)
	}
	return in
}

func TestApply(t *testing.T) {
	on := day(2025, 10, 28)
	for _, c := range []struct {
		rule string
		on   civil.Date
		who  Applicant
		in   Intake
		code string
	}{
		{"ELIG-014 the case of the timeline", on, abroad(nil), sumida(nil), ""},
		{"ELIG-015 ELIG-016 DATE-016 前日", day(2024, 5, 26), abroad(nil), sumida(nil), "scheme_not_open"},
		{"ELIG-015 DATE-016 当日", day(2024, 5, 27), abroad(nil), sumida(nil), ""},
		{"ELIG-015 DATE-016 翌日", day(2024, 5, 28), abroad(nil), sumida(nil), ""},
		{"ELIG-011 外国籍", on, abroad(func(a *Applicant) { a.Japanese = No }), sumida(nil), "foreign_national"},
		{"ELIG-010 附票なし", on, abroad(func(a *Applicant) { a.InFamilyRegister = No }), sumida(nil), "not_in_family_register"},
		{"ELIG-012 一度も住民登録なし", on, abroad(func(a *Applicant) { a.EverRegistered, a.LastRegistered = No, civil.Date{} }), sumida(nil), "never_registered"},
		{"ELIG-014 DATE-004 前日に除票", on, abroad(func(a *Applicant) { a.LastRegistered = day(2015, 10, 4) }), sumida(nil), "registered_too_early"},
		{"ELIG-014 DATE-004 CON-023 当日まで登録", on, abroad(func(a *Applicant) { a.LastRegistered = day(2015, 10, 5) }), sumida(nil), ""},
		{"ELIG-014 DATE-004 翌日まで登録", on, abroad(func(a *Applicant) { a.LastRegistered = day(2015, 10, 6) }), sumida(nil), ""},
		{"ELIG-014 ABR-003 国内在住", on, abroad(func(a *Applicant) { a.ResidentNow = Yes }), sumida(nil), "still_resident"},
		{"ELIG-010 番号なし", on, abroad(func(a *Applicant) { a.HasNumber = No }), sumida(nil), "no_number"},
		{"ELIG-018 returned in 2022, applies in 2025", on, abroad(nil), sumida(nil), ""},
		{"ABR-021 unknown at the accepting office is no refusal", on, Applicant{Birth: day(1988, 5, 17)}, sumida(nil), ""},

		{"APP-013 CON-028 オンライン", on, abroad(nil), sumida(func(i *Intake) { i.Channel = rules.Online }), "online_not_available"},
		{"APP-013 証明写真機", on, abroad(nil), sumida(func(i *Intake) { i.Channel = rules.PhotoBooth }), "online_not_available"},
		{"APP-071 本籍地への郵送", on, abroad(nil), sumida(func(i *Intake) { i.Channel, i.Office = rules.Post, rules.Honseki }), ""},
		{"APP-071 CON-010 他市区町村への郵送", on, abroad(nil), sumida(func(i *Intake) { i.Channel = rules.Post }), "post_only_to_honseki"},
		{"CON-010 その窓口が認める郵送", on, abroad(nil), sumida(func(i *Intake) { i.Channel, i.PostByPolicy = rules.Post, true }), ""},
		{"APP-070 居住国の公館", on, abroad(nil), sumida(func(i *Intake) { i.Office, i.MissionCovers = rules.Mission, true }), ""},
		{"APP-070 別の国の公館", on, abroad(nil), sumida(func(i *Intake) { i.Office = rules.Mission }), "mission_of_another_country"},
		{"APP-074 政令指定都市は区まで", on, abroad(nil), sumida(func(i *Intake) { i.Honseki = "141003" }), "office_keeps_no_register"},
		{"APP-052 ABR-026 代理の提出は封入済みなら可", on, abroad(nil), sumida(func(i *Intake) { i.ByProxy, i.SealedPINForm = true, true }), ""},
		{"APP-079 代理の提出で封入なし", on, abroad(nil), sumida(func(i *Intake) { i.ByProxy = true }), "sealed_form_missing"},
		{"APP-050 15歳の誕生日の前日", on, abroad(func(a *Applicant) { a.Birth = day(2010, 10, 29) }), sumida(nil), "applicant_needs_representative"},
		{"APP-050 15歳の誕生日", on, abroad(func(a *Applicant) { a.Birth = day(2010, 10, 28) }), sumida(nil), ""},
		{"APP-050 15歳の誕生日の翌日", on, abroad(func(a *Applicant) { a.Birth = day(2010, 10, 27) }), sumida(nil), ""},
		{"APP-050 法定代理人の記入があれば可", on, abroad(func(a *Applicant) { a.Birth = day(2020, 1, 1) }), sumida(func(i *Intake) { i.Representative = true }), ""},
		{"ELIG-004 成年被後見人", on, abroad(func(a *Applicant) { a.AdultWard = true }), sumida(nil), "applicant_needs_representative"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			out, err := Apply(c.on, c.who, c.in)
			want(t, err, c.code)
			if err == nil && len(out.Basis) == 0 {
				t.Error("an outcome without a rule")
			}
		})
	}
}

func TestApplyIsAnEstimate(t *testing.T) {
	out, err := Apply(day(2025, 10, 28), Applicant{}, sumida(nil))
	if err != nil || !out.Unsettled || out.ReadyAbout != [2]int{60, 90} {
		t.Errorf("APP-063, ABR-027, CON-002: %+v, %v", out, err)
	}
}

func TestAcceptable(t *testing.T) {
	filed := day(2025, 10, 28)
	for _, c := range []struct {
		rule       string
		identified bool
		who        Applicant
		code       string
	}{
		{"ABR-021 identified and eligible", true, abroad(nil), ""},
		{"ABR-021 nobody found yet", false, abroad(nil), "not_identified"},
		{"ABR-022 facts missing", true, Applicant{}, "not_identified"},
		{"ELIG-012 found by the register", true, abroad(func(a *Applicant) { a.EverRegistered = No }), "never_registered"},
		{"ELIG-014 found by the register", true, abroad(func(a *Applicant) { a.LastRegistered = day(2014, 3, 31) }), "registered_too_early"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			_, err := Acceptable(filed, c.identified, c.who)
			want(t, err, c.code)
		})
	}
}

func TestCheckPhoto(t *testing.T) {
	on := day(2025, 10, 28)
	good := PhotoFacts{Readable: true, Bytes: 60 << 10, Width: 700, Height: 900, Taken: day(2025, 10, 1)}
	for _, c := range []struct {
		rule   string
		change func(*PhotoFacts)
		code   string
	}{
		{"APP-041 good", func(*PhotoFacts) {}, ""},
		{"APP-041 unreadable", func(f *PhotoFacts) { f.Readable = false }, "photo_unreadable"},
		{"APP-041 one byte too small", func(f *PhotoFacts) { f.Bytes = 20<<10 - 1 }, "photo_file_size"},
		{"APP-041 smallest file", func(f *PhotoFacts) { f.Bytes = 20 << 10 }, ""},
		{"APP-041 largest file", func(f *PhotoFacts) { f.Bytes = 7 << 20 }, ""},
		{"APP-041 one byte too large", func(f *PhotoFacts) { f.Bytes = 7<<20 + 1 }, "photo_file_size"},
		{"APP-042 wider than high", func(f *PhotoFacts) { f.Width, f.Height = 900, 700 }, "photo_sideways"},
		{"APP-042 turned by its own word", func(f *PhotoFacts) { f.Turned = true }, "photo_sideways"},
		{"APP-041 too few pixels", func(f *PhotoFacts) { f.Width, f.Height = 479, 616 }, "photo_pixels"},
		{"APP-041 fewest pixels", func(f *PhotoFacts) { f.Width, f.Height = 480, 617 }, ""},
		{"APP-041 most pixels", func(f *PhotoFacts) { f.Width, f.Height = 4667, 6000 }, ""},
		{"APP-041 too many pixels", func(f *PhotoFacts) { f.Width, f.Height = 4667, 6001 }, "photo_pixels"},
		{"APP-041 square", func(f *PhotoFacts) { f.Width, f.Height = 800, 800 }, "photo_ratio"},
		{"APP-041 six months to the day", func(f *PhotoFacts) { f.Taken = day(2025, 4, 28) }, ""},
		{"APP-041 a day more", func(f *PhotoFacts) { f.Taken = day(2025, 4, 27) }, "photo_too_old"},
		{"APP-041 a day less", func(f *PhotoFacts) { f.Taken = day(2025, 4, 29) }, ""},
	} {
		t.Run(c.rule, func(t *testing.T) {
			f := good
			c.change(&f)
			_, err := CheckPhoto(on, f)
			want(t, err, c.code)
		})
	}
}
