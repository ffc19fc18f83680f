package office_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"mynumber/internal/application"
	"mynumber/internal/authority"
	"mynumber/internal/booking"
	"mynumber/internal/certificate"
	"mynumber/internal/demo"
	"mynumber/internal/journal"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/place"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// tries is every act of the table as somebody would ask for it, on records that are not there: who may gets as far as the
// registers, anybody else is refused before.
var tries = map[authority.Act]func(context.Context, *desk, office.Actor) error{
	"find_person": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.FindPerson(ctx, who, office.PersonRequest{Name: "だれか", Birth: "1988-05-17"})
		return err
	},
	"person.look": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.LookAtPerson(ctx, who, "nobody")
		return err
	},
	"person.consider": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.Consider(ctx, who, office.WindowRequest{PersonID: "nobody", Procedure: rules.LiftAtHome})
		return err
	},
	"person.consider_by_telephone": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.Consider(ctx, who, office.WindowRequest{PersonID: "nobody", Procedure: rules.LiftAtHome, Told: procedure.Situation{Channel: rules.Telephone}})
		return err
	},
	"take_in": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.TakeIn(ctx, who, office.WindowRequest{RequestKey: "x", PersonID: "nobody", Procedure: rules.LiftAtHome})
		return err
	},
	"take_in_by_telephone": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.TakeIn(ctx, who, office.WindowRequest{RequestKey: "x", PersonID: "nobody", Procedure: rules.LiftAtHome, Told: procedure.Situation{Channel: rules.Telephone}})
		return err
	},
	"person.issue_form": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.ReplaceForm(ctx, who, office.FormRequest{PersonID: "nobody"})
		return err
	},
	"person.forms": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.FormsOf(ctx, who, "nobody")
		return err
	},
	"file": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.File(ctx, who, office.FileRequest{RequestKey: "a key of a request"})
		return err
	},
	"file_by_post": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.FileAtHome(ctx, who, office.HomeRequest{RequestKey: "a key of a request", Channel: rules.Post})
		return err
	},
	"list.applications": func(ctx context.Context, d *desk, who office.Actor) error { _, err := d.Queue(ctx, who); return err },
	"list.cases": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.WindowCases(ctx, who)
		return err
	},
	"look_letters": func(ctx context.Context, d *desk, who office.Actor) error { _, err := d.Letters(ctx, who); return err },
	"look_exchanges": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.Exchanges(ctx, who, false)
		return err
	},
	"look_parcels": func(ctx context.Context, d *desk, who office.Actor) error { _, err := d.Parcels(ctx, who); return err },
	"list.outreach": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.Outreaches(ctx, who)
		return err
	},
	"list.production": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.ProduceBatch(ctx, who)
		return err
	},
	"list.visitor": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.ConsiderVisitor(ctx, who, "none", procedure.Situation{})
		return err
	},

	"case.look": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.WindowCase(ctx, who, "none")
		return err
	},
	"case.take_fee": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.TakeCaseFee(ctx, who, "none")
		return err
	},
	"case.enter_pins": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.OpenCasePINScreen(ctx, who, "none")
		return err
	},
	"pair_reader": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.PairReader(ctx, who, "AAAA-2222")
		return err
	},
	"release_reader": func(ctx context.Context, d *desk, who office.Actor) error { return only(d.ReleaseReader(ctx, who)) },
	"case.reply": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.ReplyCase(ctx, who, "none", office.ReplyRequest{})
		return err
	},
	"case.complete": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.CompleteCase(ctx, who, "none")
		return err
	},
	"case.withdraw": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.WithdrawCase(ctx, who, "none")
		return err
	},
	"case.receive": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.ReceiveCase(ctx, who, "none")
		return err
	},
	"case.give_back": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.GiveBack(ctx, who, "none")
		return err
	},
	"case.ask_undo": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.AskUndo(ctx, who, "none", office.UndoRequest{Reason: "x"})
		return err
	},
	"case.undo": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.UndoCase(ctx, who, "none")
		return err
	},

	"application.ask_undo": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.AskUndoHandOver(ctx, who, "none", office.UndoRequest{Reason: "x"}))
	},
	"application.undo": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.UndoHandOver(ctx, who, "none", false))
	},
	"person.ask_undo": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.AskUndoEvent(ctx, who, "nobody", "none", office.UndoRequest{Reason: "x"}))
	},
	"person.undo": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.UndoEvent(ctx, who, "nobody", "none"))
	},
	"list.visits": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.VisitorsOf(ctx, who, "")
		return err
	},
	"visit.book_visit": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.BookVisit(ctx, who, office.VisitRequest{RequestKey: "a key of a request", Procedure: rules.LiftAtHome, PersonID: "nobody"})
		return err
	},
	"visit.walk_in": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.WalkIn(ctx, who, office.VisitRequest{RequestKey: "a key of a request", Procedure: rules.LiftAtHome, PersonID: "nobody"})
		return err
	},
	"visit.move_booking": func(ctx context.Context, d *desk, who office.Actor) error {
		return visited(d.MoveVisit(ctx, who, "none", office.Wanted{}))
	},
	"visit.cancel_booking": func(ctx context.Context, d *desk, who office.Actor) error {
		return visited(d.CancelVisit(ctx, who, "none"))
	},
	"visit.arrive": func(ctx context.Context, d *desk, who office.Actor) error { return visited(d.Arrive(ctx, who, "none")) },
	"visit.call_visitor": func(ctx context.Context, d *desk, who office.Actor) error {
		return visited(d.CallVisitor(ctx, who, "none"))
	},
	"visit.serve_visitor": func(ctx context.Context, d *desk, who office.Actor) error {
		return visited(d.ServeVisitor(ctx, who, "none"))
	},
	"visit.miss_booking": func(ctx context.Context, d *desk, who office.Actor) error {
		return visited(d.MissVisit(ctx, who, "none"))
	},
	"application.look": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.Look(ctx, who, "none")
		return err
	},
	"application.cancel": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.Cancel(ctx, who, "none"))
	},
	"application.change_email": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.ChangeMail(ctx, who, "none", []string{"a@example.jp"}, office.Approach{}))
	},
	"application.change_data": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.ChangeData(ctx, who, "none", application.RawForm{"family_name": "山田"}, office.Approach{}))
	},
	"application.change_place": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.ChangePlace(ctx, who, "none", string(demo.Taipei), office.Approach{}))
	},
	"application.correct": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.AnswerDefect(ctx, who, "none", application.RawForm{}, office.Approach{}))
	},
	"application.check_identity": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.CheckIdentity(ctx, who, "none", office.IdentityRequest{}))
	},
	"application.check_visitor": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.CheckVisitor(ctx, who, "none", procedure.Situation{})
		return err
	},
	"application.forward": func(ctx context.Context, d *desk, who office.Actor) error { return only(d.Forward(ctx, who, "none")) },
	"application.receive_papers": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.ReceivePapers(ctx, who, "none"))
	},
	"application.ask_back": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.AskBack(ctx, who, "none", office.AskBackRequest{Fields: []string{"family_name"}, Note: "x"}))
	},
	"application.accept": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.Accept(ctx, who, "none")
		return err
	},
	"application.reject": func(ctx context.Context, d *desk, who office.Actor) error { return only(d.Reject(ctx, who, "none")) },
	"application.search_person": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.Candidates(ctx, who, "none")
		return err
	},
	"application.identify": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.Identify(ctx, who, "none", "nobody"))
	},
	"application.take_in": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.TakeInCard(ctx, who, "none"))
	},
	"application.announce": func(ctx context.Context, d *desk, who office.Actor) error { return only(d.Announce(ctx, who, "none")) },
	"application.open_pin_screen": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.OpenPINScreen(ctx, who, "none")
		return err
	},
	"application.open_sealed_form": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.OpenSealedForm(ctx, who, "none", true, pins))
	},
	"application.hand_over": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.HandOver(ctx, who, "none", true))
	},
	"application.take_fee": func(ctx context.Context, d *desk, who office.Actor) error { return only(d.TakeFee(ctx, who, "none")) },
	"application.post":     func(ctx context.Context, d *desk, who office.Actor) error { return only(d.Post(ctx, who, "none")) },
	"application.plan_production": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.Produce(ctx, who, "none"))
	},
	"application.dispatch": func(ctx context.Context, d *desk, who office.Actor) error { return only(d.Dispatch(ctx, who, "none")) },
	"application.leave_notice": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.LeaveNotice(ctx, who, "none"))
	},
	"application.appoint": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.Appoint(ctx, who, "none", office.Appointment{}))
	},
	"application.deliver": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.Deliver(ctx, who, "none", office.DeliveryRequest{}))
	},
	"application.send_back": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.SendBack(ctx, who, "none", false))
	},

	"letter.look": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.LetterPages(ctx, who, "none")
		return err
	},
	"letter.print_letter": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.PrintLetter(ctx, who, "none"))
	},
	"letter.lose_page": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.LosePage(ctx, who, "none", "x"))
	},
	"letter.letter_returned": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.LetterReturned(ctx, who, "none"))
	},
	"look_messages": func(ctx context.Context, d *desk, who office.Actor) error { _, err := d.Messages(ctx, who); return err },
	"message.look": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.Message(ctx, who, "none")
		return err
	},
	"message.note_call": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.NoteCall(ctx, who, "none", office.CallNote{Note: "x"}))
	},
	"message.send_again": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.SendAgain(ctx, who, "none", office.Again{Post: true})
		return err
	},
	"letter.post_letter": func(ctx context.Context, d *desk, who office.Actor) error { return only(d.Posted(ctx, who, "none")) },
	"exchange.note_exchange": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.NoteExchange(ctx, who, "none"))
	},
	"ask_network": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.AskNetwork(ctx, who, office.NetworkQuery{})
		return err
	},
	"person.notify": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.Notify(ctx, who, "nobody", office.NotifyRequest{})
		return err
	},
	"person.take_back": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.TakeBack(ctx, who, "nobody", "none"))
	},
	"person.register": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.Register(ctx, who, office.RegisterRequest{})
		return err
	},
	"person.number_copy": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.NumberCopy(ctx, who, "nobody")
		return err
	},
	"person.export_person": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.Export(ctx, who, "nobody")
		return err
	},
	"outreach.ask_outreach": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.AskOutreach(ctx, who, office.OutreachRequest{RequestKey: "a key of a request", Office: who.Office})
		return err
	},
	"outreach.appoint_outreach": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.AppointOutreach(ctx, who, "none", "2025-11-04"))
	},
	"outreach.finish_outreach": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.FinishOutreach(ctx, who, "none"))
	},
	"outreach.cancel_outreach": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.CancelOutreach(ctx, who, "none"))
	},

	"search_card": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.CardsToStop(ctx, who, office.CallerRequest{Name: "だれか", Birth: "1988-05-17"})
		return err
	},
	"card.suspend": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.Suspend(ctx, who, "none", true))
	},
	"card.pass_on": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.PassOn(ctx, who, "none", office.ReportRequest{Kind: rules.Reports[0], Note: "x"}))
	},
	"list.crls": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.ListBook(ctx, who)
		return err
	},
	"crl.order_lists": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.OrderLists(ctx, who, office.ListRequest{Kind: certificate.Signature, Generation: 1, Partition: office.ARL})
		return err
	},
	"list.keys": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.Keys(ctx, who)
		return err
	},
	"authority.found_key": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.FoundKey(ctx, who, office.CeremonyRequest{Kind: certificate.Signature, Algorithm: pki.RSA2048, Program: "x", Operator: "x", Missing: true})
		return err
	},
	"list.destructions": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.Destructions(ctx, who)
		return err
	},
	"list.owed_chips": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.OwedChips(ctx, who)
		return err
	},
	"card.end_chip": func(ctx context.Context, d *desk, who office.Actor) error { return only(d.EndChip(ctx, who, "none")) },
	"card.cut_chip": func(ctx context.Context, d *desk, who office.Actor) error { return only(d.CutChip(ctx, who, "none")) },
	"list.staff": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.StaffHere(ctx, who)
		return err
	},
	"staff.add_staff": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.AddStaff(ctx, who, office.Staff{ID: "kudo", Name: "工藤", Office: who.Office, Role: office.Admin})
		return taken(err)
	},
	"staff.add_administrator": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.AddStaff(ctx, who, office.Staff{ID: "kudo", Name: "工藤", Office: demo.Niigata, Role: office.Admin})
		return taken(err)
	},
	"staff.staff_link": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.StaffLink(ctx, who, "none")
		return err
	},
	"staff.change_role": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.ChangeRole(ctx, who, "none", office.Clerk))
	},
	"staff.stand_in": func(ctx context.Context, d *desk, who office.Actor) error {
		_, _, err := d.GrantStandIn(ctx, who, "none", office.StandInRequest{})
		return err
	},
	"staff.end_stand_in": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.EndStandIn(ctx, who, "none", "none"))
	},
	"staff.offer_transfer": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.OfferTransfer(ctx, who, "none", demo.Niigata))
	},
	"staff.take_over": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.TakeOver(ctx, who, "none", office.Clerk))
	},
	"staff.leave": func(ctx context.Context, d *desk, who office.Actor) error { return only(d.Leave(ctx, who, "none")) },
	"staff.end_sessions": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.EndSessions(ctx, who, "none"))
	},
	"staff.end_own_sessions": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.EndSessions(ctx, named(who), "somebody"))
	},
	"staff.add_key": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.AddKey(ctx, named(who), office.StaffKey{Kind: office.KeyPasskey, ID: "x"}))
	},
	"staff.drop_key": func(ctx context.Context, d *desk, who office.Actor) error {
		return only(d.DropKey(ctx, named(who), office.KeyPasskey, "x"))
	},
	"staff.session_elsewhere": func(ctx context.Context, d *desk, who office.Actor) error { return d.SessionElsewhere(ctx, named(who)) },
	"import_people": func(ctx context.Context, d *desk, who office.Actor) error {
		_, err := d.ImportPeople(ctx, who, "a key", strings.NewReader("no header"), nil)
		return err
	},
}

