package demo

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/signing"
)

// keep writes files into the folder of what is left behind; certificates in PEM too, for openssl.
func (p *Player) keep(files map[string][]byte) error {
	for name, content := range files {
		if der, ok := strings.CutSuffix(name, ".cer"); ok {
			files[der+".pem"] = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: content})
		}
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(p.Files, name), content, 0o600); err != nil {
			return fmt.Errorf("keep %s: %w", name, err)
		}
	}
	return nil
}

// kept reads one of them.
func (p *Player) kept(name string) ([]byte, error) { return os.ReadFile(filepath.Join(p.Files, name)) }

// certificate is her user authentication certificate and its authority's, as a relying party has them.
func (p *Player) certificate(ctx context.Context) (holder, issuer *x509.Certificate, err error) {
	var ca []byte
	if err := p.call(ctx, "", http.MethodGet, p.generation(certificate.UserAuthentication, "/ca/auth/%d.cer"), nil, &ca); err != nil {
		return nil, nil, fmt.Errorf("fetch the authority's certificate: %w", err)
	}
	der, err := p.kept("auth.cer")
	if err != nil {
		return nil, nil, err
	}
	if holder, err = x509.ParseCertificate(der); err != nil {
		return nil, nil, err
	}
	issuer, err = x509.ParseCertificate(ca)
	return holder, issuer, err
}

// status asks the responder about her certificate, keeps the answer and expects a status.
func (p *Player) status(ctx context.Context, file string, want pki.Status) error {
	holder, issuer, err := p.certificate(ctx)
	if err != nil {
		return err
	}
	serial, err := pki.SerialOf(holder.SerialNumber)
	if err != nil {
		return err
	}
	request, err := pki.NewOCSPRequest(issuer, nil, serial)
	if err != nil {
		return err
	}
	var answer []byte
	path := "/ocsp/" + url.PathEscape(base64.StdEncoding.EncodeToString(request))
	if err := p.call(ctx, "", http.MethodGet, path, nil, &answer); err != nil {
		return fmt.Errorf("ask the responder: %w", err)
	}
	got, err := pki.CheckOCSPResponse(answer, issuer, serial, p.Sandbox.Now(), nil)
	if err != nil {
		return err
	}
	if got.State != want.State || got.Reason != want.Reason {
		return fmt.Errorf("the responder says %s (%s), want %s (%s)", got.State, got.Reason, want.State, want.Reason)
	}
	p.note("ocsp", fmt.Sprintf("OCSPの答え: %s", got.State), "OCSP says "+got.State.String()+reason(got), "CERT-031", "CERT-033")
	return p.keep(map[string][]byte{file: answer})
}

func reason(s pki.Status) string {
	if s.State == pki.Revoked {
		return " (" + s.Reason.String() + ")"
	}
	return ""
}

// list fetches the day's revocation lists and says whether hers names the user authentication certificate.
func (p *Player) list(ctx context.Context, keep bool) (bool, error) {
	files := map[string][]byte{}
	for _, kind := range []string{"auth", "sign"} {
		var der []byte
		if err := p.call(ctx, "", http.MethodGet, p.generation(kinds[kind], "/crl/"+kind+"/%d/"+Hachinohe.Five()+".crl"), nil, &der); err != nil {
			return false, fmt.Errorf("fetch the %s list: %w", kind, err)
		}
		files[kind+".crl"] = der
	}
	holder, issuer, err := p.certificate(ctx)
	if err != nil {
		return false, err
	}
	opened, err := pki.OpenCRL(bytes.NewReader(files["auth.crl"]), int64(len(files["auth.crl"])), issuer)
	if err != nil {
		return false, err
	}
	err = pki.CheckRevocationList(opened, holder, p.Sandbox.Now())
	var revoked *pki.RevokedError
	listed := errors.As(err, &revoked)
	if err != nil && !listed {
		return false, err
	}
	if keep {
		err = p.keep(files)
	} else {
		err = nil
	}
	return listed, err
}

