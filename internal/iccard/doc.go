// Package iccard is the chip of an Individual Number Card (個人番号カード, My Number Act 番号法 第2条第7項)
// in software: its five applications and the card manager, their files, PINs (暗証番号, PIN-001) with
// their tries, and keys, behind ISO/IEC 7816-4 and JICSAP commands as unmodified clients send them.
// What is written on the card, and by whom, is left to reader and the offices; this package knows no
// municipality, no person and no certificate.
//
// # Promises
//
// A try is durable before a PIN is compared, and an outcome before it is answered: whoever takes the
// power away at any moment gains nothing. A key is durable before its public half leaves, or together
// with what the issuer writes because of it; the private half never leaves. Any bytes may be sent as a command; the answer is a status word. A PIN that was
// never set has no tries: asked for them the chip says 63C0, and any value is refused with 6984.
//
// A memory that is not the card's last, put in the place of its file, is found out: the ledger of the data folder
// names the last one by number and hash (FileStorage, Ledger).
//
// # Kinds of cards
//
// Config.Profile says what a chip is: the card of today, a phone's application, or the card to come as far as it is
// published. They differ in their layout alone; what a command does with a key is the key's affair.
//
// # Rights
//
// PINs are verified for the selected application only and forgotten at every SELECT of an application,
// reset and power-off (Config.KeepOnReselect spares the re-selection of the same one).
//
// # The issuer's channel
//
// How real cards are written is not public. The issuer's machine and the municipal terminal
// (統合端末) speak a channel of our own, class 90, in which every unit is encrypted and sealed:
//
//	90 50 00 00  terminal nonce (16)      → chip nonce (16), proof of the chip (16)
//	90 82 00 00  proof of the terminal    → EXTERNAL AUTHENTICATE; the channel is open
//	90 D6 00 00  file, content            → write a file or data object, whole
//	90 46 P1 00  file, algorithm or none  → make a key pair (P1 00 keep one that is there, 01 replace, 02, 03 beside it); public key
//	90 2A 00 00  file, input              → signature of the key made beside
//	90 48 00 00  file                     → the key made beside takes the file's place
//	90 2C P1 00  file, value              → PIN: 00 set with all tries, 01 give tries back, 02 unset
//	90 E4 00 00  file                     → empty a file, destroy a key
//	90 F2 00 00  file, or nothing         → state of a file, of the chip
//	90 44 00 00                           → mark as personalised
//	90 E6 00 00                           → erase everything and end the chip
//
// A file is application (1) and id (2), see AppendEF. Without an open channel all but the first two
// answer 6982; a wrong seal closes the channel. docs/chip-channel.md has the bytes. SELECT and the
// holder's commands do not disturb the channel and gain nothing from it.
//
// # Known differences from the real card
//
// Secure messaging of the input support application is not offered (80 AE: 6D00), 80 A2 refuses all
// parameters, and the resident register application has no more than its PIN and key reference.
package iccard
