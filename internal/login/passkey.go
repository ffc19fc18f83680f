package login

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// Passkeys takes passkeys of the staff: keys that stay in the device or its key chain, unlocked there by its owner, and bound
// to our address, so that no other site can ask for them.
type Passkeys struct{ party *webauthn.WebAuthn }

// ErrNoName says that passkeys cannot be had at an address without a host's name; browsers bind them to names.
var ErrNoName = errors.New("passkeys need an address with a host name")

// NewPasskeys takes passkeys for the public address; ErrNoName when it is by number.
func NewPasskeys(address string) (*Passkeys, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("read the address: %w", err)
	}
	if u.Hostname() == "" || net.ParseIP(u.Hostname()) != nil {
		return nil, ErrNoName
	}
	party, err := webauthn.New(&webauthn.Config{RPID: u.Hostname(), RPDisplayName: "マイナンバーカードの手続き", RPOrigins: []string{u.Scheme + "://" + u.Host},
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired, UserVerification: protocol.VerificationRequired}})
	if err != nil {
		return nil, fmt.Errorf("take passkeys: %w", err)
	}
	return &Passkeys{party}, nil
}

// Owner is an account as passkeys know it.
type Owner struct {
	Account string
	Keys    [][]byte // what was kept of its passkeys
}

func (o Owner) user() (*user, error) {
	u := &user{account: o.Account}
	for _, doc := range o.Keys {
		var c webauthn.Credential
		if err := json.Unmarshal(doc, &c); err != nil {
			return nil, fmt.Errorf("read a passkey: %w", err)
		}
		u.keys = append(u.keys, c)
	}
	return u, nil
}

type user struct {
	account string
	keys    []webauthn.Credential
}

func (u *user) WebAuthnID() []byte                         { return []byte(u.account) }
func (u *user) WebAuthnName() string                       { return u.account }
func (u *user) WebAuthnDisplayName() string                { return u.account }
func (u *user) WebAuthnCredentials() []webauthn.Credential { return u.keys }

// BeginAdd is what the browser is asked for to make a passkey, and what has to be kept until it answers.
func (p *Passkeys) BeginAdd(o Owner) (ask any, kept []byte, err error) {
	u, err := o.user()
	if err != nil {
		return nil, nil, err
	}
	var have []protocol.CredentialDescriptor
	for _, k := range u.keys {
		have = append(have, k.Descriptor())
	}
	options, session, err := p.party.BeginRegistration(u, webauthn.WithExclusions(have))
	if err != nil {
		return nil, nil, fmt.Errorf("ask for a passkey: %w", err)
	}
	kept, err = json.Marshal(session)
	return options, kept, err
}

// FinishAdd reads the new passkey: its ID, and what is kept of it. ErrForged when the answer does not hold.
func (p *Passkeys) FinishAdd(o Owner, kept []byte, r *http.Request) (id string, doc []byte, err error) {
	session, u, err := begun(o, kept)
	if err != nil {
		return "", nil, err
	}
	c, err := p.party.FinishRegistration(u, session, r)
	if err != nil {
		return "", nil, fmt.Errorf("%w: %w", ErrForged, err)
	}
	doc, err = json.Marshal(c)
	return keyID(c.ID), doc, err
}

// BeginLogin is what the browser is asked for to use a passkey, whosever it is.
func (p *Passkeys) BeginLogin() (ask any, kept []byte, err error) {
	options, session, err := p.party.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return nil, nil, fmt.Errorf("ask for a passkey: %w", err)
	}
	kept, err = json.Marshal(session)
	return options, kept, err
}

// FinishLogin reads the answer: the ID of the passkey, and what is kept of it from now on. find is the owner of a passkey by
// its ID. ErrForged when the answer does not hold, or the passkey was copied.
func (p *Passkeys) FinishLogin(kept []byte, find func(id string) (Owner, error), r *http.Request) (id string, doc []byte, err error) {
	session, _, err := begun(Owner{}, kept)
	if err != nil {
		return "", nil, err
	}
	handler := func(raw, handle []byte) (webauthn.User, error) {
		owner, err := find(keyID(raw))
		if err != nil {
			return nil, err
		}
		if owner.Account != string(handle) {
			return nil, ErrForged
		}
		return owner.user()
	}
	_, c, err := p.party.FinishPasskeyLogin(handler, session, r)
	if err != nil {
		return "", nil, fmt.Errorf("%w: %w", ErrForged, err)
	}
	if c.Authenticator.CloneWarning {
		return "", nil, ErrForged
	}
	doc, err = json.Marshal(c)
	return keyID(c.ID), doc, err
}

func begun(o Owner, kept []byte) (webauthn.SessionData, *user, error) {
	var session webauthn.SessionData
	if len(kept) == 0 || json.Unmarshal(kept, &session) != nil {
		return session, nil, ErrForged
	}
	u, err := o.user()
	return session, u, err
}

// keyID is a passkey's ID as text.
func keyID(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }
