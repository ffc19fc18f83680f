package demo

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"

	"mynumber/internal/application"
	"mynumber/internal/civil"
	"mynumber/internal/law"
)

//go:embed life/*.json life/*.jpg
var lifeFiles embed.FS

// Example is the filled form and the photo of one of the invented people.
func Example(person string) (application.RawForm, []byte, error) {
	text, err := lifeFiles.ReadFile("life/" + person + ".json")
	if err != nil {
		return nil, nil, fmt.Errorf("read the form: %w", err)
	}
	var form application.RawForm
	if err := json.Unmarshal(text, &form); err != nil {
		return nil, nil, fmt.Errorf("read the form: %w", err)
	}
	photo, err := lifeFiles.ReadFile("life/" + person + ".jpg")
	if err != nil {
		return nil, nil, fmt.Errorf("read the photo: %w", err)
	}
	return form, photo, nil
}

// life is one life to play.
type life struct {
	person  string
	mail    string
	proxy   bool // somebody else hands the application in; the PINs come from the sealed form
	oldCard bool
	pins    map[string]string
	id      string // key of the application, once filed
	card    string
}

var pins = map[string]string{"signature": "HIKARI2026", "user_authentication": "2580", "resident_register": "1470", "input_support": "3690"}

// state is what the API shows of a case.
type state struct {
	Application struct {
		ID            string `json:"id"`
		State         string `json:"state"`
		ApplicationID string `json:"application_id"`
		CardID        string `json:"card"`
		SealedForm    string `json:"sealed_form"`
	} `json:"application"`
	FeeText  law.Text       `json:"fee_text"`
	FeeRules []law.Citation `json:"fee_rules"`
	Card     struct {
		State string         `json:"state"`
		Until civil.Date     `json:"until"`
		Rules []law.Citation `json:"rules"`
	} `json:"card"`
	CertificateRules []law.Citation `json:"certificate_rules"`
	Certificates     []struct {
		Kind   string     `json:"kind"`
		Serial string     `json:"serial"`
		State  string     `json:"state"`
		Until  civil.Date `json:"until"`
	} `json:"certificates"`
}

// Play lives both lives from the application to the lost card, and leaves the files named at the end. The error says which
// check did not hold.
func (p *Player) Play(ctx context.Context) error {
	if err := os.MkdirAll(p.Files, 0o700); err != nil {
		return fmt.Errorf("make the folder of the life's files: %w", err)
	}
	sato, suzuki := lives()
	if err := p.live(ctx, sato, suzuki, p.apply, p.honseki, p.make, p.pickup, p.use, p.lose); err != nil {
		return err
	}
	return p.leave(ctx, sato)
}

// lives are the two that are played.
func lives() (sato, suzuki *life) {
	return &life{person: "sato", mail: "hikari.sato@example.com", oldCard: true, pins: pins}, &life{person: "suzuki", mail: "kaito.suzuki@example.com", proxy: true, pins: pins}
}

// live plays chapters of both lives, one after the other.
func (p *Player) live(ctx context.Context, sato, suzuki *life, chapters ...func(_ context.Context, sato, suzuki *life) error) error {
	for _, chapter := range chapters {
		if err := chapter(ctx, sato, suzuki); err != nil {
			return err
		}
	}
	return nil
}

// look is the case as an office sees it.
func (p *Player) look(ctx context.Context, account, id string) (state, error) {
	var s state
	return s, p.call(ctx, account, http.MethodGet, "/api/v1/applications/"+id, nil, &s)
}

// apply: 2025-10-28 at Sumida (TL-001).
func (p *Player) apply(ctx context.Context, sato, suzuki *life) error {
	if err := p.clock(ctx, day(2025, 10, 28), 10, 0); err != nil {
		return err
	}
	err := p.call(ctx, "", http.MethodPost, "/api/v1/online-applications", struct{}{}, nil)
	if err := p.refused(err, "online_not_available", "オンライン申請", "applying online from abroad"); err != nil {
		return err
	}
	for _, l := range []*life{sato, suzuki} {
		if err := p.file(ctx, l); err != nil {
			return err
		}
		err := p.call(ctx, "niigata", http.MethodGet, "/api/v1/applications/"+l.id, nil, nil)
		var problem *Problem
		if !errors.As(err, &problem) || problem.Status != http.StatusNotFound {
			return fmt.Errorf("an office without a part in the case: got %v, want not found", err)
		}
		if err := p.act(ctx, "sumida", l.id, "forward", nil, "墨田区が申請書を本籍地の八戸市に送付", "Sumida sends the papers to Hachinohe, the honseki"); err != nil {
			return err
		}
	}
	return nil
}

