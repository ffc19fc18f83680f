package office

import (
	"mynumber/internal/application"
	"mynumber/internal/place"
)

// The sealed PIN form is in exactly one place: it goes to where it will be opened, the office that hands the card over or
// posts it.

// formGoesTo is the office where the sealed form of the case is opened.
func formGoesTo(a application.Application) place.Code {
	if postedByIssuer(a) {
		return place.Issuer
	}
	return a.Pickup
}

// sendForm sends the sealed form from an office to where it will be opened.
func sendForm(a *application.Application, from place.Code) {
	if to := formGoesTo(*a); a.SealedForm == application.FormSealed && to != from {
		a.SealedAt = application.Custody{With: application.OnTheWay, Office: to}
	}
}

// arrivesForm takes a sealed form in that was on its way to the office.
func arrivesForm(a *application.Application, at place.Code) {
	if a.SealedForm == application.FormSealed && a.SealedAt.With == application.OnTheWay && a.SealedAt.Office == at {
		a.SealedAt.With = application.AtOffice
	}
}

// endingAct is the act by which an application ends without its applicant asking for it. What the post office has cannot be
// withdrawn any more: it comes back and is destroyed.
func endingAct(a application.Application) application.Act {
	if a.State == application.InPost || a.State == application.AtPostOffice {
		return application.Discard
	}
	return application.Cancel
}
