package web

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/verification"
)

// What a relying party is shown: a certificate, a signed file or a signed PDF, judged step by step. Nothing that is sent here is kept.

var verifyTitle = law.Text{Ja: "電子証明書・署名を検証する", En: "Verify a certificate or a signature"}

// verifyView is the page.
type verifyView struct {
	Fields  inputs
	Faults  []input
	Verdict *verdictView
}

// verdictView is a verdict as it is shown; a PDF has one for each signature below its own.
type verdictView struct {
	verification.Verdict
	Title      law.Text
	Lines      []checkLine
	Holder     []factLine
	Facts      []factLine
	Signatures []verdictView
}

// checkLine is one step.
type checkLine struct {
	Name, Text law.Text
	Outcome    verification.Outcome
	Detail     string
}

// factLine is one fact with its name; Parts cut a text where characters stand for others.
type factLine struct {
	Name  law.Text
	Value string
	Parts []markedPart
}

// markedPart is a run of characters, marked when they are substitutes (代替文字).
type markedPart struct {
	Text   string
	Marked bool
}

var revocationChoices = []option{
	{Value: string(verification.FromOCSP), Label: law.Text{Ja: "今の状態を問い合わせる(OCSP)", En: "Ask for the state of now (OCSP)"}},
	{Value: string(verification.FromList), Label: law.Text{Ja: "失効リストで調べる(最大1日遅れ)", En: "Look at the revocation list, up to a day behind"}},
	{Value: string(verification.NotAsked), Label: law.Text{Ja: "失効は調べない", En: "Do not ask about revocation"}},
}

func verifyInputs(r *http.Request) inputs {
	source := input{Name: "revocation", Kind: "choice", Label: law.Text{Ja: "失効の調べ方", En: "How to hear of revocation"}}
	chosen := r.PostFormValue("revocation")
	for i, o := range revocationChoices {
		o.Chosen = o.Value == chosen || chosen == "" && i == 0
		source.Options = append(source.Options, o)
	}
	return inputs{
		{Name: "file", Kind: "file", Required: true, Label: law.Text{Ja: "ファイル", En: "File"},
			Hint: law.Text{Ja: "電子証明書(.cer、.pem)、署名されたPDF、または署名の元のファイル。12MBまで。", En: "A certificate (.cer, .pem), a signed PDF, or the file that was signed; up to 12 MB."}},
		{Name: "signature", Kind: "file", Accept: ".p7s,.p7m,application/pkcs7-signature", Label: law.Text{Ja: "署名ファイル(.p7s)", En: "Signature file (.p7s)"},
			Hint: law.Text{Ja: "署名が別のファイルになっているときだけ選びます。", En: "Only where the signature is a file of its own."}},
		source,
		{Name: "at", Kind: "clock", Value: r.PostFormValue("at"), Label: law.Text{Ja: "判定する時点(日本時間)", En: "Instant to be judged (Japan time)"},
			Hint: law.Text{Ja: "空欄なら現在。過去の時点に署名があったことは、ここでは証明されません。", En: "Leave it empty for now. That the signature existed at an instant in the past is not proven here."}},
		{Name: "card_only", Kind: "box", Value: r.PostFormValue("card_only"), Label: law.Text{Ja: "スマートフォンの電子証明書は受け付けない", En: "Do not take certificates of phones"}},
	}
}

func (p *pages) verifyForm(w http.ResponseWriter, r *http.Request) {
	p.show(w, r, http.StatusOK, "verify", verifyTitle, verifyView{Fields: verifyInputs(r)})
}

// verify judges what was sent.
func (p *pages) verify(w http.ResponseWriter, r *http.Request) {
	files, err := receive(r)
	if err != nil {
		p.failBack(w, r, err, "/verify")
		return
	}
	view := verifyView{Fields: verifyInputs(r)}
	v, err := p.judge(r, files)
	var invalid *office.Invalid
	switch {
	case errors.Is(err, verification.ErrUnreadable):
		invalid = &office.Invalid{Field: "file", Text: law.Text{Ja: "証明書としても、PDFとしても読めません。署名ファイルがあるときは、下で選んでください。", En: "It cannot be read as a certificate or as a PDF. If there is a signature file, choose it below."}}
	case errors.Is(err, verification.ErrFuture):
		invalid = &office.Invalid{Field: "at", Text: law.Text{Ja: "これから来る時点は判定できません。", En: "An instant that has not come cannot be judged."}}
	case err != nil && !errors.As(err, &invalid):
		p.failBack(w, r, err, "/verify")
		return
	}
	status := http.StatusOK
	if invalid != nil {
		status = http.StatusUnprocessableEntity
		for i := range view.Fields {
			if view.Fields[i].Name == invalid.Field {
				view.Fields[i].Fault = invalid.Text
			}
		}
		view.Faults = view.Fields.Faults()
	} else {
		shown := showVerdict(v)
		view.Verdict = &shown
	}
	p.show(w, r, status, "verify", verifyTitle, view)
}

