package rules

import (
	"fmt"

	"mynumber/internal/law"
)

// Making is what it means for a procedure that a new card comes of it.
type Making struct {
	Overseas bool // the card is one for people abroad
	Replaces bool // a card that is still good may be there, and ends when the new one is handed over
}

// MakesCard are the procedures of which a new card comes: their applications are filed, examined, produced and handed
// over. At a mission the renewal of certificates and a change of entries are among them (EXP-072, ABR-054); at the
// honseki municipality those two are done at the window.
var MakesCard = map[Procedure]Making{
	ApplyAtHome:             {},
	ApplyByOutreach:         {Replaces: true},
	ExpressIssue:            {Replaces: true},
	RenewCardAtHome:         {Replaces: true},
	ReissueAtHome:           {Replaces: true},
	ApplyAbroad:             {Overseas: true},
	RenewCardFromAbroad:     {Overseas: true, Replaces: true},
	ReissueAway:             {Overseas: true, Replaces: true},
	RenewCertificatesAway:   {Overseas: true, Replaces: true},
	ChangeEntriesFromAbroad: {Overseas: true, Replaces: true},
}

// Keeping is how many days the post office keeps what it could not deliver, counted from the day of the notice as day 0.
type Keeping struct{ PersonalMail, RegisteredMail int }

// PostKeeping: the municipalities' pages say that there is a limit and that it stands on the notice (PICK-044, PICK-049),
// and number no day. Ten and seven are the post office's own for 本人限定受取 and for registered mail.
var PostKeeping = law.Table[Keeping]{
	{From: cards, Cite: japanPost.At("保管期間", "PICK-044", "PICK-049"), Rule: Keeping{PersonalMail: 10, RegisteredMail: 7}},
}

func postTables() []Entry {
	return []Entry{entry("PostKeeping", "郵便局の保管期間", &PostKeeping, sayKeeping)}
}

func sayKeeping(k Keeping) []string {
	return []string{
		fmt.Sprintf("本人限定受取郵便は、到着通知書を届けた日から%d日保管します。", k.PersonalMail),
		fmt.Sprintf("簡易書留は、不在連絡票を届けた日から%d日保管します。", k.RegisteredMail),
		"過ぎると住所地の市区町村に戻ります。",
	}
}

// EntryEvents are what changes an entry of the card, so that one made for the old entries is not posted (APP-031, PICK-050).
var EntryEvents = map[EventKind]bool{MoveIn: true, MoveWithin: true, ReturnToJapan: true, Departure: true, NameChange: true, FormerSurname: true, BirthOrSexChange: true, NumberChanged: true}
