package register

import (
	"slices"
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/person"
	"mynumber/internal/place"
)

// The kinds of notifications (住民異動届, 戸籍届) and of entries that an office makes itself (職権), in the words of
// rules.EventKind. Each is a line in effects.
const (
	MoveIn           = "move_in"             // 転入, from another municipality
	MoveWithin       = "move_within"         // 転居
	MoveOut          = "move_out"            // 転出, to another municipality
	DepartureAbroad  = "departure"           // 国外転出
	ReturnToJapan    = "return_to_japan"     // 国外からの転入
	NameChange       = "name_change"         // 婚姻, 離婚, 養子縁組, 氏名の変更
	FormerSurname    = "former_surname"      // 旧氏 added, changed or deleted
	BirthOrSexChange = "birth_or_sex_change" // 訂正
	HonsekiChange    = "honseki_change"      // 転籍
	Died             = "death"
	RecordDeleted    = "record_deleted"     // 職権消除
	Registered       = "first_registration" // somebody without a resident record gets one: 職権記載, 住所設定
	NumberChange     = "number_change"
	CodeChange       = "resident_record_code_change"
	NationalityLost  = "nationality_lost"
	StayExtended     = "stay_extended"
	StayPending      = "stay_extension_pending"
	StayEnded        = "stay_ended"
	ChildBorn        = "birth" // of a child: an event of the parent
)

// Notification is one of them as it was understood. Which of the fields a kind asks for is said in effects.
type Notification struct {
	ID             string // of the event that it becomes
	Kind           string
	At             place.Code // the office that accepted it
	Filed          civil.Date
	Noted          time.Time  // the instant at which it was accepted
	Day            civil.Date // of the event: first day of living there, planned departure, death, birth, last day of the stay
	PlannedMoveOut civil.Date // 転出予定日 that the move-out notification had; taken from the record where there is one
	Municipality   place.Code // of the new residence
	Address        string     // the whole line, from the prefecture on
	Honseki        place.Code
	Name           person.Name
	Birth          civil.Date
	Sex            person.Sex
	Stay           Stay
	Nationality    string // the new one; empty for the stateless
	Number         person.Number
	Code           person.ResidentRecordCode
	FormerKey      string // under which the former number or code lies sealed
}

// Fault is what makes a notification impossible: the field it is about and a sentence for the window.
type Fault struct {
	Field string
	Text  law.Text
}

// Error names the field and says the sentence in English.
func (f *Fault) Error() string { return f.Field + ": " + f.Text.En }

func fault(field, ja, en string) error { return &Fault{field, law.Text{Ja: ja, En: en}} }

// effects are what each kind does to a record. An effect changes the copy it is given, or reports the fault.
var effects = map[string]func(*Person, Notification) error{
	MoveIn: (*Person).moveIn, MoveWithin: (*Person).moveWithin, MoveOut: (*Person).moveOut, DepartureAbroad: (*Person).departAbroad,
	ReturnToJapan: (*Person).returnToJapan, Registered: (*Person).enter, NameChange: (*Person).changeName, FormerSurname: (*Person).changeFormerSurname,
	BirthOrSexChange: (*Person).correct, HonsekiChange: (*Person).changeHonseki, Died: (*Person).end, RecordDeleted: (*Person).end,
	NumberChange: (*Person).changeNumber, CodeChange: (*Person).changeCode, NationalityLost: (*Person).loseNationality,
	StayExtended: (*Person).extendStay, StayPending: (*Person).awaitStay, StayEnded: (*Person).endStay,
	ChildBorn: func(*Person, Notification) error { return nil },
}

