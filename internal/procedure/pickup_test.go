package procedure

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

func TestCheckIdentity(t *testing.T) {
	on := day(2026, 1, 16)
	passport := PaperSeen{rules.Passport, day(2030, 1, 1)}
	licence := PaperSeen{rules.DrivingLicence, day(2027, 6, 17)}
	for _, c := range []struct {
		rule   string
		change func(*PickupFacts)
		code   string
	}{
		{"PICK-071 CON-011 passport and licence", func(*PickupFacts) {}, ""},
		{"PICK-070 ABR-037 another office", func(f *PickupFacts) { f.RightOffice = false }, "not_the_pickup_office"},
		{"PICK-073 CON-009 a proxy", func(f *PickupFacts) { f.Visitor = VoluntaryProxy }, "proxy_never"},
		{"PICK-073 a statutory representative alone", func(f *PickupFacts) { f.Visitor = StatutoryRepresentative }, "proxy_never"},
		{"PICK-073 PICK-014 under 15 alone", func(f *PickupFacts) { f.Birth = day(2011, 1, 17) }, "representative_missing"},
		{"PICK-073 15th birthday", func(f *PickupFacts) { f.Birth = day(2011, 1, 16) }, ""},
		{"PICK-073 under 15 with the representative", func(f *PickupFacts) { f.Birth, f.Visitor = day(2015, 1, 1), HolderWithRepresentative }, ""},
		{"PICK-073 ward alone", func(f *PickupFacts) { f.AdultWard = true }, "representative_missing"},
		{"PICK-071 no passport", func(f *PickupFacts) { f.Papers = []PaperSeen{licence} }, "passport_missing"},
		{"PICK-074 passport's last day was yesterday", func(f *PickupFacts) { f.Papers[0].Until = day(2026, 1, 15) }, "passport_expired"},
		{"PICK-074 passport's last day is today", func(f *PickupFacts) { f.Papers[0].Until = day(2026, 1, 16) }, ""},
		{"PICK-074 passport's last day is tomorrow", func(f *PickupFacts) { f.Papers[0].Until = day(2026, 1, 17) }, ""},
		{"PICK-074 differs from the family register", func(f *PickupFacts) { f.PassportSame = false }, "passport_differs"},
		{"PICK-071 passport alone at a municipality", func(f *PickupFacts) { f.Papers = f.Papers[:1] }, "second_paper_missing"},
		{"PICK-071 PICK-034 second one expired yesterday", func(f *PickupFacts) { f.Papers[1].Until = day(2026, 1, 15) }, "second_paper_expired"},
		{"PICK-071 second one ends today", func(f *PickupFacts) { f.Papers[1].Until = day(2026, 1, 16) }, ""},
		{"PICK-071 second one without an end", func(f *PickupFacts) { f.Papers[1] = PaperSeen{Kind: rules.PensionHandbook} }, ""},
		{"PICK-072 passport alone at a mission", func(f *PickupFacts) { f.Office, f.Papers = rules.Mission, f.Papers[:1] }, ""},
	} {
		t.Run(c.rule, func(t *testing.T) {
			f := PickupFacts{Office: rules.OtherMunicipality, RightOffice: true, PickupName: "墨田区", Visitor: Holder, Birth: day(1988, 5, 17),
				Papers: []PaperSeen{passport, licence}, PassportSame: true}
			c.change(&f)
			_, err := CheckIdentity(on, f)
			want(t, err, c.code)
		})
	}
}

func TestHandOver(t *testing.T) {
	on := day(2026, 1, 16)
	for _, c := range []struct {
		rule   string
		change func(*HandOverFacts)
		code   string
	}{
		{"PICK-076 everything there", func(*HandOverFacts) {}, ""},
		{"PICK-012 checked yesterday", func(f *HandOverFacts) { f.IdentityChecked = day(2026, 1, 15) }, "identity_not_checked"},
		{"PICK-012 never checked", func(f *HandOverFacts) { f.IdentityChecked = civil.Date{} }, "identity_not_checked"},
		{"PIN-020 PICK-015 ST-030 one PIN missing", func(f *HandOverFacts) { f.PINsSet = f.PINsSet[:3] }, "pins_not_set"},
		{"FEE-018 fee due and unpaid", func(f *HandOverFacts) { f.Fee.Amounts = rules.Amounts{Card: 800, Certificate: 200} }, "fee_unpaid"},
		{"FEE-018 fee due and paid", func(f *HandOverFacts) { f.Fee.Amounts, f.FeePaid = rules.Amounts{Card: 800, Certificate: 200}, true }, ""},
		{"PICK-076 FORM-020 receipt not signed", func(f *HandOverFacts) { f.ReceiptSigned = false }, "receipt_unsigned"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			f := HandOverFacts{IdentityChecked: on, PINsNeeded: card.PINs[:], PINsSet: slices.Clone(card.PINs[:]), ReceiptSigned: true}
			c.change(&f)
			_, err := HandOver(on, f)
			want(t, err, c.code)
		})
	}
}

