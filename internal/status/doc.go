// Package status is what the outside hears of every certificate (有効・一時保留・失効, RFC 6960 section 2.2) as files that are
// mapped into memory: four octets a certificate, found by its issue counter, so that 200 million of them are looked up
// without a query. The registers stay the truth; the files follow the sequence in which they changed, and are made anew from
// them when they are missing, damaged or of other registers.
//
// It knows neither HTTP nor OCSP's bytes; answers are ocsp's matter, and when a certificate is revoked is law's.
package status
