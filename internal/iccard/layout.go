package iccard

import "fmt"

// Application is one application of the chip. The numbers are those of the issuer's channel (doc.go).
type Application byte

const (
	CardManager      Application = iota // GlobalPlatform card manager, selected at power-up
	JPKI                                // 公的個人認証AP: certificates and keys
	Common                              // 共通カードAP: serial number, municipality, expiry
	ResidentRegister                    // 住基AP
	CardFace                            // 券面事項確認AP: the face as images, with signatures
	InputSupport                        // 券面事項入力補助AP: number and four items as text
)

// String is the application's name as the pages use it.
func (a Application) String() string {
	if app := layouts[Standard].application(a); app != nil {
		return app.label
	}
	return fmt.Sprintf("application %d", byte(a))
}

// AID is the name by which the application is selected; nil for an unknown application.
func (a Application) AID() []byte {
	if app := layouts[Standard].application(a); app != nil {
		return []byte(app.aid)
	}
	return nil
}

// EF names one elementary file: a certificate, an object, a PIN or a key. In the card manager ID is
// the tag of a data object.
type EF struct {
	Application Application
	ID          uint16
}

// String is like "JPKI 000A".
func (f EF) String() string { return fmt.Sprintf("%v %04X", f.Application, f.ID) }

// The files that have a meaning of their own for those who write and read the card.
var (
	SignatureCertificate        = EF{JPKI, 0x0001} // 署名用電子証明書, DER, behind the signature PIN
	SignatureCACertificate      = EF{JPKI, 0x0002}
	TokenInfo                   = EF{JPKI, 0x0006} // 160 bytes, CK_TOKEN_INFO big-endian
	CertificateAvailability     = EF{JPKI, 0x0008} // signature, authentication, third: 8F present, 00 absent
	AuthenticationCertificate   = EF{JPKI, 0x000A} // 利用者証明用電子証明書, DER
	AuthenticationCACertificate = EF{JPKI, 0x000B}
	AuthenticationKey           = EF{JPKI, 0x0017}
	AuthenticationPIN           = EF{JPKI, 0x0018} // PIN-001 No.2
	SignatureKey                = EF{JPKI, 0x001A}
	SignaturePIN                = EF{JPKI, 0x001B} // PIN-001 No.1

	CardRecord          = EF{Common, 0x0001} // record 1: serial 15, municipality 5, expiry 8
	CommonKeyReference  = EF{Common, 0x0002}
	CommonKey           = EF{Common, 0x0019} // INTERNAL AUTHENTICATE
	CommonPIN           = EF{Common, 0x001C} // the same PIN as ResidentRegisterPIN
	RegisterReference   = EF{ResidentRegister, 0x0002}
	ResidentRegisterPIN = EF{ResidentRegister, 0x001C} // PIN-001 No.3

	FaceAge         = EF{CardFace, 0x0001} // age proof
	FaceImages      = EF{CardFace, 0x0002}
	FaceInfo        = EF{CardFace, 0x0003}
	FaceSigner      = EF{CardFace, 0x0004} // card-verifiable certificate
	FaceNumber      = EF{CardFace, 0x0005}
	FaceBirthPIN    = EF{CardFace, 0x0011} // six digits of the birth date
	FaceReferenceB  = EF{CardFace, 0x0012} // 照合番号B, 14 digits
	FaceReferenceA  = EF{CardFace, 0x0013} // 照合番号A, the Individual Number
	FaceKey         = EF{CardFace, 0x001A} // proves that the chip is genuine
	TextNumber      = EF{InputSupport, 0x0001}
	TextItems       = EF{InputSupport, 0x0002} // basic four items 基本4情報
	TextIntegrity   = EF{InputSupport, 0x0003}
	TextSigner      = EF{InputSupport, 0x0004}
	TextInfo        = EF{InputSupport, 0x0005}
	TextSessionKey  = EF{InputSupport, 0x0006} // public key for secure messaging
	TextKeyProof    = EF{InputSupport, 0x0007} // public half of TextKey, signed
	InputSupportPIN = EF{InputSupport, 0x0011} // PIN-001 No.4
	TextKey         = EF{InputSupport, 0x0013}
	TextReferenceA  = EF{InputSupport, 0x0014}
	TextReferenceB  = EF{InputSupport, 0x0015}
)

// kind says what a file is and so which commands fit it.
type kind uint8

const (
	transparent kind = iota // read by READ BINARY
	records                 // read by READ RECORD
	pin                     // VERIFY and change
	key                     // COMPUTE DIGITAL SIGNATURE, INTERNAL AUTHENTICATE
	internal                // selectable and nothing more; its use is not known
	dataObject              // read by GET DATA in the card manager
)

// file is one row of the layout: what never changes about an elementary file.
type file struct {
	id    uint16
	kind  kind
	needs []uint16 // PIN files of the same application of which any one opens it; none: free

	// of PINs
	tries     int         // full counter; 0: Config.ReferenceTries
	syntax    syntax      // what a new value must look like
	changedBy byte        // instruction by which the holder changes it; 0: only the terminal
	sameAs    Application // the application whose PIN of the same id this is; 0: its own
}

// application is one row of the layout: an application and its files.
type application struct {
	id    Application
	label string
	aid   string
	files []file
}

