// Package pki is the two certification authorities of the Japanese Public Key Infrastructure
// (公的個人認証サービス, 公的個人認証法) as bytes: X.509 profiles, signing, certificate revocation lists
// (失効リスト, CRL), OCSP answers, and what a relying party (署名検証者, 利用者証明検証者) checks.
//
// It follows RFC 5280 and RFC 6960 and the profile of the service as far as it is public; where it is
// not, the choice made is said beside the code. Nothing signed here can pass for the real service:
// every name that has an organisation has O=JPKI-SIM.
//
// It takes bytes and gives bytes. When a certificate may be issued, until which day it is good and why
// it is revoked is certificate, rules and procedure; counters, plans, files and the status of each
// certificate are kept by office and store; HTTP is api's matter.
package pki
