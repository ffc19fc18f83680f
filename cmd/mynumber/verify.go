package main

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/demo"
	"mynumber/internal/pki"
	"mynumber/internal/verification"
)

type verifyCmd struct {
	console
	CA        []string `name:"ca" help:"Trusted authorities' certificates (PEM or DER), instead of those of the data folder; may be given several times." type:"existingfile" placeholder:"FILE" sep:"none"`
	Server    string   `help:"Trust the authorities that this server publishes below /ca, and ask its responder." placeholder:"URL"`
	At        string   `help:"Instant to be judged, such as 2026-01-16T10:30:00+09:00; by default now. No time stamp proves it: whoever gives it vouches for it." placeholder:"INSTANT"`
	CRL       string   `name:"crl" help:"Look at this revocation list instead of asking a responder; it may be a day behind." type:"existingfile" placeholder:"FILE" xor:"revocation"`
	OCSP      string   `name:"ocsp" help:"Ask this responder." placeholder:"URL" xor:"revocation"`
	ARL       []string `name:"arl" help:"Lists of the authority's own certificates, to see whether the key that issued it was withdrawn; may be given several times. With -server, or from a data folder, they are fetched." type:"existingfile" placeholder:"FILE" sep:"none"`
	Offline   bool     `help:"Do not ask whether the certificate is revoked; the verdict says so." xor:"revocation"`
	Nonce     bool     `help:"Want an answer to this very question, not one prepared before."`
	Kind      string   `help:"Take certificates of this kind alone: signature or user_authentication." enum:",signature,user_authentication" default:""`
	CardOnly  bool     `help:"Do not take certificates of phones."`
	Signature string   `help:"Detached signature (.p7s) of the file." type:"existingfile" placeholder:"FILE"`
	JSON      bool     `name:"json" help:"Print the verdict as JSON."`
	File      string   `arg:"" help:"Certificate (PEM or DER), signed PDF, or with -signature the file that was signed." type:"existingfile"`
}

// errNotGood ends the program with status 1: everything was read, and it is not to be relied on.
var errNotGood = errors.New("信頼できません / not to be relied on")

// Run verifies as a relying party does. Status 0: good; 1: not good; 2: it could not be read.
func (c *verifyCmd) Run(ctx context.Context) error {
	in, err := os.ReadFile(c.File)
	if err != nil {
		return badInput{err}
	}
	party, close, err := c.party(ctx)
	if err != nil {
		return err
	}
	defer close()
	v, err := c.judge(ctx, party, in)
	if errors.Is(err, verification.ErrUnreadable) || errors.Is(err, verification.ErrFuture) {
		return badInput{fmt.Errorf("%s: %w", c.File, err)}
	}
	if err != nil {
		return err
	}
	if c.JSON {
		err = writeJSON(os.Stdout, v)
	} else {
		err = verification.Print(os.Stdout, v)
	}
	if err == nil && !v.Good {
		err = errNotGood
	}
	return err
}

func (c *verifyCmd) judge(ctx context.Context, party verification.Party, in []byte) (verification.Verdict, error) {
	if c.Signature != "" {
		cms, err := os.ReadFile(c.Signature)
		if err != nil {
			return verification.Verdict{}, badInput{err}
		}
		return party.Signature(ctx, cms, verification.DigestOf(in))
	}
	if demo.IsPDF(in) {
		return party.PDF(ctx, in)
	}
	return party.Certificate(ctx, in)
}

// party is whom to trust and whom to ask: files and addresses, a server, or the data folder.
func (c *verifyCmd) party(ctx context.Context) (verification.Party, func() error, error) {
	party := verification.Party{Offline: c.Offline, Nonce: c.Nonce, CardOnly: c.CardOnly, Now: time.Now().UTC(), Pinned: map[certificate.Kind][]*x509.Certificate{}}
	close := func() error { return nil }
	var err error
	if c.Kind != "" {
		if err = party.Kind.UnmarshalText([]byte(c.Kind)); err != nil {
			return party, close, badInput{err}
		}
	}
	if c.At != "" {
		if party.At, err = time.Parse(time.RFC3339, c.At); err != nil {
			return party, close, badInput{fmt.Errorf("-at %q: 2026-01-16T10:30:00+09:00 のように書いてください / write it as 2026-01-16T10:30:00+09:00", c.At)}
		}
	}
	switch {
	case len(c.CA) > 0:
		err = c.pinFiles(&party)
		party.OCSP = askNamed
	case c.Server != "":
		err = c.pinServer(ctx, &party)
		party.OCSP = askAt(strings.TrimRight(c.Server, "/") + pki.OCSPPath)
	default:
		close, err = c.pinFolder(ctx, &party)
	}
	if err != nil {
		return party, close, err
	}
	if len(c.ARL) > 0 {
		if party.ARL, err = c.ownLists(); err != nil {
			return party, close, err
		}
	}
	if c.OCSP != "" {
		party.OCSP = askAt(c.OCSP)
	}
	if c.CRL != "" {
		party.OCSP = nil
		party.List = func(context.Context, *x509.Certificate) (verification.List, int64, error) {
			list, err := os.ReadFile(c.CRL)
			if err != nil {
				return nil, 0, err
			}
			return verification.InMemory(list)
		}
	}
	return party, close, nil
}

