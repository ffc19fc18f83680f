package procedure

import (
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"mynumber/internal/card"
	"mynumber/internal/rules"
)

// A table that nobody's expectation depends on could be changed unseen. So rows are changed here, a little and one
// at a time, and the tests of the procedure have to notice: each change is made in a process of its own, which runs
// the named test as it stands.

// mutant is one change of the rulebook and the test that must fail under it.
type mutant struct {
	name   string // table, then what is changed
	test   string
	change func()
}

// near are two mutants of a number: one less and one more.
func near[N ~int](name, test string, at func() *N) []mutant {
	return []mutant{
		{name + " one less", test, func() { *at()-- }},
		{name + " one more", test, func() { *at()++ }},
	}
}

// nearDay are two mutants of a day: the day before and the day after.
func nearDay(name, test string, at func() []*rules.Day) []mutant {
	move := func(n int) func() {
		return func() {
			for _, d := range at() {
				*d = d.AddDays(n)
			}
		}
	}
	return []mutant{{name + " a day earlier", test, move(-1)}, {name + " a day later", test, move(1)}}
}

// pin are mutants of one PIN: its shortest or longest form by one, and its tries.
func pin(p card.PIN, name string) []mutant {
	with := func(change func(*rules.PINSyntax)) func() {
		return func() {
			s := rules.PINSyntaxes[0].Rule[p]
			change(&s)
			rules.PINSyntaxes[0].Rule[p] = s
		}
	}
	out := []mutant{
		{"PINSyntaxes " + name + " one shorter", "TestCheckPIN", with(func(s *rules.PINSyntax) { s.Min-- })},
		{"PINSyntaxes " + name + " at least one longer", "TestCheckPIN", with(func(s *rules.PINSyntax) { s.Min++ })},
		{"PINSyntaxes " + name + " a try less", "TestPINTries", with(func(s *rules.PINSyntax) { s.Tries-- })},
		{"PINSyntaxes " + name + " a try more", "TestPINTries", with(func(s *rules.PINSyntax) { s.Tries++ })},
	}
	if rules.PINSyntaxes[0].Rule[p].Letters {
		out = append(out,
			mutant{"PINSyntaxes " + name + " at most one shorter", "TestCheckPIN", with(func(s *rules.PINSyntax) { s.Max-- })},
			mutant{"PINSyntaxes " + name + " at most one longer", "TestCheckPIN", with(func(s *rules.PINSyntax) { s.Max++ })},
			mutant{"PINSyntaxes " + name + " digits only", "TestCheckPIN", with(func(s *rules.PINSyntax) { s.Letters = false })})
	}
	return out
}

func mutants() []mutant {
	return slices.Concat(abroadMutants(), homeMutants(), changeMutants(), servicesMutants(), whoMutants(), feeMutants(), validityMutants(), pickupMutants(), photoMutants(),
		pin(card.SignaturePIN, "No.1"), pin(card.UserAuthenticationPIN, "No.2"), pin(card.ResidentRegisterPIN, "No.3"), pin(card.InputSupportPIN, "No.4"))
}

func whoMutants() []mutant {
	return slices.Concat(
		nearDay("OverseasScheme first day", "TestApply", func() []*rules.Day { return []*rules.Day{&rules.OverseasScheme[0].To, &rules.OverseasScheme[1].From} }),
		nearDay("OverseasApplicants registered since", "TestApply", func() []*rules.Day { return []*rules.Day{&rules.OverseasApplicants[0].Rule.RegisteredSince} }),
		near("SignatureCertificates age", "TestCertificatesWanted", func() *int { return &rules.SignatureCertificates[0].Rule.FromAge }),
		near("StatutoryRepresentativeUnder age", "TestApply", func() *int { return &rules.StatutoryRepresentativeUnder[0].Rule }),
		near("StatutoryRepresentativeUnder age", "TestCheckIdentity", func() *int { return &rules.StatutoryRepresentativeUnder[0].Rule }),
		near("ReadyEstimateDays from", "TestApplyIsAnEstimate", func() *int { return &rules.ReadyEstimateDays[0].Rule[0] }),
		near("ReadyEstimateDays to", "TestApplyIsAnEstimate", func() *int { return &rules.ReadyEstimateDays[0].Rule[1] }),
		[]mutant{
			{"Substitutes of a character", "TestSubstitutes", func() { rules.Substitutes[0].Rule['髙'] = "" }},
			{"PINCountings cumulative", "TestPINTries", func() { rules.PINCountings[0].Rule = rules.Cumulative }},
			{"CardStopLines abroad", "TestSuspend", func() { rules.CardStopLines[1].Rule.Abroad = "" }},
			{"CardStopLines in Japan", "TestSuspend", func() { rules.CardStopLines[1].Rule.InJapan = "" }},
		})
}