// file hands the form, the photo and the sealed PIN form in.
func (p *Player) file(ctx context.Context, l *life) error {
	form, photo, err := Example(l.person)
	if err != nil {
		return err
	}
	request := map[string]any{"request_key": "life-" + l.person, "form": form, "photo": photo, "channel": "visit", "by_proxy": l.proxy, "sealed_form": true, "old_card_seen": l.oldCard}
	var filed struct {
		Application struct {
			ID string `json:"id"`
		} `json:"application"`
		Receipt receipt `json:"receipt"`
	}
	if err := p.call(ctx, "sumida", http.MethodPost, "/api/v1/applications", request, &filed); err != nil {
		return fmt.Errorf("file: %w", err)
	}
	l.id = filed.Application.ID
	who := map[bool]string{false: "本人", true: "代理人(暗証番号設定依頼書は封入)"}[l.proxy]
	p.say("file", filed.Receipt, fmt.Sprintf("墨田区が申請書を受付(%s)", who), fmt.Sprintf("Sumida takes the application of %s in, with the sealed PIN form", l.person))
	return nil
}

// honseki: the defect of 2025-11-11, acceptance on 2025-11-15 (TL-002, TL-003).
func (p *Player) honseki(ctx context.Context, sato, suzuki *life) error {
	if err := p.clock(ctx, day(2025, 11, 11), 10, 0); err != nil {
		return err
	}
	for _, l := range []*life{sato, suzuki} {
		if err := p.act(ctx, "hachinohe", l.id, "receive-papers", nil, "八戸市に申請書が到着", "The papers arrive at Hachinohe"); err != nil {
			return err
		}
		if err := p.identify(ctx, l); err != nil {
			return err
		}
	}
	if err := p.defect(ctx, sato); err != nil {
		return err
	}
	if err := p.clock(ctx, day(2025, 11, 15), 10, 0); err != nil {
		return err
	}
	for _, l := range []*life{sato, suzuki} {
		if s, err := p.look(ctx, "hachinohe", l.id); err != nil {
			return err
		} else if s.Application.State == "received" {
			err := p.call(ctx, "production", http.MethodPost, "/api/v1/applications/"+l.id+"/produce", struct{}{}, nil)
			if err := p.refused(err, "not_accepted", "受理前の製造", "production before acceptance"); err != nil {
				return err
			}
		}
		if err := p.act(ctx, "hachinohe", l.id, "accept", nil, "八戸市が受理し、申請書IDをメールで通知", "Hachinohe accepts and mails the application ID"); err != nil {
			return err
		}
		s, err := p.look(ctx, "hachinohe", l.id)
		if err != nil {
			return err
		}
		m, ok, err := p.mailed(l.mail, "申請書ID")
		if err != nil {
			return err
		}
		if len(s.Application.ApplicationID) != 23 || !ok {
			return fmt.Errorf("application ID of %d digits, mailed: %v", len(s.Application.ApplicationID), ok)
		}
		p.note("mail", "メール: "+m.Subject, "23 digits, delivered as "+m.ID+".eml")
	}
	return nil
}

// identify finds the person by the supplementary family register.
func (p *Player) identify(ctx context.Context, l *life) error {
	var found []struct {
		Person string `json:"person"`
	}
	if err := p.call(ctx, "hachinohe", http.MethodGet, "/api/v1/applications/"+l.id+"/candidates", nil, &found); err != nil {
		return fmt.Errorf("candidates: %w", err)
	}
	if len(found) != 1 || found[0].Person != l.person {
		return fmt.Errorf("found %v in the supplementary family register, want %s alone", found, l.person)
	}
	return p.act(ctx, "hachinohe", l.id, "identify", map[string]string{"person": found[0].Person}, "八戸市が戸籍の附票で本人を特定", "Hachinohe identifies the person by the supplementary family register")
}

