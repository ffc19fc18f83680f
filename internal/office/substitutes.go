package office

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/width"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/pki"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// MissingMark stands for a character when nothing else may: by somebody's choice alone.
const MissingMark = string(pki.Geta)

// CertificateText is how name and address stand in a signature certificate, character by character.
type CertificateText struct {
	Name    []CertificateCharacter
	Address []CertificateCharacter
}

// CertificateCharacter is one character of the register and what stands for it.
type CertificateCharacter struct {
	Of         string   // of the register, with its variation selector
	As         string   // empty while nothing was chosen and nothing is usual
	Substitute bool     // As is, or has to be, another character (代替文字)
	Candidates []string // that usually stand for it, the most usual first, then other shapes of it by Unicode; the mark for a missing one last
	Chosen     bool     // somebody chose, or it was used before; otherwise As is the usual one
}

// Substituted are the characters for which others stand, each once.
func (c CertificateText) Substituted() []CertificateCharacter {
	var out []CertificateCharacter
	seen := map[string]bool{}
	for _, all := range [][]CertificateCharacter{c.Name, c.Address} {
		for _, x := range all {
			if x.Substitute && !seen[x.Of] {
				seen[x.Of], out = true, append(out, x)
			}
		}
	}
	return out
}

// open are those for which nothing was chosen and nothing is usual.
func (c CertificateText) open() []string {
	var out []string
	for _, x := range c.Substituted() {
		if x.As == "" {
			out = append(out, x.Of+" ("+codes(x.Of)+")")
		}
	}
	return out
}

// certificateText is how a person's name and address will stand in a certificate issued on the day (CERT-007): letters and digits at full
// width, each character that is not in the code set by what was chosen for it, or else by what usually stands for it.
func certificateText(p register.Person, on civil.Date) (CertificateText, procedure.Basis, error) {
	var out CertificateText
	var basis procedure.Basis
	for _, x := range []struct {
		text string
		into *[]CertificateCharacter
	}{{width.Widen.String(p.Name.Full()), &out.Name}, {chipAddress(p), &out.Address}} {
		for _, character := range pki.Characters(x.text) {
			c := CertificateCharacter{Of: character, As: character}
			if r := []rune(character); len(r) > 1 || !pki.Encodable(r[0]) {
				why, err := c.substitute(p, on)
				if err != nil {
					return out, nil, err
				}
				basis = append(basis, why...)
			}
			*x.into = append(*x.into, c)
		}
	}
	return out, basis, nil
}

func (c *CertificateCharacter) substitute(p register.Person, on civil.Date) (procedure.Basis, error) {
	candidates, basis, err := procedure.Substitutes(c.Of, on)
	if err != nil {
		return nil, err
	}
	for _, r := range candidates {
		if pki.Encodable(r) {
			c.Candidates = append(c.Candidates, string(r))
		}
	}
	usual := len(c.Candidates) > 0
	for _, r := range procedure.Variants(c.Of) {
		if pki.Encodable(r) && !slices.Contains(c.Candidates, string(r)) {
			c.Candidates = append(c.Candidates, string(r))
		}
	}
	c.Candidates = append(c.Candidates, MissingMark)
	c.Substitute, c.As = true, p.SubstituteFor(c.Of)
	c.Chosen = c.As != ""
	if !c.Chosen && usual {
		c.As = c.Candidates[0]
	}
	return basis, nil
}

// written is a text with its flags, one 0 or 1 a character, as they go into a certificate.
func written(all []CertificateCharacter) (text, flags string) {
	var t, f strings.Builder
	for _, c := range all {
		t.WriteString(c.As)
		f.WriteByte(map[bool]byte{false: '0', true: '1'}[c.Substitute])
	}
	return t.String(), f.String()
}

// codes are the code points of a character, such as U+845B U+E0100.
func codes(character string) string { return strings.Trim(fmt.Sprintf("%U", []rune(character)), "[]") }

