package web

import (
	"net/http"
	"strconv"
	"strings"

	"mynumber/internal/certificate"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/place"
)

var listsTitle = law.Text{Ja: "失効リスト", En: "Revocation lists"}

// listsView is the issuer's revocation lists: one authority's key and one prefecture at a time.
type listsView struct {
	Keys        []choice
	Prefectures []choice
	Lines       []listLine
	Count       int // of all lists, and of their entries
	Entries     int64
	Faulty      []listLine // of all keys
	Behind      int
	Of          string // the key that is shown, as sign-1
	In          string
}

// choice is a link to another part of the lists.
type choice struct {
	Value, Name string
	Count       int
	Chosen      bool
}

// listLine is one list.
type listLine struct {
	office.ListLine
	Key        string // sign-1
	Where      law.Text
	This, Next string
	SizeKB     int64
	Word       string // particulars of a fault
	Tried      string
}

// ownWhere is the list of the authority's own certificates.
var ownWhere = law.Text{Ja: "認証局自身の証明書(ARL)", En: "the authority’s own (ARL)"}

func (p *pages) listLine(l office.ListLine) listLine {
	line := listLine{ListLine: l, Key: shortKinds[l.Kind] + "-" + strconv.Itoa(l.Generation), Where: ownWhere, SizeKB: (l.Size + 1023) / 1024}
	if code, err := place.WithCheckDigit(l.Partition); err == nil {
		line.Where = office.PlaceName(code, p.today())
	}
	if l.Number > 0 {
		line.This, line.Next = moment(l.ThisUpdate), moment(l.NextUpdate)
	}
	if _, rest, ok := strings.Cut(l.Fault, " "); ok {
		line.Word, line.Tried = rest, moment(l.FaultAt)
	}
	return line
}

// ownPrefecture stands for the prefecture of the ARL.
const ownPrefecture = "00"

func prefectureOf(l office.ListLine) string {
	if l.Partition == office.ARL {
		return ownPrefecture
	}
	return l.Partition[:2]
}

// lists shows the lists to the issuer's operators.
func (p *pages) lists(w http.ResponseWriter, r *http.Request, who office.Actor) {
	if who.Office != place.Issuer {
		p.notFound(w, r)
		return
	}
	book, err := p.Office.ListBook(r.Context(), who)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	view := listsView{Count: len(book.Lines), Behind: book.Behind, Of: r.URL.Query().Get("of"), In: r.URL.Query().Get("in")}
	for _, l := range book.Lines {
		line := p.listLine(l)
		view.Entries += l.Entries
		if l.Why != nil {
			view.Faulty = append(view.Faulty, line)
		}
		if view.Of == "" {
			view.Of = line.Key
		}
		view.Keys = counted(view.Keys, line.Key, kindWords[l.Kind].Ja+" "+strconv.Itoa(l.Generation)+" / "+kindWords[l.Kind].En, view.Of)
		if line.Key != view.Of {
			continue
		}
		prefecture := prefectureOf(l)
		name := ownWhere.Ja
		if n, err := strconv.Atoi(prefecture); err == nil && n >= 1 && n <= len(place.Prefectures()) {
			name = place.Prefectures()[n-1]
		}
		view.Prefectures = counted(view.Prefectures, prefecture, name, view.In)
		if view.In == prefecture || view.In == "" {
			view.Lines = append(view.Lines, line)
		}
	}
	if view.In == "" && len(view.Lines) > listsShown { // a nation's lists: one prefecture at a time
		view.Lines = nil
	}
	p.show(w, r, http.StatusOK, "lists", listsTitle, view)
}

// listsShown is how many lists are shown without choosing a prefecture.
const listsShown = 100

// counted counts a choice.
func counted(all []choice, value, name, chosen string) []choice {
	if n := len(all); n > 0 && all[n-1].Value == value {
		all[n-1].Count++
		return all
	}
	return append(all, choice{Value: value, Name: name, Count: 1, Chosen: value == chosen})
}

// orderLists makes a list of this moment.
func (p *pages) orderLists(w http.ResponseWriter, r *http.Request, who office.Actor) {
	back := "/issuer/lists"
	short, generation, _ := strings.Cut(r.PostFormValue("of"), "-")
	n, err := strconv.Atoi(generation)
	var kind certificate.Kind
	for k, name := range shortKinds {
		if name == short {
			kind = k
		}
	}
	if err == nil && kind != 0 {
		back += "?of=" + short + "-" + strconv.Itoa(n)
	}
	_, receipt, err := p.Office.OrderLists(r.Context(), who, office.ListRequest{Kind: kind, Generation: n, Partition: r.PostFormValue("partition")})
	if err != nil {
		p.failBack(w, r, err, back)
		return
	}
	p.Sessions.leave(r.Context(), receipt)
	http.Redirect(w, r, back, http.StatusSeeOther)
}
