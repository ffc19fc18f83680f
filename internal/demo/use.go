package demo

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"mynumber/internal/civil"
	"mynumber/internal/pki"
	"mynumber/internal/reader"
)

// loginAnswer is what the portal says.
type loginAnswer struct {
	Accepted bool   `json:"accepted"`
	Serial   string `json:"serial"`
	Checks   []struct {
		Step  string `json:"step"`
		OK    bool   `json:"ok"`
		Fault string `json:"fault"`
	} `json:"checks"`
}

// login puts a card into the reader and answers the portal's challenge.
func (p *Player) login(ctx context.Context, l *life, pin string) (loginAnswer, error) {
	var answer loginAnswer
	var challenge struct {
		ID    string `json:"id"`
		Nonce []byte `json:"nonce"`
	}
	if err := p.call(ctx, "", http.MethodPost, "/api/v1/portal/challenges", struct{}{}, &challenge); err != nil {
		return answer, err
	}
	der, signature, err := p.Sandbox.Sign(ctx, l.card, pin, challenge.Nonce)
	if err != nil {
		return answer, err
	}
	body := map[string]any{"id": challenge.ID, "certificate": der, "signature": signature}
	return answer, p.call(ctx, "", http.MethodPost, "/api/v1/portal/logins", body, &answer)
}

// triesLeft asks a card's chip.
func (p *Player) triesLeft(ctx context.Context, l *life) (int, error) {
	chip, done, err := p.Sandbox.Chips.Open(ctx, l.card)
	if err != nil {
		return 0, err
	}
	n, err := reader.NewClient(reader.Direct(chip)).TriesLeft(reader.AuthenticationPIN)
	return n, errors.Join(err, done())
}

// use: both log in; then three wrong PINs lock hers.
func (p *Player) use(ctx context.Context, sato, suzuki *life) error {
	left, err := p.triesLeft(ctx, sato)
	if err != nil {
		return err
	}
	for _, l := range []*life{sato, suzuki} {
		if l == sato && left < 3 {
			continue // this part was played before
		}
		answer, err := p.login(ctx, l, l.pins["user_authentication"])
		if err != nil {
			return fmt.Errorf("log in: %w", err)
		}
		if !answer.Accepted {
			return fmt.Errorf("log in: %+v", answer.Checks)
		}
		p.note("login", "カードでログイン(チップの署名、証明書の経路・日付、OCSPを確認)", "Logs in with the card: challenge signed by the chip, chain, dates and OCSP checked\n"+fmt.Sprintf("%30s rules: CERT-005 CERT-007 CERT-031", ""))
	}
	if err := p.keepSignature(ctx, sato); err != nil {
		return err
	}
	if err := p.signFiles(ctx, sato); err != nil {
		return err
	}
	for ; left > 0; left-- {
		_, err := p.login(ctx, sato, "0000")
		if err == nil {
			return errors.New("a wrong PIN logged in")
		}
		if got, err := p.triesLeft(ctx, sato); err != nil || got != left-1 {
			return fmt.Errorf("%d tries left after a wrong PIN, want %d: %w", got, left-1, err)
		}
		p.note("wrong_pin", fmt.Sprintf("暗証番号を間違えた(残り%d回)", left-1), fmt.Sprintf("A wrong PIN: %d tries left\n%30s rules: PIN-001 PIN-004 PIN-005", left-1, ""))
	}
	if _, err := p.login(ctx, sato, sato.pins["user_authentication"]); err == nil {
		return errors.New("a locked PIN logged in")
	}
	p.note("locked", "暗証番号がロックされ、正しい暗証番号でもログインできない", "The PIN is locked: the right one is refused too")
	return nil
}

// keepSignature lets her signature key sign a text, for openssl to check.
func (p *Player) keepSignature(ctx context.Context, l *life) (err error) {
	chip, done, err := p.Sandbox.Chips.Open(ctx, l.card)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	client := reader.NewClient(reader.Direct(chip))
	if err := client.VerifyPIN(reader.SignaturePIN, l.pins["signature"]); err != nil {
		return fmt.Errorf("verify the signature password: %w", err)
	}
	text := []byte("国外からの申請に署名します。\n")
	signer, signature, err := signMessage(client, reader.SignatureKey, text)
	if err != nil {
		return fmt.Errorf("sign: %w", err)
	}
	login, err := client.ReadCertificate(reader.AuthenticationKey)
	if err != nil {
		return fmt.Errorf("read the user authentication certificate: %w", err)
	}
	return p.keep(map[string][]byte{"text.txt": text, "text.sig": signature, "sign.cer": signer, "auth.cer": login})
}

