package main

import (
	"context"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"runtime/debug"
	"strings"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/folder"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/place"
	"mynumber/internal/store"
	"mynumber/internal/token"
)

type caCmd struct {
	Init   caInitCmd   `cmd:"" help:"Key ceremony: found what is missing of both authorities, and write the record of it."`
	Rotate caRotateCmd `cmd:"" help:"Key ceremony: make an authority's next key. The old one goes on signing lists and answers until its last certificate has ended."`
	List   caListCmd   `cmd:"" help:"Show every key: period, algorithm, fingerprints, what it issued, when the next is due; and prove the records of the ceremonies."`
	Export caExportCmd `cmd:"" help:"Write the authorities' certificates, fingerprints and the records of the ceremonies into a new folder."`
}

// keyConsole is what every command on the authorities' keys has.
type keyConsole struct {
	common
	PassphraseFile string `help:"File with the passphrase of the authorities' keys. A demo's folder has its own." type:"existingfile" placeholder:"FILE"`
	TokenModule    string `help:"PKCS#11 library of a token in which keys live; kept in the data folder for every later command." type:"existingfile" placeholder:"FILE"`
	TokenLabel     string `help:"Label of the token." placeholder:"LABEL"`
	TokenPINFile   string `help:"File with the PIN of the token's user; it stays where it is." name:"token-pin-file" type:"existingfile" placeholder:"FILE"`
}

// authorities opens the keys, those in the folder's token too.
func authorities(ctx context.Context, f *folder.Folder, db *store.DB, passphrase []byte) (*office.Authorities, error) {
	tokens, err := tokensOf(f)
	if err != nil {
		return nil, err
	}
	keys, err := office.OpenAuthorities(ctx, db, passphrase, tokens...)
	if err == nil && token.Arithmetic != nil {
		err = keys.Accelerate(token.Arithmetic)
	}
	return keys, err
}

// tokensOf is the folder's token, if it names one. The tests of deaths have one of their own, which writes down what it signs.
var tokensOf = func(f *folder.Folder) ([]office.Token, error) {
	t, err := f.Token()
	switch {
	case err != nil:
		return nil, badInput{err}
	case t == nil:
		return nil, nil
	}
	return []office.Token{t}, nil
}

// office opens the registers and the keys. open is folder.Open or folder.Make.
func (c keyConsole) office(ctx context.Context, make bool) (*office.Office, func(), error) {
	open := folder.Open
	if make {
		open = folder.Make
	}
	f, db, err := c.registers(ctx, open)
	if err != nil {
		return nil, nil, err
	}
	fail := func(err error) (*office.Office, func(), error) { return nil, nil, errors.Join(err, db.Close()) }
	plain := console{common: c.common, PassphraseFile: c.PassphraseFile}
	clock, invented, err := plain.clock(ctx, db)
	if err != nil {
		return fail(err)
	}
	passphrase, err := plain.passphrase(f, invented)
	if err == nil && passphrase == nil {
		err = badInput{errors.New("-passphrase-file: the passphrase of the authorities' keys is needed")}
	}
	if err != nil {
		return fail(err)
	}
	if c.TokenModule != "" || c.TokenLabel != "" || c.TokenPINFile != "" {
		if c.TokenModule == "" || c.TokenLabel == "" || c.TokenPINFile == "" {
			return fail(badInput{errors.New("-token-module, -token-label and -token-pin-file belong together")})
		}
		if err := f.SetToken(token.Config{Module: c.TokenModule, Label: c.TokenLabel, PINFile: c.TokenPINFile}); err != nil {
			return fail(err)
		}
	}
	keys, err := authorities(ctx, f, db, passphrase)
	if err != nil {
		return fail(err)
	}
	return &office.Office{Store: db, Clock: clock, Rand: rand.Reader, CAs: keys}, func() { db.Close() }, nil
}

// ceremony is who is there.
type ceremony struct {
	Algorithm string   `help:"Algorithm of the key: rsa2048 for the card of today, p384 for the next one." enum:"rsa2048,p384" default:"rsa2048"`
	Operator  string   `help:"Who holds the ceremony; the account of the operating system unless given." placeholder:"NAME"`
	Witness   []string `help:"Who is there besides; may be given more than once." sep:"none" placeholder:"NAME"`
	Note      string   `help:"A line for the record." placeholder:"TEXT"`
	InToken   bool     `help:"Make the keys in the token."`
}