// pin trusts an authority's certificate.
func pin(party *verification.Party, from string, cert *x509.Certificate) error {
	kind, ok := pki.KindOf(cert)
	if !ok {
		return badInput{fmt.Errorf("%s: この仕組みの認証局の証明書ではありません / not an authority of this hierarchy", from)}
	}
	if _, err := pki.NewVerifier(kind, []*x509.Certificate{cert}); err != nil {
		return badInput{fmt.Errorf("%s: %w", from, err)}
	}
	party.Pinned[kind] = append(party.Pinned[kind], cert)
	return nil
}

func (c *verifyCmd) pinFiles(party *verification.Party) error {
	for _, file := range c.CA {
		text, err := os.ReadFile(file)
		if err != nil {
			return badInput{err}
		}
		if block, _ := pem.Decode(text); block == nil {
			text = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: text})
		}
		for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
			cert, err := x509.ParseCertificate(block.Bytes)
			if err != nil {
				return badInput{fmt.Errorf("-ca %s: %w", file, err)}
			}
			if err := pin(party, "-ca "+file, cert); err != nil {
				return err
			}
		}
	}
	return nil
}

// maxAnswer bounds what a responder or a server sends, in bytes.
const maxAnswer = 64 << 10

var client = &http.Client{Timeout: 10 * time.Second}

// pinServer fetches the generations of both authorities, one after the other until there is none.
func (c *verifyCmd) pinServer(ctx context.Context, party *verification.Party) error {
	lists := map[string]string{} // addresses by key identifier
	party.ARL = listsAt(lists)
	for _, short := range []string{"sign", "auth"} {
		for generation := 1; ; generation++ {
			address := fmt.Sprintf("%s/ca/%s/%d.cer", strings.TrimRight(c.Server, "/"), short, generation)
			der, status, err := fetch(ctx, http.MethodGet, address, nil)
			if err != nil {
				return fmt.Errorf("-server: %w", err)
			}
			if status == http.StatusNotFound && generation > 1 {
				break
			}
			cert, err := x509.ParseCertificate(der)
			if err != nil {
				return fmt.Errorf("-server: %s: %w", address, err)
			}
			if err := pin(party, address, cert); err != nil {
				return err
			}
			lists[string(cert.SubjectKeyId)] = fmt.Sprintf("%s/crl/%s/%d/arl.crl", strings.TrimRight(c.Server, "/"), short, generation)
		}
	}
	return nil
}

// listsAt fetches the list of its own certificates that a generation publishes at the address of its key identifier.
func listsAt(addresses map[string]string) verification.FetchList {
	return func(ctx context.Context, signer *x509.Certificate) (verification.List, int64, error) {
		address, ok := addresses[string(signer.SubjectKeyId)]
		if !ok {
			return nil, 0, verification.ErrNoList
		}
		der, status, err := fetch(ctx, http.MethodGet, address, nil)
		switch {
		case err != nil:
			return nil, 0, err
		case status == http.StatusNotFound:
			return nil, 0, verification.ErrNoList
		case status != http.StatusOK:
			return nil, 0, fmt.Errorf("%s answers with status %d", address, status)
		}
		return verification.InMemory(der)
	}
}

// ownLists are the files of lists by whoever signed them.
func (c *verifyCmd) ownLists() (verification.FetchList, error) {
	var lists [][]byte
	for _, file := range c.ARL {
		der, err := os.ReadFile(file)
		if err != nil {
			return nil, badInput{err}
		}
		if block, _ := pem.Decode(der); block != nil {
			der = block.Bytes
		}
		lists = append(lists, der)
	}
	return func(_ context.Context, signer *x509.Certificate) (verification.List, int64, error) {
		for _, der := range lists {
			if _, err := pki.OpenCRL(bytes.NewReader(der), int64(len(der)), signer); err == nil {
				return verification.InMemory(der)
			}
		}
		return nil, 0, verification.ErrNoList
	}, nil
}

func fetch(ctx context.Context, method, address string, body []byte) ([]byte, int, error) {
	r, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return nil, 0, badInput{err}
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/ocsp-request")
	}
	answer, err := client.Do(r)
	if err != nil {
		return nil, 0, err
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	return b, answer.StatusCode, err
}

// askAt asks a responder by HTTP POST (RFC 6960 appendix A.1).
func askAt(address string) verification.AskResponder {
	return func(ctx context.Context, _ *x509.Certificate, request []byte) ([]byte, error) {
		answer, status, err := fetch(ctx, http.MethodPost, address, request)
		if err == nil && status != http.StatusOK {
			err = fmt.Errorf("%s answers with status %d", address, status)
		}
		return answer, err
	}
}

// askNamed asks the responder that the certificate names. Its chain was checked before, so a trusted authority wrote the address.
func askNamed(ctx context.Context, cert *x509.Certificate, request []byte) ([]byte, error) {
	if len(cert.OCSPServer) == 0 {
		return nil, errors.New("the certificate names no responder: give -ocsp URL, -crl FILE or -offline")
	}
	return askAt(cert.OCSPServer[0])(ctx, cert, request)
}

// pinFolder trusts the data folder's own authorities and asks its responder, at the folder's clock.
func (c *verifyCmd) pinFolder(ctx context.Context, party *verification.Party) (func() error, error) {
	a, _, close, err := c.assembled(ctx)
	if err != nil {
		return func() error { return nil }, err
	}
	own := a.office.Relying()
	party.Now, party.Pinned, party.OCSP, party.ARL = own.Now, own.Pinned, own.OCSP, own.ARL
	return close, nil
}
