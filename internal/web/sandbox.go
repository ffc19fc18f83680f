package web

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/office"
)

// accountLine is an account for logging in with one click.
type accountLine struct {
	ID     string
	Name   string
	Office law.Text
	Role   law.Text
	Desk   string
}

// accounts lists everybody who works somewhere; the demo alone shows it.
func (p *pages) accounts(ctx context.Context) ([]accountLine, error) {
	all, err := p.Office.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	var out []accountLine
	for _, s := range all {
		out = append(out, accountLine{s.ID, s.Name, office.PlaceName(s.Office, p.today()), word(roleWords, s.Role), desk(s.Role)})
	}
	return out, nil
}

// sandboxView is the engineers' playground.
type sandboxView struct {
	Away     bool // the windows cannot reach the issuer
	Accounts []accountLine
	Mails    []mailLine
	Cards    []cardChoice
	Doors    []door // where cards are used
	Guide    []guideLine
	Keys     []generationLine // of the authorities
	Clock    input
	Faults   []input
}

// mailLine is a mail with its links to be followed.
type mailLine struct {
	Mail
	When  string
	Parts []mailPart
}

// mailPart is a run of text, or an address.
type mailPart struct{ Text, Link string }

// guideLine is a step of the guide with its account.
type guideLine struct {
	GuideStep
	Number  int
	Account *accountLine
	Clock   string // the field's value that sets the step's day
}

// cardChoice is a card that can be put into the reader.
type cardChoice struct {
	SandboxCard
	Chosen bool
}

func (p *pages) sandbox(w http.ResponseWriter, r *http.Request) {
	p.showSandbox(w, r, http.StatusOK, clockInput(clockField(p.Sandbox.Now())))
}

func clockInput(value string) input {
	return input{Name: "clock", Kind: "clock", Required: true, Value: value, Label: law.Text{Ja: "日時(日本時間)", En: "Instant (Japan time)"},
		Hint: law.Text{Ja: "例 2025-10-28T10:00", En: "For example 2025-10-28T10:00"}}
}

func (p *pages) showSandbox(w http.ResponseWriter, r *http.Request, status int, clock input) {
	view := sandboxView{Clock: clock, Doors: cardDoors, Faults: inputs{clock}.Faults(), Away: p.Sandbox.IssuerAway()}
	var err error
	if view.Accounts, err = p.accounts(r.Context()); err != nil {
		p.fail(w, r, err)
		return
	}
	if view.Keys, err = p.sandboxKeys(r); err != nil {
		p.fail(w, r, err)
		return
	}
	mails, err := p.Sandbox.Mails()
	if err != nil {
		p.fail(w, r, err)
		return
	}
	for _, m := range mails {
		view.Mails = append(view.Mails, mailLine{m, moment(m.Date), linked(m.Body)})
	}
	cards, err := p.Sandbox.Cards()
	if err != nil {
		p.fail(w, r, err)
		return
	}
	for _, c := range cards {
		view.Cards = append(view.Cards, cardChoice{SandboxCard: c})
	}
	for n, s := range p.Sandbox.Guide() {
		line := guideLine{GuideStep: s, Number: n + 1}
		for i, a := range view.Accounts {
			if a.ID == s.Account {
				line.Account = &view.Accounts[i]
			}
		}
		if !s.Day.IsZero() {
			line.Clock = clockField(s.Day.Start().Add(10 * time.Hour))
		}
		view.Guide = append(view.Guide, line)
	}
	p.show(w, r, status, "sandbox", law.Text{Ja: "サンドボックス", En: "Sandbox"}, view)
}

var address = regexp.MustCompile(`https?://[^\s<>"]+`)

// linked splits a text into runs and addresses.
func linked(body string) []mailPart {
	var parts []mailPart
	last := 0
	for _, at := range address.FindAllStringIndex(body, -1) {
		parts = append(parts, mailPart{Text: body[last:at[0]]}, mailPart{Link: body[at[0]:at[1]]})
		last = at[1]
	}
	return append(parts, mailPart{Text: body[last:]})
}

// sandboxLogin logs in with one click.
func (p *pages) sandboxLogin(w http.ResponseWriter, r *http.Request) {
	staff, err := p.Office.Account(r.Context(), r.PostFormValue("account"))
	if err != nil {
		p.failBack(w, r, err, "/sandbox")
		return
	}
	p.welcome(w, r, staff, r.PostFormValue("next"))
}

