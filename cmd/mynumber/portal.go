package main

import (
	"context"
	"errors"

	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/services/portal"
	"mynumber/internal/web"
)

// portalPages shows the portal's checks in words.
type portalPages struct{ *portal.Service }

var checkNames = map[portal.Step]law.Text{
	portal.Chain:     {Ja: "証明書の経路・用途・ポリシー・有効期間", En: "certificate chain, use, policy and dates"},
	portal.Signature: {Ja: "チップの署名", En: "the chip's signature"},
	portal.Status:    {Ja: "失効していないこと(OCSP)", En: "not revoked (OCSP)"},
}

// Login answers the pages.
func (p portalPages) Login(ctx context.Context, id string, certificate, signature []byte) (web.Login, error) {
	login, err := p.Service.Login(ctx, id, certificate, signature)
	if errors.Is(err, portal.ErrChallenge) {
		return web.Login{}, office.ErrNotFound
	}
	return inChecks(login), err
}

// Present answers the pages about a card in the handshake.
func (p portalPages) Present(ctx context.Context, certificate []byte) (web.Login, error) {
	login, err := p.Service.Present(ctx, certificate)
	return inChecks(login), err
}

// inChecks is a login as pages show it.
func inChecks(login portal.Login) web.Login {
	out := web.Login{Accepted: login.Accepted, Serial: login.Serial, CommonName: login.CommonName, NotAfter: login.NotAfter}
	for _, c := range login.Checks {
		check := web.Check{Name: checkNames[c.Step], OK: c.Fault == nil, Detail: law.Text{Ja: "確認しました", En: "holds"}}
		if c.Fault != nil {
			check.Detail = law.Text{Ja: "確認できません: " + c.Fault.Error(), En: c.Fault.Error()}
		}
		out.Checks = append(out.Checks, check)
	}
	return out
}
