package api

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"mynumber/internal/decision"
	"mynumber/internal/office"
)

func rulebook() http.Handler {
	clock := func() time.Time { return time.Date(2026, 11, 21, 15, 0, 0, 0, time.UTC) } // 22 November in Japan
	return New(&office.Office{Clock: clock, Log: slog.New(slog.DiscardHandler)}, nil, nil)
}

func TestDecisions(t *testing.T) {
	server := httptest.NewServer(rulebook())
	defer server.Close()
	for _, c := range []struct {
		name, body string
		status     int
		says       []string
	}{
		{"an answer", `{"procedure": "apply_from_abroad", "person": {"nationality": "japanese"}}`, 200, []string{`"on":"2026-11-22"`, `"status":"needs"`, `"fact":"person.residence"`}},
		{"ELIG-011 a refusal is an answer", `{"procedure": "apply_from_abroad", "person": {"nationality": "foreign"}}`, 200, []string{`"status":"refused"`, `"code":"foreign_national"`, `"ELIG-011"`}},
		{"the list of all", `{}`, 200, []string{`"status":"listed"`, `"procedures":[`}},
		{"every fault at once", `{"on": "2026-02-30", "person": {"age": "37", "name": "山田花子"}}`, 422, []string{`"field":"on"`, `"field":"person.age"`, `"field":"person.name"`}},
		{"a day that no law covers", `{"on": "2015-12-31"}`, 422, []string{`"field":"on"`, "2016-01-01"}},
		{"too long", `{"on": "` + strings.Repeat("2", decision.MaxBytes) + `"}`, 413, []string{"64KB", "at most 64 KB"}},
		{"not JSON", `{"on"`, 422, []string{`"code":"invalid"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			resp, err := http.Post(server.URL+"/api/v1/decisions", "application/json", strings.NewReader(c.body))
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			text, err := io.ReadAll(resp.Body)
			if err != nil || resp.StatusCode != c.status || !json.Valid(text) {
				t.Fatalf("%d %s, %v", resp.StatusCode, text, err)
			}
			for _, want := range c.says {
				if !strings.Contains(string(text), want) {
					t.Errorf("%s does not say %s", text, want)
				}
			}
			if strings.Contains(string(text), "山田花子") {
				t.Errorf("the answer repeats what was sent: %s", text)
			}
		})
	}
}

func TestDecisionSchemaIsServed(t *testing.T) {
	w := httptest.NewRecorder()
	rulebook().ServeHTTP(w, httptest.NewRequest("GET", "/api/v1/decision.schema.json", nil))
	file, err := os.ReadFile("../../api/decision.schema.json")
	if err != nil || w.Body.String() != string(file) || w.Header().Get("Content-Type") != "application/schema+json" {
		t.Errorf("%d %s %v", w.Code, w.Header(), err)
	}
}

// BenchmarkDecisions is POST /api/v1/decisions over kept connections with the published examples; beside it the same
// server answering with the same bytes without deciding, as the limit.
func BenchmarkDecisions(b *testing.B) {
	text, err := os.ReadFile("../../api/decision.schema.json")
	if err != nil {
		b.Fatal(err)
	}
	var doc struct {
		Defs struct {
			Situation struct{ Examples []json.RawMessage }
		} `json:"$defs"`
	}
	if err := json.Unmarshal(text, &doc); err != nil || len(doc.Defs.Situation.Examples) == 0 {
		b.Fatal("no examples", err)
	}
	examples := slices.DeleteFunc(doc.Defs.Situation.Examples, func(s json.RawMessage) bool { return !strings.Contains(string(s), `"procedure"`) })
	decided := rulebook()
	answer := httptest.NewRecorder()
	decided.ServeHTTP(answer, httptest.NewRequest("POST", "/api/v1/decisions", strings.NewReader(string(examples[0]))))
	fixed := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json")
		w.Write(answer.Body.Bytes())
	})
	for _, c := range []struct {
		name    string
		handler http.Handler
	}{{"decided", decided}, {"fixed", fixed}} {
		b.Run(c.name, func(b *testing.B) {
			server := httptest.NewServer(c.handler)
			defer server.Close()
			for i := 0; b.Loop(); i++ {
				resp, err := server.Client().Post(server.URL+"/api/v1/decisions", "application/json", strings.NewReader(string(examples[i%len(examples)])))
				if err != nil {
					b.Fatal(err)
				}
				io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
		})
	}
}
