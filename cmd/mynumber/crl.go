package main

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/office"
	"mynumber/internal/pki"
)

type crlCmd struct {
	Make  crlMakeCmd  `cmd:"" help:"Make the revocation lists of the day that are missing, or on demand. serve does the day's by itself."`
	Check crlCheckCmd `cmd:"" help:"Hold the current lists against the whole register; or check files of lists against their authority's certificate."`
	Show  crlShowCmd  `cmd:"" help:"Print a list's head and how many entries it has, and look serial numbers up in it."`
}

// whichList are the flags that choose lists of an installation.
type whichList struct {
	console
	Kind       string `help:"Of which authority: sign or auth. All without it." enum:"sign,auth," default:""`
	Generation int    `help:"Of which generation of its key; with -kind." default:"1"`
	Partition  string `help:"Of which partition: five digits of a municipality, or arl for the list of the authority's own certificates; with -kind." placeholder:"CODE"`
}

// order is what the flags choose.
func (c *whichList) order() (office.ListOrder, error) {
	kind, ok := map[string]certificate.Kind{"sign": certificate.Signature, "auth": certificate.UserAuthentication}[c.Kind]
	if !ok {
		if c.Partition != "" {
			return office.ListOrder{}, badInput{errors.New("-partition: say -kind sign or -kind auth with it")}
		}
		return office.ListOrder{}, nil
	}
	return office.ListOrder{Kind: kind, Generation: c.Generation, Partition: c.Partition}, nil
}

// listTitle is how a list is named in print.
func listTitle(c office.CRL) string {
	short := "sign"
	if c.Kind == certificate.UserAuthentication {
		short = "auth"
	}
	return fmt.Sprintf("%s/%d/%s", short, c.Generation, c.Partition)
}

type crlMakeCmd struct {
	whichList
	URL    string `help:"Public address that stands in the lists, as in serve. Without it only the directory name does." placeholder:"URL"`
	Now    bool   `help:"Lists of this instant, not of midnight, also where there is one of today."`
	Full   bool   `help:"Straight from the register, not from the last list and what changed since; also where there is one of today."`
	Accept bool   `help:"Publish what the check refuses, after you have looked at it; with -kind and -partition."`
}

// Run makes lists. Where the check refuses one, it says so and fails.
func (c *crlMakeCmd) Run(ctx context.Context) error {
	order, err := c.order()
	if err != nil {
		return err
	}
	if c.Accept && c.Partition == "" {
		return badInput{errors.New("-accept: say with -kind and -partition which list you have looked at")}
	}
	order.Now, order.Full, order.Accept = c.Now, c.Full, c.Accept
	a, _, end, err := c.assembled(ctx)
	if err != nil {
		return err
	}
	defer end()
	a.office.URL = c.URL
	run, err := a.office.MakeLists(ctx, order)
	fmt.Printf("made %d, current before %d, refused %d\n", run.Made, run.Fresh, run.Refused)
	for _, f := range run.Faults {
		fmt.Printf("refused %s: %s\n", listTitle(f), f.Fault)
		if why := office.FaultOf(f.Fault); why != nil {
			fmt.Printf("  %s %s\n  %s %s\n", why.What.Ja, why.Next.Ja, why.What.En, why.Next.En)
		}
	}
	if err == nil && run.Refused > 0 {
		err = errors.New("some lists were not published; the last ones stay current")
	}
	return err
}

type crlCheckCmd struct {
	whichList
	Files  []string `arg:"" optional:"" help:"Files of lists to check, in DER or PEM, instead of an installation's." type:"existingfile"`
	Issuer string   `help:"Certificate of the authority that signed the files, in DER or PEM." type:"existingfile" placeholder:"CA"`
}

// Run checks lists.
func (c *crlCheckCmd) Run(ctx context.Context) error {
	if len(c.Files) > 0 {
		return c.files()
	}
	order, err := c.order()
	if err != nil {
		return err
	}
	a, _, end, err := c.assembled(ctx)
	if err != nil {
		return err
	}
	defer end()
	checked, faulty, entries := 0, 0, int64(0)
	err = a.office.CheckLists(ctx, order, func(p office.ListProof) {
		checked++
		entries += p.Entries
		if p.Faults != "" {
			faulty++
			fmt.Printf("%s number %d: %s\n", listTitle(p.CRL), p.Number, p.Faults)
		}
		if p.Fault != "" {
			fmt.Printf("%s number %d: a newer one was refused at %s: %s\n", listTitle(p.CRL), p.Number, jst(p.FaultAt), p.Fault)
		}
	})
	if err != nil {
		return err
	}
	fmt.Printf("%d lists with %d entries checked, %d with faults\n", checked, entries, faulty)
	if faulty > 0 {
		return errors.New("the lists are not what the register says")
	}
	return nil
}

