package web

import (
	"net/http"
	"slices"

	"mynumber/internal/authority"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/place"
)

// staffView is who works at an office, for its administrator.
type staffView struct {
	Staff, Offered []staffLine
	StandIns       []standInLine
	Fields         inputs
	StandInFields  inputs
	Faults         []input
	Others         []office.Invalid
}

// staffLine is an account with what can be done with it.
type staffLine struct {
	ID, Name  string
	Role      law.Text
	Where     law.Text // the office that offers
	OfferedTo law.Text
	Left      string
	Self      bool
	Open      bool
	Changes   bool
	Roles     []option
}

// standInLine is a stand-in at the office.
type standInLine struct {
	office.StandIn
	Role law.Text
}

var staffTitle = law.Text{Ja: "職員", En: "Staff"}

// roleOptions are the roles that an office of the kind has.
func roleOptions(kind place.Kind, now office.Role) []option {
	var out []option
	for _, role := range office.Roles {
		if slices.Contains(authority.Workplaces[role], kind) {
			out = append(out, option{Value: string(role), Label: word(roleWords, role), Chosen: role == now})
		}
	}
	return out
}

func accountInputs(who office.Actor) inputs {
	kind := place.KindOf(who.Office)
	in := inputs{
		{Name: "account", Kind: "text", Required: true, Label: law.Text{Ja: "アカウント名", En: "Account"}, Hint: law.Text{Ja: "英小文字・数字・. _ -。あとから変えられません。", En: "a–z, 0–9, dot, underscore, hyphen. It stays."}},
		{Name: "name", Kind: "text", Required: true, Label: law.Text{Ja: "氏名", En: "Name of the person"}},
		{Name: "role", Kind: "select", Required: true, Label: law.Text{Ja: "役割", En: "Role"}, Options: roleOptions(kind, "")},
	}
	if kind == place.KindIssuer {
		in = append(in, input{Name: "office", Kind: "text", Label: law.Text{Ja: "窓口コード(ほかの窓口の最初の管理者を登録するとき)", En: "Office, when making the first administrator of another one"}})
	}
	return in
}

func standInInputs(who office.Actor) inputs {
	return inputs{
		{Name: "stand_account", Kind: "text", Required: true, Label: law.Text{Ja: "アカウント名(ほかの窓口の職員でも可)", En: "Account, also of another office"}},
		{Name: "stand_role", Kind: "select", Required: true, Label: law.Text{Ja: "代理する役割", En: "Role"}, Options: roleOptions(place.KindOf(who.Office), "")},
		{Name: "from", Kind: "date", Required: true, Label: law.Text{Ja: "最初の日", En: "First day"}},
		{Name: "to", Kind: "date", Required: true, Label: law.Text{Ja: "最後の日", En: "Last day"}},
	}
}

// staffPage lists who works here.
func (p *pages) staffPage(w http.ResponseWriter, r *http.Request, who office.Actor) {
	p.showStaff(w, r, who, http.StatusOK, nil)
}

func (p *pages) showStaff(w http.ResponseWriter, r *http.Request, who office.Actor, status int, failed error) {
	here, err := p.Office.StaffHere(r.Context(), who)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	kind := place.KindOf(who.Office)
	var view staffView
	for _, s := range here.Staff {
		line := staffLine{ID: s.ID, Name: s.Name, Role: word(roleWords, s.Role), Self: s.ID == who.Staff, Roles: roleOptions(kind, s.Role), Open: r.PathValue("id") == s.ID}
		if !s.Left.IsZero() {
			line.Left = moment(s.Left)
		}
		if s.Offered != "" {
			line.OfferedTo = office.PlaceName(s.Offered, p.today())
		}
		line.Changes = !line.Self && line.Left == ""
		view.Staff = append(view.Staff, line)
	}
	for _, s := range here.Offered {
		view.Offered = append(view.Offered, staffLine{ID: s.ID, Name: s.Name, Where: office.PlaceName(s.Office, p.today()), Roles: roleOptions(kind, "")})
	}
	for _, s := range here.StandIns {
		view.StandIns = append(view.StandIns, standInLine{s, word(roleWords, s.Role)})
	}
	view.Fields, view.StandInFields = accountInputs(who), standInInputs(who)
	faults := faultsOf(failed)
	switch {
	case r.PathValue("id") != "":
		view.Others = faults
	case r.URL.Path == "/office/staff/stand-ins":
		for i := range faults { // two forms stand on the page
			if field := faults[i].Field; field == "account" || field == "role" {
				faults[i].Field = "stand_" + field
			}
		}
		view.StandInFields, view.Others = view.StandInFields.with(r.PostFormValue, faults)
	default:
		view.Fields, view.Others = view.Fields.with(r.PostFormValue, faults)
	}
	view.Faults = append(view.Fields.Faults(), view.StandInFields.Faults()...)
	p.show(w, r, status, "staff", staffTitle, view)
}

