package remote

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// echo is a card that answers at once.
type echo struct{}

func (echo) Transmit(command []byte) ([]byte, error) {
	return append(command[:len(command):len(command)], 0x90, 0), nil
}

// BenchmarkCommand carries a command of 300 bytes to an agent on the same machine and its answer back; against one post of as many
// bytes over a kept connection, which is the limit of the way.
func BenchmarkCommand(b *testing.B) {
	r := NewReaders(time.Now)
	server := httptest.NewServer(r.Handler())
	defer server.Close()
	codes := make(chan string, 1)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	agent := &Agent{Server: server.URL, Reader: "echo", Code: func(c string) { codes <- c },
		Open: func(context.Context) (Chip, func() error, error) { return echo{}, func() error { return nil }, nil }}
	go func() { ended <- agent.Run(ctx) }()
	defer func() { cancel(); <-ended }()
	if _, err := r.Pair("desk", <-codes, "desk"); err != nil {
		b.Fatal(err)
	}
	card, err := r.Insert(ctx, "desk")
	if err != nil {
		b.Fatal(err)
	}
	defer card.Close()
	plain := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(w, r.Body) }))
	defer plain.Close()
	command := make([]byte, 300)
	var ours, limit time.Duration
	for b.Loop() {
		start := time.Now()
		if _, err := card.Transmit(command); err != nil {
			b.Fatal(err)
		}
		ours += time.Since(start)
		start = time.Now()
		resp, err := http.Post(plain.URL, "application/json", bytes.NewReader(command))
		if err != nil {
			b.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
		limit += time.Since(start)
	}
	b.ReportMetric(float64(b.N)/ours.Seconds(), "ours/s")
	b.ReportMetric(float64(b.N)/limit.Seconds(), "limit/s")
	b.ReportMetric(limit.Seconds()/ours.Seconds(), "ratio")
}
