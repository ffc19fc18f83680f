package rules

import (
	"cmp"
	"slices"

	"mynumber/internal/law"
)

// FormBlock is a group of fields that several official forms share.
type FormBlock string

// FieldKind is how a field of a form is filled in.
type FieldKind string

const (
	FromRecord FieldKind = ""          // printed from the register or the case; left to be written when it is not known
	ByHand     FieldKind = "by_hand"   // always written by whoever files it
	ToTick     FieldKind = "ticks"     // boxes to tick
	ByPIN      FieldKind = "pin"       // a box a character, by hand, in a sealed envelope: never printed
	ByNumber   FieldKind = "number"    // twelve boxes, by hand: never printed
	InLines    FieldKind = "lines"     // room for several lines
	PhotoFrame FieldKind = "photo"     // a frame for the face photo
	Sentence   FieldKind = "statement" // a sentence that is signed
)

// FormField is one field of a form.
type FormField struct {
	Key     string // what of the record stands there
	Label   law.Text
	Kind    FieldKind
	PIN     int // with ByPIN: which one
	Options []FormOption
}

// FormOption is a box to tick; it is ticked when the record's value of the field is its own.
type FormOption struct {
	Value string
	Label law.Text
}

// OfficialForm is a form by its official title (forms.md). The layout is our own: the officials' are not published, and
// each municipality prints its own.
type OfficialForm struct {
	ID      string
	Title   string // the title that users know, exactly
	English string
	Blocks  []FormBlock
	Posted  bool // sent out by an office in a letter, and not handed out at the window
}

