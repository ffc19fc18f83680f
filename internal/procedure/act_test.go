package procedure_test

import (
	"testing"

	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// TestPerform: what the engine of the windows reads from a decision.
func TestPerform(t *testing.T) {
	pin := 3
	for _, c := range []struct {
		name  string
		make  func(*procedure.Situation)
		check func(procedure.Performance) bool
	}{
		{"LOSS-023 lifting revokes what was held and leaves no wish open", func(s *procedure.Situation) {
			s.Procedure, s.Card.State = rules.LiftAtHome, card.Suspended
			s.Certs.Signature.State, s.Certs.UserAuthentication.State = procedure.CertificateHeld, procedure.CertificateHeld
		}, func(p procedure.Performance) bool {
			return p.Status == procedure.Needs && p.Needs.Fact == "wish.without_signature"
		}},
		{"LOSS-023 lifting with new certificates", func(s *procedure.Situation) {
			s.Procedure, s.Card.State = rules.LiftAtHome, card.Suspended
			s.Certs.Signature.State, s.Certs.UserAuthentication.State = procedure.CertificateHeld, procedure.CertificateHeld
			s.Wish.NoSignature, s.Wish.NoUserAuth = procedure.No, procedure.No
		}, func(p procedure.Performance) bool {
			return p.Status == procedure.Allowed && p.Reason == certificate.CertificateHold && p.Issues(certificate.Signature) &&
				p.Dates.Signature == civil.Day(2031, 5, 5) && len(p.TypePIN) == 2 && !p.SetPIN
		}},
		{"CHG-006 another proxy comes twice", func(s *procedure.Situation) {
			s.Procedure, s.Visitor.Who, s.Card.EntryFieldFull = rules.ChangeAtHome, rules.VoluntaryProxy, procedure.No
			s.Event = procedure.Event{Kind: rules.MoveWithin, On: civil.Day(2026, 5, 20), Filed: civil.Day(2026, 6, 1)}
		}, func(p procedure.Performance) bool { return p.Status == procedure.Allowed && p.Later }},
		{"PIN-046 the card travels to the honseki", func(s *procedure.Situation) {
			s.Procedure, s.Card.Kind, s.Office.Code, s.Office.Covers = rules.ResetPINFromAbroad, procedure.OverseasCard, "office-tw-taipei", procedure.Yes
			s.Person.Residence, s.Person.Municipality, s.Wish.PIN, s.Card.PINs.ResidentRegister = procedure.Abroad, "", &pin, procedure.PINLocked
			s.Visitor.SealedPINs = procedure.Yes
		}, func(p procedure.Performance) bool {
			return p.Status == procedure.Allowed && p.DoneBy == rules.Honseki && p.SetPIN && len(p.TypePIN) == 1 && p.TypePIN[0] == card.ResidentRegisterPIN
		}},
		{"PIN-046 PIN-007 and the PINs travel sealed", func(s *procedure.Situation) {
			s.Procedure, s.Card.Kind, s.Office.Code, s.Office.Covers = rules.ResetPINFromAbroad, procedure.OverseasCard, "office-tw-taipei", procedure.Yes
			s.Person.Residence, s.Person.Municipality, s.Wish.PIN, s.Card.PINs.ResidentRegister = procedure.Abroad, "", &pin, procedure.PINLocked
		}, func(p procedure.Performance) bool {
			return p.Status == procedure.Refused && p.Reasons[0].Code == "sealed_pins_needed"
		}},
		{"CHG-029 nobody said who stands there", func(s *procedure.Situation) {
			s.Procedure, s.Visitor.Who = rules.GiveCardBack, ""
		}, func(p procedure.Performance) bool {
			return p.Status == procedure.Needs && p.Needs.Fact == "visitor.who"
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := atWindow()
			c.make(&s)
			p, err := procedure.Perform(&s, procedure.AtWindow)
			if err != nil || !c.check(p) {
				t.Errorf("%+v, %v", p, err)
			}
		})
	}
}

// atWindow is somebody with a card in order at the counter of Sumida.
func atWindow() procedure.Situation {
	valid := procedure.Certificate{State: procedure.CertificateValid, Issued: civil.Day(2021, 2, 1), Until: civil.Day(2026, 8, 5)}
	none := procedure.Certificate{State: procedure.CertificateNone}
	var papers []procedure.PaperAtWindow
	for _, p := range []rules.Paper{rules.MyNumberCard, rules.DrivingLicence, rules.FormPINReset, rules.FormReturn} {
		papers = append(papers, procedure.PaperAtWindow{Kind: p})
	}
	return procedure.Situation{
		On: civil.Day(2026, 6, 1),
		Person: procedure.Person{Birth: civil.Day(1990, 5, 5), Nationality: procedure.Japanese, Residence: procedure.InJapan, Municipality: "131075", Honseki: "022039",
			HasNumber: procedure.Yes, InFamilyRegister: procedure.Yes, EverRegistered: procedure.Yes, AdultWard: procedure.No},
		Card: procedure.Card{Kind: procedure.DomesticCard, State: card.Active, Applied: civil.Day(2021, 1, 1), Issued: civil.Day(2021, 2, 1), Until: civil.Day(2031, 5, 5),
			AtHand: procedure.Yes, NoPhoto: procedure.No, FaceAuth: procedure.No, ExtendedOnce: procedure.No},
		Certs:  procedure.Certificates{Signature: valid, UserAuthentication: valid},
		Phone:  procedure.Phone{Signature: none, UserAuth: none},
		Office: procedure.Office{Code: "131075"}, Channel: rules.Visit, Visitor: procedure.Visit{Who: rules.Holder, Papers: papers},
	}
}

func TestReplyDue(t *testing.T) {
	until, err := procedure.ReplyDue(civil.Day(2026, 1, 31))
	if err != nil || until.Day != civil.Day(2026, 3, 2) {
		t.Errorf("NTF-008: the reply is due on %s, %v", until.Day, err)
	}
}
