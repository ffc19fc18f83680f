package demo

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net"
	"strings"
	"sync"
	"testing"
)

// faults collects what the mail server's library complains of.
type faults struct {
	mu  sync.Mutex
	out bytes.Buffer
}

func (f *faults) Write(b []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.out.Write(b)
}

func (f *faults) String() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.out.String()
}

func openInbox(t *testing.T) (*Inbox, *faults) {
	t.Helper()
	in, err := OpenInbox(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	said := &faults{}
	in.server.ErrorLog = log.New(said, "", 0)
	return in, said
}

// TestInboxBearsCommandsAfterTheEnd: commands that were sent before the server closed the connection (after QUIT, or after
// too many errors) reach no session that is gone.
func TestInboxBearsCommandsAfterTheEnd(t *testing.T) {
	in, said := openInbox(t)
	for _, commands := range []string{
		"EHLO x\r\nQUIT\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<a@b.example>\r\nDATA\r\n",
		"EHLO x\r\n?\r\n?\r\n?\r\n?\r\n?\r\nMAIL FROM:<a@b.example>\r\nMAIL FROM:<a@b.example>\r\n",
		"EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<a@b.example>\r\nDATA\r\nhalf a mail",
		"EHLO x\r\n" + strings.Repeat("x", 5000) + "\r\nMAIL FROM:<a@b.example>\r\n",
	} {
		c, err := net.Dial("tcp", in.Addr)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(c, commands); err != nil {
			t.Fatal(err)
		}
		_ = c.(*net.TCPConn).CloseWrite()
		answers, _ := io.ReadAll(c) // until the server closes
		if strings.Contains(string(answers), "Internal server error") {
			t.Errorf("%q: %s", commands, answers)
		}
		c.Close()
	}
	if err := in.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(said.String(), "panic") {
		t.Error(said)
	}
}

// TestInboxStopsWhileMailsCome: the server is stopped while many senders are in the middle of a mail.
func TestInboxStopsWhileMailsCome(t *testing.T) {
	for round := range 20 {
		in, said := openInbox(t)
		var senders sync.WaitGroup
		begun := make(chan bool, 100)
		for sender := range 8 {
			senders.Go(func() {
				c, err := net.Dial("tcp", in.Addr)
				if err != nil {
					return
				}
				defer c.Close()
				go io.Copy(io.Discard, c)
				for i := range 1000 {
					mail := fmt.Sprintf("EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<a@b.example>\r\nDATA\r\nMessage-ID: <%d-%d-%d@b.example>\r\n\r\nx\r\n.\r\nRSET\r\n", round, sender, i)
					if _, err := io.WriteString(c, mail); err != nil {
						return
					}
					select {
					case begun <- true:
					default:
					}
				}
			})
		}
		<-begun
		if err := in.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		senders.Wait()
		if strings.Contains(said.String(), "panic") {
			t.Fatal(said)
		}
	}
}
