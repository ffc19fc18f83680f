package verification

import (
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/law"
)

// What is said of each step. A test holds the table complete.
var stepWords = map[Step]struct{ name, passed, failed law.Text }{
	Form: {law.Text{Ja: "署名の形式", En: "form of the signature"},
		law.Text{Ja: "署名の形式は正しい(CMS、DER)。", En: "The signature is in the right form (CMS in DER)."},
		law.Text{Ja: "署名として受け入れられる形式ではない。", En: "It is not a signature in a form that is taken."}},
	Signer: {law.Text{Ja: "署名者", En: "signer"},
		law.Text{Ja: "署名者は一人で、その証明書が付いている。", En: "There is one signer, with the signer's certificate."},
		law.Text{Ja: "署名者が一人に定まらないか、証明書が付いていない。", En: "There is not exactly one signer with a certificate."}},
	Attributes: {law.Text{Ja: "署名属性", En: "signed attributes"},
		law.Text{Ja: "署名属性がそろっている(CAdES)。", En: "The signed attributes of CAdES are there."},
		law.Text{Ja: "必要な署名属性がないか、重複している。", En: "A signed attribute is missing or stands there twice."}},
	SigningCertificate: {law.Text{Ja: "署名証明書属性", En: "signing certificate"},
		law.Text{Ja: "署名の中で指定された証明書と、付いている証明書が同じ。", En: "The signature names the certificate that came with it."},
		law.Text{Ja: "署名の中で指定された証明書と、付いている証明書が違う。", En: "The signature names another certificate than the one that came with it."}},
	ByteRange: {law.Text{Ja: "署名の範囲", En: "what the signature covers"},
		law.Text{Ja: "署名は、その版の全部(署名の値を除く)を対象にしている。", En: "The signature covers its revision whole, but for its own digits."},
		law.Text{Ja: "署名の範囲が、その版の全部ではない。", En: "The signature does not cover its revision whole."}},
	Whole: {law.Text{Ja: "署名後の追加", En: "later additions"},
		law.Text{Ja: "文書の最後まで署名されている。", En: "The document is signed to its end."},
		law.Text{Ja: "署名の後に、誰も署名していない内容が追加されている。", En: "Something was added after the signature that nobody signed."}},
	Digest: {law.Text{Ja: "内容の同一性", En: "content unchanged"},
		law.Text{Ja: "署名された時から内容は変わっていない。", En: "The content is the one that was signed."},
		law.Text{Ja: "署名された内容と違う。改変されたか、別のファイルである。", En: "The content is not the one that was signed: it was changed, or is another file."}},
	HolderSignature: {law.Text{Ja: "本人の署名", En: "holder's signature"},
		law.Text{Ja: "証明書の公開鍵に対応する秘密鍵で署名されている。", En: "It was signed with the private key that belongs to the certificate."},
		law.Text{Ja: "証明書の公開鍵では署名を確かめられない。", En: "The signature does not fit the certificate's key."}},
	Parse: {law.Text{Ja: "証明書の形式", En: "form of the certificate"},
		law.Text{Ja: "証明書の形式は正しい。", En: "The certificate is in the right form."},
		law.Text{Ja: "この認証局の証明書の形式ではない。", En: "It is not in the form of this authority's certificates."}},
	Issuer: {law.Text{Ja: "発行者", En: "issuer"},
		law.Text{Ja: "信頼する認証局の鍵で署名されている。", En: "A trusted authority signed it."},
		law.Text{Ja: "信頼する認証局が発行した証明書ではない。", En: "No trusted authority signed it."}},
	KeyUsage: {law.Text{Ja: "鍵の用途", En: "key usage"},
		law.Text{Ja: "鍵の用途が目的に合っている。", En: "The key is for this use."},
		law.Text{Ja: "鍵の用途が目的に合わない。", En: "The key is for another use."}},
	Policy: {law.Text{Ja: "証明書ポリシー", En: "certificate policy"},
		law.Text{Ja: "証明書ポリシーは受け入れられるもの。", En: "The certificate policy is one that is taken."},
		law.Text{Ja: "証明書ポリシーが受け入れられないもの。", En: "The certificate policy is not one that is taken here."}},
	Period: {law.Text{Ja: "有効期間", En: "period of validity"},
		law.Text{Ja: "判定の時点は有効期間内(満了の最後の1秒まで)。", En: "The instant lies within the period of validity, its last second included."},
		law.Text{Ja: "判定の時点は有効期間外。", En: "The instant lies outside the period of validity."}},
	Revocation: {law.Text{Ja: "失効", En: "revocation"},
		law.Text{Ja: "判定の時点では失効していない。", En: "It was not revoked at the instant judged."},
		law.Text{Ja: "失効していないことを確かめられない。", En: "Nothing reliable says that it is not revoked."}},
	AuthorityRevocation: {law.Text{Ja: "認証局の失効", En: "authority's revocation"},
		law.Text{Ja: "判定の時点では、発行した認証局の鍵は失効していない(認証局失効リスト)。", En: "The key of the authority that issued it was not withdrawn at the instant judged, by the authority's own list."},
		law.Text{Ja: "発行した認証局の鍵が失効していないことを確かめられない。", En: "Nothing reliable says that the key of the authority that issued it is not withdrawn."}},
	FourItems: {law.Text{Ja: "基本4情報", En: "the four items"},
		law.Text{Ja: "氏名・生年月日・性別・住所を読み取った。", En: "Name, birth date, sex and address were read."},
		law.Text{Ja: "氏名・生年月日・性別・住所を読み取れない。", En: "Name, birth date, sex and address cannot be read."}},
}

