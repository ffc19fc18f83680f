package iccard

import (
	"bytes"
	"io"

	"mynumber/internal/apdu"
)

// handler works off one command; data come back only with 9000.
type handler func(*Card, apdu.Command) ([]byte, apdu.SW)

// Classes of commands.
const (
	classISO    = 0x00
	classJICSAP = 0x80
	classIssuer = 0x90 // the issuer's channel, see the package comment
)

// commands is every instruction the chip knows, by class and INS; all else is 6D00.
var commands map[[2]byte]handler

func init() { // not an initialiser: the handlers reach the table again through dispatch
	refuse := func(sw apdu.SW) handler { return func(*Card, apdu.Command) ([]byte, apdu.SW) { return nil, sw } }
	commands = map[[2]byte]handler{
		{classISO, 0xA4}:            (*Card).selectFile,
		{classISO, 0xB0}:            (*Card).readBinary,
		{classISO, 0xB2}:            (*Card).readRecord,
		{classISO, 0xCA}:            (*Card).getData,
		{classISO, 0x84}:            (*Card).getChallenge,
		{classISO, 0x20}:            (*Card).verify,
		{classISO, insChange}:       (*Card).change,
		{classISO, 0x88}:            (*Card).internalAuthenticate,
		{classJICSAP, insChangeKey}: (*Card).change,
		{classJICSAP, 0x2A}:         (*Card).computeSignature,
		{classJICSAP, 0xA2}:         refuse(apdu.WrongParameters), // SET PUBLIC IC KEY: parameters unknown
		{classJICSAP, 0xFC}:         (*Card).lastCommand,
		{classJICSAP, 0x06}:         refuse(apdu.SecurityNotSatisfied), // ERASE ALL RECORDS and the four
		{classJICSAP, 0x50}:         refuse(apdu.SecurityNotSatisfied), // LOCK DF          below exist in
		{classJICSAP, 0x52}:         refuse(apdu.SecurityNotSatisfied), // UNLOCK DF        JICSAP and need
		{classJICSAP, 0x54}:         refuse(apdu.SecurityNotSatisfied), // UNLOCK KEY       terminal keys that
		{classJICSAP, 0x8A}:         refuse(apdu.SecurityNotSatisfied), // MANAGE ATTRIBUTES  are not public
		{classIssuer, insBegin}:     (*Card).beginChannel,
		{classIssuer, insAuthTerm}:  (*Card).authenticateTerminal,
		{classIssuer, insWrite}:     issuer((*Card).writeFile),
		{classIssuer, insGenerate}:  issuer((*Card).generateKey),
		{classIssuer, insSetPIN}:    issuer((*Card).setPIN),
		{classIssuer, insErase}:     issuer((*Card).eraseFile),
		{classIssuer, insStatus}:    issuer((*Card).status),
		{classIssuer, insFinish}:    issuer((*Card).finish),
		{classIssuer, insTerminate}: issuer((*Card).terminate),
		{classIssuer, insProve}:     issuer((*Card).prove),
		{classIssuer, insTakeUp}:    issuer((*Card).takeUp),
	}
}

func (c *Card) dispatch(cmd apdu.Command) ([]byte, apdu.SW) {
	switch {
	case cmd.CLA == classISO || cmd.CLA == classJICSAP || cmd.CLA == classIssuer:
	case cmd.CLA&0x70 == 0 && cmd.CLA&0x03 != 0, cmd.CLA&0xC0 == 0x40:
		return nil, apdu.NoLogicalChannel
	case cmd.CLA&0x70 == 0 && cmd.CLA&0x0C != 0 && cmd.INS == 0xA4:
		return nil, apdu.NoSecureMessaging
	case cmd.CLA&0x70 == 0 && cmd.CLA&0x0C != 0:
		return nil, apdu.NoSession
	default:
		return nil, apdu.UnknownClass
	}
	h, ok := commands[[2]byte{cmd.CLA, cmd.INS}]
	if !ok {
		return nil, apdu.UnknownInstruction
	}
	return h(c, cmd)
}

// selectFile is SELECT, reference section 8.1: by AID or a prefix of one, or an elementary file.
func (c *Card) selectFile(cmd apdu.Command) ([]byte, apdu.SW) {
	switch {
	case cmd.P1 == 0x04 && (cmd.P2 == 0x0C || cmd.P2 == 0x00):
		return c.selectApplication(cmd)
	case cmd.P1 == 0x02 && cmd.P2 == 0x0C:
		if len(cmd.Data) != 2 {
			return nil, apdu.WrongLength
		}
		f := c.application.find(uint16(cmd.Data[0])<<8 | uint16(cmd.Data[1]))
		if f == nil {
			return nil, apdu.FileNotFound
		}
		c.file = f
		return nil, apdu.OK
	case cmd.P1 == 0x00 && bytes.Equal(cmd.Data, []byte{0x3F, 0x00}):
		return nil, apdu.FileNotFound
	case cmd.P1 == 0x00 && cmd.P2 == 0x00 && len(cmd.Data) == 0 && c.application.id != CardManager:
		return nil, apdu.OK
	}
	return nil, apdu.WrongParameters
}

func (c *Card) selectApplication(cmd apdu.Command) ([]byte, apdu.SW) {
	if len(cmd.Data) < 5 || len(cmd.Data) > 16 {
		return nil, apdu.WrongLength
	}
	apps := c.layout().applications
	for i := range apps {
		app := &apps[i]
		if !bytes.HasPrefix([]byte(app.aid), cmd.Data) {
			continue
		}
		if app != c.application || !(c.keep || c.state.config.KeepOnReselect) {
			c.verified = 0
		}
		c.application, c.file = app, nil
		if cmd.P2 == 0x00 && cmd.Ne > 0 {
			return limit(apdu.AppendObject(nil, 0x6F, apdu.AppendObject(nil, 0x84, []byte(app.aid))), cmd.Ne), apdu.OK
		}
		return nil, apdu.OK
	}
	return nil, apdu.FileNotFound // and the application selected before stays
}

