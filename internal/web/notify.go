package web

import (
	"crypto/rand"
	"net/http"
	"slices"

	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

var (
	notifyTitle  = law.Text{Ja: "住民異動・戸籍の届出", En: "Notifications"}
	enterTitle   = law.Text{Ja: "出生・新しい登録", En: "Birth and first registration"}
	networkTitle = law.Text{Ja: "住民基本台帳ネットワーク", En: "Network of the registers"}
)

// notifyView is the form of a notification, and what it did.
type notifyView struct {
	Action  string // where the form goes
	Back    string
	Kind    string
	Kinds   []option
	Inputs  inputs
	Faults  []input
	Others  []office.Invalid
	Refusal *law.Refusal
	Key     string
	Done    *office.Noted
	Told    []law.Text
	Receipt office.Receipt
}

// notifyLabels are the fields of a notification.
var notifyLabels = map[string]input{
	"day":                {Kind: "text", Required: true, Label: law.Text{Ja: "異動の日", En: "Day of the event"}, Hint: law.Text{Ja: "引っ越しは住み始めた日、転出は予定日。例: 令和8年5月1日", En: "For a move the first day there, for a move out the planned day; for example 2026-05-01."}},
	"municipality":       {Kind: "text", Label: law.Text{Ja: "新しい住所の市区町村", En: "Municipality of the new address"}, Hint: law.Text{Ja: "6桁のコードか名前", En: "Six-digit code, or name"}},
	"address":            {Kind: "text", Label: law.Text{Ja: "新しい住所(都道府県から)", En: "New address, from the prefecture on"}},
	"planned_move_out":   {Kind: "text", Label: law.Text{Ja: "転出予定日(転出証明書)", En: "Planned move-out day"}, Hint: law.Text{Ja: "転出届が記録にあれば不要です。", En: "Not needed where the move out is on record."}},
	"honseki":            {Kind: "text", Label: law.Text{Ja: "本籍の市区町村", En: "Municipality of the honseki"}, Hint: law.Text{Ja: "6桁のコードか名前", En: "Six-digit code, or name"}},
	"family_name":        {Kind: "text", Label: law.Text{Ja: "氏", En: "Family name"}},
	"given_name":         {Kind: "text", Label: law.Text{Ja: "名", En: "Given name"}},
	"family_kana":        {Kind: "text", Label: law.Text{Ja: "氏のふりがな", En: "Reading of the family name"}},
	"given_kana":         {Kind: "text", Label: law.Text{Ja: "名のふりがな", En: "Reading of the given name"}},
	"family_latin":       {Kind: "text", Label: law.Text{Ja: "氏(ローマ字)", En: "Family name in Latin letters"}},
	"given_latin":        {Kind: "text", Label: law.Text{Ja: "名(ローマ字)", En: "Given name in Latin letters"}},
	"former_family_name": {Kind: "text", Label: law.Text{Ja: "旧氏", En: "Former surname"}, Hint: law.Text{Ja: "空欄にすると削除します。", En: "Left empty it is deleted."}},
	"birth":              {Kind: "text", Label: law.Text{Ja: "生年月日", En: "Date of birth"}},
	"sex":                {Kind: "choice", Label: law.Text{Ja: "性別", En: "Sex"}, Options: []option{{Value: "female", Label: law.Text{Ja: "女", En: "female"}}, {Value: "male", Label: law.Text{Ja: "男", En: "male"}}}},
	"nationality":        {Kind: "text", Label: law.Text{Ja: "国籍(2文字のコード)", En: "Nationality, two letters"}, Hint: law.Text{Ja: "日本は JP", En: "JP for Japan"}},
	"stay_status":        {Kind: "select", Label: law.Text{Ja: "在留資格の区分", En: "Residence status"}},
	"stay_until":         {Kind: "text", Label: law.Text{Ja: "在留期間の満了日", En: "Last day of the period of stay"}},
	"misuse_feared":      {Kind: "box", Label: law.Text{Ja: "番号が悪用されるおそれがある", En: "The number may be misused"}},
	"ex_officio":         {Kind: "box", Label: law.Text{Ja: "職権による記載", En: "Entered by the office itself"}},
	"head":               {Kind: "text", Label: law.Text{Ja: "世帯主の氏名(通知書の宛名)", En: "Head of the household, who gets the notice"}},
	"parent":             {Kind: "text", Label: law.Text{Ja: "親の記録のキー", En: "Key of a parent's record"}, Hint: law.Text{Ja: "住所を親の記録から取ります。", En: "The address is taken from it."}},
}

// stayNames say the kinds of residence status.
var stayNames = map[procedure.ResidenceStatus]law.Text{
	procedure.PermanentResident: {Ja: "永住者", En: "permanent resident"}, procedure.SpecialPermanentResident: {Ja: "特別永住者", En: "special permanent resident"},
	procedure.HighlySkilledSecond: {Ja: "高度専門職第2号", En: "highly skilled professional (ii)"}, procedure.MidLongTerm: {Ja: "中長期在留者", En: "mid- to long-term resident"},
	procedure.TemporaryRefuge: {Ja: "一時庇護許可者", En: "temporary refuge"}, procedure.ProvisionalStay: {Ja: "仮滞在許可者", En: "provisional stay"},
	procedure.TransitionalStay: {Ja: "経過滞在者", En: "transitional stay"},
}

func notifyInputs(fields []string) inputs {
	var out inputs
	for _, name := range append([]string{"day"}, fields...) {
		in := notifyLabels[name]
		in.Name = name
		if name == "stay_status" {
			for _, s := range procedure.ResidenceStatuses {
				in.Options = append(in.Options, option{Value: string(s), Label: stayNames[s]})
			}
		}
		out = append(out, in)
	}
	return out
}

// suggestPlaces turns a municipality that was written by name into those that may be meant.
func (p *pages) suggestPlaces(in inputs) {
	for n, i := range in {
		if i.Name != "municipality" && i.Name != "honseki" || i.Fault == (law.Text{}) || i.Value == "" {
			continue
		}
		if found := findPlaces(i.Value, p.today(), false); len(found) > 0 {
			in[n].Kind, in[n].Fault = "select", law.Text{Ja: "次の中から選んでください。", En: "Please choose one of these."}
			for _, o := range found {
				in[n].Options = append(in[n].Options, option{Value: string(o.Code), Label: o.Name})
			}
		}
	}
}

// requestOf reads the form.
func requestOf(r *http.Request) office.NotifyRequest {
	get, box := r.PostFormValue, func(name string) bool { return r.PostFormValue(name) == "yes" }
	return office.NotifyRequest{RequestKey: get("request_key"), Kind: get("kind"), Day: get("day"), PlannedMoveOut: get("planned_move_out"), Municipality: get("municipality"),
		Address: get("address"), Honseki: get("honseki"), FamilyName: get("family_name"), GivenName: get("given_name"), FamilyKana: get("family_kana"), GivenKana: get("given_kana"),
		FamilyLatin: get("family_latin"), GivenLatin: get("given_latin"), FormerFamily: get("former_family_name"), Birth: get("birth"), Sex: get("sex"), Nationality: get("nationality"),
		StayStatus: get("stay_status"), StayUntil: get("stay_until"), MisuseFeared: box("misuse_feared"), ExOfficio: box("ex_officio"), Head: get("head")}
}

func kindOptions(kinds []string) []option {
	var out []option
	for _, k := range kinds {
		out = append(out, option{Value: k, Label: rules.EventNames[rules.EventKind(k)]})
	}
	return out
}

func (p *pages) notifyForm(w http.ResponseWriter, r *http.Request, _ office.Actor) {
	p.showNotify(w, r, http.StatusOK, r.URL.Query().Get("kind"), nil)
}

// takeBack takes the last move out or abroad back.
func (p *pages) takeBack(w http.ResponseWriter, r *http.Request, who office.Actor) {
	_, err := p.Office.TakeBack(r.Context(), who, r.PathValue("id"), r.PathValue("event"))
	p.toPerson(w, r, err)
}

// askUndoEvent reports the newest entry as the office's own error; undoEvent is the second person who confirms it.
func (p *pages) askUndoEvent(w http.ResponseWriter, r *http.Request, who office.Actor) {
	_, err := p.Office.AskUndoEvent(r.Context(), who, r.PathValue("id"), r.PathValue("event"), office.UndoRequest{Reason: r.PostFormValue("reason")})
	p.toPerson(w, r, err)
}

func (p *pages) undoEvent(w http.ResponseWriter, r *http.Request, who office.Actor) {
	_, err := p.Office.UndoEvent(r.Context(), who, r.PathValue("id"), r.PathValue("event"))
	p.toPerson(w, r, err)
}

// toPerson leads back to the person's page after an act, or says why it was not done.
func (p *pages) toPerson(w http.ResponseWriter, r *http.Request, err error) {
	back := "/office/people/" + r.PathValue("id")
	if err != nil {
		p.failBack(w, r, err, back)
		return
	}
	http.Redirect(w, r, back, http.StatusSeeOther)
}

func (p *pages) notify(w http.ResponseWriter, r *http.Request, who office.Actor) {
	done, receipt, err := p.Office.Notify(r.Context(), who, r.PathValue("id"), requestOf(r))
	if err != nil {
		p.notNotified(w, r, err, "/office/people", r.PostFormValue("kind"), p.showNotify)
		return
	}
	p.showNoted(w, r, "/office/people/"+r.PathValue("id"), notifyTitle, done, receipt)
}

// notNotified shows the form again with what is wrong; what is no fault of the form is answered as everywhere.
func (p *pages) notNotified(w http.ResponseWriter, r *http.Request, err error, back, kind string, show func(http.ResponseWriter, *http.Request, int, string, error)) {
	if status := statusOf(err); status == http.StatusUnprocessableEntity || refusalOf(err) != nil {
		show(w, r, status, kind, err)
		return
	}
	p.failBack(w, r, err, back)
}

func (p *pages) showNotify(w http.ResponseWriter, r *http.Request, status int, kind string, failed error) {
	kinds := slices.DeleteFunc(register.Kinds(), func(k string) bool { return k == register.ChildBorn })
	id := r.PathValue("id")
	p.showForm(w, r, status, notifyView{Action: "/office/people/" + id + "/notify", Back: "/office/people/" + id, Kind: kind, Kinds: kindOptions(kinds)}, register.Asks(kind), notifyTitle, failed)
}

// showForm shows the form of a kind, or the kinds to choose from.
func (p *pages) showForm(w http.ResponseWriter, r *http.Request, status int, view notifyView, fields []string, title law.Text, failed error) {
	if view.Kind != "" && !slices.ContainsFunc(view.Kinds, func(o option) bool { return o.Value == view.Kind }) {
		p.notFound(w, r)
		return
	}
	if view.Key = r.PostFormValue("request_key"); view.Key == "" {
		view.Key = rand.Text()
	}
	if view.Kind != "" {
		view.Inputs, view.Others = notifyInputs(fields).with(r.PostFormValue, faultsOf(failed))
		p.suggestPlaces(view.Inputs)
		title = rules.EventNames[rules.EventKind(view.Kind)]
	}
	view.Faults, view.Refusal = view.Inputs.Faults(), refusalOf(failed)
	p.show(w, r, status, "notify", title, view)
}

// showNoted says what a notification did and what the days will bring.
func (p *pages) showNoted(w http.ResponseWriter, r *http.Request, back string, title law.Text, done office.Noted, receipt office.Receipt) {
	view := notifyView{Back: back, Done: &done, Receipt: receipt}
	for _, t := range done.Told {
		view.Told = append(view.Told, office.PlaceName(t.Office, p.today()))
	}
	p.show(w, r, http.StatusOK, "notify", title, view)
}

// newPersonForm is the form for somebody whom the registers do not have.
func (p *pages) newPersonForm(w http.ResponseWriter, r *http.Request, _ office.Actor) {
	p.showNewPerson(w, r, http.StatusOK, r.URL.Query().Get("kind"), nil)
}

func (p *pages) newPerson(w http.ResponseWriter, r *http.Request, who office.Actor) {
	done, receipt, err := p.Office.Register(r.Context(), who, office.RegisterRequest{NotifyRequest: requestOf(r), Parent: r.PostFormValue("parent")})
	if err != nil {
		p.notNotified(w, r, err, "/office/people", r.PostFormValue("kind"), p.showNewPerson)
		return
	}
	p.showNoted(w, r, "/office/people/"+done.Person.ID, enterTitle, done, receipt)
}

func (p *pages) showNewPerson(w http.ResponseWriter, r *http.Request, status int, kind string, failed error) {
	view := notifyView{Action: "/office/registrations", Back: "/office/people", Kind: kind, Kinds: kindOptions([]string{register.ChildBorn, register.Registered})}
	p.showForm(w, r, status, view, register.AsksNew(kind), enterTitle, failed)
}

// networkView is the office's post over the network, and its questions.
type networkView struct {
	Inputs   inputs
	Faults   []input
	Others   []office.Invalid
	Asked    bool
	Found    []office.NetworkAnswer
	Received []exchangeLine
	Sent     []exchangeLine
}

type exchangeLine struct {
	register.Exchange
	Office law.Text // at the other end
	Event  law.Text
	When   string
}

func networkInputs() inputs {
	return inputs{
		{Name: "code", Kind: "password", Mode: "numeric", Label: law.Text{Ja: "住民票コード", En: "Resident record code"}, Hint: law.Text{Ja: "分かれば、ほかは要りません。", En: "If it is known, nothing else is needed."}},
		{Name: "name", Kind: "text", Label: law.Text{Ja: "氏名", En: "Name"}, Hint: law.Text{Ja: "氏と名の間をあける", En: "A space between family and given name"}},
		{Name: "birth", Kind: "text", Label: law.Text{Ja: "生年月日", En: "Date of birth"}},
		{Name: "address", Kind: "text", Label: law.Text{Ja: "日本での住所(以前のものでもよい)", En: "An address in Japan, a former one too"}},
	}
}

func (p *pages) network(w http.ResponseWriter, r *http.Request, who office.Actor) {
	p.showNetwork(w, r, http.StatusOK, who, networkView{Inputs: networkInputs()})
}

func (p *pages) askNetwork(w http.ResponseWriter, r *http.Request, who office.Actor) {
	found, _, err := p.Office.AskNetwork(r.Context(), who, office.NetworkQuery{Code: r.PostFormValue("code"), Name: r.PostFormValue("name"), Birth: r.PostFormValue("birth"), Address: r.PostFormValue("address")})
	status := http.StatusOK
	if err != nil {
		if status = statusOf(err); status != http.StatusUnprocessableEntity {
			p.failBack(w, r, err, "/office")
			return
		}
	}
	view := networkView{Asked: err == nil, Found: found}
	view.Inputs, view.Others = networkInputs().with(r.PostFormValue, faultsOf(err))
	view.Faults = view.Inputs.Faults()
	p.showNetwork(w, r, status, who, view)
}

func (p *pages) showNetwork(w http.ResponseWriter, r *http.Request, status int, who office.Actor, view networkView) {
	for _, sent := range []bool{false, true} {
		all, err := p.Office.Exchanges(r.Context(), who, sent)
		if err != nil {
			p.failBack(w, r, err, "/office")
			return
		}
		for _, x := range all {
			line := exchangeLine{Exchange: x, Office: office.PlaceName(x.From, p.today()), Event: exchangeName(x.Body.Event), When: moment(x.Created)}
			if sent {
				line.Office = office.PlaceName(x.To, p.today())
				view.Sent = append(view.Sent, line)
			} else {
				view.Received = append(view.Received, line)
			}
		}
	}
	p.show(w, r, status, "network", networkTitle, view)
}

func (p *pages) noteExchange(w http.ResponseWriter, r *http.Request, who office.Actor) {
	if _, err := p.Office.NoteExchange(r.Context(), who, r.PathValue("id")); err != nil {
		p.failBack(w, r, err, "/office/network")
		return
	}
	http.Redirect(w, r, "/office/network", http.StatusSeeOther)
}

// exchangeName is what a message between offices is about: an event of the register, or something reported by telephone.
func exchangeName(kind string) law.Text {
	if r, ok := rules.ReportNames[rules.Report(kind)]; ok {
		return r.Text
	}
	return rules.EventNames[rules.EventKind(kind)]
}
