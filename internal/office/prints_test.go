package office_test

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"mynumber/internal/authority"
	"mynumber/internal/demo"
	"mynumber/internal/docket"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/printing"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// other is what another program says of a document; a program that is not installed skips the test.
func other(t *testing.T, from, name string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is not installed (Debian: %s)", name, from)
	}
	var stderr bytes.Buffer
	cmd := exec.Command(path, args...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil || stderr.Len() > 0 {
		t.Fatalf("%s: %v\n%s%s", name, err, out, stderr.String())
	}
	return string(out)
}

// squeeze takes blanks and line ends out: a long title is broken into lines.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// printed checks a document with other programs, and returns its text.
func printed(t *testing.T, pages printing.Pages, link string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "form.pdf")
	if err := os.WriteFile(file, pages.PDF, 0o600); err != nil {
		t.Fatal(err)
	}
	if out := other(t, "qpdf", "qpdf", "--check", file); !strings.Contains(out, "No syntax or stream encoding errors found") {
		t.Error(out)
	}
	info := other(t, "poppler-utils", "pdfinfo", file)
	for _, secret := range []string{"佐藤", "渡辺", number("sato"), number("watanabe")} {
		if strings.Contains(squeeze(info), secret) {
			t.Errorf("the properties hold what they must not:\n%s", info)
		}
	}
	if link != "" {
		picture := strings.TrimSuffix(file, ".pdf")
		other(t, "poppler-utils", "pdftoppm", "-r", "110", "-f", "1", "-l", "1", "-singlefile", "-png", file, picture)
		if out := other(t, "zbar-tools", "zbarimg", "-q", "--nodbus", "--raw", picture+".png"); strings.TrimSpace(out) != link {
			t.Errorf("the code says %q, want %q", out, link)
		}
	}
	return other(t, "poppler-utils", "pdftotext", "-layout", file, "-")
}

// TestForms: every official form is printed with the person's data and without number or PIN, and its code opens it again
// at the window, at another office too, where the person may then be looked at (FORM-001 to FORM-028).
func TestForms(t *testing.T) {
	d := at(t, accepted)
	ctx := t.Context()
	for i, paper := range rules.NumberedForms() {
		form := rules.OfficialForms[paper]
		t.Run(form.ID+" "+form.Title, func(t *testing.T) {
			p, receipt, err := d.PrintForm(ctx, hachinohe, office.PrintRequest{Paper: paper, ApplicationID: d.id})
			if err != nil || receipt.Detail != string(paper)+" "+p.ID || p.Copy != 1 || len(p.ID) != docket.PrintKey {
				t.Fatalf("%+v, %+v, %v", p, receipt, err)
			}
			pages, err := d.FormPages(ctx, hachinohe, p.ID)
			if err != nil || pages.Sides > 3 {
				t.Fatalf("%d sides, %v", pages.Sides, err)
			}
			link := "http://card.example/office/forms/" + p.ID
			if i%7 != 0 { // a picture of each costs half a minute
				link = ""
			}
			text := printed(t, pages, link)
			for _, want := range []string{form.Title, "佐藤", "光", p.Reference()} {
				if !strings.Contains(squeeze(text), squeeze(want)) {
					t.Errorf("%q is not printed:\n%s", want, text)
				}
			}
			if strings.Contains(squeeze(text), number("sato")) {
				t.Error("the number is printed")
			}
		})
	}
}