// request is the ceremony for an authority.
func (c ceremony) request(kind certificate.Kind) (office.CeremonyRequest, error) {
	algorithm, err := pki.ParseAlgorithm(c.Algorithm)
	if err != nil {
		return office.CeremonyRequest{}, badInput{err}
	}
	operator := c.Operator
	if operator == "" {
		u, err := user.Current()
		if err != nil {
			return office.CeremonyRequest{}, badInput{fmt.Errorf("-operator: %w", err)}
		}
		operator = u.Username
	}
	return office.CeremonyRequest{Kind: kind, Algorithm: algorithm, Program: programVersion(), Operator: operator, Witnesses: c.Witness, Note: c.Note, InToken: c.InToken}, nil
}

// programVersion is this program with its version.
func programVersion() string {
	version := "(devel)"
	if info, ok := debug.ReadBuildInfo(); ok {
		if info.Main.Version != "" {
			version = info.Main.Version
		}
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				version += " " + s.Value
			}
		}
	}
	return "mynumber " + version
}

// hold holds one ceremony and says what it made.
func hold(ctx context.Context, o *office.Office, r office.CeremonyRequest) error {
	c, receipt, err := o.FoundKey(ctx, office.Console(place.Issuer), r)
	if errors.Is(err, office.ErrStale) {
		return errors.New("another ceremony was held in the meantime; look with `mynumber ca list`")
	}
	if err != nil {
		return inWords(err)
	}
	name := keyName(c.Kind, c.Generation)
	if receipt.Already {
		fmt.Printf("%-7s %-7s  is there: record %d\n", name, c.Algorithm, c.Number)
		return nil
	}
	fmt.Printf("%-7s %-7s  %s, record %d\n  key id       %s\n  certificate  SHA-256 %s\n", name, c.Algorithm, done[c.Act], c.Number, c.KeyID, c.Cert)
	return nil
}

// done says what a ceremony did.
var done = map[pki.CeremonyAct]string{pki.CeremonyFound: "founded", pki.CeremonyRotate: "the next key is made", pki.CeremonyRecord: "recorded"}

// kindNames are the authorities' names on the command line and in addresses.
var kindNames = map[string]certificate.Kind{"sign": certificate.Signature, "auth": certificate.UserAuthentication}

func keyName(kind certificate.Kind, generation int) string {
	for name, k := range kindNames {
		if k == kind {
			return fmt.Sprintf("%s-%d", name, generation)
		}
	}
	return ""
}

type caInitCmd struct {
	keyConsole
	ceremony
}

// Run founds what is missing of both authorities. Cut off, the next run goes on.
func (c *caInitCmd) Run(ctx context.Context) error {
	o, close, err := c.office(ctx, true)
	if err != nil {
		return err
	}
	defer close()
	for _, kind := range certificate.Kinds {
		r, err := c.request(kind)
		if err != nil {
			return err
		}
		r.Missing = true
		if err := hold(ctx, o, r); err != nil {
			return err
		}
	}
	return nil
}

type caRotateCmd struct {
	keyConsole
	ceremony
	Kind string `arg:"" help:"Whose key: sign (署名用) or auth (利用者証明用)." enum:"sign,auth"`
}

// Run makes an authority's next key. A server that runs takes it by itself.
func (c *caRotateCmd) Run(ctx context.Context) error {
	o, close, err := c.office(ctx, false)
	if err != nil {
		return err
	}
	defer close()
	r, err := c.request(kindNames[c.Kind])
	if err != nil {
		return err
	}
	return hold(ctx, o, r)
}

type caListCmd struct{ keyConsole }

// Run shows the keys and proves the records.
func (c *caListCmd) Run(ctx context.Context) error {
	o, close, err := c.office(ctx, false)
	if err != nil {
		return err
	}
	defer close()
	book, err := o.Keys(ctx, office.Console(place.Issuer))
	if err != nil {
		return err
	}
	for _, k := range book.Keys {
		cert := k.Authority.Certificate()
		fmt.Printf("%s  %s  %s – %s%s\n", keyName(k.Authority.Kind(), k.Authority.Generation()), k.Authority.Algorithm(), civil.DateOf(cert.NotBefore), civil.DateOf(cert.NotAfter), issues(k))
		fmt.Printf("  certificates planned        %d\n", k.Planned)
		fmt.Printf("  full-life certificates to   %s\n", k.Days.LastFull)
		if k.Issues {
			fmt.Printf("  next key due                %s\n", k.Days.Due)
		}
		fmt.Printf("  key id                      %x\n", cert.SubjectKeyId)
		fmt.Printf("  certificate SHA-256         %s\n", pki.Fingerprint(cert.Raw))
		if r := k.Record; r != nil {
			fmt.Printf("  record %d                    %s, %s\n", r.Number, r.At.In(civil.JST).Format("2006-01-02 15:04 JST"), r.Place)
		} else {
			fmt.Printf("  no record                   `mynumber ca init` writes it\n")
		}
	}
	if book.Fault != nil {
		return book.Fault
	}
	fmt.Printf("records of key ceremonies: %d, every signature and the chain hold\n", len(book.Records))
	return nil
}

