package demo

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"mynumber/internal/application"
	"mynumber/internal/batch"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/folder"
	"mynumber/internal/law"
	"mynumber/internal/notice"
	"mynumber/internal/office"
	"mynumber/internal/pki"
	"mynumber/internal/place"
	"mynumber/internal/reader"
	"mynumber/internal/web"
)

// Sandbox is the engineers' playground: the clock, the inbox and a reader in which holders' cards lie.
type Sandbox struct {
	Clock   *Clock
	Inbox   *Inbox
	Office  *office.Office
	Chips   *folder.Cards
	Batch   *batch.Batch
	Mail    *notice.Postman
	Pages   http.Handler // everything that is served, for HandOver
	Phones  string       // folder of the phones in software
	Readers *Readers     // for other programs' use; nil without
	away    atomic.Bool
	playing sync.Mutex // one life at a time
}

// HoldCeremony makes the next key of an authority, before invented witnesses.
func (s *Sandbox) HoldCeremony(ctx context.Context, kind certificate.Kind, algorithm string) error {
	of, err := pki.ParseAlgorithm(algorithm)
	if err != nil {
		return fmt.Errorf("hold a key ceremony: %w: %w", office.ErrNotFound, err)
	}
	_, _, err = s.Office.FoundKey(ctx, office.Console(place.Issuer), office.CeremonyRequest{
		Kind: kind, Algorithm: of, Program: "mynumber demo", Operator: "機構 花子", Witnesses: []string{"立会 一郎", "立会 二郎"}, Note: "サンドボックス / sandbox",
	})
	return err
}

// IssuerAway reports that the line to the issuer is cut.
func (s *Sandbox) IssuerAway() bool { return s.away.Load() }

// SetIssuerAway cuts it or brings it back.
func (s *Sandbox) SetIssuerAway(away bool) { s.away.Store(away) }

// Reach is what an office asks before it needs a signature (office.Office.Reach).
func (s *Sandbox) Reach(context.Context) error {
	if s.away.Load() {
		return errors.New("the line to the issuer is cut")
	}
	return nil
}

// Now is the sandbox's instant.
func (s *Sandbox) Now() time.Time { return s.Clock.Now() }

// SetClock moves the clock forward and works the new day off.
func (s *Sandbox) SetClock(ctx context.Context, at time.Time) error {
	if err := s.Clock.Set(ctx, at); err != nil {
		if errors.Is(err, ErrBackwards) {
			return &office.Invalid{Field: "clock", Text: law.Text{Ja: "時計は進めることしかできません。前の日から始めるには、新しいデータフォルダーで起動してください。", En: "The clock goes forward only; for an earlier day begin with a new data folder."}}
		}
		return err
	}
	return s.Batch.Day(ctx)
}

// Mails lists what was delivered, after what is waiting has gone out.
func (s *Sandbox) Mails() ([]web.Mail, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if _, err := s.Mail.Deliver(ctx); err != nil {
		return nil, err
	}
	return s.Inbox.Mails()
}

// Cards lists the cards that holders have in hand.
func (s *Sandbox) Cards() ([]web.SandboxCard, error) {
	var out []web.SandboxCard
	err := s.Office.Store.Read(context.Background(), func(tx office.Tx) error {
		out = nil
		for _, state := range []card.State{card.Active, card.Suspended} {
			cards, err := tx.CardsIn(state, 100)
			if err != nil {
				return err
			}
			for _, c := range cards {
				if _, err := os.Stat(s.Chips.File(c.ID)); errors.Is(err, fs.ErrNotExist) {
					continue // made before these registers: nobody has its chip
				}
				p, err := tx.Person(c.PersonID)
				if err != nil {
					return err
				}
				out = append(out, web.SandboxCard{ID: c.ID, Label: p.Name.Full(), State: string(c.State), Next: c.Chip == card.NextGeneration})
			}
		}
		return nil
	})
	return out, err
}

