package card

// PIN is one of the four PINs (暗証番号) of a card, numbered as in PIN-001.
type PIN uint8

const (
	SignaturePIN          PIN = 1 // 署名用電子証明書 (6–16 letters and digits)
	UserAuthenticationPIN PIN = 2 // 利用者証明用電子証明書
	ResidentRegisterPIN   PIN = 3 // 住民基本台帳用
	InputSupportPIN       PIN = 4 // 券面事項入力補助用
)

// PINs are all four in the catalogue's order.
var PINs = [4]PIN{SignaturePIN, UserAuthenticationPIN, ResidentRegisterPIN, InputSupportPIN}

var pinNames = map[PIN]string{
	SignaturePIN: "signature", UserAuthenticationPIN: "user_authentication",
	ResidentRegisterPIN: "resident_register", InputSupportPIN: "input_support",
}

// String is the identifier used in forms and JSON.
func (p PIN) String() string { return pinNames[p] }
