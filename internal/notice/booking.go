package notice

import "maps"

// Kinds of messages about a reservation. The catalogue has none of them: offices tell what they appointed, that the day is near,
// and that it cannot be kept (offices.md, OFF-033).
const (
	BookingReminder  Kind = "booking_reminder"  // the day before
	BookingDisplaced Kind = "booking_displaced" // the office closes at the booked time
	BookingCancelled Kind = "booking_cancelled"
	VisitBooked      Kind = "visit_booked" // a visit that is not the collection of a card
)

func init() { maps.Copy(texts, bookingTexts) }

var bookingTexts = map[Kind]text{
	BookingReminder: {"まもなくご予約の日時です / Your reservation is coming up",
		`{{.Day.Ja}} に{{.Office.Ja}}のご予約({{.Item.Ja}})があります。{{.Where.Ja}} にお越しください。{{if .Papers.Ja}}
お持ちいただくもの: {{.Papers.Ja}}{{end}}
ご都合が悪くなったときは、次のページで変更・取消しができます。
{{.Link}}`,
		`You are booked at {{.Office.En}} ({{.Item.En}}) for {{.Day.En}}. Please go to: {{.Where.En}}{{if .Papers.En}}
Bring: {{.Papers.En}}{{end}}
If you cannot come, move or cancel the booking here:
{{.Link}}`},
	BookingDisplaced: {"ご予約の変更のお願い / Your reservation has to be moved",
		`{{.Day.Ja}} のご予約({{.Item.Ja}})の日時に、{{.Office.Ja}}の窓口が閉まることになりました。申し訳ありません。
次のページで別の日時を選んでください。
{{.Link}}`,
		`The counter at {{.Office.En}} will be closed at the time you booked, {{.Day.En}} ({{.Item.En}}). We are sorry. Please choose another time here:
{{.Link}}`},
	BookingCancelled: {"ご予約を取り消しました / Your reservation was cancelled",
		`{{.Day.Ja}} の{{.Office.Ja}}のご予約({{.Item.Ja}})を取り消しました。`,
		`Your booking at {{.Office.En}} ({{.Item.En}}) for {{.Day.En}} was cancelled.`},
	VisitBooked: {"ご予約 / Your reservation",
		`{{.Day.Ja}} に{{.Office.Ja}}の予約({{.Item.Ja}})をお取りしました。{{.Where.Ja}} にお越しください。
変更・取消しは次のページでできます。
{{.Link}}`,
		`You are booked at {{.Office.En}} ({{.Item.En}}) for {{.Day.En}}. Please go to: {{.Where.En}}
Move or cancel the booking here:
{{.Link}}`},
}