// OfficialForms are the forms of the catalogue, FORM-001 to FORM-028, and two of the procedures beside it.
var OfficialForms = map[Paper]OfficialForm{
	FormApply:            {ID: "FORM-001", Title: "個人番号カード交付申請書 兼 電子証明書発行申請書", English: "Card issuance application and certificate issuance application", Blocks: blocks("application", "photo", "representative")},
	FormApplyAbroad:      {ID: "FORM-002", Title: "【国外転出者用】個人番号カード交付申請書 兼 電子証明書発行/更新申請書", English: "Overseas card application and certificate issuance/renewal application", Blocks: blocks("number", "application", "photo", "representative")},
	FormPINRequest:       {ID: "FORM-003", Title: "個人番号カード・電子証明書 暗証番号設定依頼書", English: "PIN setting request form", Blocks: blocks("holder", "pin_choice", "pins")},
	FormContinuingUse:    {ID: "FORM-004", Title: "個人番号カード国外継続利用申請書 兼 電子証明書失効申請/新規発行申請書", English: "Continuing-use application, certificate revocation and new issue", Blocks: blocks("holder", "card", "departure", "certificates", "visitor")},
	MandateMoveOut:       {ID: "FORM-005", Title: "委任状", English: "Letter of attorney (move-out notification)", Blocks: blocks("holder", "mandate_move_out", "proxy")},
	MandateCertificates:  {ID: "FORM-006", Title: "委任状", English: "Letter of attorney (certificates)", Blocks: blocks("holder", "mandate_certificates", "proxy")},
	ReplyForm:            {ID: "FORM-007", Title: "照会回答書", English: "Reply to the inquiry", Blocks: blocks("reply", "holder", "mandate", "proxy", "pins"), Posted: true},
	ReplyAndMandate:      {ID: "FORM-008", Title: "回答書兼委任状", English: "Combined reply and mandate", Blocks: blocks("holder", "card", "mandate", "proxy", "pins"), Posted: true},
	FormReissue:          {ID: "FORM-009", Title: "個人番号カード再交付申請書 兼 電子証明書発行/更新申請書", English: "Re-issue application", Blocks: blocks("number", "holder", "abroad", "card", "reissue", "loss", "certificates", "photo", "representative")},
	FormLift:             {ID: "FORM-010", Title: "個人番号カード一時停止解除届 兼 電子証明書失効申請/新規発行申請書", English: "Notice of lifting a suspension", Blocks: blocks("holder", "abroad", "card", "found", "certificates")},
	FormAbolishAbroad:    {ID: "FORM-011", Title: "個人番号カード紛失・廃止届 兼 電子証明書失効申請/秘密鍵漏えい等届出書", English: "Loss/abolition report and key-compromise report", Blocks: blocks("holder", "abroad", "card", "abolish", "loss", "certificates")},
	FormAbolish:          {ID: "FORM-012", Title: "紛失・廃止届", English: "Loss/abolition report", Blocks: blocks("holder", "card", "abolish", "loss", "visitor")},
	FormChangeAbroad:     {ID: "FORM-013", Title: "個人番号カード券面記載事項変更届 兼 電子証明書失効/新規発行申請書", English: "Change of card entries, certificate revocation and new issue", Blocks: blocks("holder", "abroad", "card", "change", "certificates")},
	FormChange:           {ID: "FORM-014", Title: "券面記載事項変更届", English: "Change of card entries", Blocks: blocks("holder", "card", "change", "visitor")},
	FormNewSignature:     {ID: "FORM-015", Title: "署名用電子証明書新規発行申請書", English: "New signature certificate application", Blocks: blocks("holder", "card", "certificates", "visitor")},
	FormPINReset:         {ID: "FORM-016", Title: "個人番号カード暗証番号変更・再設定申請書 兼 電子証明書暗証番号変更・再設定申請書", English: "PIN change/reset application", Blocks: blocks("holder", "abroad", "card", "pin_which", "pins")},
	FormEmail:            {ID: "FORM-017", Title: "個人番号カード 電子証明書 登録メールアドレス変更届", English: "E-mail address change", Blocks: blocks("holder", "application_id", "email_change")},
	FormPickupPlace:      {ID: "FORM-018", Title: "個人番号カード受取場所変更申出書", English: "Change of pickup place", Blocks: blocks("holder", "application_id", "pickup_change")},
	FormCancel:           {ID: "FORM-019", Title: "個人番号カード交付・再交付申請 取消申出書 兼 電子証明書発行・更新申請 取消申出書", English: "Cancellation of the application", Blocks: blocks("holder", "application_id", "cancel")},
	Receipt:              {ID: "FORM-020", Title: "個人番号カード受領書", English: "Card receipt", Blocks: blocks("holder", "card", "received")},
	FormStayChange:       {ID: "FORM-021", Title: "在留期間更新に伴う有効期間変更申請書 兼 電子証明書発行/更新申請書", English: "Validity change for an extended period of stay", Blocks: blocks("holder", "card", "stay", "certificates", "visitor")},
	FormCertRenewal:      {ID: "FORM-022", Title: "電子証明書の更新申請書", English: "Certificate renewal", Blocks: blocks("holder", "card", "certificates", "visitor")},
	ProxyAppointment:     {ID: "FORM-023", Title: "代理人選任届", English: "Letter of appointment", Blocks: blocks("holder", "appointment", "proxy")},
	PhotoCertificate:     {ID: "FORM-024", Title: "個人番号カード顔写真証明書", English: "Card photo certificate", Blocks: blocks("holder", "photo", "certifier")},
	NotificationCardLoss: {ID: "FORM-025", Title: "紛失届", English: "Loss report of the Notification Card", Blocks: blocks("holder", "notification_card", "loss")},
	MandateSubProxy:      {ID: "FORM-026", Title: "委任状", English: "Letter of attorney for a sub-proxy", Blocks: blocks("holder", "mandate_pickup", "proxy", "sub_proxy")},
	IssuanceNotice:       {ID: "FORM-027", Title: "マイナンバーカード交付通知書", English: "Issuance notice: declaration and proxy", Blocks: blocks("holder", "pickup", "declaration", "pins", "mandate_pickup", "proxy"), Posted: true},
	MoveInNotification:   {ID: "FORM-028", Title: "転入届", English: "Move-in notification", Blocks: blocks("holder", "move", "household", "card", "visitor")},
	OverseasMoveOut:      {ID: "FORM-028", Title: "国外転出届", English: "Overseas move-out notification", Blocks: blocks("holder", "departure", "household", "card", "visitor")},
	ResidentNotice:       {ID: "FORM-028", Title: "住民異動届・戸籍届", English: "Resident-record change and family-register notification", Blocks: blocks("holder", "move", "family_register", "household", "visitor")},
	FormRevocation:       {Title: "電子証明書失効申請書", English: "Certificate revocation", Blocks: blocks("holder", "card", "certificates", "visitor")},
	FormReturn:           {Title: "個人番号カード返納届", English: "Return of the card", Blocks: blocks("holder", "card", "returned", "visitor")},
}

// NumberedForms are the papers with a form, in the order of their IDs.
func NumberedForms() []Paper {
	var out []Paper
	for p := range OfficialForms {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b Paper) int {
		fa, fb := OfficialForms[a], OfficialForms[b]
		return cmp.Or(cmp.Compare(cmp.Or(fa.ID, "~"), cmp.Or(fb.ID, "~")), cmp.Compare(fa.Title, fb.Title), cmp.Compare(a, b))
	})
	return out
}

// FormsOf are the forms that a procedure asks for on a day, in the order of its sheet: whoever comes, wherever.
func FormsOf(code Procedure, on Day) []Paper {
	info, ok := LookupProcedure(code)
	if !ok || info.Sheet == nil {
		return nil
	}
	row, err := info.Sheet.On(on)
	if err != nil {
		return nil
	}
	var out []Paper
	add := func(needs []Need) {
		for _, n := range needs {
			for _, pick := range n.Any {
				for _, of := range pick {
					for _, p := range of.Papers {
						if _, form := OfficialForms[p]; form && !slices.Contains(out, p) {
							out = append(out, p)
						}
					}
				}
			}
		}
	}
	add(row.Rule.Papers)
	for _, w := range row.Rule.Ways {
		add(w.Papers)
		for _, c := range w.Who {
			add(c.Papers)
		}
	}
	return out
}

func blocks(names ...FormBlock) []FormBlock { return names }
