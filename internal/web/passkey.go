package web

import (
	"encoding/json"
	"errors"
	"net/http"

	"mynumber/internal/law"
	"mynumber/internal/login"
	"mynumber/internal/office"
)

// Passkeys are the one thing that no page can do without a script: static/passkey.js asks the browser for a key and sends its
// answer. Whoever has no script logs in by link or provider.

// owner is an account with its passkeys.
func (p *pages) owner(r *http.Request, account string) (login.Owner, error) {
	keys, err := p.Office.KeysOf(r.Context(), account)
	o := login.Owner{Account: account}
	for _, k := range keys {
		if k.Kind == office.KeyPasskey {
			o.Keys = append(o.Keys, k.Doc)
		}
	}
	return o, err
}

// askPasskey answers with what the browser is asked for.
func (p *pages) askPasskey(w http.ResponseWriter, r *http.Request, ask any, a attempt, err error) {
	if err == nil {
		err = p.wait(r, a)
	}
	if err != nil {
		p.passkeyFailed(w, r, err)
		return
	}
	sendJSON(w, http.StatusOK, ask)
}

// passkeyFailed tells the script what to show.
func (p *pages) passkeyFailed(w http.ResponseWriter, r *http.Request, err error) {
	if refused := faultsOf(err); len(refused) > 0 {
		sendJSON(w, http.StatusUnprocessableEntity, map[string]law.Text{"text": refused[0].Text})
		return
	}
	status := http.StatusForbidden
	if statusOf(err) == http.StatusInternalServerError && !isForged(err) {
		status = http.StatusInternalServerError
		p.Log.ErrorContext(r.Context(), "passkey", "error", err)
	}
	sendJSON(w, status, map[string]law.Text{"text": {Ja: "パスキーを確かめられませんでした。", En: "The passkey could not be checked."}})
}

// isForged reports an answer that proves nothing.
func isForged(err error) bool { return errors.Is(err, login.ErrForged) }

func sendJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(value)
}

// passkeyAdd asks for a new passkey of one's own account.
func (p *pages) passkeyAdd(w http.ResponseWriter, r *http.Request, who office.Actor) {
	if p.Passkeys == nil {
		p.notFound(w, r)
		return
	}
	o, err := p.owner(r, who.Staff)
	var ask any
	var kept []byte
	if err == nil {
		ask, kept, err = p.Passkeys.BeginAdd(o)
	}
	p.askPasskey(w, r, ask, attempt{Passkey: kept, Add: true}, err)
}

// passkeyAdded takes the new passkey in.
func (p *pages) passkeyAdded(w http.ResponseWriter, r *http.Request, who office.Actor) {
	a, ok := p.waited(r)
	if p.Passkeys == nil || !ok || !a.Add {
		p.passkeyFailed(w, r, login.ErrForged)
		return
	}
	o, err := p.owner(r, who.Staff)
	var id string
	var doc []byte
	if err == nil {
		id, doc, err = p.Passkeys.FinishAdd(o, a.Passkey, r)
	}
	var receipt office.Receipt
	if err == nil {
		receipt, err = p.Office.AddKey(r.Context(), who, office.StaffKey{Kind: office.KeyPasskey, ID: id, Name: who.Staff, Doc: doc})
	}
	if err != nil {
		p.passkeyFailed(w, r, err)
		return
	}
	p.Sessions.leave(r.Context(), receipt)
	sendJSON(w, http.StatusOK, map[string]string{"next": "/account"})
}

// passkeyLogin asks for a passkey, whosever it is.
func (p *pages) passkeyLogin(w http.ResponseWriter, r *http.Request) {
	if p.Passkeys == nil {
		p.notFound(w, r)
		return
	}
	ask, kept, err := p.Passkeys.BeginLogin()
	p.askPasskey(w, r, ask, attempt{Passkey: kept, Next: r.URL.Query().Get("next")}, err)
}

// passkeyEnter lets the passkey's owner in.
func (p *pages) passkeyEnter(w http.ResponseWriter, r *http.Request) {
	a, ok := p.waited(r)
	if p.Passkeys == nil || !ok || a.Add {
		p.passkeyFailed(w, r, login.ErrForged)
		return
	}
	find := func(id string) (login.Owner, error) {
		k, err := p.Office.Key(r.Context(), office.KeyPasskey, id)
		if err != nil {
			return login.Owner{}, err
		}
		return p.owner(r, k.Account)
	}
	id, doc, err := p.Passkeys.FinishLogin(a.Passkey, find, r)
	var staff office.Staff
	if err == nil {
		staff, err = p.Office.EnterByKey(r.Context(), office.KeyPasskey, id, doc)
	}
	if err == nil {
		err = p.Sessions.begin(r, staff)
	}
	if err != nil {
		p.passkeyFailed(w, r, err)
		return
	}
	next := a.Next
	if !deskPage.MatchString(next) {
		next = desk(staff.Role)
	}
	sendJSON(w, http.StatusOK, map[string]string{"next": next})
}
