package rules

import "mynumber/internal/law"

// windowRefusals are those of a procedure under way at a window: an act out of its order, or by the wrong person.
var windowRefusals = map[string]law.Refusal{
	"reply_awaited": no(
		"ご本人あての照会書への回答を待っています。回答書が届くまで手続きは進められません。", "The inquiry sent to the holder has not been answered; nothing goes on before the reply.",
		"ご本人が記入して封をした回答書を、代理の方がカードと一緒にお持ちください。ご本人が来庁すれば、その日にできます。", "Bring the reply that the holder filled in and sealed, with the card; or the holder comes and it is done on the day.",
		awara.At("情報の変更(それ以外の代理人)", "CHG-006", "CHG-013", "NTF-008")),
	"no_reply_expected": no(
		"この手続きでは照会書を送っていないため、回答書は必要ありません。", "No inquiry was sent in this case, so no reply is expected.",
		"そのまま手続きを続けてください。", "Go on with the procedure.",
		awara.At("情報の変更(それ以外の代理人)", "CHG-006")),
	"reply_overdue": no(
		"照会書の回答期限を過ぎたため、この受付は終わりました。", "The reply did not come by its day, and the case has ended.",
		"もう一度受け付けて、照会書を送り直してください。", "Begin again; another inquiry is sent.",
		awara.At("情報の変更(それ以外の代理人)", "CHG-006", "NTF-008")),
	"reply_opened": no(
		"回答書の封筒が開いているか、封がされていないため、受け付けられません。", "The reply's envelope is open or was never sealed, so it cannot be taken.",
		"ご本人が暗証番号を書いて封をした回答書を、開けずにお持ちください。照会書は送り直せます。", "Bring a reply that the holder sealed, unopened; another inquiry can be sent.",
		niigata.At("代理人の方が手続きする場合", "CHG-006", "PIN-007")),
	"reply_pin_wrong": no(
		"回答書に書かれた暗証番号が違っていました。回答書による手続きは、その日にやり直せません。", "The PIN in the reply is wrong; with a reply this cannot be put right on the same day.",
		"ご本人が来庁するか、新しい照会書の回答を待ってください。", "The holder comes, or answers another inquiry.",
		niigata.At("代理人の方が手続きする場合", "CHG-042")),
	"pins_not_typed": no(
		"暗証番号(%s)の入力が済んでいません。", "The PINs have not been typed yet: %s.",
		"ご本人に暗証番号を入力してもらってください。忘れたときは再設定の手続きをしてください。", "Have the holder type them; a forgotten PIN has to be reset.",
		awara.At("パスワード(暗証番号)の入力", "PIN-030", "PIN-008")),
	"card_is_travelling": no(
		"カードは窓口の間で運ばれています。着くまで手続きは進められません。", "The card is on its way between offices; nothing can be done before it has arrived.",
		"到着を記録してから続けてください。", "Note its arrival first.",
		konan.At("7.", "PIN-046")),
	"card_is_elsewhere": no(
		"カードは処理をする窓口にあります。処理が終わると戻ります。", "The card is with the office that does the work and comes back when it is done.",
		"処理する窓口の処理を待ってください。", "Wait for that office.",
		konan.At("7.", "PIN-046")),
	"card_waits_for_holder": no(
		"処理は終わり、カードは窓口でご本人を待っています。", "The work is done and the card waits here for its holder.",
		"ご本人にカードを返してください。", "Give the card back to its holder.",
		konan.At("7.", "PIN-046", "NTF-028")),
	"sealed_pins_needed": no(
		"カードを本籍地に送って再設定するため、新しい暗証番号を書いて封をした書類が必要です。", "The card is sent to the honseki municipality, so the new PINs have to come along in a sealed form.",
		"本人が申請書に新しい暗証番号を書き、封筒に入れて封をしてください。", "Write the new PINs on the form, put it in its envelope and seal it.",
		konan.At("7.", "PIN-046", "PIN-007")),
	"chip_unreadable": no(
		"カードのICチップを読み取れないため、書き換えられません。", "The card's chip cannot be read, so nothing can be written to it.",
		"読取機を替えて試してください。それでも読めないときは、故障したカードとして再交付を申請できます。", "Try another reader. If it stays unreadable, the card can be re-issued as broken.",
		awara.At("情報の変更(書き換え)", "CHG-002", "CARD-020")),
	"card_in_reader": no(
		"カードが別のカードリーダーに入っているため、ここでは読み書きできません。", "The card lies in another card reader, so it cannot be read or written here.",
		"そのカードリーダーからカードを抜いて、もう一度操作してください。", "Take the card out of that reader and do this again.",
		awara.At("情報の変更(書き換え)", "CHG-002")),
	"no_card_in_reader": no(
		"この端末のカードリーダーにカードが入っていません。", "There is no card in this desk's card reader.",
		"カードを置いて、もう一度操作してください。", "Put the card in and do this again.",
		awara.At("情報の変更(書き換え)", "CHG-002")),
	"wrong_card_in_reader": no(
		"カードリーダーに入っているのは、この手続きのカードではありません。何も書いていません。", "The card in the reader is not the card of this procedure. Nothing was written.",
		"この手続きの方のカードに入れ替えて、もう一度操作してください。", "Put in the card of this person and do this again.",
		awara.At("情報の変更(書き換え)", "CHG-002")),
	"card_reader_lost": no(
		"カードリーダーとの接続が切れました。手続きはまだ終わっていません。", "The connection to the card reader was lost. The procedure is not done yet.",
		"カードリーダーのプログラムとつなぎ直して、もう一度操作してください。途中まで書いたものは、続きから書かれます。", "Connect the card reader's program again and repeat this: what was written in part is finished.",
		awara.At("情報の変更(書き換え)", "CHG-002")),
	"pairing_code_wrong": no(
		"この番号を表示しているカードリーダーはありません。番号は10分で変わります。", "No card reader shows this code; codes change after 10 minutes.",
		"カードリーダーのプログラムに表示されている番号を入力してください。", "Type the code that the card reader's program shows.",
		awara.At("情報の変更(書き換え)", "CHG-002")),
	"substitute_needed": no(
		"電子証明書に書けない文字があり、代わりの文字が決まっていません: %s", "There is a character that certificates cannot have, and no substitute has been chosen: %s",
		"「電子証明書での氏名・住所」で、本人に確かめて代替文字を選んでください。", "Choose a substitute with the holder, under the name and address in the certificate.",
		jpkiProfile.At("基本4情報、代替文字使用情報", "CERT-007")),
	"issuer_awaited": no(
		"機構のシステムにつながらないため、カードを預かって完了を待っています。", "The issuer cannot be reached; the card is kept here until the procedure can be completed.",
		"つながったら完了してください。入力し直すものはありません。完了すると本人に知らせが出ます。", "Complete it when the issuer is back; nothing has to be typed again, and the holder is told.",
		jpkiPortal.At("パスワードの変更", "CERT-031")),
	"case_not_travelling": no(
		"この手続きはこの窓口で行います。カードは送りません。", "This is done at this window; the card is not sent anywhere.",
		"この窓口で完了してください。", "Complete it here.",
		konan.At("7.", "PIN-044")),
	"case_is_done": no(
		"この手続きは済んでいます。", "This case is done.",
		"誤りがあったときは、別の職員の確認を受けて取り消してください。", "If it was an error, have a second member of staff undo it.",
		konan.At("(4)交付手数料", "FEE-005")),
	"message_gone": no(
		"このメッセージについて、することはもうありません。", "There is nothing more to do about this message.",
		"届いていないときは、もう一度送ってください。", "If it did not arrive, send it again.",
		mhlwLeaflet.At("受け取りに必要な本人確認書類", "NTF-029")),
	"message_replaced": no(
		"このメッセージの代わりに、別のメッセージが送られています。", "Another message went out in place of this one.",
		"新しいメッセージを開いてください。", "Open the newer message.",
		mhlwLeaflet.At("受け取りに必要な本人確認書類", "NTF-029")),
	"message_only_on_paper": no(
		"このお知らせは、登録された住所への郵便でだけ送れます。", "This notice goes only by post, to the address in the register.",
		"郵送を選んでください。住所が変わったときは、先に住所の届出が要ります。", "Choose the post. If the address has changed, it has to be notified first.",
		awara.At("マイナンバーカードを取得するには", "NTF-005", "PICK-001")),
	"no_postal_address": no(
		"登録された住所がないため、郵送できません。", "There is no address in the register to post it to.",
		"メールか電話で知らせてください。", "Use e-mail or the telephone.",
		mhlwLeaflet.At("受け取りに必要な本人確認書類", "NTF-029")),
	"letter_not_printed": no(
		"この手紙は、まだ印刷されていません。", "This letter has not been printed.",
		"先に印刷してください。", "Print it first.",
		awara.At("マイナンバーカードを取得するには", "NTF-005")),
	"letter_not_posted": no(
		"この手紙は、まだ郵便に出されていません。", "This letter has not been posted.",
		"郵便に出したことを記録してから、返戻を記録してください。", "Note first that it was posted, then that it came back.",
		awara.At("マイナンバーカードを取得するには", "NTF-005")),
	"letter_posted": no(
		"この手紙は、すでに郵便に出されています。", "This letter has been posted already.",
		"戻ってきたときは返戻を記録し、必要ならもう一度送ってください。", "If it came back, note that, and send it again if need be.",
		awara.At("マイナンバーカードを取得するには", "NTF-005")),
	"case_withdrawn": no(
		"この受付は取り下げられています。", "This case was withdrawn.",
		"必要であれば、もう一度受け付けてください。", "Begin again if it is still wanted.",
		konan.At("(4)交付手数料", "FEE-005")),
	"authority_key_due": no(
		"認証局の今の鍵は %s までで、それより長い証明書は発行できません。", "The authority's present key ends on %s; no certificate goes beyond it.",
		"機構で認証局の新しい鍵を作ると、続けられます。何も失われていません。", "It can go on as soon as the issuer has made the authority's next key. Nothing is lost.",
		authorityKeys.At("有効期間", "CERT-003")),
	"clock_set_back": no(
		"この装置の時計は %s を指していますが、%s までの仕事が済んでいます。時計が戻されたままでは、電子証明書を発行しません。", "This machine's clock says %s, but the days up to %s are worked off. No certificate is issued while the clock is set back.",
		"システムの管理者に時計を直してもらってから、もう一度してください。何も失われていません。", "Have whoever runs the system set the clock right, then try again. Nothing is lost.",
		authorityKeys.At("有効期間", "CERT-003")),
	"undo_needs_second_person": no(
		"誤りの取消しは、申し出た職員とは別の職員が確認して行います。", "An error is undone by a second person, not by whoever asked for it.",
		"別の職員に確認してもらってください。", "Ask a colleague to confirm it.",
		konan.At("(4)交付手数料", "FEE-005", "CHG-034")),
	"nothing_to_undo": no(
		"取り消せる処理がありません。完了した手続きの誤りだけを取り消せます。", "There is nothing to undo: only a case that was completed by mistake is.",
		"途中の受付は取下げで終えてください。", "End a case that is under way by withdrawing it.",
		konan.At("(4)交付手数料", "FEE-005")),
}

// ReplyDays: how many days after the day of the inquiry the reply is waited for. No period is published; 30 days is usual
// for such inquiries (supplement sections 6 and 13.4).
var ReplyDays = law.Table[int]{
	{From: cards, Checked: checked, Cite: awara.At("情報の変更(それ以外の代理人)", "CHG-006", "NTF-008"), Rule: 30},
}