// staffFailed shows the page again with what is wrong, or the problem.
func (p *pages) staffFailed(w http.ResponseWriter, r *http.Request, who office.Actor, err error) {
	if len(faultsOf(err)) > 0 {
		p.showStaff(w, r, who, http.StatusUnprocessableEntity, err)
		return
	}
	p.failBack(w, r, err, "/office/staff")
}

// staffLinkView shows a one-time link, once.
type staffLinkView struct{ Account, Address string }

func (p *pages) showStaffLink(w http.ResponseWriter, r *http.Request, account, secret string) {
	p.show(w, r, http.StatusOK, "stafflink", law.Text{Ja: "ログインのリンク", En: "Login link"}, staffLinkView{account, p.Office.URL + "/enter/" + secret})
}

// addStaff makes an account and shows its link.
func (p *pages) addStaff(w http.ResponseWriter, r *http.Request, who office.Actor) {
	if err := r.ParseForm(); err != nil {
		p.failBack(w, r, unreadable(err), "/office/staff")
		return
	}
	s := office.Staff{ID: r.PostFormValue("account"), Name: r.PostFormValue("name"), Office: place.Code(r.PostFormValue("office")), Role: office.Role(r.PostFormValue("role"))}
	if s.Office == "" {
		s.Office = who.Office
	}
	link, _, err := p.Office.AddStaff(r.Context(), who, s)
	if err != nil {
		p.staffFailed(w, r, who, err)
		return
	}
	p.showStaffLink(w, r, s.ID, link)
}

// standIn lets somebody stand in at the office.
func (p *pages) standIn(w http.ResponseWriter, r *http.Request, who office.Actor) {
	if err := r.ParseForm(); err != nil {
		p.failBack(w, r, unreadable(err), "/office/staff")
		return
	}
	_, receipt, err := p.Office.GrantStandIn(r.Context(), who, r.PostFormValue("stand_account"), office.StandInRequest{Role: r.PostFormValue("stand_role"), From: r.PostFormValue("from"), To: r.PostFormValue("to")})
	p.staffDone(w, r, who, receipt, err)
}

// staffAct is an act of an administrator on an account.
func (p *pages) staffAct(w http.ResponseWriter, r *http.Request, who office.Actor) {
	if err := r.ParseForm(); err != nil {
		p.failBack(w, r, unreadable(err), "/office/staff")
		return
	}
	ctx, id := r.Context(), r.PathValue("id")
	var receipt office.Receipt
	var err error
	switch r.PathValue("act") {
	case "role":
		receipt, err = p.Office.ChangeRole(ctx, who, id, office.Role(r.PostFormValue("role")))
	case "offer":
		receipt, err = p.Office.OfferTransfer(ctx, who, id, place.Code(r.PostFormValue("office")))
	case "take-over":
		receipt, err = p.Office.TakeOver(ctx, who, id, office.Role(r.PostFormValue("role")))
	case "end-stand-in":
		receipt, err = p.Office.EndStandIn(ctx, who, id, r.PostFormValue("stand_in"))
	case "end-sessions":
		receipt, err = p.Office.EndSessions(ctx, who, id)
	case "leave":
		receipt, err = p.Office.Leave(ctx, who, id)
	case "link":
		var link string
		if link, receipt, err = p.Office.StaffLink(ctx, who, id); err == nil {
			p.showStaffLink(w, r, id, link)
			return
		}
	default:
		err = office.ErrNotFound
	}
	p.staffDone(w, r, who, receipt, err)
}

func (p *pages) staffDone(w http.ResponseWriter, r *http.Request, who office.Actor, receipt office.Receipt, err error) {
	if err != nil {
		p.staffFailed(w, r, who, err)
		return
	}
	p.Sessions.leave(r.Context(), receipt)
	http.Redirect(w, r, "/office/staff", http.StatusSeeOther)
}
