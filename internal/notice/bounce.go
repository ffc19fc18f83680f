package notice

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/textproto"
	"regexp"
	"strconv"
	"strings"
)

// ReturnPath is the envelope's sender of a mail to its n-th address: what could not be delivered comes back to it, and
// its local part says what (variable envelope return path).
func ReturnPath(from, id string, n int) string {
	local, domain, _ := strings.Cut(from, "@")
	return fmt.Sprintf("%s+%s.%d@%s", local, id, n, domain)
}

// returnPath is an envelope's sender of ours, in the address to which a report comes.
var returnPath = regexp.MustCompile(`\+([a-z0-9]{1,64})\.([0-9]{1,2})@`)

// Report is what a mail server reports of a mail that it could not deliver.
type Report struct {
	ID     string // of the message
	N      int    // its address; -1 when the report names it only by the message
	Action string // "failed", "delayed", "delivered", "relayed" or "expanded" (RFC 3464, section 2.3.3)
	Status string // such as "5.1.1"
	Said   string
}

// Failed reports that the mail will not be delivered.
func (r Report) Failed() bool { return r.Action == "failed" }

// ErrNoReport is a mail that is no report on a mail of ours: somebody's answer, or an absence note.
var ErrNoReport = errors.New("this mail is no report on the delivery of a message")

// Bounds of a report.
const (
	reportMost = 1 << 20
	partsMost  = 20
)

// ReadReport reads a delivery status notification (RFC 3464) that came to an address of ours. The message is known by
// that address, otherwise by the mail that the report gives back.
func ReadReport(to string, mailed io.Reader) (Report, error) {
	none := Report{N: -1}
	m, err := mail.ReadMessage(bufio.NewReader(io.LimitReader(mailed, reportMost)))
	if err != nil {
		return none, ErrNoReport
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/report" || !strings.EqualFold(params["report-type"], "delivery-status") {
		return none, ErrNoReport
	}
	r, parts := none, multipart.NewReader(m.Body, params["boundary"])
	for range partsMost {
		part, err := parts.NextPart()
		if err != nil {
			break // the end, or a report that was cut off: what was read counts
		}
		content, err := io.ReadAll(io.LimitReader(part, reportMost))
		if err != nil {
			break
		}
		switch kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type")); kind {
		case "message/delivery-status", "message/global-delivery-status":
			r.status(content)
		case "message/rfc822", "text/rfc822-headers", "message/global-headers", "message/global":
			r.returned(content)
		}
	}
	for _, address := range []string{to, m.Header.Get("Delivered-To"), m.Header.Get("To")} {
		if found := returnPath.FindStringSubmatch(address); found != nil {
			r.ID = found[1]
			r.N, _ = strconv.Atoi(found[2]) // two digits
			break
		}
	}
	if r.ID == "" || r.Action == "" {
		return none, ErrNoReport
	}
	return r, nil
}

// status reads the groups of fields on the mail and on each receiver; the worst receiver counts.
func (r *Report) status(content []byte) {
	groups := textproto.NewReader(bufio.NewReader(bytes.NewReader(content)))
	for range partsMost {
		fields, err := groups.ReadMIMEHeader()
		if action := strings.ToLower(strings.TrimSpace(fields.Get("Action"))); action != "" && !r.Failed() {
			r.Action, r.Status = action, strings.TrimSpace(fields.Get("Status"))
			r.Said = said(errors.New(strings.TrimSpace(r.Status + " " + fields.Get("Diagnostic-Code"))))
		}
		if err != nil {
			return
		}
	}
}

var ownMessageID = regexp.MustCompile(`<([a-z0-9]{1,64})@`)

// returned reads the Message-ID of the mail that is given back.
func (r *Report) returned(content []byte) {
	fields, _ := textproto.NewReader(bufio.NewReader(bytes.NewReader(content))).ReadMIMEHeader() // what there is of it
	if found := ownMessageID.FindStringSubmatch(fields.Get("Message-Id")); found != nil && r.ID == "" {
		r.ID = found[1]
	}
}