// Kinds are all kinds of notifications, sorted.
func Kinds() []string {
	var out []string
	for k := range effects {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// Notify is the record after a notification: the event in its history, what it changed, and what stood there before. The
// record itself is left as it is. Errors are a *Fault for what the notification says, and Person.Check for a record
// that would contradict itself.
func (p Person) Notify(n Notification) (Person, Event, error) {
	effect, ok := effects[n.Kind]
	switch {
	case !ok:
		return p, Event{}, fault("kind", "届出の種類がわかりません。", "There is no notification of this kind.")
	case n.Day.IsZero():
		return p, Event{}, fault("day", "異動の日を書いてください。", "Give the day of the event.")
	case n.Day.Before(p.Birth):
		return p, Event{}, fault("day", "異動の日が生年月日より前です。", "The day lies before the date of birth.")
	}
	before := p.record()
	p.Residences, p.Events, p.Former = slices.Clone(p.Residences), slices.Clone(p.Events), slices.Clone(p.Former)
	if p.FamilyRegister != nil {
		f := *p.FamilyRegister
		p.FamilyRegister = &f
	}
	if p.Stay != nil {
		s := *p.Stay
		p.Stay = &s
	}
	if n.Kind == MoveIn && n.PlannedMoveOut.IsZero() {
		if out := p.Latest(MoveOut); out != nil {
			n.PlannedMoveOut = out.Day
		}
	}
	if err := effect(&p, n); err != nil {
		return p, Event{}, err
	}
	e := Event{ID: n.ID, Kind: n.Kind, At: n.At, Day: n.Day, Filed: n.Filed, Noted: n.Noted}
	if n.Kind == MoveIn {
		e.PlannedMoveOut = n.PlannedMoveOut
	}
	p.keepBefore(&e, before)
	p.Events = append(p.Events, e)
	if err := p.Check(); err != nil {
		return p, Event{}, err
	}
	return p, e, nil
}

// last is the last residence; nil for somebody who never had one.
func (p *Person) last() *Residence {
	if len(p.Residences) == 0 {
		return nil
	}
	return &p.Residences[len(p.Residences)-1]
}

// standing is the residence that stands and has no last day yet.
func (p *Person) standing() (*Residence, error) {
	r := p.last()
	if r == nil || !r.To.IsZero() {
		return nil, fault("kind", "住民票がないか、転出の届出が済んでいます。", "There is no resident record, or a move out of it has been notified.")
	}
	return r, nil
}

// none reports as a fault that there is a residence which stands on the day or after it.
func (p *Person) none(on civil.Date) error {
	if r := p.last(); r != nil && (r.To.IsZero() || r.To.After(on)) {
		return fault("kind", "この日にはまだ住民票があります。先に転出の届出が必要です。", "There is still a resident record on this day; a move out has to be notified first.")
	}
	return nil
}

// settleAt adds a residence.
func (p *Person) settleAt(n Notification, at place.Code, why EntryReason) error {
	if n.Address == "" {
		return fault("address", "新しい住所を都道府県から書いてください。", "Give the new address, from the prefecture on.")
	}
	if r := p.last(); r != nil && !r.From.Before(n.Day) {
		return fault("day", "異動の日が、前の住所に住み始めた日より後ではありません。", "The day is not after the first day at the address before.")
	}
	p.Residences = append(p.Residences, Residence{Municipality: at, Address: n.Address, From: n.Day, Reason: why})
	return nil
}

// moveIn: the residence before ends with the new one, whatever day had been planned.
func (p *Person) moveIn(n Notification) error {
	r, out := p.last(), p.Latest(MoveOut)
	switch {
	case n.Municipality == "":
		return fault("municipality", "新しい住所の市区町村を書いてください。", "Give the municipality of the new address.")
	case r == nil || out == nil || r.To.IsZero():
		return fault("kind", "転出の届出がありません。前の市区町村に転出届を出してください。", "No move-out has been notified; notify it at the municipality before.")
	case r.Municipality == n.Municipality:
		return fault("municipality", "前の住所と同じ市区町村です。転居の届出になります。", "It is the same municipality as before: notify a move within it.")
	}
	if r.From.Before(n.Day) {
		r.To = n.Day
	}
	return p.settleAt(n, n.Municipality, MovedIn)
}

func (p *Person) moveWithin(n Notification) error {
	r, err := p.standing()
	if err != nil {
		return err
	}
	if n.Municipality != "" && n.Municipality != r.Municipality {
		return fault("municipality", "ほかの市区町村への引っ越しは、転出と転入の届出になります。", "A move to another municipality is notified as a move out and a move in.")
	}
	at := r.Municipality
	if r.From.Before(n.Day) {
		r.To = n.Day
	}
	return p.settleAt(n, at, MovedWithin)
}

// moveOut ends the record on the planned day (消除). A move before whose entries the card was never brought up to has been
// followed by another now (CHG-023).
func (p *Person) moveOut(n Notification) error {
	if err := p.close(n.Day); err != nil {
		return err
	}
	if in := p.Latest(MoveIn, ReturnToJapan); in != nil && in.Rewritten.IsZero() && in.MovedOn.IsZero() {
		in.MovedOn = n.Filed
	}
	return nil
}

// close ends the residence that stands.
func (p *Person) close(day civil.Date) error {
	r, err := p.standing()
	if err != nil {
		return err
	}
	if !r.From.Before(day) {
		return fault("day", "異動の日が、今の住所に住み始めた日より後ではありません。", "The day is not after the first day at the present address.")
	}
	r.To = day
	return nil
}

func (p *Person) departAbroad(n Notification) error {
	if err := p.close(n.Day); err != nil {
		return err
	}
	if p.FamilyRegister != nil {
		p.FamilyRegister.Departure = &Departure{Planned: n.Day, Notified: n.Filed}
	}
	return nil
}

func (p *Person) returnToJapan(n Notification) error {
	if n.Municipality == "" {
		return fault("municipality", "新しい住所の市区町村を書いてください。", "Give the municipality of the new address.")
	}
	if err := p.none(n.Day); err != nil {
		return err
	}
	if !p.Japanese() {
		if n.Stay.Status == "" {
			return fault("stay_status", "在留資格の区分を書いてください。", "Give the kind of residence status.")
		}
		p.Stay = &Stay{Status: n.Stay.Status, Until: n.Stay.Until}
	}
	return p.settleAt(n, n.Municipality, FromAbroad)
}

// enter gives a record to somebody who has none: the first, or again after it was struck off.
func (p *Person) enter(n Notification) error {
	if n.Municipality == "" {
		return fault("municipality", "住所の市区町村を書いてください。", "Give the municipality of the address.")
	}
	if err := p.none(n.Day); err != nil {
		return err
	}
	p.Ended = civil.Date{}
	if p.Number.IsZero() {
		p.Number = n.Number
	}
	if p.Code.IsZero() {
		p.Code = n.Code
	}
	return p.settleAt(n, n.Municipality, ExOfficio)
}

func (p *Person) changeName(n Notification) error {
	if n.Name.Full() == "" {
		return fault("name", "新しい氏名を書いてください。", "Give the new name.")
	}
	if n.Name.FormerFamily == "" {
		n.Name.FormerFamily = p.Name.FormerFamily // the record keeps showing it until it is deleted
	}
	if n.Name.Given == "" && n.Name.GivenKana == "" && n.Name.Family != p.Name.Family { // 婚姻, 養子縁組: the surname alone
		n.Name.Given, n.Name.GivenKana, n.Name.GivenLatin = p.Name.Given, p.Name.GivenKana, p.Name.GivenLatin
	}
	if n.Name == p.Name {
		return fault("name", "氏名が今の記録と同じです。", "The name is the one in the record.")
	}
	p.Former = append(p.Former, FormerEntry{Name: p.Name, Until: n.Day, Event: n.ID})
	p.Name = n.Name
	if n.Honseki != "" && (p.FamilyRegister == nil || n.Honseki != p.FamilyRegister.Honseki) {
		return p.changeHonseki(n)
	}
	return nil
}

// changeFormerSurname enters, changes or, with an empty one, deletes the former surname.
func (p *Person) changeFormerSurname(n Notification) error {
	if n.Name.FormerFamily == p.Name.FormerFamily {
		return fault("former_family_name", "旧氏が今の記録と同じです。", "The former surname is the one in the record.")
	}
	p.Former = append(p.Former, FormerEntry{Name: p.Name, Until: n.Day, Event: n.ID})
	p.Name.FormerFamily = n.Name.FormerFamily
	return nil
}

func (p *Person) correct(n Notification) error {
	before := FormerEntry{Birth: p.Birth, Sex: p.Sex, Until: n.Day, Event: n.ID}
	if !n.Birth.IsZero() {
		p.Birth = n.Birth
	}
	if n.Sex != person.SexUnknown {
		p.Sex = n.Sex
	}
	if p.Birth == before.Birth && p.Sex == before.Sex {
		return fault("birth", "生年月日と性別が今の記録と同じです。", "Date of birth and sex are those in the record.")
	}
	p.Former = append(p.Former, before)
	return nil
}

func (p *Person) changeHonseki(n Notification) error {
	switch {
	case !p.Japanese():
		return fault("honseki", "外国籍の方に本籍はありません。", "A foreign national has no honseki.")
	case n.Honseki == "":
		return fault("honseki", "新しい本籍の市区町村を書いてください。", "Give the municipality of the new honseki.")
	case p.FamilyRegister == nil:
		p.FamilyRegister = &SupplementaryFamilyRegister{Honseki: n.Honseki, Since: n.Day}
		return nil
	case n.Honseki == p.FamilyRegister.Honseki:
		return fault("honseki", "本籍の市区町村が今と同じです。", "The honseki lies in the same municipality as before.")
	}
	p.Former = append(p.Former, FormerEntry{Honseki: p.FamilyRegister.Honseki, Until: n.Day, Event: n.ID})
	p.FamilyRegister.Honseki, p.FamilyRegister.Since = n.Honseki, n.Day
	return nil
}

// end: death, or a record that is struck off. What stood until that day stays as it was.
func (p *Person) end(n Notification) error {
	if !p.Ended.IsZero() {
		return fault("kind", "記録はすでに消除されています。", "The record was struck off before.")
	}
	if r := p.last(); r != nil && (r.To.IsZero() || r.To.After(n.Day)) {
		if r.To = n.Day; !r.From.Before(r.To) {
			r.To = r.From.AddDays(1)
		}
	} else if n.Kind == RecordDeleted {
		return fault("kind", "消除する住民票がありません。", "There is no resident record to strike off.")
	}
	p.Ended = n.Day
	return nil
}

func (p *Person) changeNumber(n Notification) error {
	if n.Number.IsZero() || n.Number == p.Number {
		return fault("number", "新しい番号がありません。", "There is no new number.")
	}
	p.Former = append(p.Former, FormerEntry{NumberIs: n.FormerKey, Until: n.Day, Event: n.ID})
	p.Number = n.Number
	return nil
}

func (p *Person) changeCode(n Notification) error {
	if n.Code.IsZero() || n.Code == p.Code {
		return fault("code", "新しい住民票コードがありません。", "There is no new resident record code.")
	}
	p.Former = append(p.Former, FormerEntry{NumberIs: n.FormerKey, Until: n.Day, Event: n.ID})
	p.Code = n.Code
	return nil
}

// loseNationality closes the supplementary family register (附票の消除, ELIG-011).
func (p *Person) loseNationality(n Notification) error {
	if !p.Japanese() {
		return fault("kind", "日本国籍の方ではありません。", "This is no Japanese national.")
	}
	if n.Nationality == Japan {
		return fault("nationality", "失った後の国籍を書いてください。", "Give the nationality after the loss.")
	}
	if p.FamilyRegister != nil {
		p.Former = append(p.Former, FormerEntry{Honseki: p.FamilyRegister.Honseki, Until: n.Day, Event: n.ID})
	}
	p.Nationality, p.FamilyRegister = n.Nationality, nil
	return nil
}

// foreign is the period of stay of a foreign national, made where there was none.
func (p *Person) foreign() (*Stay, error) {
	if p.Japanese() {
		return nil, fault("kind", "日本国籍の方に在留期間はありません。", "A Japanese national has no period of stay.")
	}
	if p.Stay == nil {
		p.Stay = &Stay{}
	}
	return p.Stay, nil
}

// extendStay enters the status and period that were granted; a period that ends earlier than the present one is none.
func (p *Person) extendStay(n Notification) error {
	s, err := p.foreign()
	switch {
	case err != nil:
		return err
	case n.Stay.Status == "":
		return fault("stay_status", "在留資格の区分を書いてください。", "Give the kind of residence status.")
	case !n.Stay.Until.IsZero() && n.Stay.Until.Before(s.Until):
		return fault("stay_until", "新しい満了日が今の満了日より前です。", "The new period ends before the present one.")
	}
	*s = Stay{Status: n.Stay.Status, Until: n.Stay.Until}
	return nil
}

// awaitStay notes that an extension was applied for and is not decided (特例期間).
func (p *Person) awaitStay(n Notification) error {
	s, err := p.foreign()
	switch {
	case err != nil:
		return err
	case s.Until.IsZero():
		return fault("kind", "在留期間のない方です。", "There is no period of stay to extend.")
	case n.Day.After(s.Until):
		return fault("day", "更新の申請の日が在留期間の満了日より後です。", "The extension was applied for after the period had ended.")
	}
	s.Pending = n.Day
	return nil
}

// endStay: Day is the last day of the period.
func (p *Person) endStay(n Notification) error {
	s, err := p.foreign()
	if err != nil {
		return err
	}
	s.Until, s.Pending = n.Day, civil.Date{}
	return nil
}

// Asks are the fields that a kind of notification asks for beside the day, in the order of a form; the names are those of
// the written request.
func Asks(kind string) []string {
	names := []string{"family_name", "given_name", "family_kana", "given_kana", "family_latin", "given_latin"}
	switch kind {
	case MoveIn:
		return []string{"municipality", "address", "planned_move_out"}
	case MoveWithin:
		return []string{"address"}
	case MoveOut:
		return []string{"municipality"}
	case ReturnToJapan:
		return []string{"municipality", "address", "stay_status", "stay_until"}
	case Registered:
		return []string{"municipality", "address"}
	case NameChange:
		return append(names, "honseki")
	case FormerSurname:
		return []string{"former_family_name"}
	case BirthOrSexChange:
		return []string{"birth", "sex"}
	case HonsekiChange:
		return []string{"honseki"}
	case NumberChange:
		return []string{"misuse_feared", "ex_officio", "head"}
	case NationalityLost:
		return []string{"nationality"}
	case StayExtended:
		return []string{"stay_status", "stay_until"}
	}
	return nil
}

// AsksNew are the fields of somebody whom the registers do not have.
func AsksNew(kind string) []string {
	out := []string{"family_name", "given_name", "family_kana", "given_kana", "family_latin", "given_latin", "sex", "nationality", "honseki", "stay_status", "stay_until", "municipality", "address", "head"}
	if kind == ChildBorn {
		return append(out, "parent")
	}
	return append([]string{"birth"}, append(out, "ex_officio")...)
}