// settleSubstitutes notes what stands for the characters that certificates cannot have, before a signature certificate is planned:
// what is usual is recorded as chosen by this act, and stays for later certificates. Without anything for one of them the act
// is refused (substitute_needed).
func (t *turn) settleSubstitutes(p register.Person) error {
	text, basis, err := certificateText(p, t.on)
	if err != nil {
		return err
	}
	if open := text.open(); len(open) > 0 {
		return rules.Refuse("substitute_needed", strings.Join(open, "、"))
	}
	changed := false
	for _, c := range text.Substituted() {
		if !c.Chosen {
			p.Substitutes, changed = append(p.Substitutes, t.substitute(c.Of, c.As)), true
		}
	}
	if !changed {
		return nil
	}
	t.because(basis)
	now, err := t.Person(p.ID) // as it is recorded: what is planned may look at it with its departure left out
	if err != nil {
		return err
	}
	now.Substitutes = p.Substitutes
	return t.PutPerson(now)
}

func (t *turn) substitute(character, by string) register.Substitute {
	return register.Substitute{Character: character, By: by, At: t.now, Office: t.who.Office, Staff: t.who.Staff}
}

// CertificateTextOf is how somebody's name and address will stand in a certificate, for an office that serves the person.
func (o *Office) CertificateTextOf(p register.Person) (CertificateText, error) {
	text, _, err := certificateText(p, civil.DateOf(o.now()))
	return text, err
}

// CertificateTextIn is it for the person of a case, for an office with a part in it; the look at the case has its entry.
func (o *Office) CertificateTextIn(ctx context.Context, who Actor, caseID string) (CertificateText, string, error) {
	var text CertificateText
	var person string
	err := o.read(ctx, who, "case.look", func(t *turn) error {
		c, err := t.windowCase(caseID)
		if err != nil {
			return err
		}
		p, err := t.Person(c.PersonID)
		if err != nil {
			return err
		}
		person = p.ID
		text, _, err = certificateText(p, t.on)
		return err
	})
	return text, person, err
}

// ChooseSubstitute chooses what stands for a character of somebody's name or address in certificates from now on, at a window that
// serves the person, or, by an application, at the office that examines it. 〓 is a choice like any other. *Invalid for a character that
// needs none, or for one that certificates cannot have.
func (o *Office) ChooseSubstitute(ctx context.Context, who Actor, r SubstituteRequest) (Receipt, error) {
	subject := personSubject(r.PersonID)
	if r.ApplicationID != "" {
		subject = subjectOf(r.ApplicationID)
	}
	return o.act(ctx, who, "choose_substitute", subject, func(t *turn) error {
		id := r.PersonID
		if r.ApplicationID != "" {
			a, err := t.visible(r.ApplicationID)
			if err != nil {
				return err
			}
			if id = a.PersonID; id == "" {
				return rules.Refuse("not_identified")
			}
		} else if _, err := t.served(id); err != nil {
			return err
		}
		p, err := t.Person(id)
		if err != nil {
			return err
		}
		text, basis, err := certificateText(p, t.on)
		if err != nil {
			return err
		}
		if err := r.fits(text); err != nil {
			return err
		}
		t.because(basis)
		t.detail = codes(r.Character) + " " + codes(r.By)
		if t.already = p.SubstituteFor(r.Character) == r.By; t.already {
			return nil
		}
		p.Substitutes = append(p.Substitutes, t.substitute(r.Character, r.By))
		return t.PutPerson(p)
	})
}

// SubstituteRequest is a choice: for whom, or in which application, for which character, which other.
type SubstituteRequest struct {
	PersonID      string
	ApplicationID string
	Character     string
	By            string
}

func (r SubstituteRequest) fits(text CertificateText) error {
	needed := false
	for _, c := range text.Substituted() {
		needed = needed || c.Of == r.Character
	}
	by := []rune(r.By)
	switch {
	case !needed:
		return &Invalid{"character", law.Text{Ja: "氏名・住所に、代替文字の要るこの文字はありません。", En: "Name and address have no such character that needs a substitute."}}
	case len(by) != 1 || !pki.Encodable(by[0]) || by[0] == '\u3000':
		return &Invalid{"substitute", law.Text{Ja: "電子証明書に書ける1文字(JIS X 0208・0212)を選んでください。", En: "Choose one character that certificates can have (JIS X 0208, 0212)."}}
	}
	return nil
}
