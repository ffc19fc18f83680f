package web

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"

	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
)

// statusOf maps an error to its status: 409 what a rule or another act refuses, 422 what cannot be read, 403, 404, 413
// and 500. It is the only such place of the pages, and says the same as the API's.
func statusOf(err error) int {
	var tooLarge *http.MaxBytesError
	var refusal *law.Refusal
	switch {
	case errors.As(err, &refusal), errors.Is(err, office.ErrStale):
		return http.StatusConflict
	case len(faultsOf(err)) > 0:
		return http.StatusUnprocessableEntity
	case errors.Is(err, office.ErrPurpose):
		return http.StatusUnprocessableEntity
	case errors.Is(err, office.ErrForbidden):
		return http.StatusForbidden
	case errors.Is(err, office.ErrNotFound):
		return http.StatusNotFound
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusInternalServerError
}

// faultsOf is what is wrong with which field, nothing for other errors.
func faultsOf(err error) []office.Invalid {
	var form office.InvalidForm
	var field *office.Invalid
	var pin *procedure.PINFault
	switch {
	case errors.As(err, &form):
		return form
	case errors.As(err, &field):
		return []office.Invalid{*field}
	case errors.As(err, &pin):
		return []office.Invalid{{Field: pin.PIN.String(), Text: pin.Text}}
	}
	if errors.Is(err, office.ErrPurpose) {
		return []office.Invalid{{Field: "purpose", Text: office.PurposeRule}}
	}
	return nil
}

// problemView is a page that says no.
type problemView struct {
	Text      law.Text
	Next      law.Text
	Refusal   *law.Refusal     // of the rulebook, with its citation
	Faults    []office.Invalid // of fields that are not on the page
	Reference string           // of an internal error
	Back      string           // page to go on from
}

var tooLargeText = law.Text{Ja: "送られた内容が大きすぎます。", En: "What was sent is too large."}

// fail answers with the page for an error. What is nobody's fault outside is logged here, once, under the
// number that the page shows; the route is logged and never the address, which may hold a mailed secret.
func (p *pages) fail(w http.ResponseWriter, r *http.Request, err error) { p.failBack(w, r, err, "") }

// failBack is fail with the page from which the person goes on.
func (p *pages) failBack(w http.ResponseWriter, r *http.Request, err error, back string) {
	if errors.Is(err, office.ErrPurpose) && r.Method == http.MethodGet {
		p.askPurpose(w, r, r.URL.Path, nil)
		return
	}
	status := statusOf(err)
	view := problemView{Faults: faultsOf(err), Back: back}
	title := law.Text{Ja: "お受けできません", En: "This cannot be done"}
	switch status {
	case http.StatusConflict:
		if view.Refusal = refusalOf(err); view.Refusal == nil {
			view.Text = law.Text{Ja: "ほかの人が先に変更しました。", En: "Somebody else changed this record first."}
			view.Next = law.Text{Ja: "ページを開き直して、今の状態を確かめてください。", En: "Open the page again and see where it stands."}
		}
	case http.StatusUnprocessableEntity:
		title = law.Text{Ja: "入力を確かめてください", En: "Please check what you entered"}
	case http.StatusForbidden:
		view.Text = law.Text{Ja: "このアカウントではできない操作です。", En: "This account may not do that."}
		view.Next = law.Text{Ja: "担当の窓口・役割のアカウントで行ってください。", En: "Use an account of the office and role in charge."}
	case http.StatusNotFound:
		title, view.Text, view.Next = notFoundText, notFoundText, notFoundNext
	case http.StatusRequestEntityTooLarge:
		view.Text = tooLargeText
		view.Next = law.Text{Ja: "小さなファイルを選ぶか、短く書いて、もう一度お試しください。", En: "Choose a smaller file or write less, and try again."}
	default:
		if r.Context().Err() != nil {
			return // the visitor has gone, as on a second press of the same button; nobody reads an answer
		}
		title = law.Text{Ja: "内部エラー", En: "Internal error"}
		view.Reference = reference()
		view.Text = law.Text{Ja: "システムの内部で問題が起きました。操作は完了していません。", En: "Something went wrong inside the system. The act was not completed."}
		view.Next = law.Text{Ja: "しばらくしてからもう一度お試しください。続くときは参照番号を添えてご連絡ください。", En: "Try again later. If it happens again, tell us the reference number."}
		if errors.Is(err, office.ErrNoRoom) {
			view.Text, view.Next = office.NoRoomText, office.NoRoomNext
		}
		p.Log.LogAttrs(r.Context(), slog.LevelError, "request failed", slog.String("reference", view.Reference), slog.String("route", r.Pattern), slog.Any("error", err))
	}
	p.show(w, r, status, "problem", title, view)
}

// problem answers with a page that says no for a reason outside the rulebook.
func (p *pages) problem(w http.ResponseWriter, r *http.Request, status int, text, next law.Text) {
	p.show(w, r, status, "problem", text, problemView{Text: text, Next: next})
}

// reference is the number under which an internal error is logged.
func reference() string {
	var b [6]byte
	rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// refusalOf is the rulebook's refusal in an error, nil when it is something else.
func refusalOf(err error) *law.Refusal {
	var refusal *law.Refusal
	errors.As(err, &refusal)
	return refusal
}