// visited is what came of an act on a visit.
func visited(_ booking.Reservation, _ office.Receipt, err error) error { return err }

// taken is for acts of which only the first one finds the name free.
func taken(err error) error {
	var invalid *office.Invalid
	if errors.As(err, &invalid) {
		return nil
	}
	return err
}

// named is the actor as their own account's owner; an applicant has none.
func named(who office.Actor) office.Actor {
	if who.Role != authority.Applicant {
		who.Staff = "somebody"
	}
	return who
}

// inside are the acts that no caller asks for by themselves: the second half of another act, with the same line of the
// table, or an act behind a link, a step of the console, which say by themselves who acts.
var inside = map[authority.Act]authority.Act{
	"case.queue": "case.complete", "case.finish": "case.complete", "application.produce": "application.plan_production",
	"list.troubles": "look_messages", "visit.displace_booking": "", "policy.load_policy": "", "message.bounce": "", "message.mail_failed": "", "application.reserve": "", "application.set_pins": "", "application.ask_details": "", "application.look_details": "", "start_online": "", "staff.enter": "",
	"person.look_own": "", "card.phone_certificates_issue": "", "card.phone_certificates_reissue": "", "card.phone_model_change": "", "card.phone_certificates_lift": "", "card.phone_certificates_revoke": "",
}