func TestPickupDeadline(t *testing.T) {
	for _, c := range []struct {
		rule   string
		months int
		until  civil.Date
	}{
		{"PICK-075 PICK-005 three months", 0, day(2026, 3, 5)},
		{"PICK-075 the office's own period", 6, day(2026, 6, 5)},
	} {
		got, err := PickupDeadline(day(2025, 12, 5), c.months)
		if err != nil || got.Day != c.until {
			t.Errorf("%s: %s, %v; want %s", c.rule, got.Day, err, c.until)
		}
	}
}

func TestReserve(t *testing.T) {
	on := day(2025, 12, 10)
	for _, c := range []struct {
		rule   string
		change func(*ReservationFacts)
		code   string
	}{
		{"PICK-008 today", func(f *ReservationFacts) { f.Day = on }, "slot_out_of_range"},
		{"PICK-008 tomorrow", func(f *ReservationFacts) { f.Day = on.AddDays(1) }, ""},
		{"PICK-008 last day", func(f *ReservationFacts) { f.Day = on.AddDays(60) }, ""},
		{"PICK-008 a day too far", func(f *ReservationFacts) { f.Day = on.AddDays(61) }, "slot_out_of_range"},
		{"PICK-008 the office's own horizon", func(f *ReservationFacts) { f.Day, f.Last = on.AddDays(31), new(30) }, "slot_out_of_range"},
		{"PICK-075 on the deadline", func(f *ReservationFacts) { f.Deadline = f.Day }, ""},
		{"PICK-075 after the deadline", func(f *ReservationFacts) { f.Deadline = f.Day.AddDays(-1) }, "past_deadline"},
		{"PICK-008 the office's own last day", func(f *ReservationFacts) { f.Day, f.Last = on.AddDays(30), new(30) }, ""},
		{"APP-029 an office that takes the same day", func(f *ReservationFacts) { f.Day, f.First = on, new(0) }, ""},
		{"OFF-002 no reservations are taken", func(f *ReservationFacts) { f.NotTaken = true }, "reservation_not_taken"},
		{"PICK-009 by telephone only", func(f *ReservationFacts) { f.Elsewhere = true }, "reservation_elsewhere"},
		{"PICK-007 closed", func(f *ReservationFacts) { f.Open = false }, "slot_closed"},
		{"PICK-007 full", func(f *ReservationFacts) { f.Free = 0 }, "slot_full"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			f := ReservationFacts{Day: day(2026, 1, 16), Deadline: day(2026, 3, 5), Open: true, Free: 1}
			c.change(&f)
			_, err := Reserve(on, f)
			want(t, err, c.code)
		})
	}
}

func TestOpenSealedForm(t *testing.T) {
	for _, c := range []struct {
		rule                      string
		handedIn, opened, present bool
		code                      string
	}{
		{"PIN-022 in her presence", true, false, true, ""},
		{"PIN-007 without her", true, false, false, "sealed_form_needs_holder"},
		{"APP-078 none was handed in", false, false, true, "no_sealed_form"},
		{"PIN-022 opened before", true, true, true, "no_sealed_form"},
	} {
		_, err := OpenSealedForm(SealedForm{HandedIn: c.handedIn, Opened: c.opened, HolderPresent: c.present})
		want(t, err, c.code)
	}
}

