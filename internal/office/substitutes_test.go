package office_test

import (
	"context"
	"crypto/x509"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"mynumber/internal/authority"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/journal"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// renamed gives the applicant a name that certificates cannot have as it is: 𪚥 has no usual substitute, 﨑 has two, the shape of 光 is
// chosen by a variation selector.
func (d *desk) renamed(t *testing.T) {
	t.Helper()
	p, a := d.person(t, "sato"), d.application(t)
	p.Name.Family, p.Name.Given = "𪚥﨑", "光\U000E0100"
	a.Form.Name.Family, a.Form.Name.Given = p.Name.Family, p.Name.Given
	d.write(t, func(tx office.Tx) error {
		if err := tx.PutPerson(p); err != nil {
			return err
		}
		return tx.PutApplication(a)
	})
}

func text(all []office.CertificateCharacter) string {
	var out strings.Builder
	for _, c := range all {
		out.WriteString(c.As)
	}
	return out.String()
}

func fourItems(t *testing.T, der []byte) pki.FourItems {
	t.Helper()
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	items, err := pki.FourItemsOf(cert)
	if err != nil {
		t.Fatal(err)
	}
	return items
}

// TestSubstituteCharacters: what stands for a character is chosen and shown before the certificate is issued, recorded, used with its flags,
// and kept for the next certificate (CERT-007).
func TestSubstituteCharacters(t *testing.T) {
	engines(t, func(t *testing.T, d *desk) {
		d.live(t, "", corrected)
		d.renamed(t)
		d.goTo(civil.Day(2025, 11, 15))
		d.refused(t, "substitute_needed", func() error { _, _, err := d.Accept(ctx, hachinohe, d.id); return err })

		choice := func(character, by string) office.SubstituteRequest {
			return office.SubstituteRequest{ApplicationID: d.id, Character: character, By: by}
		}
		choose := func(who office.Actor, r office.SubstituteRequest) error { return only(d.ChooseSubstitute(ctx, who, r)) }
		d.forbidden(t, func() error { return choose(sumida, choice("𪚥", "龍")) })
		d.notFound(t, func() error { return choose(niigata, choice("𪚥", "龍")) })
		d.invalid(t, []string{"character"}, func() error { return choose(hachinohe, choice("佐", "左")) })
		for _, bad := range []string{"", "𪚥", "龍竜", "A", "　", "光\U000E0100"} {
			d.invalid(t, []string{"substitute"}, func() error { return choose(hachinohe, choice("𪚥", bad)) })
		}
		if err := choose(hachinohe, choice("𪚥", "龍")); err != nil {
			t.Fatal(err)
		}
		d.already(t, func() (office.Receipt, error) { return d.ChooseSubstitute(ctx, hachinohe, choice("𪚥", "龍")) })
		if !slices.ContainsFunc(d.chain(t, demo.Hachinohe), func(e journal.Entry) bool { return e.Act == "choose_substitute" && e.Detail == "U+2A6A5 U+9F8D" }) {
			t.Error("the choice is not in the journal")
		}

		shown, err := d.CertificateTextOf(d.person(t, "sato"))
		if err != nil || text(shown.Name) != "龍崎　光" || len(shown.Substituted()) != 3 || shown.Name[1].Chosen || !shown.Name[0].Chosen || text(shown.Address) != "国外転出　令和４年３月３１日" {
			t.Errorf("shown before the issue: %q %q %+v %v", text(shown.Name), text(shown.Address), shown.Substituted(), err)
		}
		if got := shown.Name[1].Candidates; !slices.Equal(got, []string{"崎", "嵜", "埼", "碕", office.MissingMark}) { // two usual ones, two that Unicode suggests
			t.Errorf("candidates for 﨑: %q", got)
		}
		d.live(t, corrected, produced)
		p := d.person(t, "sato")
		if p.SubstituteFor("﨑") != "崎" || p.SubstituteFor("光\U000E0100") != "光" || len(p.Substitutes) != 3 {
			t.Errorf("recorded: %+v", p.Substitutes)
		}
		for _, c := range d.certificates(t) {
			if c.Kind != certificate.Signature {
				continue
			}
			if items := fourItems(t, c.DER); items.Name != "龍崎　光" || items.NameSubstitutes != "1101" || strings.Contains(items.AddressSubstitutes, "1") {
				t.Errorf("in the certificate: %s %s", items.Name, items.NameSubstitutes)
			}
		}
	})
}

// TestSubstitutesAreKept: at a window another choice is made for the next certificate, and the choice before it stays in the record.
func TestSubstitutesAreKept(t *testing.T) {
	d := at(t, handedOver)
	d.goTo(civil.Day(2026, 6, 1))
	d.happened(t, func(p *register.Person) {
		p.Name.Family, p.Name.FamilyKana = "髙﨑", "タカサキ"
		p.Events = append(p.Events, register.Event{ID: "e1", Kind: string(rules.NameChange), At: demo.Hachinohe, Day: civil.Day(2026, 5, 20), Filed: civil.Day(2026, 5, 25)})
	})
	if _, err := d.FindPerson(ctx, hachinohe, office.PersonRequest{Name: "髙﨑 光", Birth: "1988-05-17"}); err != nil {
		t.Fatal(err)
	}
	for _, by := range []string{"碕", "嵜"} {
		if err := only(d.ChooseSubstitute(ctx, hachinohe, office.SubstituteRequest{PersonID: "sato", Character: "﨑", By: by})); err != nil {
			t.Fatal(err)
		}
	}
	d.notFound(t, func() error {
		return only(d.ChooseSubstitute(ctx, niigata, office.SubstituteRequest{PersonID: "sato", Character: "﨑", By: "崎"}))
	})
	c, err := d.takeIn(t, hachinohe, rules.ChangeEntriesFromAbroad, holder(rules.FormChangeAbroad, rules.MyNumberCard))
	if err != nil {
		t.Fatal(err)
	}
	seen, person, err := d.CertificateTextIn(ctx, hachinohe, c.ID)
	if err != nil || person != "sato" || text(seen.Name) != "高嵜　光" {
		t.Errorf("at the case: %q %v", text(seen.Name), err)
	}
	if _, _, err := d.CertificateTextIn(ctx, niigata, c.ID); !errors.Is(err, office.ErrNotFound) {
		t.Errorf("at an office without a part in it: %v", err)
	}
	d.finish(t, hachinohe, c)
	signature, _ := d.newestOf(t)
	if items := fourItems(t, signature.DER); items.Name != "高嵜　光" || items.NameSubstitutes != "1100" {
		t.Errorf("in the certificate: %s %s", items.Name, items.NameSubstitutes)
	}
	if p := d.person(t, "sato"); len(p.Substitutes) != 3 || p.Substitutes[0].By != "碕" || p.SubstituteFor("﨑") != "嵜" || p.SubstituteFor("髙") != "高" {
		t.Errorf("recorded: %+v", p.Substitutes)
	}
}

func init() {
	maps.Copy(tries, map[authority.Act]func(context.Context, *desk, office.Actor) error{
		"person.choose_substitute": func(ctx context.Context, d *desk, who office.Actor) error {
			return only(d.ChooseSubstitute(ctx, who, office.SubstituteRequest{PersonID: "nobody", Character: "髙", By: "高"}))
		},
		"application.choose_substitute": func(ctx context.Context, d *desk, who office.Actor) error {
			return only(d.ChooseSubstitute(ctx, who, office.SubstituteRequest{ApplicationID: "none", Character: "髙", By: "高"}))
		},
	})
}

// TestSubstitutesAtHome: at home the reception centre examines; it is refused until somebody has chosen, and the choice of the municipality's window
// counts. The applicant sees it behind the mailed link.
func TestSubstitutesAtHome(t *testing.T) {
	d := newDesk(t)
	p := d.person(t, "watanabe")
	p.Name.Family = "𪚥邉"
	d.write(t, func(tx office.Tx) error { return tx.PutPerson(p) })
	d.fileHome(t, sumida, atCounter(t, "home-1", func(r *office.HomeRequest) { r.Form["family_name"] = "𪚥邉" }))
	d.refused(t, "substitute_needed", func() error { _, _, err := d.Accept(ctx, operator, d.id); return err })
	if _, err := d.FindPerson(ctx, sumida, office.PersonRequest{Name: "𪚥邉 結", Birth: "1992-12-01"}); err != nil {
		t.Fatal(err)
	}
	must(t)(d.ChooseSubstitute(ctx, sumida, office.SubstituteRequest{PersonID: "watanabe", Character: "𪚥", By: "龍"}))
	d.forbidden(t, func() error {
		return only(d.ChooseSubstitute(ctx, operator, office.SubstituteRequest{PersonID: "watanabe", Character: "𪚥", By: "竜"}))
	})
	must(t)(d.ChooseSubstitute(ctx, operator, office.SubstituteRequest{ApplicationID: d.id, Character: "𪚥", By: "竜"}))
	if _, _, err := d.Accept(ctx, operator, d.id); err != nil {
		t.Fatal(err)
	}
	d.goTo(civil.Day(2025, 11, 20))
	if err := d.AskDetails(ctx, d.application(t).ApplicationID, "1992-12-01"); err != nil {
		t.Fatal(err)
	}
	got, err := d.Details(ctx, d.link(t, "details"))
	if err != nil || text(got.Certificate.Name) != "竜邉　結" || !got.Certificate.Name[0].Substitute || got.Certificate.Name[1].Substitute {
		t.Errorf("the applicant sees %q: %v", text(got.Certificate.Name), err)
	}
}

// TestCertificateTextLatin: a name in Latin letters stands at full width; signs that the code set lacks fall away, marked.
func TestCertificateTextLatin(t *testing.T) {
	d := newDesk(t)
	for name, want := range map[[2]string][2]string{
		{"WANG", "XIAO MING"}: {"ＷＡＮＧ　ＸＩＡＯ　ＭＩＮＧ", ""},
		{"NGUYỄN", "ANH"}:     {"ＮＧＵＹＥＮ　ＡＮＨ", "Ễ"},
		{"O'BRIEN", "JOSÉ"}:   {"Ｏ’ＢＲＩＥＮ　ＪＯＳÉ", "＇"}, // É stands in JIS X 0212
	} {
		var p register.Person
		p.Name.FamilyLatin, p.Name.GivenLatin = name[0], name[1]
		got, err := d.CertificateTextOf(p)
		marked := ""
		for _, c := range got.Substituted() {
			marked += c.Of
		}
		if err != nil || text(got.Name) != want[0] || marked != want[1] {
			t.Errorf("%v: %q, for others %q, %v", name, text(got.Name), marked, err)
		}
	}
}

// CERT-007: what Unicode says to be another shape of a character is suggested, and stands for it by somebody's choice alone.
func TestVariantsAreSuggested(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p := d.person(t, "sato")
	p.Name.Family = "邓"
	shown, err := d.CertificateTextOf(p)
	if err != nil || text(shown.Name) != "　光" || shown.Name[0].As != "" || shown.Name[0].Chosen || !slices.Equal(shown.Name[0].Candidates, []string{"鄧", office.MissingMark}) {
		t.Errorf("%+v, %v", shown.Name, err)
	}
}