func (c *crlCheckCmd) files() error {
	if c.Issuer == "" {
		return badInput{errors.New("-issuer: say who signed the files")}
	}
	issuer, err := issuerIn(c.Issuer)
	if err != nil {
		return err
	}
	for _, file := range c.Files {
		l, end, err := openListFile(file, issuer)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		fmt.Printf("%s: OK, number %d of %s, %d entries\n", file, l.Number, jst(l.ThisUpdate), l.Count)
		if err := end(); err != nil {
			return err
		}
	}
	return nil
}

type crlShowCmd struct {
	whichList
	File    string   `help:"A file, in DER or PEM, instead of an installation's list." type:"existingfile" placeholder:"FILE"`
	Issuer  string   `help:"With -file: certificate of the authority that signed it, in DER or PEM." type:"existingfile" placeholder:"CA"`
	Serials []string `arg:"" optional:"" name:"serial" help:"Serial numbers to look up, 32 hexadecimal digits each."`
}

// Run prints a list.
func (c *crlShowCmd) Run(ctx context.Context) error {
	var serials []pki.Serial
	for _, text := range c.Serials {
		var s pki.Serial
		if err := s.UnmarshalText([]byte(strings.ToLower(strings.ReplaceAll(text, ":", "")))); err != nil {
			return badInput{err}
		}
		serials = append(serials, s)
	}
	if c.File != "" {
		if c.Issuer == "" {
			return badInput{errors.New("-issuer: say who signed the file")}
		}
		issuer, err := issuerIn(c.Issuer)
		if err != nil {
			return err
		}
		l, end, err := openListFile(c.File, issuer)
		if err != nil {
			return fmt.Errorf("%s: %w", c.File, err)
		}
		return errors.Join(showList(os.Stdout, l, serials), end())
	}
	order, err := c.order()
	if err != nil {
		return err
	}
	if order.Partition == "" {
		return badInput{errors.New("say which list: -kind and -partition, or -file and -issuer")}
	}
	a, _, end, err := c.assembled(ctx)
	if err != nil {
		return err
	}
	defer end()
	list, file, err := a.office.List(ctx, order.Kind, order.Generation, order.Partition)
	if err != nil {
		return err
	}
	defer file.Close()
	l, err := pki.OpenCRL(file, list.Size, a.office.CAs.Of(list.Kind, list.Generation).Certificate())
	if err != nil {
		return err
	}
	fmt.Printf("%s  SHA-256 %s\n", listTitle(list), list.SHA256)
	return showList(os.Stdout, l, serials)
}

// showList prints the head of a list and what it says of serial numbers.
func showList(w io.Writer, l *pki.RevocationList, serials []pki.Serial) error {
	fmt.Fprintf(w, "number       %d\nthis update  %s\nnext update  %s\nentries      %d\n", l.Number, jst(l.ThisUpdate), jst(l.NextUpdate), l.Count)
	if len(serials) == 0 {
		reasons, err := l.Reasons()
		if err != nil {
			return err
		}
		for reason, n := range reasons {
			if n > 0 {
				fmt.Fprintf(w, "  %9d  %s\n", n, pki.Reason(reason))
			}
		}
	}
	for _, s := range serials {
		e, found, err := l.Lookup(s)
		switch {
		case err != nil:
			return err
		case found:
			fmt.Fprintf(w, "%s  %s since %s\n", s, e.Reason, jst(e.At))
		default:
			fmt.Fprintf(w, "%s  not listed\n", s)
		}
	}
	return nil
}

func jst(at time.Time) string { return at.In(civil.JST).Format("2006-01-02 15:04:05 JST") }

// issuerIn reads an authority's certificate in DER or PEM.
func issuerIn(file string) (*x509.Certificate, error) {
	der, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if block, _ := pem.Decode(der); block != nil {
		der = block.Bytes
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, badInput{fmt.Errorf("%s: %w", file, err)}
	}
	return cert, nil
}

// openListFile opens a list in DER where it lies, or one in PEM in memory, and checks it.
func openListFile(name string, issuer *x509.Certificate) (*pki.RevocationList, func() error, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	var in io.ReaderAt = file
	info, err := file.Stat()
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	size := info.Size()
	var begin [1]byte
	if _, err := file.ReadAt(begin[:], 0); err == nil && begin[0] != 0x30 {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, nil, errors.Join(err, file.Close())
		}
		block, _ := pem.Decode(text)
		if block == nil {
			return nil, nil, errors.Join(pki.ErrCRLForm, file.Close())
		}
		in, size = strings.NewReader(string(block.Bytes)), int64(len(block.Bytes))
	}
	l, err := pki.OpenCRL(in, size, issuer)
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return l, file.Close, nil
}
