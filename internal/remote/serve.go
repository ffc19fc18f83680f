package remote

import (
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"
	"unicode"
)

// Path is where agents call.
const Path = "/reader-agents"

// greeting is what an agent says when it begins, and admission what it hears.
type greeting struct {
	Reader string `json:"reader"` // its name
}

type admission struct {
	ID     string `json:"id"`
	Secret string `json:"secret"`
	Code   string `json:"code"`       // to be typed at the desk
	Life   int    `json:"expires_in"` // seconds
}

// report is what an agent says when it asks for work: what became of the last thing, if there was one.
type report struct {
	Seq   uint64 `json:"seq,omitempty"`
	Data  []byte `json:"data,omitempty"`
	Fault string `json:"fault,omitempty"` // no_card, reader
	Desk  string `json:"desk,omitempty"`  // with which it knows to be paired
}

// order is what it hears: something to do, or nothing.
type order struct {
	Desk string `json:"desk,omitempty"` // it is paired with
	Seq  uint64 `json:"seq,omitempty"`  // 0: there is nothing to do
	Op   string `json:"op,omitempty"`
	Data []byte `json:"data,omitempty"`
}

// Faults that an agent reports.
const (
	faultNoCard = "no_card"
	faultReader = "reader"
)

// Handler answers agents: POST Path begins one, POST Path/{id} is its long poll, DELETE Path/{id} its end.
func (r *Readers) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+Path, r.admit)
	mux.HandleFunc("POST "+Path+"/{id}", r.poll)
	mux.HandleFunc("DELETE "+Path+"/{id}", r.dismiss)
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if !private(req) {
			http.Error(w, "card readers are connected over TLS, or on this machine alone", http.StatusForbidden)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		req.Body = http.MaxBytesReader(w, req.Body, 2*longestUnit)
		mux.ServeHTTP(w, req)
	})
}

// private reports that nobody on the way can read along: TLS up to here, or up to a proxy on this machine that says so, or a
// connection of this machine itself.
func private(req *http.Request) bool {
	if req.TLS != nil {
		return true
	}
	host, _, err := net.SplitHostPort(req.RemoteAddr)
	ip := net.ParseIP(host)
	if err != nil || ip == nil || !ip.IsLoopback() {
		return false
	}
	proto := req.Header.Get("X-Forwarded-Proto")
	return proto == "" && req.Header.Get("X-Forwarded-For") == "" || proto == "https"
}

func (r *Readers) admit(w http.ResponseWriter, req *http.Request) {
	var hello greeting
	if err := json.NewDecoder(req.Body).Decode(&hello); err != nil {
		http.Error(w, "not a greeting", http.StatusBadRequest)
		return
	}
	id, secret, code, err := r.register(printable(hello.Reader))
	if err != nil {
		w.Header().Set("Retry-After", "60")
		http.Error(w, "too many card readers wait to be paired", http.StatusServiceUnavailable)
		return
	}
	say(w, http.StatusCreated, admission{id, secret, code, int(codeLife / time.Second)})
}

// printable is a reader's name without what does not print, and not too long.
func printable(name string) string {
	var out strings.Builder
	n := 0
	for _, c := range name {
		if unicode.IsPrint(c) && n < longestName {
			out.WriteRune(c)
			n++
		}
	}
	return strings.TrimSpace(out.String())
}

func (r *Readers) of(w http.ResponseWriter, req *http.Request) *agent {
	secret, ok := strings.CutPrefix(req.Header.Get("Authorization"), "Bearer ")
	a := r.known(req.PathValue("id"), secret)
	if !ok || a == nil {
		http.Error(w, "this card reader was dismissed", http.StatusGone)
		return nil
	}
	return a
}

func (r *Readers) dismiss(w http.ResponseWriter, req *http.Request) {
	if a := r.of(w, req); a != nil {
		r.mu.Lock()
		r.drop(a)
		r.mu.Unlock()
		w.WriteHeader(http.StatusNoContent)
	}
}

// poll takes what became of the last thing and answers with the next one, as soon as there is one. A thing whose answer did not come
// is told again under the same number.
func (r *Readers) poll(w http.ResponseWriter, req *http.Request) {
	a := r.of(w, req)
	if a == nil {
		return
	}
	var said report
	if err := json.NewDecoder(req.Body).Decode(&said); err != nil || len(said.Data) > longestUnit {
		http.Error(w, "not a report", http.StatusBadRequest)
		return
	}
	timer := time.NewTimer(longestPoll)
	defer timer.Stop()
	r.mu.Lock()
	a.report(said)
	a.polling++
	idle := false
	defer func() {
		a.polling--
		a.seen = r.clock()
		r.mu.Unlock()
	}()
	for {
		if a.gone {
			http.Error(w, "this card reader was dismissed", http.StatusGone)
			return
		}
		if u := a.pending; u != nil {
			if !u.told {
				u.told = true
				close(u.delivered)
			}
			say(w, http.StatusOK, order{a.said, u.seq, u.op, u.data})
			return
		}
		if a.said != said.Desk || idle {
			say(w, http.StatusOK, order{Desk: a.said})
			return
		}
		changed := a.changed
		r.mu.Unlock()
		select {
		case <-changed:
		case <-timer.C:
			idle = true
		case <-req.Context().Done():
			r.mu.Lock()
			return
		}
		r.mu.Lock()
	}
}

// report settles what the agent was doing. The caller holds Readers.mu.
func (a *agent) report(said report) {
	if a.pending == nil || a.pending.seq != said.Seq {
		return // an answer that came twice, or too late
	}
	var err error
	switch said.Fault {
	case "":
	case faultNoCard:
		err = ErrNoCard
	default:
		err = ErrLost
	}
	a.pending.done <- answer{said.Data, err}
	a.pending = nil
}

func say(w http.ResponseWriter, status int, what any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(what) // whoever has hung up asks again
}

var errDismissed = errors.New("remote: the server has dismissed this card reader")