func feeMutants() []mutant {
	return slices.Concat(
		near("FirstIssueFee card", "TestOverseasFee", func() *rules.Yen { return &rules.FirstIssueFee[0].Rule.Card }),
		near("ReissueFee card", "TestOverseasFee", func() *rules.Yen { return &rules.ReissueFee[0].Rule.Card }),
		near("ReissueFee certificate", "TestOverseasFee", func() *rules.Yen { return &rules.ReissueFee[0].Rule.Certificate }),
		near("DepartureGrace days", "TestOverseasFee", func() *int { return &rules.DepartureGrace[0].Rule }),
		nearDay("CompulsoryReturn last day", "TestOverseasFee", func() []*rules.Day { return []*rules.Day{&rules.CompulsoryReturn[0].Rule.LastDay} }),
		[]mutant{
			{"OverseasPayments at the honseki", "TestOverseasFee", func() { rules.OverseasPayments[0].Rule.AtHonsekiCounter = rules.PayAtPickup }},
			{"OverseasPayments at a municipality", "TestOverseasFee", func() { rules.OverseasPayments[0].Rule.PickupAtMunicipality = rules.PayBeforeDispatch }},
			{"OverseasPayments at a mission", "TestOverseasFee", func() { rules.OverseasPayments[0].Rule.PickupAtMission = rules.PayAtPickup }},
		})
}

func validityMutants() []mutant {
	return slices.Concat(
		near("CardValidity adult age now", "TestCardUntil", func() *int { return &rules.CardValidity[1].Rule.Adult }),
		near("CardValidity birthdays of an adult", "TestCardUntil", func() *int { return &rules.CardValidity[1].Rule.AdultBirthdays }),
		near("CardValidity birthdays of a minor", "TestCardUntil", func() *int { return &rules.CardValidity[1].Rule.MinorBirthdays }),
		near("CardValidity renewal", "TestCardUntil", func() *int { return &rules.CardValidity[1].Rule.RenewalExtra }),
		near("CardValidity birthdays of a minor before 2022", "TestCardUntil", func() *int { return &rules.CardValidity[0].Rule.MinorBirthdays }),
		nearDay("CardValidity the day adult age fell", "TestCardUntil", func() []*rules.Day { return []*rules.Day{&rules.CardValidity[0].To, &rules.CardValidity[1].From} }),
		near("CertificateValidity birthdays", "TestCertificateUntil", func() *int { return &rules.CertificateValidity[0].Rule.Birthdays }),
		near("CertificateValidity renewal", "TestCertificateUntil", func() *int { return &rules.CertificateValidity[0].Rule.RenewalExtra }),
		near("DomesticRenewal months", "TestRenewalOpens", func() *int { return &rules.DomesticRenewal[0].Rule.Months }),
		near("OverseasRenewal months", "TestRenewalOpens", func() *int { return &rules.OverseasRenewal[0].Rule.Months }),
		[]mutant{
			{"CardValidity adult age before 2022", "TestCardUntil", func() { rules.CardValidity[0].Rule.Adult = 19 }},
			{"BirthdayCount leap day", "TestCardUntil", func() { rules.BirthdayCount[0].Rule.LeapDay = 27 }},
			{"BirthdayCount the day of issue counts", "TestCardUntil", func() { rules.BirthdayCount[0].Rule.OnIssueDay = true }},
			{"BirthdayCount the day of issue counts", "TestCertificateUntil", func() { rules.BirthdayCount[0].Rule.OnIssueDay = true }},
			{"DomesticRenewal that day too", "TestRenewalOpens", func() { rules.DomesticRenewal[0].Rule.FirstDayAllowed = true }},
			{"OverseasRenewal not that day", "TestRenewalOpens", func() { rules.OverseasRenewal[0].Rule.FirstDayAllowed = false }},
		})
}

