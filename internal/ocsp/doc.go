// Package ocsp answers the world's questions about certificates (RFC 6960, RFC 5019): it keeps answers that were asked for
// without a nonce and signs them again before they are too old, signs the others as they come, and lets neither stand in the
// other's way. An answer is given only while the status of certificates is known to be of now.
//
// What an answer says and its bytes are pki's matter, what became of a certificate is status's. It has two faces: a handler for
// the program's own server, and a listener of its own for a nation's load.
package ocsp