func (p *pages) judge(r *http.Request, files received) (verification.Verdict, error) {
	party := p.Office.Relying()
	party.CardOnly = r.PostFormValue("card_only") == "yes"
	switch verification.Source(r.PostFormValue("revocation")) {
	case verification.FromList:
		party.OCSP = nil
	case verification.NotAsked:
		party.Offline = true
	}
	if at := r.PostFormValue("at"); at != "" {
		var err error
		if party.At, err = time.ParseInLocation("2006-01-02T15:04", at, civil.JST); err != nil {
			return verification.Verdict{}, &office.Invalid{Field: "at", Text: law.Text{Ja: "日時として読めません。2025-10-28T10:00 のように書いてください。", En: "This cannot be read. Write it as 2025-10-28T10:00."}}
		}
	}
	file, large := files.content["file"], files.dropped["file"] > 0
	switch {
	case large:
		return verification.Verdict{}, &office.Invalid{Field: "file", Text: law.Text{Ja: "大きすぎます。12MBまでです。", En: "Too large; at most 12 MB."}}
	case file == nil:
		return verification.Verdict{}, &office.Invalid{Field: "file", Text: law.Text{Ja: "ファイルを選んでください。", En: "Choose a file."}}
	case files.content["signature"] != nil:
		return party.Signature(r.Context(), files.content["signature"], verification.DigestOf(file))
	case bytes.HasPrefix(file, []byte("%PDF-")):
		return party.PDF(r.Context(), file)
	}
	return party.Certificate(r.Context(), file)
}

var sexOfCertificate = map[string]law.Text{"male": {Ja: "男", En: "male"}, "female": {Ja: "女", En: "female"}, "other": {Ja: "その他・不明", En: "other or unknown"}}

// showVerdict sets a verdict out for the page.
func showVerdict(v verification.Verdict) verdictView {
	out := verdictView{Verdict: v}
	for n, s := range v.Signatures {
		one := showVerdict(s)
		one.Title = law.Text{Ja: "署名%d", En: "Signature %d"}.Format(n + 1)
		out.Signatures = append(out.Signatures, one)
	}
	for _, c := range v.Steps {
		out.Lines = append(out.Lines, checkLine{c.Step.Name(), c.Text, c.Outcome, c.Detail})
	}
	fact := func(list *[]factLine, ja, en, value string) {
		*list = append(*list, factLine{Name: law.Text{Ja: ja, En: en}, Value: value})
	}
	if h := v.Holder; h != nil {
		sex := sexOfCertificate[h.Sex]
		out.Holder = append(out.Holder, factLine{Name: law.Text{Ja: "氏名", En: "Name"}, Parts: marked(h.Name, h.NameSubstitutes)})
		fact(&out.Holder, "生年月日", "Date of birth", h.Birth.Japanese()+" ("+h.Birth.String()+")")
		fact(&out.Holder, "性別", "Sex", sex.Ja+" / "+sex.En)
		out.Holder = append(out.Holder, factLine{Name: law.Text{Ja: "住所", En: "Address"}, Parts: marked(h.Address, h.AddressSubstitutes)})
	}
	if r := v.Revocation; r != nil && r.Source != verification.NotAsked {
		age := (time.Duration(r.AgeSeconds) * time.Second).String()
		fact(&out.Facts, "失効の情報源", "Word on revocation", string(r.Source)+" — "+r.State)
		fact(&out.Facts, "情報の時点", "As of", second(r.AsOf)+" ("+age+")")
		if !r.RevokedAt.IsZero() {
			fact(&out.Facts, "失効した時", "Revoked at", second(r.RevokedAt)+" ("+r.ReasonText+")")
		}
	}
	if r := v.AuthorityRevocation; r != nil {
		age := (time.Duration(r.AgeSeconds) * time.Second).String()
		fact(&out.Facts, "認証局失効リスト", "List of the authority's own certificates", fmt.Sprintf("No. %d — %s, %s (%s)", r.Number, r.State, second(r.AsOf), age))
		if !r.RevokedAt.IsZero() {
			fact(&out.Facts, "認証局の鍵が失効した時", "Authority's key withdrawn at", second(r.RevokedAt)+" ("+r.ReasonText+")")
		}
	}
	if c := v.Certificate; c != nil {
		fact(&out.Facts, "シリアル番号", "Serial number", c.Serial)
		fact(&out.Facts, "有効期間", "Valid", second(c.NotBefore)+" – "+second(c.NotAfter))
		fact(&out.Facts, "発行者の鍵", "Issuer's key", c.IssuerKey)
	}
	return out
}

