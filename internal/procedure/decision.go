package procedure

import (
	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/rules"
)

// Decision is the answer to a situation. The tags are the published description of each field.
type Decision struct {
	On        civil.Date      `json:"on" ja:"問い合わせた日。" en:"The day asked about."`
	Procedure rules.Procedure `json:"procedure,omitempty" ja:"手続き。" en:"The procedure."`
	Name      law.Text        `json:"name,omitzero" ja:"手続きの名前。" en:"Name of the procedure."`
	Status    Status          `json:"status" ja:"答え。" en:"The answer."`
	Reasons   []Reason        `json:"reasons,omitempty" ja:"理由。できないときは妨げている規則、できるときは満たした規則。" en:"Why: the rules in the way, or the rules that are met."`
	Opens     *Opening        `json:"opens,omitempty" ja:"できないとき、次にできるようになること。" en:"When refused: the nearest thing that would open it."`
	Needs     *Need           `json:"needs,omitempty" ja:"次に知る必要のあること。" en:"The next fact that matters."`
	Offices   []OfficeWay     `json:"offices,omitempty" ja:"できる窓口と方法。" en:"Offices that can do it, each with its channels."`
	Visitors  []MayCome       `json:"visitors,omitempty" ja:"手続きができる人。" en:"Who may come."`
	Papers    []PaperNeed     `json:"papers,omitempty" ja:"必要な書類。" en:"Papers, with their alternatives."`
	PINs      []int           `json:"pins,omitempty" ja:"入力する暗証番号(No.)。" en:"PINs to be typed, by number."`
	Fee       *FeeAnswer      `json:"fee,omitempty" ja:"手数料。" en:"The fee."`
	Deadlines []Deadline      `json:"deadlines,omitempty" ja:"期限。" en:"Last days."`
	Windows   []Window        `json:"windows,omitempty" ja:"できる期間。" en:"Periods in which it can be done."`
	Dates     Dates           `json:"dates,omitzero" ja:"手続き後の有効期間満了の日。" en:"Last good days after the act."`
	Effects   []EffectAnswer  `json:"effects,omitempty" ja:"手続き後の状態。" en:"States after the act."`
	Messages  []Sentence      `json:"messages,omitempty" ja:"送られる通知。" en:"Messages that go out."`
	Steps     []Sentence      `json:"steps,omitempty" ja:"手順。" en:"Steps."`
	Warnings  []Sentence      `json:"warnings,omitempty" ja:"注意。" en:"What to know before."`
	Estimates []Estimate      `json:"estimates,omitempty" ja:"かかる時間の目安。期限ではありません。" en:"How long it takes, roughly; never a deadline."`
	Sources   []Source        `json:"sources,omitempty" ja:"使った規則の出典。" en:"Where the rules applied stand."`
	Rules     []string        `json:"rules,omitempty" ja:"この答えに使った規則のID。" en:"IDs of all rules applied."`

	Procedures []Summary `json:"procedures,omitempty" ja:"手続きを指定しないときの一覧。" en:"All procedures, when none was asked for."`
}

// Source is a law or an official page with the rules that were taken from it.
type Source struct {
	Title string   `json:"title" ja:"出典と箇所、読んだ版の日付。" en:"Source, place in it, and the day of the text."`
	Rules []string `json:"rules" ja:"規則のID。" en:"Rule IDs."`
}

// Status is the answer in one word.
type Status string

const (
	Allowed Status = "allowed"
	Refused Status = "refused"
	Needs   Status = "needs" // a fact is missing that decides
	Listed  Status = "listed"
)

// Reason is one rule with what it says to this case.
type Reason struct {
	Code   string   `json:"code" ja:"満たした条件、または拒否のコード。" en:"The condition met, or the code of the refusal."`
	Text   law.Text `json:"text" ja:"文。" en:"As a sentence."`
	Next   law.Text `json:"next,omitzero" ja:"代わりにできること。" en:"What the person can do instead."`
	Rules  []string `json:"rules" ja:"規則のID。" en:"Rule IDs."`
	Source string   `json:"source" ja:"出典。" en:"Source."`
}

// Opening is the nearest thing that would open a refused procedure.
type Opening struct {
	On        civil.Date      `json:"on,omitzero" ja:"この日からできます。" en:"It opens on this day."`
	Procedure rules.Procedure `json:"procedure,omitempty" ja:"先にこの手続きをします。" en:"This procedure comes first."`
	Text      law.Text        `json:"text" ja:"文。" en:"As a sentence."`
}

