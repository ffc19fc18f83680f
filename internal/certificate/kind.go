// Package certificate is the legal life of the holder's two electronic certificates under the
// 公的個人認証法: which kind, in which state, and which act moves it where. How a certificate looks
// as bytes is pki's matter.
package certificate

import "fmt"

// Kind is which of the two certificates of a card (公的個人認証法第3条, 第22条; CERT-007).
type Kind uint8

const (
	Signature          Kind = 1 // 署名用電子証明書
	UserAuthentication Kind = 2 // 利用者証明用電子証明書
)

// Kinds are both kinds in the catalogue's order (No.1, No.2).
var Kinds = [2]Kind{Signature, UserAuthentication}

// Carrier is what a certificate lies on (CERT-002, SPC-001).
type Carrier string

const (
	OnCard    Carrier = "card"
	OnAndroid Carrier = "android"
	OnIPhone  Carrier = "iphone"
)

var kindNames = map[Kind]string{Signature: "signature", UserAuthentication: "user_authentication"}

// String is the identifier used in JSON and in the registers.
func (k Kind) String() string { return kindNames[k] }

// MarshalText writes the identifier.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads the identifier; anything else is an error.
func (k *Kind) UnmarshalText(b []byte) error {
	for kind, name := range kindNames {
		if name == string(b) {
			*k = kind
			return nil
		}
	}
	return fmt.Errorf("no kind of certificate is called %q", b)
}