func issues(k office.KeyGeneration) string {
	switch {
	case k.IsDue:
		return "  issues; THE NEXT KEY IS DUE"
	case k.Issues:
		return "  issues"
	}
	return "  signs lists and answers only"
}

type caExportCmd struct {
	keyConsole
	To string `help:"Folder to make." required:"" type:"path" placeholder:"DIR"`
}

// Run writes the folder beside its name and renames it when it is whole.
func (c *caExportCmd) Run(ctx context.Context) error {
	o, close, err := c.office(ctx, false)
	if err != nil {
		return err
	}
	defer close()
	book, err := o.Keys(ctx, office.Console(place.Issuer))
	if err == nil {
		err = book.Fault
	}
	if err != nil {
		return err
	}
	if _, err := os.Lstat(c.To); !errors.Is(err, fs.ErrNotExist) {
		return badInput{fmt.Errorf("-to %s: there is something of that name already", c.To)}
	}
	if err := os.MkdirAll(filepath.Dir(c.To), 0o755); err != nil {
		return fmt.Errorf("export the certificates: %w", err)
	}
	dir, err := os.MkdirTemp(filepath.Dir(c.To), "."+filepath.Base(c.To)+"-")
	if err != nil {
		return fmt.Errorf("export the certificates: %w", err)
	}
	defer os.RemoveAll(dir)
	files := exportFiles(book)
	for name, content := range files {
		if err := writeDurably(filepath.Join(dir, name), content); err != nil {
			return fmt.Errorf("export the certificates: %w", err)
		}
	}
	if err := errors.Join(os.Chmod(dir, 0o755), os.Rename(dir, c.To)); err != nil {
		return fmt.Errorf("export the certificates: %w", err)
	}
	fmt.Printf("%s: %d certificates, %d records\n", c.To, len(book.Keys), len(book.Records))
	return nil
}

// writeDurably writes a file and has it on the disk before it returns.
func writeDurably(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Sync(), f.Close())
}

// exportFiles are the files of an export by name.
func exportFiles(book office.KeyBook) map[string][]byte {
	out := map[string][]byte{}
	var sums, checks strings.Builder
	add := func(name string, content []byte) {
		out[name] = content
		fmt.Fprintf(&sums, "%s  %s\n", pki.Fingerprint(content), name)
	}
	for _, k := range book.Keys {
		name, cert := keyName(k.Authority.Kind(), k.Authority.Generation()), k.Authority.Certificate()
		add(name+".cer", cert.Raw)
		add(name+".pem", inPEM("CERTIFICATE", cert.Raw))
		add(name+".pub.pem", inPEM("PUBLIC KEY", cert.RawSubjectPublicKeyInfo))
	}
	hash := func(kind certificate.Kind, generation int) string {
		for _, k := range book.Keys {
			if k.Authority.Kind() == kind && k.Authority.Generation() == generation {
				return strings.ToLower(strings.ReplaceAll(k.Authority.Algorithm().Hash().String(), "-", ""))
			}
		}
		return ""
	}
	for _, r := range book.Records {
		name := fmt.Sprintf("record-%04d", r.Number)
		add(name+".txt", r.Text)
		add(name+".sig", r.Signature)
		fmt.Fprintf(&checks, "openssl dgst -%s -verify %s.pub.pem -signature %s.sig %s.txt\n", hash(r.Kind, r.Generation), keyName(r.Kind, r.Generation), name, name)
		if r.Continuity != nil {
			add(name+".before.sig", r.Continuity)
			fmt.Fprintf(&checks, "openssl dgst -%s -verify %s.pub.pem -signature %s.before.sig %s.txt\n", hash(r.Kind, r.Generation-1), keyName(r.Kind, r.Generation-1), name, name)
		}
	}
	out["SHA256SUMS"] = []byte(sums.String())
	out["CHECK.txt"] = []byte("Certificates of the authorities, and the signed records of their keys' making. Check them with\n\nsha256sum -c SHA256SUMS\n" + checks.String())
	return out
}

func inPEM(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}