// second is an instant to the second, for the last one of a period counts.
func second(t time.Time) string { return t.In(civil.JST).Format("2006-01-02 15:04:05 JST") }

// marked cuts a text into runs of characters that are substitutes and that are not; the flags are one 0 or 1 a character.
func marked(text, flags string) []markedPart {
	var out []markedPart
	for i, r := range []rune(text) {
		is := i < len(flags) && flags[i] == '1'
		if last := len(out) - 1; last >= 0 && out[last].Marked == is {
			out[last].Text += string(r)
			continue
		}
		out = append(out, markedPart{string(r), is})
	}
	return out
}

var signTitle = law.Text{Ja: "カードでファイルに署名する", En: "Sign a file with the card"}

// signView is the sandbox's page where a card signs a file.
type signView struct {
	Cards  []cardChoice
	Fields inputs
	Faults []input
}

func signInputs() inputs {
	return inputs{
		{Name: "file", Kind: "file", Required: true, Label: law.Text{Ja: "署名するファイル", En: "File to sign"},
			Hint: law.Text{Ja: "PDFには署名を埋め込みます。ほかのファイルには署名ファイル(.p7s)を作ります。12MBまで。", En: "A PDF is signed in itself; for any other file a signature (.p7s) is made. Up to 12 MB."}},
		{Name: "pin", Kind: "password", Required: true, Most: 16, Label: law.Text{Ja: "署名用電子証明書の暗証番号(No.1)", En: "PIN No.1, of the signature certificate"},
			Hint: law.Text{Ja: "英大文字と数字6〜16文字", En: "6 to 16 capital letters and digits"}},
	}
}

func (p *pages) signForm(w http.ResponseWriter, r *http.Request) {
	p.showSign(w, r, http.StatusOK, signInputs())
}

func (p *pages) showSign(w http.ResponseWriter, r *http.Request, status int, fields inputs) {
	view := signView{Fields: fields, Faults: fields.Faults()}
	cards, err := p.Sandbox.Cards()
	if err != nil {
		p.fail(w, r, err)
		return
	}
	for _, c := range cards {
		view.Cards = append(view.Cards, cardChoice{c, c.ID == r.PostFormValue("card")})
	}
	p.show(w, r, status, "sign", signTitle, view)
}

// sign lets the card sign the file, and gives back what it signed as a download.
func (p *pages) sign(w http.ResponseWriter, r *http.Request) {
	files, err := receive(r)
	if err != nil {
		p.failBack(w, r, err, "/sandbox/sign")
		return
	}
	fields := signInputs()
	file := files.content["file"]
	if file == nil {
		fields[0].Fault = law.Text{Ja: "12MBまでのファイルを選んでください。", En: "Choose a file of up to 12 MB."}
		p.showSign(w, r, http.StatusUnprocessableEntity, fields)
		return
	}
	signed, err := p.Sandbox.SignFile(r.Context(), r.PostFormValue("card"), r.PostFormValue("pin"), file)
	if wrong, ok := errors.AsType[*WrongPIN](err); ok {
		fields[1].Fault = law.Text{Ja: "暗証番号が違います。あと%d回間違えるとロックされます。", En: "Wrong PIN. %d more wrong entries lock it."}.Format(wrong.TriesLeft)
		if wrong.TriesLeft <= 0 {
			fields[1].Fault = law.Text{Ja: "暗証番号はロックされています。", En: "The PIN is locked."}
		}
		p.showSign(w, r, http.StatusUnprocessableEntity, fields)
		return
	}
	if errors.Is(err, ErrCannotSign) {
		fields[0].Fault = law.Text{Ja: "このPDFには署名できません(壊れている、暗号化されている、変更が禁止されているなど)。", En: "This PDF cannot be signed: it is damaged, encrypted, or closed to changes."}
		p.showSign(w, r, http.StatusUnprocessableEntity, fields)
		return
	}
	if err != nil {
		p.failBack(w, r, err, "/sandbox/sign")
		return
	}
	kind, name := "application/pkcs7-signature", "signature.p7s"
	if bytes.HasPrefix(file, []byte("%PDF-")) {
		kind, name = "application/pdf", "signed.pdf"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Write(signed)
}

// ErrCannotSign says that a PDF cannot be signed as it is.
var ErrCannotSign = errors.New("this PDF cannot be signed")
