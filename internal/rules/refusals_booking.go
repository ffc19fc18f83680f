package rules

import "mynumber/internal/law"

// bookingRefusals are those about a reservation and the visitors of the day. What offices publish ends with the reservation
// itself; how a visit goes on is ours (pickup.md, Silent), under the rules of the cities that serve by reservation.
var bookingRefusals = map[string]law.Refusal{
	"reservation_required": easily(no(
		"この窓口は完全予約制です。予約のない方は受け付けられません。", "This counter serves by reservation only.",
		"空いている日時を予約してください。", "Book one of the free times.", niigata.At("予約センターでの受取予約", "PICK-007", "OFF-001", "APP-027")),
		"この 窓口(まどぐち)は 予約(よやく)した 人(ひと)だけです。", "空(あ)いている 日(ひ)と 時間(じかん)を 予約(よやく)して ください。"),
	"reservation_not_taken": easily(no(
		"この手続きは予約なしで受け付けます。", "No reservations are taken for this.",
		"開いている時間に、そのまま窓口に来てください。", "Come to the counter while it is open.", niigata.At("取扱窓口・受付日時", "OFF-002", "CON-017")),
		"この 手続(てつづ)きに 予約(よやく)は いりません。", "窓口(まどぐち)が 開(あ)いている 時間(じかん)に 来(き)て ください。"),
	"reservation_elsewhere": easily(no(
		"この窓口の予約は、オンラインでは受け付けていません。", "This office takes no reservations online.",
		"窓口に電話するか、窓口で予約してください。", "Telephone the office, or book at its counter.", niigata.At("カード受取日時の予約方法", "PICK-009", "OFF-036", "APP-029")),
		"この 予約(よやく)は インターネットでは できません。", "電話(でんわ)か 窓口(まどぐち)で 予約(よやく)して ください。"),
	"counter_cannot": easily(no(
		"この窓口では、その手続きを行っていません。", "This counter does not do that procedure.",
		"別の窓口を選んでください。", "Choose another counter.", niigata.At("受取窓口の種類", "PICK-003", "PICK-004", "OFF-016")),
		"この 窓口(まどぐち)では できません。", "ほかの 窓口(まどぐち)を 選(えら)んで ください。"),
	"counter_closed": easily(no(
		"今日、この窓口は開いていません。", "This counter is not open today.",
		"開庁日を確かめてください。", "Look when it is open.", niigata.At("受取窓口の種類", "OFF-031", "OFF-032")),
		"今日(きょう) この 窓口(まどぐち)は 休(やす)みです。", "開(あ)いている 日(ひ)を 見(み)て ください。"),
	"office_zone_unknown": easily(no(
		"この窓口の現地時間が分からないため、日時の予約はできません。", "The office's local time is not known, so that no time can be booked.",
		"窓口に直接連絡してください。窓口の方は、方針ファイルに時間帯(zone)を書いてください。", "Contact the office. Its staff put the time zone (zone) into its policy.", konan.At("受取場所", "CON-017", "PICK-070")),
		"この 窓口(まどぐち)の 時間(じかん)が わかりません。予約(よやく)できません。", "窓口(まどぐち)に 連絡(れんらく)して ください。"),
	"wrong_day": no(
		"今日の予約ではありません(%s)。", "The reservation is not for today but for %s.",
		"その日にお越しいただくか、予約を変更してください。", "Come on that day, or have the booking moved.", niigata.At("予約センターでの受取予約", "PICK-007")),
	"visitor_is_here": no(
		"もう来庁していて、順番を待っています。", "The visitor is here and waits.",
		"順番が来たら呼び出してください。", "Call the number when its turn comes.", awara.At("市役所…で受け取る", "PICK-010")),
	"visitor_not_here": no(
		"まだ来庁していません。", "The visitor is not here yet.",
		"来庁したら、先に「来庁」を記録してください。", "Note the arrival first.", awara.At("市役所…で受け取る", "PICK-010")),
	"visit_over": no(
		"この来庁の対応は終わっています。", "This visit is over.",
		"また来る方は、新しく受け付けてください。", "Take a new visit in.", awara.At("市役所…で受け取る", "PICK-010")),
	"booking_missed": easily(no(
		"予約の時間に来庁されませんでした。", "Nobody came for this booking.",
		"新しく予約してください。", "Book a new time.", niigata.At("予約センターでの受取予約", "PICK-007")),
		"予約(よやく)の 時間(じかん)に 来(き)ませんでした。", "新(あたら)しく 予約(よやく)して ください。"),
	"booking_cancelled": easily(no(
		"この予約は取り消されています。", "This booking was cancelled.",
		"新しく予約してください。", "Book a new time.", niigata.At("予約センターでの受取予約", "PICK-007")),
		"この 予約(よやく)は もう ありません。", "新(あたら)しく 予約(よやく)して ください。"),
	"booking_displaced": easily(no(
		"予約の日時に窓口が閉まることになりました。", "The counter will be closed at the booked time.",
		"別の日時に変更してください。", "Move the booking to another time.", niigata.At("受取窓口の種類(臨時メンテナンス)", "OFF-033", "PICK-007")),
		"予約(よやく)の 日(ひ)に 窓口(まどぐち)が 休(やす)みに なりました。", "ほかの 日(ひ)に 変(か)えて ください。"),
}