// Need is a fact that is missing.
type Need struct {
	Fact     rules.Fact `json:"fact" ja:"状況の項目の位置。" en:"Path of the field in the situation."`
	Question law.Text   `json:"question" ja:"質問。" en:"The question."`
	Why      law.Text   `json:"why,omitzero" ja:"知る必要がある理由。" en:"Why it matters."`
	Choices  []Choice   `json:"choices,omitempty" ja:"選べる答え。ないときは日付など。" en:"Answers to choose from; none for a day or a number."`
}

// Choice is one answer to a question.
type Choice struct {
	Value string   `json:"value" ja:"項目に書く値。" en:"Value of the field."`
	Text  law.Text `json:"text" ja:"文。" en:"As a sentence."`
}

// OfficeWay is one kind of office.
type OfficeWay struct {
	Kind     rules.OfficeKind `json:"kind" ja:"窓口の種類。" en:"Kind of office."`
	Channels []rules.Channel  `json:"channels" ja:"方法。" en:"Channels."`
	ByLocal  []rules.Channel  `json:"channels_by_local_policy,omitempty" ja:"その窓口が独自に認めているときの方法。" en:"Channels that only some of these offices take."`
	DoneBy   rules.OfficeKind `json:"done_by,omitempty" ja:"カードが送られて処理される窓口(この窓口は預かって返すだけ)。" en:"The office to which the card is sent and which does the work; this one only takes it in and gives it back."`
	Rules    []string         `json:"rules" ja:"規則のID。" en:"Rule IDs."`
	Source   string           `json:"source" ja:"出典。" en:"Source."`
}

// MayCome is one kind of visitor.
type MayCome struct {
	Who     rules.Visitor      `json:"who" ja:"来る人。" en:"Who."`
	Offices []rules.OfficeKind `json:"offices,omitempty" ja:"この窓口だけ(ないときはすべて)。" en:"Only at these; at all, when left out."`
	SameDay bool               `json:"same_day" ja:"その日に終わるか。" en:"Whether it is done on the day."`
	Part    rules.Part         `json:"part,omitempty" ja:"できる範囲。" en:"What this visitor is limited to."`
	If      []law.Text         `json:"if,omitempty" ja:"条件。" en:"On these conditions."`
	Rules   []string           `json:"rules" ja:"規則のID。" en:"Rule IDs."`
}

// PaperNeed is one line of the checklist.
type PaperNeed struct {
	Code     string             `json:"code" ja:"書類または書類の組のコード。" en:"Code of the paper, or of the list of alternatives."`
	AnyOf    [][]PaperCount     `json:"any_of" ja:"どれか一組。" en:"Any one of these sets suffices."`
	Whose    rules.Visitor      `json:"whose,omitempty" ja:"だれの書類か。" en:"Whose paper it is."`
	If       []law.Text         `json:"if,omitempty" ja:"条件。" en:"Only if."`
	Offices  []rules.OfficeKind `json:"offices,omitempty" ja:"この窓口だけ。" en:"Only at these."`
	Visitors []rules.Visitor    `json:"visitors,omitempty" ja:"この人が来るときだけ。" en:"Only when these come."`
	Rules    []string           `json:"rules" ja:"規則のID。" en:"Rule IDs."`
}

// PaperCount is so many papers of a list.
type PaperCount struct {
	Count  int           `json:"count" ja:"点数。" en:"How many."`
	Papers []rules.Paper `json:"papers" ja:"この中から。" en:"Out of these."`
}

// FeeAnswer is the fee.
type FeeAnswer struct {
	Total       rules.Yen       `json:"total" ja:"合計(円)。" en:"Total in yen."`
	Card        rules.Yen       `json:"card" ja:"カード分(円)。" en:"For the card, in yen."`
	Certificate rules.Yen       `json:"certificate" ja:"電子証明書分(円)。" en:"For the certificates, in yen."`
	Ground      rules.FeeGround `json:"ground" ja:"理由のコード。" en:"Ground."`
	Text        law.Text        `json:"text" ja:"理由。" en:"The ground as a sentence."`
	Payment     rules.Payment   `json:"payment" ja:"納める時期。" en:"When it is paid."`
	Rules       []string        `json:"rules" ja:"規則のID。" en:"Rule IDs."`
}

