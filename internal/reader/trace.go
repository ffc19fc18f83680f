package reader

import (
	"fmt"
	"io"

	"mynumber/internal/apdu"
	"mynumber/internal/iccard"
)

// Traced writes each command and its answer to w, a line each, and nothing that is anybody's: of the data only names of
// applications and files are shown, of the answers only files that everybody may read. Everything else is shown as its length,
// PINs, numbers, four items, images, digests and signatures alike. What cannot be written is lost; the commands go on.
func Traced(chip Chip, w io.Writer) Chip { return &traced{chip: chip, w: w} }

type traced struct {
	chip        Chip
	w           io.Writer
	application iccard.Application
	file        iccard.EF
}

// shownFiles may be read by everybody and name nobody.
var shownFiles = map[iccard.EF]bool{
	iccard.SignatureCACertificate: true, iccard.AuthenticationCACertificate: true, iccard.TokenInfo: true, iccard.CertificateAvailability: true,
	iccard.FaceInfo: true, iccard.FaceSigner: true, iccard.TextInfo: true, iccard.TextSigner: true,
}

// Transmit passes the command on.
func (t *traced) Transmit(command []byte) ([]byte, error) {
	cmd, parseErr := apdu.ParseCommand(command)
	if parseErr != nil {
		fmt.Fprintf(t.w, "> (%d bytes)\n", len(command))
	} else {
		fmt.Fprintf(t.w, "> %s\n", t.command(cmd))
	}
	answer, err := t.chip.Transmit(command)
	if err != nil {
		fmt.Fprintf(t.w, "< %v\n", err)
		return answer, err
	}
	response, err := apdu.ParseResponse(answer)
	if err != nil {
		fmt.Fprintf(t.w, "< (%d bytes)\n", len(answer))
		return answer, nil
	}
	shown := ""
	if parseErr == nil {
		t.follow(cmd, response.SW)
		shown = t.answer(cmd, response)
	} else if len(response.Data) > 0 {
		shown = masked(response.Data)
	}
	fmt.Fprintf(t.w, "< %s%04X\n", shown, uint16(response.SW))
	return answer, nil
}

func masked(b []byte) string { return fmt.Sprintf("[%d bytes] ", len(b)) }

// Instructions whose data or answers are shown.
const (
	insSelect = 0xA4
	insRead   = 0xB0
)

// command is the header, the data and Le.
func (t *traced) command(cmd apdu.Command) string {
	out := fmt.Sprintf("%02X %02X %02X %02X ", cmd.CLA, cmd.INS, cmd.P1, cmd.P2)
	if len(cmd.Data) > 0 {
		if cmd.CLA == 0 && cmd.INS == insSelect {
			out += fmt.Sprintf("%X ", cmd.Data)
		} else {
			out += masked(cmd.Data)
		}
	}
	if cmd.Ne > 0 {
		out += fmt.Sprintf("Ne %d", cmd.Ne)
	}
	return out
}

// follow keeps which file the next READ BINARY reads; whatever is not known for certain is no file, and stays masked.
func (t *traced) follow(cmd apdu.Command, sw apdu.SW) {
	short := cmd.P1&0x80 != 0
	if cmd.CLA == 0 && cmd.INS == insRead && !short {
		return // on in the same file
	}
	t.file = iccard.EF{}
	switch {
	case cmd.CLA != 0 || sw != apdu.OK:
		if cmd.INS == insSelect && cmd.P1 == 0x04 {
			t.application = iccard.CardManager
		}
	case cmd.INS == insRead:
		t.file = iccard.EF{Application: t.application, ID: uint16(cmd.P1 & 0x1F)}
	case cmd.INS == insSelect && cmd.P1 == 0x04:
		t.application = iccard.CardManager
		for _, a := range []iccard.Application{iccard.JPKI, iccard.Common, iccard.ResidentRegister, iccard.CardFace, iccard.InputSupport} {
			if string(cmd.Data) == string(a.AID()) { // one selected by a part of its name is not known
				t.application = a
			}
		}
	case cmd.INS == insSelect && cmd.P1 == 0x02 && len(cmd.Data) == 2:
		t.file = iccard.EF{Application: t.application, ID: uint16(cmd.Data[0])<<8 | uint16(cmd.Data[1])}
	}
}

// answer is the data of an answer as it may be shown, with a blank behind.
func (t *traced) answer(cmd apdu.Command, r apdu.Response) string {
	if len(r.Data) == 0 {
		return ""
	}
	if cmd.CLA == 0 && cmd.INS == insRead && shownFiles[t.file] {
		return fmt.Sprintf("%X ", r.Data)
	}
	return masked(r.Data)
}