// leave checks the journals and says what was left behind and how openssl checks it.
func (p *Player) leave(ctx context.Context, l *life) error {
	heads, err := office.VerifyJournals(ctx, p.Sandbox.Office.Store)
	if err != nil {
		return err
	}
	entries := int64(0)
	for _, h := range heads {
		entries += h.Seq
	}
	p.note("journal", fmt.Sprintf("%d窓口の処理記録 %d件の連鎖を確認", len(heads), entries), fmt.Sprintf("The journals of %d offices hold, %d entries", len(heads), entries))
	for _, kind := range []string{"sign", "auth"} {
		var ca []byte
		if err := p.call(ctx, "", http.MethodGet, p.generation(kinds[kind], "/ca/"+kind+"/%d.cer"), nil, &ca); err != nil {
			return fmt.Errorf("fetch the %s authority's certificate: %w", kind, err)
		}
		if err := p.keep(map[string][]byte{"ca-" + kind + ".cer": ca}); err != nil {
			return err
		}
	}
	chip, err := os.ReadFile(p.Sandbox.Chips.File(l.card))
	if err != nil {
		return fmt.Errorf("read the card's file: %w", err)
	}
	if err := p.keep(map[string][]byte{"card.chip": chip}); err != nil {
		return err
	}
	der, err := p.kept("sign.cer")
	if err != nil {
		return err
	}
	signer, err := x509.ParseCertificate(der)
	if err != nil {
		return fmt.Errorf("read the signature certificate: %w", err)
	}
	public, err := x509.MarshalPKIXPublicKey(signer.PublicKey)
	if err != nil {
		return fmt.Errorf("write the card's public key: %w", err)
	}
	if err := p.keep(map[string][]byte{"sign.pub": pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public})}); err != nil {
		return err
	}
	return p.name()
}

// name names the files and prints the openssl commands, at the sandbox's instant: by the wall clock these certificates may
// not be of this day.
func (p *Player) name() error {
	now := p.Sandbox.Now()
	names, err := filepath.Glob(filepath.Join(p.Files, "*"))
	if err != nil {
		return fmt.Errorf("list what is left: %w", err)
	}
	slices.Sort(names)
	mails, err := p.Sandbox.Inbox.Mails()
	if err != nil {
		return err
	}
	fmt.Fprintf(p.Out, "\n残したファイル / Files left in %s\n", p.Files)
	for _, n := range names {
		fmt.Fprintf(p.Out, "  %s\n", filepath.Base(n))
	}
	fmt.Fprintf(p.Out, "メール%d通 / %d mails in %s\n", len(mails), len(mails), p.Sandbox.Inbox.dir)
	fmt.Fprintf(p.Out, "\nopensslでの確認 / Check with openssl, at %s\n  cd %s\n", now.In(civil.JST).Format("2006-01-02 15:04 JST"), p.Files)
	for _, line := range OpenSSLChecks(now.Unix(), hashes[office.KeysOf(p.Sandbox.Office.Making)]) {
		fmt.Fprintf(p.Out, "  %s\n", line)
	}
	signed, err := p.kept(signedText)
	if err != nil {
		return err
	}
	signature, err := signing.Read(signed)
	if err != nil {
		return err
	}
	fmt.Fprintf(p.Out, "\n署名の検証: 署名した時点では有効、その後カードは一時停止 / Verify the signatures: good when they were made; her card was stopped since\n")
	for _, line := range VerifyChecks(signature.Time) {
		fmt.Fprintf(p.Out, "  %s\n", line)
	}
	return nil
}

// hashes are what cards sign, by the algorithm of their keys.
var hashes = map[pki.Algorithm]string{pki.RSA2048: "sha256", pki.P384: "sha384"}

var kinds = map[string]certificate.Kind{"sign": certificate.Signature, "auth": certificate.UserAuthentication}

// generation is an address with the number of the authority's key that certifies the cards made now.
func (p *Player) generation(kind certificate.Kind, address string) string {
	o := p.Sandbox.Office
	return fmt.Sprintf(address, o.CAs.Issuing(kind, office.KeysOf(o.Making), p.Sandbox.Now()).Generation())
}

// VerifyChecks are the commands that check what a life left signed, run in its folder, as of an instant.
func VerifyChecks(at time.Time) []string {
	flags := "-data .. -at " + at.In(civil.JST).Format(time.RFC3339)
	return []string{"mynumber verify " + flags + " -signature " + signedText + " text.txt", "mynumber verify " + flags + " " + signedForm}
}

// OpenSSLChecks are the commands that check what a life left behind, run in its folder, at an instant in seconds since 1970.
// Each of them succeeds and prints OK, or the status. hash is the card's, as openssl calls it.
func OpenSSLChecks(at int64, hash string) []string {
	return []string{
		fmt.Sprintf("openssl verify -attime %d -CAfile ca-auth.pem auth.pem", at),
		fmt.Sprintf("openssl verify -attime %d -CAfile ca-sign.pem sign.pem", at),
		"openssl crl -inform DER -in auth.crl -CAfile ca-auth.pem -noout -text",
		fmt.Sprintf("openssl ocsp -respin ocsp-after.der -issuer ca-auth.pem -cert auth.pem -CAfile ca-auth.pem -attime %d -validity_period %d", at, 10*365*24*60*60),
		"openssl dgst -" + hash + " -verify sign.pub -signature text.sig text.txt",
		"openssl x509 -in sign.pem -noout -text -nameopt utf8",
	}
}