// Deadline is a last day.
type Deadline struct {
	Code        string     `json:"code" ja:"期限のコード。" en:"Code of the deadline."`
	Last        civil.Date `json:"last_day" ja:"間に合う最後の日。" en:"The last day in time."`
	CountedFrom civil.Date `json:"counted_from,omitzero" ja:"数え始めの日(0日目)。" en:"The day counted from, as day 0."`
	Text        law.Text   `json:"text" ja:"文。" en:"As a sentence."`
	Rules       []string   `json:"rules" ja:"規則のID。" en:"Rule IDs."`
}

// Window is a first and a last day.
type Window struct {
	Code  string     `json:"code" ja:"期間のコード。" en:"Code of the period."`
	First civil.Date `json:"first_day" ja:"最初の日。" en:"First day."`
	Last  civil.Date `json:"last_day,omitzero" ja:"最後の日。ないときは終わりがありません。" en:"Last day; none when it has no end."`
	Text  law.Text   `json:"text" ja:"文。" en:"As a sentence."`
	Rules []string   `json:"rules" ja:"規則のID。" en:"Rule IDs."`
}

// Dates are last good days after the act.
type Dates struct {
	Card               civil.Date `json:"card,omitzero" ja:"カード。" en:"The card."`
	Signature          civil.Date `json:"signature,omitzero" ja:"署名用電子証明書。" en:"The signature certificate."`
	UserAuthentication civil.Date `json:"user_authentication,omitzero" ja:"利用者証明用電子証明書。" en:"The user authentication certificate."`
	PhoneSignature     civil.Date `json:"phone_signature,omitzero" ja:"スマホ用署名用電子証明書。" en:"The smartphone signature certificate."`
	PhoneUserAuth      civil.Date `json:"phone_user_authentication,omitzero" ja:"スマホ用利用者証明用電子証明書。" en:"The smartphone user authentication certificate."`
}

// EffectAnswer is the state of one thing after the act.
type EffectAnswer struct {
	On      rules.Subject `json:"on" ja:"何が。" en:"What."`
	Becomes string        `json:"becomes" ja:"どうなるか。" en:"What it becomes."`
	Text    law.Text      `json:"text" ja:"文。" en:"As a sentence."`
	If      []law.Text    `json:"if,omitempty" ja:"条件。" en:"Only if."`
	Rules   []string      `json:"rules" ja:"規則のID。" en:"Rule IDs."`
}

// Sentence is a step, a message or a warning.
type Sentence struct {
	Code  string     `json:"code" ja:"コード。" en:"Code."`
	Text  law.Text   `json:"text" ja:"文。" en:"As a sentence."`
	If    []law.Text `json:"if,omitempty" ja:"条件。" en:"Only if."`
	Rules []string   `json:"rules" ja:"規則のID。" en:"Rule IDs."`
}

// Estimate is a rough time.
type Estimate struct {
	Code  string     `json:"code" ja:"コード。" en:"Code."`
	Min   int        `json:"min" ja:"短いとき。" en:"At the shortest."`
	Max   int        `json:"max" ja:"長いとき。" en:"At the longest."`
	Unit  rules.Unit `json:"unit" ja:"単位。" en:"Unit."`
	Text  law.Text   `json:"text" ja:"文。" en:"As a sentence."`
	If    []law.Text `json:"if,omitempty" ja:"条件。" en:"Only if."`
	Rules []string   `json:"rules" ja:"規則のID。" en:"Rule IDs."`
}

// Summary is one procedure in the list of all.
type Summary struct {
	Procedure rules.Procedure `json:"procedure" ja:"手続き。" en:"The procedure."`
	Group     rules.Group     `json:"group" ja:"手続きの分類。" en:"What it is about."`
	Name      law.Text        `json:"name" ja:"手続きの名前。" en:"Its name."`
	Status    Status          `json:"status" ja:"答え。" en:"The answer."`
	Reason    *Reason         `json:"reason,omitempty" ja:"妨げている規則。" en:"What stands in the way."`
	Opens     *Opening        `json:"opens,omitempty" ja:"次にできるようになること。" en:"The nearest thing that would open it."`
	Needs     *Need           `json:"needs,omitempty" ja:"次に知る必要のあること。" en:"The next fact that matters."`
}