func TestCheckPIN(t *testing.T) {
	on := day(2026, 1, 16)
	for _, c := range []struct {
		rule  string
		pin   card.PIN
		value string
		good  bool
	}{
		{"PIN-002 six, both kinds", card.SignaturePIN, "ABC123", true},
		{"PIN-002 one letter", card.SignaturePIN, "A12345", true},
		{"PIN-002 sixteen", card.SignaturePIN, "A123456789012345", true},
		{"PIN-002 seventeen", card.SignaturePIN, "A1234567890123456", false},
		{"PIN-002 five", card.SignaturePIN, "A1234", false},
		{"PIN-002 digits only", card.SignaturePIN, "123456", false},
		{"PIN-002 letters only", card.SignaturePIN, "ABCDEF", false},
		{"PIN-002 lower case", card.SignaturePIN, "abc123", false},
		{"PIN-002 full width", card.SignaturePIN, "ＡＢＣ１２３", false},
		{"PIN-001 four digits", card.UserAuthenticationPIN, "1234", true},
		{"PIN-001 three digits", card.UserAuthenticationPIN, "123", false},
		{"PIN-001 three digits for No.3", card.ResidentRegisterPIN, "123", false},
		{"PIN-001 five digits", card.ResidentRegisterPIN, "12345", false},
		{"PIN-001 a letter", card.InputSupportPIN, "12A4", false},
		{"PIN-003 Nos. 2 to 4 may be equal", card.InputSupportPIN, "1234", true},
		{"PIN-001 empty", card.InputSupportPIN, "", false},
	} {
		err := CheckPIN(on, c.pin, c.value)
		var fault *PINFault
		if c.good != (err == nil) || err != nil && !errors.As(err, &fault) {
			t.Errorf("%s: %v", c.rule, err)
		}
		if err != nil && c.value != "" && strings.Contains(err.Error(), c.value) {
			t.Errorf("%s: the fault shows the PIN", c.rule)
		}
	}
}

func TestPINTries(t *testing.T) {
	row, err := rules.PINSyntaxes.On(day(2026, 1, 16))
	if err != nil {
		t.Fatal(err)
	}
	for pin, tries := range map[card.PIN]int{card.SignaturePIN: 5, card.UserAuthenticationPIN: 3, card.ResidentRegisterPIN: 3, card.InputSupportPIN: 3} {
		if got := row.Rule[pin].Tries; got != tries {
			t.Errorf("PIN-001 No.%d: %d tries, want %d", pin, got, tries)
		}
	}
	counting, err := rules.PINCountings.On(day(2026, 1, 16))
	if err != nil || counting.Rule != rules.Consecutive {
		t.Errorf("PIN-004 CON-004: %v, %v", counting.Rule, err)
	}
}

func TestPINsNeeded(t *testing.T) {
	for _, c := range []struct {
		rule                  string
		signature, user, face bool
		want                  []card.PIN
	}{
		{"PIN-020 all four", true, true, false, card.PINs[:]},
		{"PIN-023 no signature certificate", false, true, false, []card.PIN{2, 3, 4}},
		{"PIN-023 no user authentication certificate", true, false, false, []card.PIN{1, 3, 4}},
		{"PIN-026 face authentication", false, true, true, nil},
	} {
		if got := PINsNeeded(c.signature, c.user, c.face); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.rule, got, c.want)
		}
	}
}

func TestSuspend(t *testing.T) {
	on := day(2026, 2, 3)
	both := map[certificate.Kind]certificate.State{certificate.Signature: certificate.Valid, certificate.UserAuthentication: certificate.Valid}
	out, err := Suspend(on, card.Active, both, true)
	if err != nil || out.Card.To != card.Suspended || out.Certificates[certificate.Signature].To != certificate.Held || out.Certificates[certificate.UserAuthentication].To != certificate.Held {
		t.Errorf("LOSS-004: %+v, %v", out, err)
	}
	if out.Lines.InJapan != "0120-95-0178" || out.Lines.Abroad != "+81-3-6734-0170" {
		t.Errorf("LOSS-002, LOSS-003, CON-001, OFF-040: %+v", out.Lines)
	}
	_, err = Suspend(on, card.Active, both, false)
	want(t, err, "caller_not_holder")
	_, err = Suspend(on, card.AtOffice, both, true)
	want(t, err, "card_not_handed_over")
	_, err = Suspend(on, card.PendingDeparture, both, true)
	want(t, err, "card_pending_departure")
	both[certificate.Signature] = certificate.Revoked
	if out, err = Suspend(on, card.Active, both, true); err != nil || len(out.Certificates) != 1 {
		t.Errorf("LOSS-004: a revoked certificate stays revoked: %+v, %v", out, err)
	}
	if out, err = Suspend(on, card.Suspended, map[certificate.Kind]certificate.State{certificate.UserAuthentication: certificate.Held}, true); err != nil || !out.Card.Already {
		t.Errorf("LOSS-004: twice changes nothing: %+v, %v", out, err)
	}
}