// signFiles lets her sign the text and a printed form as files (CAdES, PAdES); what was signed before stays.
func (p *Player) signFiles(ctx context.Context, l *life) error {
	if _, err := p.kept(signedText); err == nil {
		return nil
	}
	text, err := p.kept("text.txt")
	if err != nil {
		return err
	}
	form, photo, err := Example(l.person)
	if err != nil {
		return err
	}
	var draft struct {
		Code string `json:"code"`
	}
	if err := p.call(ctx, "", http.MethodPost, "/api/v1/drafts", map[string]any{"form": form, "photo": photo}, &draft); err != nil {
		return fmt.Errorf("fill in a form to sign: %w", err)
	}
	var printed []byte
	if err := p.call(ctx, "", http.MethodGet, "/apply/"+draft.Code+"/form.pdf", nil, &printed); err != nil {
		return fmt.Errorf("print a form to sign: %w", err)
	}
	files := map[string][]byte{"form.pdf": printed}
	for out, content := range map[string][]byte{signedText: text, signedForm: printed} {
		if files[out], err = p.Sandbox.SignFile(ctx, l.card, l.pins["signature"], content); err != nil {
			return fmt.Errorf("sign %s: %w", out, err)
		}
	}
	p.note("sign", "カードの署名用電子証明書で、ファイルとPDFに署名", "Signs a file and a PDF with the card's signature key (CAdES, PAdES)\n"+fmt.Sprintf("%30s rules: CERT-005 CERT-007", ""))
	return p.keep(files)
}

// What signFiles leaves.
const (
	signedText = "text.txt.p7s"
	signedForm = "form.signed.pdf"
)

// lose: the card is lost on 2026-02-03 and stopped by the 24-hour line (LOSS-001, LOSS-003, LOSS-004).
func (p *Player) lose(ctx context.Context, sato, _ *life) error {
	lost := day(2026, 2, 3)
	if err := p.clock(ctx, lost, 23, 40); err != nil {
		return err
	}
	var found []struct {
		ID    string `json:"id"`
		State string `json:"state"`
	}
	if err := p.call(ctx, "stopline", http.MethodPost, "/api/v1/cards/search", map[string]string{"name": "さとう ひかり", "birth": "1988-05-17"}, &found); err != nil {
		return fmt.Errorf("search the card: %w", err)
	}
	for _, c := range found {
		if c.ID == sato.card && c.State == "active" {
			if err := p.status(ctx, "ocsp-before.der", pki.Status{State: pki.Good}); err != nil {
				return err
			}
		}
	}
	var r receipt
	if err := p.call(ctx, "stopline", http.MethodPost, "/api/v1/cards/"+sato.card+"/suspend", map[string]bool{"caller_is_holder": true}, &r); err != nil {
		return fmt.Errorf("suspend: %w", err)
	}
	p.say("suspend", r, "カードをなくし、24時間の窓口に電話して一時停止", "She loses the card and has it stopped by the 24-hour line")
	if err := p.status(ctx, "ocsp-after.der", pki.Status{State: pki.Revoked, Reason: pki.CertificateHold}); err != nil {
		return err
	}
	if civil.DateOf(p.Sandbox.Now()) == lost {
		if listed, err := p.list(ctx, false); err != nil || listed {
			return fmt.Errorf("today's list names the certificate: %v, %w", listed, err)
		}
		p.note("crl_today", "今日の失効リストにはまだ載らない", "Today's revocation list does not have it yet\n"+fmt.Sprintf("%30s rules: CERT-030 CERT-033", ""))
	}
	if err := p.clock(ctx, lost.AddDays(1), 9, 0); err != nil {
		return err
	}
	if listed, err := p.list(ctx, true); err != nil || !listed {
		return fmt.Errorf("the next day's list names the certificate: %v, %w", listed, err)
	}
	p.note("crl_next_day", "翌日の失効リストに載った(一時保留)", "The next day's list has it, as certificateHold\n"+fmt.Sprintf("%30s rules: CERT-030 CERT-032", ""))
	return nil
}
