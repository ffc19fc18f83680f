// Package signing is documents signed with the signature certificate (電子署名, 公的個人認証法第2条): detached signatures of
// files in CMS as CAdES-BES has them (RFC 5652, RFC 5035, ETSI EN 319 122-1), and signatures inside PDF documents as
// PAdES has them (ETSI EN 319 142-1, ISO 32000-1 section 12.8).
//
// It makes such signatures with any crypto.Signer, a card's key above all, and reads them strictly: one signer,
// DER throughout, the attributes that CAdES asks for, nothing twice and nothing left over. Whose certificate it is,
// whether it is good and since when it is revoked is pki's and verification's matter.
package signing