// Sign puts a card into the reader, verifies the PIN and lets the chip sign the challenge.
func (s *Sandbox) Sign(ctx context.Context, cardID, pin string, nonce []byte) (certificate, signature []byte, err error) {
	chip, done, err := hold(ctx, s.Chips, cardID)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, done()) }()
	client := reader.NewClient(reader.Direct(chip))
	err = client.VerifyPIN(reader.AuthenticationPIN, pin)
	var wrong *reader.WrongPIN
	switch {
	case errors.As(err, &wrong):
		return nil, nil, &web.WrongPIN{TriesLeft: wrong.TriesLeft}
	case errors.Is(err, reader.ErrBlocked):
		return nil, nil, &web.WrongPIN{}
	case err != nil:
		return nil, nil, fmt.Errorf("verify the PIN: %w", err)
	}
	return signMessage(client, reader.AuthenticationKey, nonce)
}

// Example is Ms Sato's form, filled in, and her photo.
func (s *Sandbox) Example() (application.RawForm, []byte, error) { return Example("sato") }

// Guide is how to play the life by hand, with the days of the one real case (timeline-example.md).
func (s *Sandbox) Guide() []web.GuideStep {
	step := func(d [3]int, account, path, ja, en string) web.GuideStep {
		g := web.GuideStep{Account: account, Path: path, Text: law.Text{Ja: ja, En: en}}
		if d != [3]int{} {
			g.Day = day(d[0], time.Month(d[1]), d[2])
		}
		return g
	}
	return []web.GuideStep{
		step([3]int{2025, 10, 28}, "", "/apply", "佐藤光さんになって申請書を作ります(上のボタンで、記入済みのものを作れます)。印刷用の申請書に申請書コードとQRコードが出ます。", "Be Hikari Sato and fill in the form, or take the filled-in one with the button above. The printed form carries a code and a QR code."),
		step([3]int{2025, 10, 28}, "sumida", "/office/new", "墨田区の窓口で、申請書コードから受け付けます。封をした暗証番号設定依頼書と、失効した旧カードを確認します。受け付けたら本籍地に送付します。", "At Sumida take the form in by its code, with the sealed PIN form and the void old card, and send it to the honseki municipality."),
		step([3]int{2025, 11, 11}, "hachinohe", "/office", "八戸市で申請書を受け取り、戸籍の附票で本人を特定し、不備を照会します。", "At Hachinohe receive the papers, find the person by the supplementary family register, and ask back about a defect."),
		step([3]int{2025, 11, 11}, "", "/sandbox", "受信箱のメールのリンクから、佐藤さんが回答します。", "Open the link in the mail in the inbox and answer as Ms Sato."),
		step([3]int{2025, 11, 15}, "hachinohe", "/office", "受理します。23桁の申請書IDがメールで届きます。", "Accept it. The 23-digit application ID goes out by mail."),
		step([3]int{2025, 11, 20}, "production", "/issuer", "機構でカードを作り、11月21日に発送します。", "At the issuer make the card, and send it on 21 November."),
		step([3]int{2025, 12, 5}, "sumida", "/office", "墨田区に届いたカードを受け取り、案内メールを送ります。", "At Sumida take the card in; the mail to collect it goes out."),
		step([3]int{2025, 12, 5}, "", "/sandbox", "案内メールのリンクから来庁の日時を予約します。", "Book a time through the link in that mail."),
		step([3]int{2026, 1, 16}, "sumida", "/office/visits", "その日の来庁者の一覧で、来庁を記録して番号を渡し、呼び出します。予約なしで来た方も受け付けられます。窓口ごとの決まりは「窓口ごとの決まり」(/offices)で見られます。", "On the list of the day note her arrival, give her a number and call it; take somebody in who came without a reservation. What each office decides itself stands at /offices."),
		step([3]int{2026, 1, 16}, "sumida", "/office", "旅券(SATO HIKARI、1988年5月17日)と運転免許証を確認し、本人が暗証番号を入力し、受領書に署名をもらって交付します。", "Check passport (SATO HIKARI, 17 May 1988) and licence, let the holder type the PINs, have the receipt signed and hand the card over."),
		step([3]int{}, "", "/portal", "カードでログインします。暗証番号を3回間違えるとロックされます。", "Log in with the card. Three wrong PINs lock it."),
		step([3]int{}, "", "/sandbox/sign", "カードの署名用電子証明書(暗証番号No.1)で、ファイルやPDFに署名します。できた署名を /verify で検証すると、確かめたことが一つずつ出ます。", "Sign a file or a PDF with the card and PIN No.1. Verify it at /verify: each step is shown."),
		step([3]int{}, "stopline", "/issuer", "カードをなくしたことにして、24時間窓口で一時停止します。ログインはすぐに断られ、翌日の失効リストに載ります。", "Lose the card: stop it at the 24-hour line. Logins are refused at once, and the next day's revocation list has it."),
		step([3]int{}, "hachinohe", "/office/people", "見つかったことにします。八戸市の窓口で佐藤光さん(1988-05-17)を探し、「一時停止の解除」を受け付けて完了します。電子証明書が新しくなります。墨田区で同じことをすると、断られて理由が出ます。", "It turns up. At Hachinohe find Hikari Sato (1988-05-17), lift the suspension and complete it: her certificates are new. At Sumida the same is refused, with the reason."),
		step([3]int{}, "taipei", "/office/people", "台北の窓口で、佐藤さんの暗証番号No.3の再設定を受け付けます。カードと封をした申請書は八戸市に送られ、そこで受領・再設定され、台北に戻って本人を待ちます。", "At Taipei take in a reset of her PIN No.3: card and sealed form travel to Hachinohe, are worked on there, and come back to wait for her."),
		step([3]int{}, "sumida", "/office/people", "墨田区で佐藤さんの「国外からの転入」を届け出て(本人の記録の「届出」)、14日以内に「帰国」の手続きでカードを書き換えます。待っていると、90日で失効します。時計を進めて確かめられます。", "At Sumida notify her return to Japan (on her record) and have the card rewritten. Wait, and after 90 days it lapses: move the clock and see."),
		step([3]int{}, "sumida", "/office/people", "機構との接続を切って(下の「機構との接続」)電子証明書の要る手続きを完了すると、カードは預かりになり、つないでから入力し直さずに完了できます。", "Cut the line to the issuer (below) and complete something that needs a certificate: the card is kept, and later it is completed without typing anything again."),
		step([3]int{}, "", "/sandbox/phone", "カードの電子証明書をスマートフォンに入れます(暗証番号No.1)。氏名を変えたり、カードを失効させたりすると、スマートフォンのものも失効します。", "Put certificates on a phone with the card and PIN No.1. Change the name, or end the card: what is on the phone ends too."),
		step([3]int{}, "", "/sandbox/readers", "カードを仮想カードリーダーに入れると、OpenSCなどの普通のプログラムから読めます。抜くまで、窓口では使えません。", "Put a card into the virtual reader, and ordinary programs such as OpenSC read it. Until it is out again no window has it."),
		step([3]int{}, "hachinohe", "/office/people", "電子証明書に書けない文字を試します。鈴木海斗さん(1994-11-03)の氏名変更を「髙﨑」で届け出ると、記録の「電子証明書での氏名・住所」に代替文字が印付きで出て、ほかの文字も選べます。電子証明書を作り直すと、検証のページにも代替文字であることが出ます。", "Try characters that certificates do not have: notify Kaito Suzuki's (1994-11-03) change of name to 髙﨑. His record shows, marked, what stands for them in the certificate, and lets another be chosen; whoever verifies his signature is told."),
		step([3]int{}, "sumida2", "/office/people", "窓口の誤り(別の人の届出を入れた、カードを取り違えて渡した)は、気づいた職員が「誤りを申し出る」で理由を書き、別の職員が確認して取り消します。何も消えません。", "An office's own error (somebody else's notification, a card handed to the wrong person): who finds it says why, a colleague confirms, and it is set right. Nothing is deleted."),
	}
}
