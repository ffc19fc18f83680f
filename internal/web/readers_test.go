package web_test

import (
	"errors"
	"net"
	"os"
	"slices"
	"strings"

	"mynumber/internal/card"
	"mynumber/internal/demo"
	"mynumber/internal/office"
)

// inReader puts the card into the virtual reader, where nobody else has it, and takes it out again. Nobody listens at the reader's address:
// a demo runs as well without pcscd.
func (l *lived) inReader() {
	l.t.Helper()
	l.says(l.get("", "/sandbox/readers", 200), "このデモにはリーダーがありません", "mynumber demo -vpcd")
	l.send("", "/sandbox/readers", form("act", "insert", "slot", "0", "card", l.card), 404)
	defer l.openReaders()()
	act := func(status int, pairs ...string) string {
		return l.send("", "/sandbox/readers", form(pairs...), status)
	}
	l.says(l.get("", "/sandbox/readers", 200), "opensc-tool -n", "カードを入れる", "contact")
	act(404, "act", "insert", "slot", "2", "card", l.card)
	act(404, "act", "insert", "slot", "x", "card", l.card)
	act(404, "act", "insert", "slot", "0", "card", "nosuchcard")
	act(404, "act", "eat", "slot", "0")
	l.says(act(422, "act", "remove", "slot", "0"), "カードが入っていません")
	l.says(act(422, "act", "swap"), "カードが入っていません")
	l.says(act(200, "act", "insert", "slot", "0", "card", l.card, "atr", "contact"), "pcscdを待っています", "スロット Slot 0 佐藤 光", "ATR: contact")
	l.says(act(422, "act", "insert", "slot", "0", "card", l.card), "先に抜いてください")
	l.says(act(409, "act", "insert", "slot", "1", "card", l.card), "別のカードリーダーに入っている")
	l.says(l.send("", "/portal", form("card", l.card, "pin", "2580"), 409), "別のカードリーダーに入っている")
	l.says(l.send("", "/sandbox/phone", form("card", l.card, "kind", "android", "action", "phone_certificates_lift", "pin", "HIKARI2026", "phone_signature", "PHONE2026"), 409), "別のカードリーダーに入っている")
	l.says(act(200, "act", "swap"), "スロット Slot 1 佐藤 光")
	l.says(act(422, "act", "remove", "slot", "0"), "カードが入っていません")
	act(200, "act", "remove", "slot", "1")
	l.says(l.send("", "/portal", form("card", l.card, "pin", "2580"), 200), "ログインしました")
}

// openReaders gives the sandbox a virtual reader until close.
func (l *lived) openReaders() (close func()) {
	l.t.Helper()
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		l.t.Fatal(err)
	}
	if l.sandbox.Readers, err = demo.OpenReaders(l.sandbox.Chips, nobody.Addr().String()); err != nil {
		l.t.Fatal(err)
	}
	return func() {
		l.sandbox.Readers.Close()
		l.sandbox.Readers = nil
		nobody.Close() // it took connections and asked nothing
	}
}

// phoneInReader puts the phone there: it is a chip like the card's.
func (l *lived) phoneInReader() {
	l.t.Helper()
	defer l.openReaders()()
	l.says(l.get("", "/sandbox/readers", 200), "Android · 佐藤 光")
	l.says(l.send("", "/sandbox/readers", form("act", "insert", "slot", "0", "card", "android-"+l.card), 200), "スロット Slot 0 Android · 佐藤 光")
	l.says(l.send("", "/sandbox/phone", form("card", l.card, "kind", "android", "action", "phone_certificates_revoke", "phone_signature", "PHONE2026"), 409), "別のカードリーダーに入っている")
	l.says(l.send("", "/portal", form("card", l.card, "pin", "2580"), 200), "ログインしました")
}

// deskReader is the page of a clerk's own reader. This house has no door for agents, so that no code fits; a whole pairing is
// card-agent.txt in cmd/mynumber.
func (l *lived) deskReader() {
	l.t.Helper()
	l.get("", "/office/reader", 403)
	l.says(l.get("sumida", "/office/reader", 200), "この端末には、カードリーダーがつながっていません", "mynumber card agent -server", "-card "+l.card[:8])
	l.says(l.send("sumida", "/office/reader", form("act", "pair", "code", "ABCD-2345"), 409), "この番号を表示しているカードリーダーはありません")
	l.says(l.send("sumida", "/office/reader", form("act", "release"), 200), "つながっていません")
	l.send("sumida", "/office/reader", form("act", "eat"), 404)
	l.says(l.get("sumida", "/office", 200), "カードリーダー")
}

// owedChips are the pages of chips that could not be erased (LOSS-031): two cards came back and lie in somebody's reader.
func (h *house) owedChips() {
	h.t.Helper()
	ctx := h.t.Context()
	var ids []string
	if err := h.office.Store.Write(ctx, func(tx office.Tx) error {
		ids = nil
		cards, err := tx.CardsIn(card.Active, 10)
		for _, c := range cards {
			ids = append(ids, c.ID)
			err = errors.Join(err, tx.OweChip(c.ID, demo.Sumida, h.office.Clock()))
		}
		return err
	}); err != nil || len(ids) == 0 {
		h.t.Fatalf("%d cards, %v", len(ids), err)
	}
	id := ids[slices.IndexFunc(ids, func(c string) bool { _, err := os.Stat(h.sandbox.Chips.File(c)); return err == nil })]
	h.says(h.get("sumida", "/office", 200), "ICチップをまだ消去できていない")
	h.says(h.get("sumida", "/office/chips", 200), "まだ試していません", id[:8], "鈴木")
	h.get("production", "/office/chips", 200)
	h.get("", "/office/chips", 403)
	h.get("post", "/office/chips", 403)
	_, free, err := h.sandbox.Chips.Lend(ctx, id)
	if err != nil {
		h.t.Fatal(err)
	}
	h.says(h.send("sumida", "/office/chips/"+id+"/end", nil, 409), "次にできること", "別のカードリーダー")
	h.says(h.get("sumida", "/office/chips", 200), "別のカードリーダー")
	if err := free(); err != nil {
		h.t.Fatal(err)
	}
	h.send("niigata", "/office/chips/"+id+"/end", nil, 404)
	h.send("sumida", "/office/chips/"+id+"/eat", nil, 404)
	h.says(h.send("sumida", "/office/chips/"+id+"/end", nil, 200), "ICチップを消去する", "完了しました")
	for _, c := range ids {
		h.send("sumida", "/office/chips/"+c+"/cut", nil, 200)
	}
	h.says(h.get("sumida", "/office/chips", 200), "消去待ちのカードはありません")
	if strings.Contains(h.get("sumida", "/office", 200), "owed-chips") {
		h.t.Error("the desk still speaks of chips")
	}
}