// What the tables of the three lives refuse comes out as the refusal of the catalogue.
func TestNextOutOfOrder(t *testing.T) {
	for _, c := range []struct {
		rule  string
		state application.State
		act   application.Act
		code  string
	}{
		{"ABR-021 ST-001 before the papers are sent", application.Applied, application.ReceivePapers, "papers_not_sent"},
		{"ABR-021 the honseki accepts only what it has", application.Forwarded, application.Accept, "papers_not_at_honseki"},
		{"APP-016 ST-001 production before acceptance", application.Received, application.Produce, "not_accepted"},
		{"ST-002 APP-076 an open defect", application.Defective, application.Accept, "defect_open"},
		{"ST-002 nothing was asked", application.Applied, application.Correct, "nothing_asked_back"},
		{"ABR-030 ABR-038 asked back after acceptance", application.InProduction, application.AskBack, "already_accepted"},
		{"ABR-025 ST-004 hand-over before arrival", application.InTransit, application.HandOver, "card_not_arrived"},
		{"ST-005 cancelled after the hand-over", application.HandedOver, application.Cancel, "card_handed_over"},
		{"ST-003 accepted after a rejection", application.Rejected, application.Accept, "application_rejected"},
		{"ABR-038 ST-003 handed over after a cancellation", application.Cancelled, application.HandOver, "application_cancelled"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			_, err := Next(application.Life, c.state, c.act)
			want(t, err, c.code)
		})
	}
	for _, c := range []struct {
		rule  string
		state card.State
		act   card.Act
		code  string
	}{
		{"APP-016 ST-004 sent before it is made", card.Planned, card.Dispatch, "card_not_produced"},
		{"ST-004 received before it is sent", card.Produced, card.Receive, "card_not_dispatched"},
		{"ABR-009 ST-010 stopped while pending", card.PendingDeparture, card.Suspend, "card_pending_departure"},
		{"LOSS-004 ST-007 continuing use of a suspended card", card.Suspended, card.Depart, "card_suspended"},
		{"LOSS-021 ST-007 lifting what is not suspended", card.Active, card.Lift, "card_not_suspended"},
		{"ABR-003 ST-010 departing without continuing use", card.Active, card.Arrive, "card_not_pending"},
		{"PICK-077 ST-014 collecting a valid card", card.Active, card.Collect, "card_still_valid"},
		{"EXP-071 ST-011 out of function", card.TemporarilyOutOfFunction, card.Depart, "card_out_of_function"},
		{"EXP-012 ST-012 expired", card.Expired, card.Suspend, "card_expired"},
		{"CHG-034 LOSS-031 lapsed", card.Lapsed, card.Lift, "card_lapsed"},
		{"LOSS-022 LOSS-031 abolished", card.Abolished, card.Lift, "card_abolished"},
		{"ELIG-016 CARD-035 returned", card.Returned, card.HandOver, "card_returned"},
		{"PICK-005 ST-006 destroyed", card.Destroyed, card.HandOver, "card_destroyed"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			_, err := Next(card.Life, c.state, c.act)
			want(t, err, c.code)
		})
	}
	for _, c := range []struct {
		rule  string
		state certificate.State
		act   certificate.Act
		code  string
	}{
		{"ST-020 not issued", certificate.Planned, certificate.HandOver, "certificate_not_issued"},
		{"ST-020 not handed over", certificate.Issued, certificate.Hold, "certificate_not_handed_over"},
		{"ST-021 revoked", certificate.Revoked, certificate.HandOver, "certificate_revoked"},
		{"ST-021 EXP-003 expired", certificate.Expired, certificate.Hold, "certificate_expired"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			_, err := Next(certificate.Life, c.state, c.act)
			want(t, err, c.code)
		})
	}
}

func TestVisitDates(t *testing.T) {
	remind, link, forget, err := VisitDates(day(2026, 1, 16))
	if err != nil || remind != day(2026, 1, 15) || link != day(2026, 2, 15) || forget != day(2026, 3, 17) {
		t.Error(remind, link, forget, err)
	}
}

func TestWalkIn(t *testing.T) {
	for _, c := range []struct {
		rule string
		f    WalkInFacts
		code string
	}{
		{"PICK-010 priority", WalkInFacts{Open: true, Does: true}, ""},
		{"PICK-007 by reservation only", WalkInFacts{Open: true, Does: true, Required: true}, "reservation_required"},
		{"OFF-032 closed today", WalkInFacts{Does: true}, "counter_closed"},
		{"PICK-004 not at this counter", WalkInFacts{Open: true}, "counter_cannot"},
	} {
		t.Run(c.rule, func(t *testing.T) {
			basis, err := WalkIn(c.f)
			want(t, err, c.code)
			if (err == nil) != (len(basis) > 0) {
				t.Errorf("%v", basis)
			}
		})
	}
}