// defect: the form has the day of the flight for the planned departure of the notification; she is asked and answers.
func (p *Player) defect(ctx context.Context, l *life) error {
	m, asked, err := p.mailed(l.mail, "確認のお願い")
	if err != nil {
		return err
	}
	if !asked {
		question := map[string]any{"fields": []string{"planned_departure"}, "note": "国外転出(予定)日が戸籍の附票の記録と異なります。転出届に書いた予定日を確認してください。"}
		if err := p.act(ctx, "hachinohe", l.id, "ask-back", question, "八戸市が不備をメールで照会", "Hachinohe asks back about a defect by mail"); err != nil {
			return err
		}
		if m, asked, err = p.mailed(l.mail, "確認のお願い"); err != nil || !asked {
			return fmt.Errorf("the defect inquiry was not delivered: %w", err)
		}
	}
	s, err := p.look(ctx, "hachinohe", l.id)
	if err != nil || s.Application.State != "defective" {
		return err
	}
	secret, err := link(m, "/correct/")
	if err != nil {
		return err
	}
	var r receipt
	if err := p.call(ctx, "", http.MethodPost, "/api/v1/corrections/"+secret, map[string]any{"form": map[string]string{"planned_departure": "令和4年3月31日"}}, &r); err != nil {
		return fmt.Errorf("correct: %w", err)
	}
	p.say("correct", r, "佐藤さんがリンクから訂正を回答", "She corrects it through the link")
	return nil
}

// make: made on 2025-11-20, sent on 2025-11-21 (TL-004), announced on 2025-12-05 (TL-005).
func (p *Player) make(ctx context.Context, sato, suzuki *life) error {
	both := []*life{sato, suzuki}
	if err := p.clock(ctx, day(2025, 11, 20), 10, 0); err != nil {
		return err
	}
	for _, l := range both {
		if err := p.act(ctx, "production", l.id, "produce", nil, "機構がカードを製造(鍵はチップの中で生成、電子証明書2枚を発行)", "The issuer makes the card: keys on the chip, two certificates issued"); err != nil {
			return err
		}
	}
	if err := p.clock(ctx, day(2025, 11, 21), 10, 0); err != nil {
		return err
	}
	for _, l := range both {
		if err := p.act(ctx, "production", l.id, "dispatch", nil, "機構が墨田区へ発送", "The issuer sends the card to Sumida"); err != nil {
			return err
		}
	}
	if s, err := p.look(ctx, "sumida", sato.id); err != nil {
		return err
	} else if s.Application.State == "in_transit" {
		err := p.call(ctx, "sumida", http.MethodPost, "/api/v1/applications/"+sato.id+"/hand-over", map[string]bool{"receipt_signed": true}, nil)
		if err := p.refused(err, "card_not_arrived", "到着前の交付", "hand-over before arrival"); err != nil {
			return err
		}
	}
	if err := p.clock(ctx, day(2025, 12, 5), 10, 0); err != nil {
		return err
	}
	for _, l := range both {
		if err := p.act(ctx, "sumida", l.id, "announce", nil, "墨田区にカードが到着し、受取りの案内をメールで送付", "The card is at Sumida; the mail to collect it goes out"); err != nil {
			return err
		}
		if err := p.reserve(ctx, l); err != nil {
			return err
		}
	}
	return nil
}

// reserve books 2026-01-16 through the mailed link.
func (p *Player) reserve(ctx context.Context, l *life) error {
	m, ok, err := p.mailed(l.mail, "受取りのご案内")
	if err != nil || !ok {
		return fmt.Errorf("the mail to collect the card was not delivered: %w", err)
	}
	secret, err := link(m, "/reserve/")
	if err != nil {
		return err
	}
	s, err := p.look(ctx, "sumida", l.id)
	if err != nil || s.Application.State == "handed_over" {
		return err
	}
	var r receipt
	if err := p.call(ctx, "", http.MethodPost, "/api/v1/reservations/"+secret, map[string]string{"day": "2026-01-16", "time": "10:30"}, &r); err != nil {
		return fmt.Errorf("reserve: %w", err)
	}
	p.say("reserve", r, "2026年1月16日 10:30 を予約(項目は「電子証明書更新の予約」)", "Books 16 January 2026, 10:30, under the item certificate renewal")
	return nil
}

