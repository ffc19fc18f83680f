package api_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"mynumber/internal/api"
	"mynumber/internal/booking"
	"mynumber/internal/demo"
	"mynumber/internal/journal"
	"mynumber/internal/office"
	"mynumber/internal/store"
	"mynumber/internal/store/pgtest"
)

// window is an installation with the API in front, and clerks who say by a header who they are.
type window struct {
	t  *testing.T
	db *store.DB
	http.Handler
}

var clerks = map[string]office.Actor{
	"sumida":    {Staff: "sumida", Office: demo.Sumida, Role: office.Clerk},
	"colleague": {Staff: "colleague", Office: demo.Sumida, Role: office.Clerk},
	"hachinohe": {Staff: "hachinohe", Office: demo.Hachinohe, Role: office.Clerk},
}

func windows(t *testing.T, f func(*testing.T, *window)) {
	vault, err := store.NewVault(make([]byte, store.VaultKeySize), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	open := func(t *testing.T, db *store.DB, err error) {
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		if err := db.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := demo.Populate(t.Context(), db, demo.Start); err != nil {
			t.Fatal(err)
		}
		w := &window{t: t, db: db}
		w.restart()
		f(t, w)
	}
	t.Run("sqlite", func(t *testing.T) {
		db, err := store.OpenSQLite(filepath.Join(t.TempDir(), "registers.db"), vault)
		open(t, db, err)
	})
	t.Run("postgres", func(t *testing.T) {
		db, err := store.OpenPostgres(pgtest.Fresh(t), vault)
		open(t, db, err)
	})
}

// restart is a new process on the same registers.
func (w *window) restart() {
	policies, err := booking.Load()
	if err != nil {
		w.t.Fatal(err)
	}
	o := &office.Office{Store: w.db, Clock: func() time.Time { return demo.Start }, Rand: rand.Reader, Policies: policies, URL: "http://mynumber.invalid", Log: slog.New(slog.DiscardHandler)}
	w.Handler = api.New(o, func(r *http.Request) (office.Actor, bool) {
		who, ok := clerks[r.Header.Get("X-Clerk")]
		return who, ok
	}, nil)
}

// post sends a request of a clerk, or of anybody, under a key.
func (w *window) post(clerk, key, path string, body []byte) (status int, answer string) {
	w.t.Helper()
	rec := httptest.NewRecorder()
	w.ServeHTTP(rec, w.request(clerk, key, path, body))
	if kind := rec.Header().Get("Content-Type"); !strings.HasPrefix(kind, "application/") || strings.Contains(kind, "problem") != (rec.Code >= 400) {
		w.t.Errorf("%s: %d as %q", path, rec.Code, kind)
	}
	return rec.Code, rec.Body.String()
}

func (w *window) request(clerk, key, path string, body []byte) *http.Request {
	r := httptest.NewRequest(http.MethodPost, path, bytes.NewReader(body))
	r.RemoteAddr = rand.Text() + ":1" // the limits for one address are not asked about here
	r.Header.Set("X-Clerk", clerk)
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	return r
}

// paper is an application as 佐藤光 hands it in.
func paper(t *testing.T, requestKey string) []byte {
	t.Helper()
	form, err := os.ReadFile("../demo/life/sato.json")
	if err != nil {
		t.Fatal(err)
	}
	photo, err := os.ReadFile("../demo/life/sato.jpg")
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(map[string]any{"request_key": requestKey, "form": json.RawMessage(form), "photo": photo, "channel": "visit", "sealed_form": true, "old_card_seen": true})
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// filed files an application and returns its key.
func (w *window) filed(requestKey string) string {
	w.t.Helper()
	status, answer := w.post("sumida", "", "/api/v1/applications", paper(w.t, requestKey))
	if status != http.StatusOK {
		w.t.Fatalf("%d %s", status, answer)
	}
	return idIn(w.t, answer)
}

func idIn(t *testing.T, answer string) string {
	t.Helper()
	var a struct {
		Application struct{ ID string }
	}
	if err := json.Unmarshal([]byte(answer), &a); err != nil || a.Application.ID == "" {
		t.Fatalf("%v: %s", err, answer)
	}
	return a.Application.ID
}

// entries counts the journal's entries of an act with an outcome.
func (w *window) entries(act string, outcome journal.Outcome) int {
	w.t.Helper()
	n := 0
	err := w.db.Read(w.t.Context(), func(tx office.Tx) error {
		heads, err := tx.JournalHeads()
		for _, h := range heads {
			for e, err := range tx.Journal(h.Office) {
				if err != nil {
					return err
				}
				if e.Act == act && e.Outcome == outcome {
					n++
				}
			}
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

func (w *window) wantEntries(act string, outcome journal.Outcome, want int) {
	w.t.Helper()
	if n := w.entries(act, outcome); n != want {
		w.t.Errorf("%q is in the journal %d times as %s, want %d", act, n, outcome, want)
	}
}

func codeIn(answer string) string {
	var p struct{ Code string }
	json.Unmarshal([]byte(answer), &p)
	return p.Code
}

func TestDoneOnce(t *testing.T) {
	windows(t, func(t *testing.T, w *window) {
		status, first := w.post("sumida", "key 1", "/api/v1/applications", paper(t, "r1"))
		if status != http.StatusOK {
			t.Fatalf("%d %s", status, first)
		}
		path := "/api/v1/applications/" + idIn(t, first)
		same := func(clerk, key, path string, body []byte, wantStatus int, want string) {
			t.Helper()
			for _, restarted := range []bool{false, true} {
				if restarted {
					w.restart()
				}
				if status, answer := w.post(clerk, key, path, body); status != wantStatus || answer != want {
					t.Errorf("again (restarted: %v): %d %s\nwant %d %s", restarted, status, answer, wantStatus, want)
				}
			}
		}
		same("sumida", "key 1", "/api/v1/applications", paper(t, "r1"), status, first)
		w.wantEntries("file", journal.Done, 1)
		w.wantEntries("file", journal.Already, 0)

		t.Run("another body, another route", func(t *testing.T) {
			for to, body := range map[string][]byte{"/api/v1/applications": paper(t, "r2"), path + "/forward": nil} {
				if status, answer := w.post("sumida", "key 1", to, body); status != http.StatusUnprocessableEntity || codeIn(answer) != "idempotency_key_reused" {
					t.Errorf("%s: %d %s", to, status, answer)
				}
			}
			w.wantEntries("file", journal.Done, 1)
			w.wantEntries("forward", journal.Done, 0)
		})
		t.Run("a colleague has keys of their own", func(t *testing.T) {
			if status, answer := w.post("colleague", "key 1", path+"/forward", nil); status != http.StatusOK {
				t.Errorf("%d %s", status, answer)
			}
			w.wantEntries("forward", journal.Done, 1)
		})
		t.Run("a refusal stays one", func(t *testing.T) {
			status, refused := w.post("hachinohe", "key 2", path+"/accept", nil)
			if status != http.StatusConflict {
				t.Fatalf("%d %s", status, refused)
			}
			if status, answer := w.post("hachinohe", "key 3", path+"/receive-papers", nil); status != http.StatusOK {
				t.Fatalf("%d %s", status, answer)
			}
			same("hachinohe", "key 2", path+"/accept", nil, status, refused)
			w.wantEntries("accept", journal.Refused, 1)
		})
		t.Run("what could not be read may be sent again", func(t *testing.T) {
			if status, answer := w.post("hachinohe", "key 4", path+"/identify", []byte(`{"no":"such field"}`)); status != http.StatusUnprocessableEntity {
				t.Fatalf("%d %s", status, answer)
			}
			if status, answer := w.post("hachinohe", "key 4", path+"/identify", []byte(`{"person":"sato"}`)); status != http.StatusOK {
				t.Errorf("%d %s", status, answer)
			}
		})
		t.Run("what no act keeps", func(t *testing.T) {
			var body struct{ Form, Photo json.RawMessage }
			if err := json.Unmarshal(paper(t, ""), &body); err != nil {
				t.Fatal(err)
			}
			draft, err := json.Marshal(map[string]json.RawMessage{"form": body.Form, "photo": body.Photo})
			if err != nil {
				t.Fatal(err)
			}
			status, code := w.post("", "key 1", "/api/v1/drafts", draft)
			if status != http.StatusOK {
				t.Fatalf("%d %s", status, code)
			}
			same("", "key 1", "/api/v1/drafts", draft, status, code)
		})
		t.Run("a long key", func(t *testing.T) {
			if status, answer := w.post("sumida", strings.Repeat("k", 201), path+"/forward", nil); status != http.StatusUnprocessableEntity || !strings.Contains(answer, "Idempotency-Key") {
				t.Errorf("%d %s", status, answer)
			}
		})
	})
}

// Sixteen times the same request at once: one is done, all hear its answer.
func TestDoneOnceAtOnce(t *testing.T) {
	windows(t, func(t *testing.T, w *window) {
		path := "/api/v1/applications/" + w.filed("r1") + "/forward"
		other := *w // another node on the same registers
		other.restart()
		var all sync.WaitGroup
		answers := make([]string, 16)
		for i := range answers {
			node := []*window{w, &other}[i%2]
			all.Go(func() {
				status, answer := node.post("sumida", "key", path, nil)
				// The other node has it in hand: whoever asks again in the end hears the answer.
				for n := 0; n < 1000 && status == http.StatusConflict && codeIn(answer) == "request_underway"; n++ {
					status, answer = node.post("sumida", "key", path, nil)
				}
				if answers[i] = answer; status != http.StatusOK {
					t.Errorf("%d %s", status, answer)
				}
			})
		}
		all.Wait()
		for _, a := range answers {
			if a != answers[0] {
				t.Errorf("two answers: %s and %s", a, answers[0])
			}
		}
		w.wantEntries("forward", journal.Done, 1)
		w.wantEntries("forward", journal.Already, 0)
	})
}

// deaf loses every answer, as a connection that is cut or a process that dies after the commit.
type deaf struct{ http.ResponseWriter }

func (deaf) WriteHeader(int)           { panic(http.ErrAbortHandler) }
func (deaf) Write([]byte) (int, error) { panic(http.ErrAbortHandler) }

// An answer that was lost after the act is heard when the request is sent again.
func TestLostAnswer(t *testing.T) {
	windows(t, func(t *testing.T, w *window) {
		lose := func(path string, body []byte) {
			defer func() {
				if p := recover(); p != http.ErrAbortHandler {
					t.Errorf("%s: the answer was not lost: %v", path, p)
				}
			}()
			w.ServeHTTP(deaf{httptest.NewRecorder()}, w.request("sumida", "key of "+path, path, body))
		}
		lose("/api/v1/applications", paper(t, "r1"))
		w.restart()
		status, answer := w.post("sumida", "key of /api/v1/applications", "/api/v1/applications", paper(t, "r1"))
		if status != http.StatusOK || strings.Contains(answer, `"already":true`) {
			t.Errorf("%d %s", status, answer)
		}
		path := "/api/v1/applications/" + idIn(t, answer) + "/forward"
		lose(path, nil)
		w.restart()
		if status, answer := w.post("sumida", "key of "+path, path, nil); status != http.StatusOK || !strings.Contains(answer, `"already":false`) {
			t.Errorf("%d %s", status, answer)
		}
		for _, act := range []string{"file", "forward"} {
			w.wantEntries(act, journal.Done, 1)
			w.wantEntries(act, journal.Already, 0)
		}
	})
}

// What was asked and answered lies nowhere in the open, and is gone after two days.
func TestAnswersAtRest(t *testing.T) {
	windows(t, func(t *testing.T, w *window) {
		old := office.Answer{Key: "a key", Request: "a request", Status: 200, Body: []byte("an answer"), At: demo.Start.Add(-office.AnswerLife - time.Second)}
		fresh := old
		fresh.Key, fresh.At = "another key", demo.Start.Add(-office.AnswerLife)
		err := w.db.Write(t.Context(), func(tx office.Tx) error {
			if err := tx.PutAnswer(old); err != nil {
				return err
			}
			return tx.PutAnswer(fresh)
		})
		if err != nil {
			t.Fatal(err)
		}
		if status, answer := w.post("sumida", "any key", "/api/v1/applications", paper(t, "r1")); status != http.StatusOK {
			t.Fatalf("%d %s", status, answer)
		}
		err = w.db.Read(t.Context(), func(tx office.Tx) error {
			if _, err := tx.Answer(old.Key, old.Request); err != office.ErrNotFound {
				t.Errorf("an old answer: %v", err)
			}
			got, err := tx.Answer(fresh.Key, fresh.Request)
			if string(got.Body) != "an answer" || got.Status != 200 {
				t.Errorf("read back %d %q", got.Status, got.Body)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