// current is the elementary file that P2 = 80 (the current one) or 80|SFI means. SFI selects the file.
func (c *Card) current(p2 byte) (*file, apdu.SW) {
	switch {
	case p2 == 0x80 && c.file == nil:
		return nil, apdu.NoCurrentFile
	case p2 == 0x80:
		return c.file, apdu.OK
	case p2&0xE0 == 0x80:
		f := c.application.findShort(p2 & 0x1F)
		if f == nil {
			return nil, apdu.FileNotFound
		}
		c.file = f
		return f, apdu.OK
	}
	return nil, apdu.WrongParameters
}

// ef is the file's name in the current application.
func (c *Card) ef(f *file) EF { return EF{c.application.id, f.id} }

// allowed reports whether one of the PINs that open the file is verified.
func (c *Card) allowed(f *file) bool {
	for _, id := range f.needs {
		if c.verified&(1<<(id&0x1F)) != 0 {
			return true
		}
	}
	return len(f.needs) == 0
}

// readBinary is READ BINARY, reference section 8.2. It never answers 9000 without data when data
// were asked for: clients that read until an error would read for ever.
func (c *Card) readBinary(cmd apdu.Command) ([]byte, apdu.SW) {
	f, offset := c.file, int(cmd.P1)<<8|int(cmd.P2)
	if cmd.P1&0x80 != 0 {
		var sw apdu.SW
		if cmd.P1 == 0x80 {
			return nil, apdu.FileNotFound
		}
		if f, sw = c.current(cmd.P1); sw != apdu.OK {
			return nil, sw
		}
		offset = int(cmd.P2)
	}
	switch {
	case f == nil:
		return nil, apdu.NoCurrentFile
	case f.kind != transparent:
		return nil, apdu.WrongFileKind
	case !c.allowed(f):
		return nil, apdu.SecurityNotSatisfied
	}
	content := c.state.content(c.ef(f))
	if offset >= len(content) {
		return nil, apdu.OffsetOutside
	}
	return limit(content[offset:], cmd.Ne), apdu.OK
}

// readRecord is READ RECORD of one record with its tag and length, reference section 8.3.
func (c *Card) readRecord(cmd apdu.Command) ([]byte, apdu.SW) {
	if cmd.P2&0x07 != 0x04 {
		return nil, apdu.WrongParameters
	}
	f := c.file
	if sfi := cmd.P2 >> 3; sfi != 0 {
		if f = c.application.findShort(sfi); f == nil {
			return nil, apdu.FileNotFound
		}
		c.file = f
	}
	switch {
	case f == nil:
		return nil, apdu.NoCurrentFile
	case f.kind != records:
		return nil, apdu.WrongFileKind
	case !c.allowed(f):
		return nil, apdu.SecurityNotSatisfied
	}
	rest := c.state.content(c.ef(f))
	for n := 1; ; n++ {
		record, after, err := apdu.ParseRecord(rest) // the filler of an unwritten file is no record
		if err != nil {
			return nil, apdu.RecordNotFound
		}
		if n == int(cmd.P1) {
			return limit(record.Raw, cmd.Ne), apdu.OK
		}
		rest = after
	}
}

// getData is GET DATA of the card manager, reference section 8.8. In the applications there are no
// data objects.
func (c *Card) getData(cmd apdu.Command) ([]byte, apdu.SW) {
	ef := EF{CardManager, uint16(cmd.P1)<<8 | uint16(cmd.P2)}
	if c.application.id != CardManager || c.layout().lookup(ef) == nil {
		return nil, apdu.KeyNotFound
	}
	value, ok := c.state.contents[ef]
	if !ok && ef.ID == 0x5F51 {
		value, ok = c.state.config.ATR[1:], true // the ATR without TS
	}
	switch {
	case !ok:
		return nil, apdu.KeyNotFound
	case cmd.Ne == 0 || (len(value) > apdu.MaxShortNe && !cmd.Extended):
		return nil, apdu.WrongLength
	}
	return limit(value, cmd.Ne), apdu.OK
}

// getChallenge is GET CHALLENGE, reference section 8.7: 1 to 256 random bytes, in every application.
func (c *Card) getChallenge(cmd apdu.Command) ([]byte, apdu.SW) {
	switch {
	case cmd.P1 != 0 || cmd.P2 != 0:
		return nil, apdu.WrongParameters
	case cmd.Extended:
		return nil, apdu.ConditionsNotMet
	case cmd.Ne == 0 || len(cmd.Data) > 0:
		return nil, apdu.WrongLength
	}
	return c.random(cmd.Ne)
}

// random is n bytes of the chip's random source.
func (c *Card) random(n int) ([]byte, apdu.SW) {
	b := make([]byte, n)
	if _, err := io.ReadFull(c.rand, b); err != nil {
		c.fault = err
		return nil, apdu.MemoryError
	}
	return b, apdu.OK
}

// lastCommand is the query 80 FC of a phone, reference section 8.9: a card answers 6700. What the iPhone answers is not published; it
// is accepted there and answered without data.
func (c *Card) lastCommand(cmd apdu.Command) ([]byte, apdu.SW) {
	switch {
	case c.state.config.Profile != IPhone:
		return nil, apdu.WrongLength
	case cmd.P1 != 0 || cmd.P2 != 0:
		return nil, apdu.WrongParameters
	}
	return nil, apdu.OK
}

func limit(b []byte, n int) []byte { return b[:min(n, len(b))] }
