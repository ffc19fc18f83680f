package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"

	"mynumber/internal/certificate"
	"mynumber/internal/folder"
	"mynumber/internal/office"
)

// cardDoor are the flags of the listener on which holders log in with their cards.
type cardDoor struct {
	CardListen string `name:"card-listen" help:"A listener of its own on which holders log in with their cards: HTTPS that asks for the card's certificate; the page is /my." placeholder:"ADDR"`
	CardURL    string `name:"card-url" help:"Its public base address, https; by default that of -card-listen." placeholder:"URL"`
	CardCert   string `name:"card-cert" help:"File with its server certificate and chain, in PEM; without one, one is made in the data folder that nobody trusts by itself." type:"existingfile" placeholder:"FILE"`
	CardKey    string `name:"card-key" help:"File with the key of -card-cert, in PEM." type:"existingfile" placeholder:"FILE"`
}

// door is a listener that takes cards, and its public address; without one both are empty.
type door struct {
	listener net.Listener
	url      string
}

// openDoor listens; no -card-listen is no door. The clients' certificates are checked by the page and not by the handshake, so that a revoked
// card meets a page with the reason and not a broken connection.
func (c cardDoor) openDoor(f *folder.Folder, authorities *office.Authorities) (door, error) {
	if c.CardListen == "" {
		return door{}, nil
	}
	if (c.CardCert == "") != (c.CardKey == "") {
		return door{}, badInput{errors.New("-card-cert and -card-key belong together")}
	}
	if u, err := url.Parse(c.CardURL); c.CardURL != "" && (err != nil || u.Scheme != "https" || u.Host == "" || u.Path != "" || u.RawQuery != "") {
		return door{}, badInput{fmt.Errorf("-card-url %q: want an address like https://card.example.jp:8443", c.CardURL)}
	}
	listener, err := net.Listen("tcp", c.CardListen)
	if err != nil {
		return door{}, fmt.Errorf("listen for cards: %w", err)
	}
	address := c.CardURL
	if address == "" {
		address = "https://" + listener.Addr().String()
	}
	own, err := c.serverCertificate(f, address)
	if err != nil {
		return door{}, errors.Join(err, listener.Close())
	}
	return door{tls.NewListener(listener, cardTLS(own, authorities)), address}, nil
}

// serverCertificate is the one given, or the folder's own.
func (c cardDoor) serverCertificate(f *folder.Folder, address string) (tls.Certificate, error) {
	if c.CardCert != "" {
		own, err := tls.LoadX509KeyPair(c.CardCert, c.CardKey)
		if err != nil {
			return own, badInput{fmt.Errorf("-card-cert: %w", err)}
		}
		return own, nil
	}
	u, err := url.Parse(address)
	if err != nil {
		return tls.Certificate{}, err
	}
	return f.ServerCertificate(u.Hostname())
}

// cardTLS asks for a certificate of the user authentication authority, whichever key of it signed.
//
// Version 1.2 and no other: 1.3 knows RSA in PSS alone (RFC 8446 section 4.2.3), which the card's programs cannot ask of it. No
// session is resumed, so that each connection is proved by the card anew.
func cardTLS(own tls.Certificate, authorities *office.Authorities) *tls.Config {
	base := &tls.Config{Certificates: []tls.Certificate{own}, MinVersion: tls.VersionTLS12, MaxVersion: tls.VersionTLS12,
		ClientAuth: tls.RequestClientCert, SessionTicketsDisabled: true, NextProtos: []string{"http/1.1"}}
	base.GetConfigForClient = func(*tls.ClientHelloInfo) (*tls.Config, error) {
		now := base.Clone()
		now.GetConfigForClient, now.ClientCAs = nil, x509.NewCertPool()
		for _, ca := range authorities.Certificates(certificate.UserAuthentication) {
			now.ClientCAs.AddCert(ca)
		}
		return now, nil
	}
	return base
}

// serve answers at the door until the context ends.
func (d door) serve(ctx context.Context, h http.Handler, log *slog.Logger) error {
	if d.listener == nil {
		<-ctx.Done()
		return nil
	}
	return listen(ctx, d.listener, h, log)
}