func pickupMutants() []mutant {
	return slices.Concat(
		near("AuthorityKeys every", "TestDaysOfKey", func() *int { return &rules.AuthorityKeys[0].Rule.Every }),
		near("RevocationLists usable", "TestListUsable", func() *int { return &rules.RevocationLists[0].Rule.Usable }),
		near("PickupPeriodMonths", "TestPickupDeadline", func() *int { return &rules.PickupPeriodMonths[0].Rule }),
		near("Retentions photo", "TestRetention", func() *int { return &rules.Retentions[0].Rule.PhotoDays }),
		near("Retentions papers", "TestRetention", func() *int { return &rules.Retentions[0].Rule.PapersMonths }),
		near("Retentions contact", "TestRetention", func() *int { return &rules.Retentions[0].Rule.ContactMonths }),
		near("Retentions drafts", "TestRetention", func() *int { return &rules.Retentions[0].Rule.DraftDays }),
		near("VisitTimes reminder", "TestVisitDates", func() *int { return &rules.VisitTimes[0].Rule.ReminderBefore }),
		near("VisitTimes link", "TestVisitDates", func() *int { return &rules.VisitTimes[0].Rule.LinkAfter }),
		near("VisitTimes kept", "TestVisitDates", func() *int { return &rules.VisitTimes[0].Rule.KeptAfter }),
		near("BookingHorizon first day", "TestReserve", func() *int { return &rules.BookingHorizon[0].Rule.FirstDay }),
		near("BookingHorizon last day", "TestReserve", func() *int { return &rules.BookingHorizon[0].Rule.LastDay }))
}

func photoMutants() []mutant {
	photo := &rules.OverseasPhoto[0].Rule
	return slices.Concat(
		near("OverseasPhoto fewest pixels", "TestCheckPhoto", func() *int { return &photo.MinSide }),
		near("OverseasPhoto most pixels", "TestCheckPhoto", func() *int { return &photo.MaxSide }),
		near("OverseasPhoto smallest file", "TestCheckPhoto", func() *int { return &photo.MinBytes }),
		near("OverseasPhoto largest file", "TestCheckPhoto", func() *int { return &photo.MaxBytes }),
		near("OverseasPhoto age", "TestCheckPhoto", func() *int { return &photo.MaxAgeMonths }),
		[]mutant{
			{"OverseasPhoto any shape", "TestCheckPhoto", func() { photo.RatioTolerance = 1 }},
			{"OverseasPhoto 35 × 50", "TestCheckPhoto", func() { photo.HeightMM = 50 }},
		})
}

// notMutated are the tables that no procedure reads, each with who does.
var notMutated = map[string]string{
	"OverseasForm":   "application.Form is checked in its own package",
	"StatusFromDays": "office shows the status",
	"CorrectionDays": "office makes the link",
}

const mutate = "MYNUMBER_TEST_MUTANT"

// TestMain makes the change that the parent process asks for, before any test runs.
func TestMain(m *testing.M) {
	if name := os.Getenv(mutate); name != "" {
		i := slices.IndexFunc(mutants(), func(m mutant) bool { return m.name == name })
		if i < 0 {
			panic("no mutant is called " + name)
		}
		mutants()[i].change()
	}
	os.Exit(m.Run())
}

// runChild runs one test in a process of its own and reports whether it failed, and what it said.
func runChild(t *testing.T, test, mutant string) (failed bool, said string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^"+test+"$", "-test.v")
	cmd.Env = append(os.Environ(), mutate+"="+mutant)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	said = string(out)
	if !strings.Contains(said, "=== RUN   "+test) || strings.Contains(said, "panic:") {
		t.Fatalf("%s did not run: %s", test, said)
	}
	return err != nil && strings.Contains(said, "--- FAIL: "+test), said
}

func TestChangedRowsAreNoticed(t *testing.T) {
	whole := map[string]bool{}
	for _, m := range mutants() {
		if whole[m.test] {
			continue
		}
		whole[m.test] = true
		if failed, said := runChild(t, m.test, ""); failed {
			t.Fatalf("%s fails without a change: %s", m.test, said)
		}
	}
	for _, m := range mutants() {
		t.Run(m.name+" in "+m.test, func(t *testing.T) {
			t.Parallel()
			if failed, _ := runChild(t, m.test, m.name); !failed {
				t.Errorf("%s still passes: no expectation depends on this row", m.test)
			}
		})
	}
}

// Every table is changed by some mutant, or the list above says who reads it.
func TestEveryTableIsMutated(t *testing.T) {
	for _, e := range rules.Entries() {
		if _, sheet := e.Sheet(); sheet {
			continue // package decision takes every line of a sheet away
		}
		changed := slices.ContainsFunc(mutants(), func(m mutant) bool { return strings.HasPrefix(m.name, e.Name+" ") })
		if why := notMutated[e.Name]; changed != (why == "") {
			t.Errorf("%s: changed by a mutant is %v, reason not to be: %q", e.Name, changed, why)
		}
	}
}