// TestFormOpensAtAnotherWindow: the paper is brought to an office that has no part in anything of the person.
func TestFormOpensAtAnotherWindow(t *testing.T) {
	engines(t, func(t *testing.T, d *desk) {
		ctx := t.Context()
		p, _, err := d.PrintForm(ctx, sumida, office.PrintRequest{Paper: rules.FormAbolish, PersonID: "watanabe"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.FormPages(ctx, niigata, p.ID); !errors.Is(err, office.ErrNotFound) {
			t.Errorf("another office has the pages before anybody came: %v", err)
		}
		if _, err := d.LookAtPerson(ctx, niigata, "watanabe"); !errors.Is(err, office.ErrNotFound) {
			t.Errorf("Niigata sees the person before: %v", err)
		}
		opened, err := d.OpenForm(ctx, niigata, p.Reference())
		if err != nil || opened.Name != "渡辺　結" || opened.Form.ID != "FORM-012" || opened.Has || len(opened.Procedures) == 0 {
			t.Fatalf("%+v, %v", opened, err)
		}
		if _, err := d.LookAtPerson(ctx, niigata, "watanabe"); err != nil {
			t.Errorf("the paper was opened here, and the person cannot be served: %v", err)
		}
		if _, err := d.FormPages(ctx, niigata, p.ID); err != nil {
			t.Error(err)
		}
		again, _, err := d.PrintForm(ctx, sumida, office.PrintRequest{Paper: rules.FormAbolish, PersonID: "watanabe"})
		if err != nil || again.Copy != 2 || again.ID == p.ID {
			t.Errorf("printed again: %+v, %v", again, err)
		}
		if o, err := d.OpenForm(ctx, sumida, again.ID); err != nil || !strings.Contains(o.Form.Note.Ja, "2") {
			t.Errorf("a second print does not say so: %+v, %v", o.Form.Note, err)
		}
		if _, err := d.OpenForm(ctx, sumida, "abcd-efgh-ijkl"); !errors.Is(err, office.ErrNotFound) {
			t.Errorf("a reference that nobody printed: %v", err)
		}
		d.invalid(t, []string{"reference"}, func() error { _, err := d.OpenForm(ctx, sumida, "sato"); return err })
		for _, wrong := range []office.PrintRequest{{Paper: rules.FormAbolish}, {Paper: rules.Passport, PersonID: "watanabe"}, {Paper: rules.FormAbolish, PersonID: "watanabe", CaseID: "x"}, {Paper: office.NumberNotice, PersonID: "watanabe"}} {
			d.invalid(t, []string{"form"}, func() error { _, _, err := d.PrintForm(ctx, sumida, wrong); return err })
		}
		if _, _, err := d.PrintForm(ctx, operator, office.PrintRequest{Paper: rules.FormAbolish, PersonID: "watanabe"}); !errors.Is(err, office.ErrForbidden) {
			t.Errorf("the issuer prints for a window: %v", err)
		}
		if _, _, err := d.PrintForm(ctx, taipei, office.PrintRequest{Paper: rules.FormAbolish, PersonID: "watanabe"}); !errors.Is(err, office.ErrNotFound) {
			t.Errorf("an office without a part prints: %v", err)
		}
	})
}

// TestReceiptAndPrintout: what a window did is handed to the person on paper; a receipt only for a fee that was paid.
func TestReceiptAndPrintout(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	d.fileHome(t, sumida, atCounter(t, "receipt-1", nil))
	_, _, err := d.PrintForm(ctx, sumida, office.PrintRequest{Paper: office.FeeReceipt, ApplicationID: d.id})
	refused(t, err, "fee_unpaid")
	d.write(t, func(tx office.Tx) error {
		a, err := tx.Application(d.id)
		if err != nil {
			return err
		}
		a.Fee.Yen, a.Fee.Ground = 1000, string(rules.Damaged)
		return tx.PutApplication(a)
	})
	must(t)(d.PayFee(ctx, sumida, d.id, office.Payment{}))
	for paper, want := range map[rules.Paper][]string{
		office.FeeReceipt: {"領収書", "1000円", string(demo.Sumida) + "-2025-000001", "渡辺　結"},
		office.Printout:   {"手続きの控え", "渡辺　結", "FEE-017", "受取場所"},
	} {
		p, _, err := d.PrintForm(ctx, sumida, office.PrintRequest{Paper: paper, ApplicationID: d.id})
		if err != nil {
			t.Fatal(err)
		}
		pages, err := d.FormPages(ctx, sumida, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		text := printed(t, pages, "")
		for _, w := range want {
			if !strings.Contains(squeeze(text), squeeze(w)) {
				t.Errorf("%s lacks %q:\n%s", paper, w, text)
			}
		}
	}
}

// TestNumberInItsEnvelope: the notice of a number lies in its letter with a form that can be applied with, the notice first, and
// the number stands on it and nowhere else (NTF-002, NUM-021, APP-001).
func TestNumberInItsEnvelope(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	child := office.RegisterRequest{Parent: "watanabe", NotifyRequest: office.NotifyRequest{RequestKey: "b1", Kind: register.ChildBorn, Day: "2025-10-28", FamilyName: "渡辺", GivenName: "蓮",
		FamilyKana: "ワタナベ", GivenKana: "レン", Sex: "male", Nationality: "JP", Honseki: string(demo.Hachinohe)}}
	done, _, err := d.Register(ctx, sumida, child)
	if err != nil {
		t.Fatal(err)
	}
	digits := d.person(t, done.Person.ID).Number.Digits()
	m := d.message(t, notice.NumberNotice)
	if strings.Contains(m.Body, digits) {
		t.Error("the message shows the number")
	}
	must(t)(d.PrintLetter(ctx, operator, m.ID))
	pages, err := d.LetterPages(ctx, operator, m.ID)
	if err != nil {
		t.Fatal(err)
	}
	text := squeeze(printed(t, pages, ""))
	number, form := strings.Index(text, digits), strings.Index(text, "FORM-001")
	if number < 0 || form < number {
		t.Errorf("the notice at %d, the form at %d:\n%s", number, form, text)
	}
	var issued string
	d.read(t, func(tx office.Tx) error {
		all, err := tx.IssuedForms(done.Person.ID)
		if len(all) == 1 {
			issued = all[0].ID
		}
		return err
	})
	if issued == "" || !strings.Contains(text, issued) {
		t.Errorf("the form bears no application ID %q", issued)
	}
}

// TestEnvelope: what a letter says is enclosed lies in the envelope, under one key however often it is printed.
func TestEnvelope(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	d.fileHome(t, sumida, atCounter(t, "envelope-1", nil))
	d.make(t)
	d.toCounter(t, sumida)
	m := d.message(t, notice.IssuanceNotice)
	_, err := d.LetterPages(ctx, sumida, m.ID)
	refused(t, err, "letter_not_printed")
	must(t)(d.PrintLetter(ctx, sumida, m.ID))
	pages, err := d.LetterPages(ctx, sumida, m.ID)
	if err != nil {
		t.Fatal(err)
	}
	text := printed(t, pages, d.URL+"/office/messages/"+m.ID)
	for _, want := range []string{"渡辺　結　様", "転送不要", "FORM-027", "マイナンバーカード交付通知書", "受取期限"} {
		if !strings.Contains(squeeze(text), squeeze(want)) {
			t.Errorf("%q is not in the envelope:\n%s", want, text)
		}
	}
	must(t)(d.LosePage(ctx, sumida, m.ID, "インク切れ"))
	must(t)(d.PrintLetter(ctx, sumida, m.ID))
	again, err := d.LetterPages(ctx, sumida, m.ID)
	if err != nil || !bytes.Equal(again.PDF, pages.PDF) {
		t.Errorf("printed again it is another letter: %v", err)
	}
}

func init() {
	maps.Copy(tries, map[authority.Act]func(context.Context, *desk, office.Actor) error{
		"person.print_form": func(ctx context.Context, d *desk, who office.Actor) error {
			_, _, err := d.PrintForm(ctx, who, office.PrintRequest{Paper: rules.FormAbolish, PersonID: "nobody"})
			return err
		},
		"case.print_form": func(ctx context.Context, d *desk, who office.Actor) error {
			_, _, err := d.PrintForm(ctx, who, office.PrintRequest{Paper: office.Printout, CaseID: "none"})
			return err
		},
		"application.print_form": func(ctx context.Context, d *desk, who office.Actor) error {
			_, _, err := d.PrintForm(ctx, who, office.PrintRequest{Paper: rules.FormCancel, ApplicationID: "none"})
			return err
		},
		"form.open_form": func(ctx context.Context, d *desk, who office.Actor) error {
			_, err := d.OpenForm(ctx, who, "abcd-efgh-ijkl")
			return err
		},
		"form.look": func(ctx context.Context, d *desk, who office.Actor) error {
			_, err := d.FormPages(ctx, who, "abcdefghijkl")
			return err
		},
	})
}