// pickup: 2026-01-16 at Sumida (TL-006).
func (p *Player) pickup(ctx context.Context, sato, suzuki *life) error {
	if err := p.clock(ctx, day(2026, 1, 16), 10, 30); err != nil {
		return err
	}
	for _, l := range []*life{sato, suzuki} {
		s, err := p.look(ctx, "sumida", l.id)
		if err != nil {
			return err
		}
		if s.Application.State == "ready_for_pickup" {
			if err := p.window(ctx, l); err != nil {
				return err
			}
			if s, err = p.look(ctx, "sumida", l.id); err != nil {
				return err
			}
		}
		if s.Application.State != "handed_over" || s.Card.State == "" {
			return fmt.Errorf("the application of %s is %s after the hand-over", l.person, s.Application.State)
		}
		l.card = s.Application.CardID
		p.say("card", receipt{Rules: s.Card.Rules}, fmt.Sprintf("カードの有効期限 %s", s.Card.Until.Japanese()), fmt.Sprintf("Card good until %s", s.Card.Until))
		for _, c := range s.Certificates {
			p.say("certificate", receipt{Rules: s.CertificateRules}, fmt.Sprintf("電子証明書(%s)の有効期限 %s", c.Kind, c.Until.Japanese()), fmt.Sprintf("Certificate %s good until %s", c.Serial, c.Until))
		}
	}
	return nil
}

// window is what happens at the pickup window.
func (p *Player) window(ctx context.Context, l *life) error {
	born := map[string]string{"sato": "1988-05-17", "suzuki": "1994-11-03"}[l.person]
	name := map[string]string{"sato": "SATO HIKARI", "suzuki": "SUZUKI KAITO"}[l.person]
	papers := []map[string]string{{"kind": "passport", "until": "2030-03-01"}, {"kind": "driving_licence", "until": "2027-06-17"}}
	seen := map[string]any{"visitor": "voluntary_proxy", "papers": papers, "passport_name": name, "passport_birth": born, "old_card": l.oldCard}
	err := p.call(ctx, "sumida", http.MethodPost, "/api/v1/applications/"+l.id+"/check-identity", seen, nil)
	if err := p.refused(err, "proxy_never", "代理人の受取り", "pickup by a proxy"); err != nil {
		return err
	}
	seen["visitor"] = "holder"
	if err := p.act(ctx, "sumida", l.id, "check-identity", seen, "墨田区が旅券と運転免許証を確認", "Sumida checks passport and driving licence"); err != nil {
		return err
	}
	s, err := p.look(ctx, "sumida", l.id)
	if err != nil {
		return err
	}
	p.say("fee", receipt{Rules: s.FeeRules}, "手数料 "+s.FeeText.Ja, "Fee: "+s.FeeText.En)
	if s.Application.SealedForm == "opened" {
		return p.act(ctx, "sumida", l.id, "hand-over", map[string]bool{"receipt_signed": true}, "受領書に署名し、カードを交付", "The receipt is signed and the card handed over")
	}
	if l.proxy {
		opened := map[string]any{"holder_present": true, "pins": l.pins}
		if err := p.act(ctx, "sumida", l.id, "open-sealed-form", opened, "本人の前で暗証番号設定依頼書を開封し、4つの暗証番号を設定して廃棄", "The sealed form is opened in the holder's presence, the four PINs are set, the form destroyed"); err != nil {
			return err
		}
	} else if err := p.typePINs(ctx, l); err != nil {
		return err
	}
	return p.act(ctx, "sumida", l.id, "hand-over", map[string]bool{"receipt_signed": true}, "受領書に署名し、カードを交付", "The receipt is signed and the card handed over")
}

// typePINs: the holder types the four PINs on the screen at the window.
func (p *Player) typePINs(ctx context.Context, l *life) error {
	var screen struct {
		Link string `json:"link"`
	}
	if err := p.call(ctx, "sumida", http.MethodPost, "/api/v1/applications/"+l.id+"/pin-screen", struct{}{}, &screen); err != nil {
		return fmt.Errorf("open the PIN screen: %w", err)
	}
	var r receipt
	if err := p.call(ctx, "", http.MethodPost, "/api/v1/pins/"+screen.Link, l.pins, &r); err != nil {
		return fmt.Errorf("set the PINs: %w", err)
	}
	p.say("set_pins", r, "本人が4つの暗証番号を入力(職員には見えない)", "The holder types the four PINs, out of the clerk's sight")
	return nil
}
