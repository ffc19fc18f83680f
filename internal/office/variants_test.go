package office_test

import (
	"bytes"
	"image/png"
	"slices"
	"testing"

	"mynumber/internal/card"
	"mynumber/internal/civil"
	"mynumber/internal/demo"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
	"mynumber/internal/reader"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

// entered writes an event of the home life into the record and has it entered on the card.
func (d *desk) entered(t *testing.T, e register.Event, change func(*register.Person)) {
	t.Helper()
	d.happened(t, func(p *register.Person) {
		change(p)
		p.Events = append(p.Events, e)
	})
	told := visit(rules.Holder, rules.MyNumberCard, rules.ResidentNotice)
	told.Card.EntryFieldFull = procedure.No
	c, err := d.takeIn(t, sumida, rules.ChangeAtHome, told)
	if err != nil {
		t.Fatal(err)
	}
	d.finish(t, sumida, c)
}

// face reads the face with the Individual Number.
func (d *desk) face(t *testing.T) *reader.Face {
	t.Helper()
	var face *reader.Face
	d.withCard(t, func(c *reader.Client) {
		var err error
		if face, err = c.ReadFace(number("sato")); err != nil {
			t.Fatal(err)
		}
	})
	return face
}

// TestChipFollowsALife: one chip through the acts of a life in Japan and abroad, read back after each of them by desk.finish: entries,
// a former surname, the face-authentication card and back, continuing use abroad, the return.
func TestChipFollowsALife(t *testing.T) {
	t.Parallel()
	d := atHome(t)
	before := d.face(t)
	d.entered(t, register.Event{ID: "e2", Kind: string(rules.FormerSurname), At: demo.Sumida, Day: civil.Day(2026, 6, 1), Filed: civil.Day(2026, 6, 1)}, func(p *register.Person) {
		p.Name.FormerFamily = "旧佐"
	})
	after := d.face(t)
	if got := d.onChip(t, "name"); got != "佐藤［旧佐］光" {
		t.Errorf("CARD-013: the chip says %q", got)
	}
	if bytes.Equal(before.Name, after.Name) || bytes.Equal(before.Address, after.Address) || d.card(t).Entries != 1 {
		t.Error("CHG-001: an entry was written and the pictures are the old ones")
	}
	if !bytes.Equal(before.Photo, after.Photo) {
		t.Error("the photo changed with an entry")
	}
	t.Run("CARD-026 no PIN", func(t *testing.T) {
		c, err := d.takeIn(t, sumida, rules.SwitchToFaceAuth, holder(rules.MyNumberCard))
		if err != nil {
			t.Fatal(err)
		}
		d.finish(t, sumida, c)
		if !d.card(t).FaceAuth {
			t.Error("the card takes PINs")
		}
	})
	t.Run("CARD-030 and back", func(t *testing.T) {
		told := holder(rules.MyNumberCard)
		told.Visitor.Papers = append(told.Visitor.Papers, licence)
		told.Wish.NoSignature, told.Wish.NoUserAuth = procedure.No, procedure.No
		c, err := d.takeIn(t, sumida, rules.SwitchBack, told)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(c.PINs, card.ResidentRegisterPIN) {
			t.Errorf("PINs %v", c.PINs)
		}
		d.finish(t, sumida, c)
		if d.card(t).FaceAuth {
			t.Error("the card takes no PINs")
		}
	})
	t.Run("a card from before the registers keeps its photo", func(t *testing.T) { withoutApplication(t, d) })
	t.Run("CARD-011 continuing use", func(t *testing.T) { continuing(t, d) })
}

// continuing: the departure ahead stands on the chip from continuing use on.
func continuing(t *testing.T, d *desk) {
	d.happened(t, func(p *register.Person) {
		p.FamilyRegister.Departure = &register.Departure{Planned: civil.Day(2026, 6, 20), Notified: civil.Day(2026, 6, 1)}
		p.Residences[len(p.Residences)-1].To = civil.Day(2026, 6, 20)
		p.Events = append(p.Events, register.Event{ID: "e3", Kind: string(rules.Departure), At: demo.Sumida, Day: civil.Day(2026, 6, 20), Filed: civil.Day(2026, 6, 1)})
	})
	told := holder(rules.MyNumberCard)
	told.Wish.NoSignature, told.Wish.NoUserAuth, told.Card.EntryFieldFull = procedure.No, procedure.No, procedure.No
	guide, err := d.Consider(ctx, sumida, office.WindowRequest{PersonID: "sato", Procedure: rules.ContinueAbroad, Told: told})
	if err == nil {
		told.Visitor.Papers = enough(guide)
	}
	c, err := d.takeIn(t, sumida, rules.ContinueAbroad, told)
	if err != nil {
		t.Fatal(err)
	}
	d.finish(t, sumida, c)
	if got := d.onChip(t, "address"); got != "国外転出　令和８年６月２０日" {
		t.Errorf("CARD-011: the chip says %q", got)
	}
	if got := d.onChip(t, "name"); got != "佐藤　光" {
		t.Errorf("an overseas card shows no former surname: %q", got)
	}
	picture, err := png.Decode(bytes.NewReader(d.face(t).Address))
	if err != nil || picture.Bounds().Dx() != 480 || picture.Bounds().Dy() != 72 {
		t.Errorf("the picture of the address: %v, %v", picture.Bounds(), err)
	}
}

// withoutApplication: the photo of a card whose application these registers do not have is on its chip alone, and stays
// there when it is written.
func withoutApplication(t *testing.T, d *desk) {
	photo := d.face(t).Photo
	c := d.card(t)
	id := c.ID
	d.write(t, func(tx office.Tx) error {
		c.ApplicationID = ""
		return tx.PutCard(c)
	})
	told := holder(rules.MyNumberCard)
	told.Wish.RevokeSignature, told.Wish.RevokeUserAuth = procedure.Yes, procedure.No
	guide, err := d.Consider(ctx, sumida, office.WindowRequest{PersonID: "sato", Procedure: rules.RevokeByWish, Told: told})
	if err != nil {
		t.Fatal(err)
	}
	told.Visitor.Papers = enough(guide)
	k, err := d.takeIn(t, sumida, rules.RevokeByWish, told)
	if err != nil {
		t.Fatal(err)
	}
	d.finish(t, sumida, k)
	if got := d.face(t).Photo; !bytes.Equal(got, photo) || d.card(t).ID != id {
		t.Errorf("the photo on the chip was %d bytes, and is %d", len(photo), len(got))
	}
}

// dead: a card that was given back answers to nothing any more, its holder's PIN and the terminal's key included (CHG-029).
func (d *desk) dead(t *testing.T, cardID string) {
	t.Helper()
	inserted, err := d.cards.Insert(ctx, cardID)
	if err != nil {
		t.Fatal(err)
	}
	defer inserted.Close()
	for _, command := range [][]byte{{0, 0xA4, 4, 0x0C, 10, 0xD3, 0x92, 0xF0, 0, 0x26, 1, 0, 0, 0, 1}, {0, 0x20, 0, 0x80}, {0, 0xB0, 0, 0, 0}, {0, 0x84, 0, 0, 8}} {
		answer, err := inserted.Chip.Transmit(command)
		if err != nil || !bytes.Equal(answer, []byte{0x6F, 0x00}) {
			t.Errorf("% X: % X, %v", command, answer, err)
		}
	}
	if err := reader.NewTerminal(inserted.Chip, d.Rand).Authenticate(inserted.Key); err == nil {
		t.Error("the terminal opens the channel of a dead chip")
	}
}