// oneOf is an office of each kind.
var oneOf = map[place.Kind]place.Code{place.KindMunicipality: demo.Sumida, place.KindMission: demo.Taipei, place.KindIssuer: place.Issuer, place.KindPost: place.Post}

// TestAuthorityTable tries every cell of role × kind of office × act through office: what no line permits is forbidden and
// leaves an entry that says so, what a line permits is not.
func TestAuthorityTable(t *testing.T) {
	d := newDesk(t)
	cells := 0
	for _, act := range authority.Acts() {
		if outer, ok := inside[act]; ok {
			for _, role := range authority.Everybody {
				for _, kind := range authority.Kinds {
					here, _ := authority.Decide(role, kind, act)
					there, _ := authority.Decide(role, kind, outer)
					if outer != "" && here.Name != there.Name {
						t.Errorf("%s is a part of %s, but under %s by %s at %s", act, outer, here.Name, role, kind)
					}
				}
			}
			continue
		}
		try, ok := tries[act]
		if !ok {
			t.Errorf("nobody tries %s: add it to tries", act)
			continue
		}
		for _, role := range authority.Everybody {
			for _, kind := range authority.Kinds {
				who := office.Actor{Staff: "somebody", Office: oneOf[kind], Role: role}
				if role == authority.Applicant {
					who.Staff = ""
				}
				policy, may := authority.Decide(role, kind, act)
				before := len(d.chain(t, who.Office))
				err := try(t.Context(), d, who)
				if forbidden := errors.Is(err, office.ErrForbidden); forbidden == may {
					t.Errorf("%s by %s at %s: %v, want it permitted: %v by %q", act, role, kind, err, may, policy.Name)
				}
				cells++
				d.sealedBy(t, act, who, before, policy, may)
			}
		}
	}
	for act := range tries {
		if _, ok := d.inTable(act); !ok {
			t.Errorf("%s is tried and stands in no line", act)
		}
	}
	if want := (len(authority.Acts()) - len(inside)) * len(authority.Everybody) * len(authority.Kinds); cells != want {
		t.Errorf("%d cells were tried, want %d", cells, want)
	}
}

// sealedBy expects the entries that an attempt left to name the line that decided.
func (d *desk) sealedBy(t *testing.T, act authority.Act, who office.Actor, before int, policy authority.Policy, may bool) {
	t.Helper()
	entries := d.chain(t, who.Office)[before:]
	for _, e := range entries {
		if e.Policy != policy.Name {
			t.Errorf("%s by %s at %s is under %q in the journal, want %q", act, who.Role, who.Office, e.Policy, policy.Name)
		}
	}
	if !may && !strings.HasPrefix(string(act), "list.") && (len(entries) != 1 || entries[0].Code != "forbidden" || entries[0].Outcome != journal.Refused) {
		t.Errorf("%s by %s at %s left %+v, want one entry that says forbidden", act, who.Role, who.Office, entries)
	}
}
