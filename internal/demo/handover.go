package demo

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"time"

	"mynumber/internal/card"
	"mynumber/internal/law"
	"mynumber/internal/web"
)

// handOverTime is how long the lives may take at most; they take two seconds.
const handOverTime = time.Minute

// HandOver lives both lives from the application to the hand-over, or on from wherever they are, by the doors that everybody uses. Where
// somebody has lived otherwise in these registers it is a *web.Stuck. Its requests are nobody's: they know nothing of the one that asked
// for them, and go on when that one ends.
func (s *Sandbox) HandOver() (web.Played, error) {
	s.playing.Lock()
	defer s.playing.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), handOverTime)
	defer cancel()
	var out web.Played
	p := &Player{URL: s.Office.URL, Sandbox: s, Via: inside{s.Pages}, Tell: func(step web.PlayedStep) { out.Steps = append(out.Steps, step) }}
	sato, suzuki := lives()
	if err := p.live(ctx, sato, suzuki, p.apply, p.honseki, p.make, p.pickup); err != nil {
		return out, stuck(err)
	}
	for _, pin := range card.PINs {
		out.PINs = append(out.PINs, web.PlayedPIN{PIN: pin, Value: pins[pin.String()]})
	}
	return out, nil
}

// stuck is a refusal by the way as what the page says of it.
func stuck(err error) error {
	var problem *Problem
	if !errors.As(err, &problem) || problem.Text.Ja == "" {
		return err
	}
	next := law.Text{Ja: "先に手で進めた手続きと食い違っています。手で続けるか、新しいデータフォルダーでデモを始めてください。", En: "What was done by hand before does not go with it. Go on by hand, or start the demo on a new data folder."}
	return &web.Stuck{Text: problem.Text, Next: next}
}

// inside asks a handler without the network.
type inside struct{ http.Handler }

// RoundTrip is one request and its answer.
func (h inside) RoundTrip(r *http.Request) (*http.Response, error) {
	asked := r.Clone(r.Context())
	asked.RequestURI, asked.RemoteAddr = r.URL.RequestURI(), "127.0.0.1:0"
	if asked.Host = r.Host; asked.Host == "" {
		asked.Host = r.URL.Host
	}
	if asked.Body == nil {
		asked.Body = http.NoBody
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, asked)
	answer := w.Result()
	answer.Request = r
	return answer, nil
}