// stateWords say why the word on revocation is not a good one.
var stateWords = map[string]law.Text{
	"revoked": {Ja: "失効している。", En: "It is revoked."},
	"held":    {Ja: "一時停止中(一時保留)。", En: "It is stopped for the time being (certificateHold)."},
	"unknown": {Ja: "認証局が知らない証明書、またはまだ交付されていない。", En: "The authority does not know it, or it is not handed over yet."},
}

// withdrawnWords say that the authority's own certificate is revoked.
var withdrawnWords = law.Text{Ja: "発行した認証局の鍵が失効している。この鍵で発行された証明書は、その日から使えない。", En: "The key of the authority that issued it is withdrawn: no certificate that it signed is good from that day."}

// Name is the step in words.
func (s Step) Name() law.Text { return stepWords[s].name }

var summaryWords = map[About]struct{ good, bad, unasked law.Text }{
	AboutCertificate: {law.Text{Ja: "この証明書は有効です。", En: "The certificate is good."},
		law.Text{Ja: "この証明書は信頼できません。", En: "The certificate is not to be relied on."},
		law.Text{Ja: "証明書は、失効を除いて有効です。失効は確認していません。", En: "The certificate is good as far as was checked; whether it is revoked was not asked."}},
	AboutMessage: {law.Text{Ja: "この署名は有効です。", En: "The signature is good."},
		law.Text{Ja: "この署名は信頼できません。", En: "The signature is not to be relied on."},
		law.Text{Ja: "署名は、失効を除いて有効です。失効は確認していません。", En: "The signature is good as far as was checked; whether the certificate is revoked was not asked."}},
	AboutPDF: {law.Text{Ja: "この文書の署名はすべて有効で、文書の最後まで署名されています。", En: "Every signature of the document is good, and it is signed to its end."},
		law.Text{Ja: "この文書は、署名された文書として信頼できません。", En: "The document is not to be relied on as a signed one."},
		law.Text{Ja: "文書の署名は、失効を除いて有効です。失効は確認していません。", En: "The document's signatures are good as far as was checked; whether the certificates are revoked was not asked."}},
}

func init() { summaryWords[AboutSignature] = summaryWords[AboutMessage] }

// What is told beside the steps.
var (
	noteAt = law.Text{Ja: "%s の時点として判定しました。この時に署名があったことを証明するもの(タイムスタンプ)はありません。その時点は、確認を求めた人が述べたものです。",
		En: "Judged as of %s. There is no trusted time stamp that proves that the signature existed then: the instant is the word of whoever asked."}
	noteNow     = law.Text{Ja: "現在(%s)の状態で判定しました。", En: "Judged as of now, %s."}
	noteClaimed = law.Text{Ja: "署名者は %s に署名したと述べていますが、第三者の証明はないため、判定には使っていません。",
		En: "The signer claims to have signed at %s; nobody else says so, and it was not used."}
	noteSince = law.Text{Ja: "この証明書は %s に失効しています(%s)。判定の時点はその前ですが、その時に署名があったことは証明されていません。",
		En: "The certificate was revoked at %s (%s). The instant judged is before that, but nothing proves that the signature existed then."}
	noteWithdrawn = law.Text{Ja: "発行した認証局の鍵は %s に失効しています(%s)。判定の時点はその前ですが、その時に署名があったことは証明されていません。",
		En: "The key of the authority that issued it was withdrawn at %s (%s). The instant judged is before that, but nothing proves that the signature existed then."}
	noteList = law.Text{Ja: "失効リストは1日1回作られます。%s より後の失効は載っていません(最大で1日遅れます)。",
		En: "The revocation list is made once a day: it does not have what was revoked after %s, up to a day."}
	noteOCSP     = law.Text{Ja: "OCSPの回答は %s 時点のものです。", En: "The OCSP answer is of %s."}
	noteOffline  = law.Text{Ja: "失効は確認していません。", En: "Whether it is revoked was not asked."}
	notePhone    = law.Text{Ja: "スマートフォン用の電子証明書です。", En: "It is a certificate of a phone."}
	noteLess     = law.Text{Ja: "署名されていない属性が付いています(タイムスタンプなど)。ここでは判定しません。", En: "Attributes that are not signed came with it, such as a time stamp; they are not judged here."}
	noteName     = law.Text{Ja: "氏名の%d文字目「%s」は代替文字です。住民票では別の文字です。", En: "Character %d of the name, “%s”, stands for another one of the resident register."}
	noteAddress  = law.Text{Ja: "住所の%d文字目「%s」は代替文字です。住民票では別の文字です。", En: "Character %d of the address, “%s”, stands for another one of the resident register."}
	noteRevision = law.Text{Ja: "この署名は%d版のうち第%d版までを対象にしています。その後の追加には別の署名があります。", En: "Of %d revisions this signature covers the first %d; what was added later has a signature of its own."}
	noteAdded    = law.Text{Ja: "この署名は%d版のうち第%d版までを対象にしています。その後に追加された内容は署名されていません。", En: "Of %d revisions this signature covers the first %d; what was added later is not signed."}
	noUnsigned   = law.Text{Ja: "この文書には署名がありません。", En: "The document has no signature."}

	skippedChain  = law.Text{Ja: "署名者の証明書が分からないため、確認できません。", En: "Cannot be checked: the signer's certificate is not known."}
	skippedARL    = law.Text{Ja: "認証局失効リスト(ARL)が手元にないため、確認していません。", En: "Not checked: no list of the authority's own certificates (ARL) is at hand."}
	skippedIssuer = law.Text{Ja: "発行者を確かめられないため、確認できません。", En: "Cannot be checked: the issuer is not known."}
)

// japan is an instant as both languages read it.
func japan(t time.Time) string { return t.In(civil.JST).Format("2006-01-02 15:04:05 JST") }
