package iccard

import (
	"slices"
)

// Profile is what kind of card a chip is: which applications and files it has, what opens them, and what keys it makes. What is written
// in the files, such as the token's label, is the issuer's affair.
type Profile byte

const (
	// Standard is the Individual Number Card of today.
	Standard Profile = iota
	// Android is the application in the secure element of an Android phone (スマートフォン用電子証明書): JPKI alone, and the
	// authentication certificate is behind its PIN.
	Android
	// IPhone is the application in an iPhone as far as it is known: JPKI alone. Its face data speak another protocol (ISO/IEC 18013-5).
	IPhone
	// NextGeneration is the card planned for 2028 (次期個人番号カード) as far as it can be made: P-384 keys. That it will have two
	// applications and two PINs is published, but neither their files nor which PIN opens what, and the law still has four PINs
	// (PIN-001): ours has the applications of today.
	NextGeneration
)

// String is the word for a page.
func (p Profile) String() string {
	if int(p) < len(layouts) {
		return layouts[p].label
	}
	return "unknown"
}

// layout is one kind of card.
type layout struct {
	label        string
	algorithm    Algorithm
	applications []application
}

// layouts has every kind of card, by Profile. Cards share them.
var layouts [4]layout

func init() { // not an initialiser: the layouts are made of one another
	jpki := only(standard, CardManager, JPKI)
	android := with(jpki, open(AuthenticationCertificate.ID, AuthenticationPIN.ID))
	layouts = [...]layout{
		Standard:       {"card", RSA2048, standard},
		Android:        {"Android phone", RSA2048, android},
		IPhone:         {"iPhone", RSA2048, jpki},
		NextGeneration: {"next generation card", P384, standard},
	}
}

// only is the applications named.
func only(apps []application, ids ...Application) []application {
	return slices.DeleteFunc(slices.Clone(apps), func(a application) bool { return !slices.Contains(ids, a.id) })
}

// with is the applications with another row for a file of JPKI.
func with(apps []application, changed file) []application {
	apps = slices.Clone(apps)
	for i := range apps {
		if apps[i].id != JPKI {
			continue
		}
		apps[i].files = slices.Clone(apps[i].files)
		for j := range apps[i].files {
			if apps[i].files[j].id == changed.id {
				apps[i].files[j] = changed
			}
		}
	}
	return apps
}

// application is the layout's row of an application; nil if the card has none such.
func (l *layout) application(id Application) *application {
	for i := range l.applications {
		if l.applications[i].id == id {
			return &l.applications[i]
		}
	}
	return nil
}

// lookup returns the layout's row of the file or data object; nil if the chip has none such.
func (l *layout) lookup(ef EF) *file {
	app := l.application(ef.Application)
	if app == nil {
		return nil
	}
	for i := range app.files {
		if app.files[i].id == ef.ID {
			return &app.files[i]
		}
	}
	return nil
}