// sandboxClock sets the clock.
func (p *pages) sandboxClock(w http.ResponseWriter, r *http.Request) {
	text := r.PostFormValue("clock")
	now, err := time.ParseInLocation("2006-01-02T15:04", text, civil.JST)
	if err != nil {
		clock := clockInput(text)
		clock.Fault = law.Text{Ja: "日時として読めません。2025-10-28T10:00 のように書いてください。", En: "This cannot be read. Write it as 2025-10-28T10:00."}
		p.showSandbox(w, r, http.StatusUnprocessableEntity, clock)
		return
	}
	err = p.Sandbox.SetClock(r.Context(), now)
	switch {
	case err == nil:
		http.Redirect(w, r, "/sandbox", http.StatusSeeOther)
	case statusOf(err) == http.StatusUnprocessableEntity:
		clock := clockInput(text)
		clock.Fault = faultsOf(err)[0].Text
		p.showSandbox(w, r, http.StatusUnprocessableEntity, clock)
	default:
		p.failBack(w, r, err, "/sandbox")
	}
}

// sandboxIssuer cuts the windows off from the issuer, or brings it back.
func (p *pages) sandboxIssuer(w http.ResponseWriter, r *http.Request) {
	p.Sandbox.SetIssuerAway(r.PostFormValue("away") == "yes")
	http.Redirect(w, r, "/sandbox#issuer", http.StatusSeeOther)
}

// sandboxExample makes the invented person's form, as if somebody had filled it in on the applicant's page.
func (p *pages) sandboxExample(w http.ResponseWriter, r *http.Request) {
	form, photo, err := p.Sandbox.Example()
	if err != nil {
		p.fail(w, r, err)
		return
	}
	draft, err := p.Office.SaveDraft(r.Context(), form, photo)
	if err != nil {
		p.failBack(w, r, err, "/sandbox")
		return
	}
	http.Redirect(w, r, "/apply/"+draft.Code, http.StatusSeeOther)
}

var portalTitle = law.Text{Ja: "サービスにログインする", En: "Log in to a service"}

// portalView is the relying service's page.
type portalView struct {
	Reader bool // there is a reader in software
	Cards  []cardChoice
	PIN    input
	Faults []input
	Locked bool
	Login  *Login
	Until  string
}

func pinInput() input {
	return input{Name: "pin", Kind: "password", Mode: "numeric", Required: true, Most: 4, Label: law.Text{Ja: "利用者証明用電子証明書の暗証番号", En: "PIN of the user authentication certificate"},
		Hint: law.Text{Ja: "数字4桁", En: "Four digits"}}
}

func (p *pages) portal(w http.ResponseWriter, r *http.Request) {
	p.showPortal(w, r, http.StatusOK, portalView{PIN: pinInput()})
}

func (p *pages) showPortal(w http.ResponseWriter, r *http.Request, status int, view portalView) {
	if p.Sandbox != nil {
		view.Reader = true
		cards, err := p.Sandbox.Cards()
		if err != nil {
			p.fail(w, r, err)
			return
		}
		for _, c := range cards {
			view.Cards = append(view.Cards, cardChoice{c, c.ID == r.PostFormValue("card")})
		}
	}
	view.Faults = append(view.Faults, inputs{view.PIN}.Faults()...)
	p.show(w, r, status, "portal", portalTitle, view)
}

// portalLogin lets the card in the reader answer a challenge, and the service check the answer.
func (p *pages) portalLogin(w http.ResponseWriter, r *http.Request) {
	if p.Sandbox == nil {
		p.notFound(w, r) // without a reader of ours the service is reached by its own programs
		return
	}
	view := portalView{PIN: pinInput()}
	id, nonce, err := p.Portal.Challenge(r.Context())
	if err != nil {
		p.failBack(w, r, err, "/portal")
		return
	}
	certificate, signature, err := p.Sandbox.Sign(r.Context(), r.PostFormValue("card"), r.PostFormValue("pin"), nonce)
	var wrong *WrongPIN
	if errors.As(err, &wrong) {
		view.Locked = wrong.TriesLeft <= 0
		view.PIN.Fault = law.Text{Ja: "暗証番号が違います。あと%d回間違えるとロックされます。", En: "Wrong PIN. %d more wrong entries lock it."}.Format(wrong.TriesLeft)
		if view.Locked {
			view.PIN.Fault = law.Text{Ja: "暗証番号はロックされています。", En: "The PIN is locked."}
		}
		p.showPortal(w, r, http.StatusUnprocessableEntity, view)
		return
	}
	if err != nil {
		p.failBack(w, r, err, "/portal")
		return
	}
	login, err := p.Portal.Login(r.Context(), id, certificate, signature)
	if err != nil {
		p.failBack(w, r, err, "/portal")
		return
	}
	view.Login, view.Until = &login, moment(login.NotAfter)
	status := http.StatusOK
	if !login.Accepted {
		status = http.StatusForbidden
	}
	p.showPortal(w, r, status, view)
}