// find returns the elementary file with the id; nil if there is none or it is a data object.
func (a *application) find(id uint16) *file {
	for i := range a.files {
		if f := &a.files[i]; f.id == id && f.kind != dataObject {
			return f
		}
	}
	return nil
}

// findShort returns the elementary file with the short identifier, the low five bits of its id.
func (a *application) findShort(sfi byte) *file {
	for i := range a.files {
		if f := &a.files[i]; byte(f.id&0x1F) == sfi && f.kind != dataObject {
			return f
		}
	}
	return nil
}

// INS bytes by which a holder changes a PIN.
const (
	insChange    = 0x24 // CHANGE REFERENCE DATA
	insChangeKey = 0x32 // JICSAP CHANGE KEY, class 80
)

func open(id uint16, needs ...uint16) file { return file{id: id, needs: needs} }
func hidden(id uint16) file                { return file{id: id, kind: internal} }
func object(tag uint16) file               { return file{id: tag, kind: dataObject} }
func keyFile(id uint16, needs ...uint16) file {
	return file{id: id, kind: key, needs: needs}
}
func reference(id uint16, n syntax) file { return file{id: id, kind: pin, syntax: n} }

// standard is the card of today, in the order in which a partial AID is looked up.
// Sources: spec of the chip sections 3 to 8; files whose use is not known are selectable and no more.
var standard = []application{
	{CardManager, "card manager", "\xA0\x00\x00\x01\x51\x00\x00", []file{
		object(0x0042), object(0x0045), object(0x0066), object(0x00F0), object(0x00F2),
		object(0x00F7), object(0x00F8), object(0x7F21), object(0x5F51),
	}},
	{JPKI, "JPKI", "\xD3\x92\xF0\x00\x26\x01\x00\x00\x00\x01", []file{
		open(0x0001, 0x001B), open(0x0002), hidden(0x0005), open(0x0006), open(0x0008), open(0x0009),
		open(0x000A), open(0x000B), hidden(0x0010), open(0x0016),
		keyFile(0x0017, 0x0018),
		{id: 0x0018, kind: pin, tries: 3, syntax: digits4, changedBy: insChange},
		hidden(0x0019),
		keyFile(0x001A, 0x001B),
		{id: 0x001B, kind: pin, tries: 5, syntax: password, changedBy: insChange},
		hidden(0x001C), hidden(0x001E),
	}},
	{Common, "common", "\xD3\x92\x10\x00\x31\x00\x01\x01\x01\x00", []file{
		{id: 0x0001, kind: records}, {id: 0x0002, kind: records},
		keyFile(0x0019),
		// No.3 is one PIN for the holder (PIN-001), so both applications look at one value and one counter.
		{id: 0x001C, kind: pin, tries: 3, syntax: digits4, changedBy: insChangeKey, sameAs: ResidentRegister},
		hidden(0x001E),
	}},
	{ResidentRegister, "resident register", "\xD3\x92\x10\x00\x31\x00\x01\x01\x04\x01", []file{
		{id: 0x0002, kind: records},
		{id: 0x001C, kind: pin, tries: 3, syntax: digits4, changedBy: insChangeKey},
	}},
	{CardFace, "card face", "\xD3\x92\x10\x00\x31\x00\x01\x01\x04\x02", []file{
		open(0x0001, 0x0011), open(0x0002, 0x0012, 0x0013), open(0x0003), open(0x0004),
		open(0x0005, 0x0013), open(0x0006),
		reference(0x0011, digits6), reference(0x0012, digits14), reference(0x0013, digits12),
		keyFile(0x001A), hidden(0x001C), hidden(0x001E),
	}},
	{InputSupport, "input support", "\xD3\x92\x10\x00\x31\x00\x01\x01\x04\x08", []file{
		open(0x0001, 0x0011, 0x0014), open(0x0002, 0x0011, 0x0015), open(0x0003, 0x0011, 0x0014, 0x0015),
		open(0x0004), open(0x0005), open(0x0006, 0x0011, 0x0014, 0x0015),
		open(0x0007, 0x0011, 0x0014, 0x0015), open(0x0008), hidden(0x0010),
		{id: 0x0011, kind: pin, tries: 3, syntax: digits4, changedBy: insChange},
		{id: 0x0012, kind: pin, tries: 3, syntax: neverSet}, // measured as blocked; no value is known
		keyFile(0x0013), reference(0x0014, digits12), reference(0x0015, digits14),
		hidden(0x001C), hidden(0x001E),
	}},
}

// syntax is the form of a PIN's value: so many digits, or one of the two special forms.
type syntax int

const (
	digits4  syntax = 4
	digits6  syntax = 6
	digits12 syntax = 12
	digits14 syntax = 14
	password syntax = -1 // 6 to 16 of A–Z and 0–9 with at least one of each (PIN-001 No.1, PIN-002)
	neverSet syntax = -2
)

// accepts reports whether the value has the form.
func (s syntax) accepts(value []byte) bool {
	if s == neverSet || (s == password && (len(value) < 6 || len(value) > 16)) || (s > 0 && len(value) != int(s)) {
		return false
	}
	var letters, digits bool
	for _, c := range value {
		switch {
		case '0' <= c && c <= '9':
			digits = true
		case s == password && 'A' <= c && c <= 'Z':
			letters = true
		default:
			return false
		}
	}
	return digits && (letters || s != password)
}
