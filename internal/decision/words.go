package decision

import (
	"cmp"
	"reflect"
	"slices"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/law"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

// Word is one value of a closed list with its names.
type Word struct {
	Value string
	Text  law.Text
}

// words are the closed lists by the type of the field: the schema prints them, and what is in none of them is a fault
// of the situation. The lists of rules are the law's own; those below are of this form only.
var words = map[reflect.Type][]Word{
	reflect.TypeFor[rules.Procedure]():   procedureWords(),
	reflect.TypeFor[rules.Fact]():        factWords(),
	reflect.TypeFor[rules.OfficeKind]():  named(rules.OfficeNames),
	reflect.TypeFor[rules.Channel]():     named(rules.ChannelNames),
	reflect.TypeFor[rules.Visitor]():     named(rules.VisitorNames),
	reflect.TypeFor[rules.Paper]():       named(rules.PaperNames),
	reflect.TypeFor[rules.EventKind]():   named(rules.EventNames),
	reflect.TypeFor[rules.Part]():        named(rules.PartNames),
	reflect.TypeFor[rules.Group]():       named(rules.GroupNames),
	reflect.TypeFor[rules.FeeGround]():   groundWords(),
	reflect.TypeFor[rules.ProxyGround](): named(rules.ProxyGroundNames),
	reflect.TypeFor[rules.MarkKind]():    named(rules.MarkKinds),

	// What services need to know.
	reflect.TypeFor[rules.KioskProduct](): named(rules.KioskProducts),
	reflect.TypeFor[rules.Requester]():    named(rules.Requesters),
	reflect.TypeFor[rules.Purpose]():      named(rules.Purposes),
	reflect.TypeFor[rules.ChipCheck]():    named(rules.ChipChecks),
	reflect.TypeFor[rules.LicenceForm]():  named(rules.LicenceForms),

	reflect.TypeFor[rules.Payment](): {
		{"nothing", text("納付なし", "nothing to pay")}, {"at_submission", text("申請のとき", "at submission")},
		{"at_pickup", text("受取りのとき", "at pickup")}, {"before_dispatch", text("カードの発送の前", "before the card is sent off")},
	},
	reflect.TypeFor[rules.Unit](): {{"minutes", text("分", "minutes")}, {"hours", text("時間", "hours")}, {"days", text("日", "days")}},
	reflect.TypeFor[rules.Subject](): {
		{"card", text("カード", "the card")}, {"signature", text("署名用電子証明書", "the signature certificate")},
		{"user_authentication", text("利用者証明用電子証明書", "the user authentication certificate")},
		{"phone_signature", text("スマホ用署名用電子証明書", "the smartphone signature certificate")},
		{"phone_user_authentication", text("スマホ用利用者証明用電子証明書", "the smartphone user authentication certificate")},
		{"pins", text("暗証番号", "the PINs")}, {"application", text("申請", "the application")}, {"former_card", text("旧カード", "the former card")},
		{"service_registrations", text("サービスの登録", "registrations with services")},
	},
	reflect.TypeFor[procedure.Status](): {
		{"allowed", text("できる", "it can be done")}, {"refused", text("できない", "a rule says no")},
		{"needs", text("決めるために、もう一つ知る必要がある", "one more fact decides")}, {"listed", text("手続きの一覧", "a list of procedures")},
	},
	reflect.TypeFor[procedure.Nationality](): {{"japanese", text("日本国籍", "Japanese")}, {"foreign", text("外国籍", "another nationality")}},
	reflect.TypeFor[procedure.Residence]():   {{"japan", text("日本(住民票がある)", "in Japan, with a resident record")}, {"abroad", text("国外", "abroad")}},
	reflect.TypeFor[procedure.ResidenceStatus](): {
		{"permanent_resident", text("永住者", "permanent resident")}, {"special_permanent_resident", text("特別永住者", "special permanent resident")},
		{"highly_skilled_professional_2", text("高度専門職第2号", "highly skilled professional (ii)")}, {"mid_long_term_resident", text("中長期在留者", "mid- or long-term resident")},
		{"temporary_refuge", text("一時庇護許可者", "permitted to land for temporary refuge")}, {"provisional_stay", text("仮滞在許可者", "permitted to stay provisionally")},
		{"transitional_stay", text("経過滞在者(出生・国籍喪失)", "transitional resident, by birth or loss of nationality")},
	},
	reflect.TypeFor[procedure.CardKind](): {{"none", text("持ったことがない", "never had one")}, {"domestic", text("国内のカード", "a domestic card")}, {"overseas", text("国外転出者向けカード", "an overseas card")}},
	reflect.TypeFor[procedure.EndCause](): {
		{"departure", text("継続利用をせずに国外転出した", "moved abroad without continuing use")}, {"own_wish", text("自らの希望で返納した", "returned by the holder's wish")},
		{"loss", text("紛失・盗難で廃止した", "abolished after loss or theft")}, {"late_move_in", text("転入届の期限を過ぎた", "the move-in notification came too late")},
		{"entries_not_updated", text("券面の更新をしなかった", "the entries were not updated in time")}, {"record_deleted", text("住民票が消除された", "the resident record was struck off")},
		{"number_changed", text("マイナンバー・住民票コードを変更した", "the number or the resident record code was changed")}, {"stay_ended", text("在留期間が満了した", "the period of stay ended")},
		{"expiry", text("有効期間が満了した", "its last day passed")}, {"office_error", text("窓口の誤り", "an office's mistake")}, {"replaced", text("新しいカードに替わった", "replaced by a newer card")},
		{"nationality_lost", text("日本国籍を失った", "Japanese nationality was lost")}, {"never_collected", text("受け取らなかった", "it was never collected")},
		{"compulsory_departure", text("制度開始前の国外転出により返納した", "it had to be returned on moving abroad, before the overseas card")},
	},
	reflect.TypeFor[procedure.PINState](): {{"known", text("覚えている", "known")}, {"forgotten", text("忘れた", "forgotten")}, {"locked", text("ロックされた", "locked")}, {"unset", text("設定していない", "not set")}},
	reflect.TypeFor[procedure.CertificateState](): {
		{"none", text("発行されていない", "never issued")}, {"valid", text("有効", "valid")}, {"held", text("一時保留中", "on hold")}, {"revoked", text("失効", "revoked")}, {"expired", text("有効期間満了", "expired")},
	},
	reflect.TypeFor[procedure.PhoneKind](): {{"android", text("Android", "Android")}, {"iphone", text("iPhone", "iPhone")}},
	reflect.TypeFor[card.State](): {
		{"planned", text("作成の予定", "planned")}, {"produced", text("作成済み(機構)", "made, at the issuer")}, {"in_transit", text("発送中", "on its way")}, {"at_office", text("受取窓口に到着", "at the pickup office")},
		{"active", text("使える", "active")}, {"pending_departure", text("国外転出までの保留", "pending until the departure")}, {"temporarily_out_of_function", text("切替えのため一時的に使えない", "out of function while its successor is under way")},
		{"suspended", text("一時停止", "suspended")}, {"expired", text("有効期間満了", "expired")}, {"lapsed", text("失効", "lapsed")}, {"abolished", text("廃止", "abolished")}, {"returned", text("返納", "returned")}, {"destroyed", text("交付前に廃棄", "destroyed before the hand-over")},
	},
	reflect.TypeFor[card.Act](): {
		{"produce", text("作成", "produce")}, {"dispatch", text("発送", "dispatch")}, {"receive", text("受取窓口への到着", "receive at the pickup office")}, {"hand_over", text("交付", "hand over")},
		{"suspend", text("一時停止", "suspend")}, {"lift", text("一時停止の解除", "lift the suspension")}, {"depart", text("継続利用を伴う国外転出届", "file the departure with continuing use")}, {"arrive", text("国外転出(予定)日の到来", "reach the planned departure")},
		{"replace", text("後継カードの準備", "prepare its successor")}, {"lapse", text("失効", "lapse")}, {"abolish", text("廃止", "abolish")}, {"return", text("返納", "return")}, {"expire", text("有効期間の満了", "expire")},
		{"destroy", text("交付前の廃棄", "destroy before the hand-over")}, {"collect", text("失効したカードの回収", "collect the void card")},
		{"send_on", text("窓口からの発送", "send on from an office")}, {"deliver", text("郵便での配達", "deliver by post")}, {"resume", text("切替えの取りやめ", "work again, as no successor comes")}, {"recall", text("転出の取りやめ", "take the departure back")},
	},
	reflect.TypeFor[certificate.Act](): {
		{"sign", text("発行", "sign")}, {"activate", text("交付による有効化", "become valid with the hand-over")}, {"hold", text("一時保留", "hold")}, {"release", text("スマートフォンの一時保留の解除", "release the hold of a phone's")}, {"revoke", text("失効", "revoke")},
		{"destroy", text("交付前の廃棄", "destroy before the hand-over")}, {"expire", text("有効期間の満了", "expire")},
	},
	reflect.TypeFor[application.Act](): {
		{"forward", text("審査する機関への送付", "send to the examiner")}, {"receive_papers", text("審査する機関での受領", "receive at the examiner")}, {"identify", text("戸籍の附票による特定", "identify by the supplementary family register")},
		{"ask_back", text("不備の照会", "ask back")}, {"correct", text("照会への回答", "correct")}, {"accept", text("受理", "accept")}, {"reject", text("不受理", "reject")}, {"produce", text("カードの作成", "produce the card")}, {"dispatch", text("カードの発送", "dispatch the card")},
		{"announce", text("交付通知", "announce the card")}, {"reserve", text("受取りの予約", "reserve a time")}, {"check_identity", text("本人確認", "check identity")}, {"hand_over", text("交付", "hand over")}, {"cancel", text("取消し", "cancel")},
		{"take_in", text("郵送するカードの受領", "take in a card to be posted")}, {"post", text("郵便局への差出し", "give to the post office")}, {"leave_notice", text("到着通知・不在連絡", "leave the arrival notice")},
		{"appoint", text("配達日時の指定", "appoint the delivery")}, {"deliver", text("配達", "deliver")}, {"send_back", text("市区町村への返送", "send back to the municipality")},
		{"change_email", text("メールアドレスの変更", "change the e-mail address")}, {"change_place", text("受取場所の変更", "change the pickup place")}, {"change_data", text("申請内容の変更", "change the data")}, {"discard", text("受け取られないカードの廃棄", "destroy the uncollected card")},
	},
	reflect.TypeFor[application.State](): {
		{"applied", text("申請済み", "applied")}, {"forwarded", text("審査する機関へ送付中", "on its way to the examiner")}, {"received", text("審査中", "being examined")},
		{"defective", text("不備の照会中", "asked back")}, {"in_production", text("作成中", "in production")}, {"in_transit", text("発送中", "on its way")}, {"ready_for_pickup", text("受取りを待っている", "ready for pickup")},
		{"handed_over", text("交付済み", "handed over")}, {"rejected", text("不受理", "rejected")}, {"cancelled", text("取消し", "cancelled")},
		{"to_be_posted", text("郵送の準備中", "to be posted")}, {"in_post", text("郵便局が配達中", "being delivered by the post office")}, {"at_post_office", text("郵便局が保管中", "kept by the post office")}, {"uncollected", text("受け取られずに廃棄", "destroyed uncollected")},
	},
}

func text(ja, en string) law.Text { return law.Text{Ja: ja, En: en} }

// named is a list out of a catalogue of names, by value.
func named[T ~string](names map[T]law.Text) []Word {
	var out []Word
	for value, text := range names {
		out = append(out, Word{string(value), text})
	}
	slices.SortFunc(out, func(a, b Word) int { return cmp.Compare(a.Value, b.Value) })
	return out
}

func procedureWords() []Word {
	var out []Word
	for _, p := range rules.Procedures {
		out = append(out, Word{string(p.Code), p.Name})
	}
	return out
}

func factWords() []Word {
	names := map[rules.Fact]law.Text{}
	for fact, q := range rules.Questions {
		names[fact] = q.Text
	}
	return named(names)
}

func groundWords() []Word {
	names := map[rules.FeeGround]law.Text{}
	for ground, g := range rules.FeeGrounds {
		names[ground] = g.Text
	}
	return named(names)
}

// Words are the closed list of the values of T; nil for a type without one.
func Words[T any]() []Word { return words[reflect.TypeFor[T]()] }
