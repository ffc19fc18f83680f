package demo

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/web"
)

// Player lives lives through the doors that everybody else uses: the API over HTTP with a login for each role, the mails that
// were delivered, and the chip's commands. Every step may be played again: what was done is found done. So a player that was
// stopped at any moment goes on where it stopped.
type Player struct {
	URL     string
	Sandbox *Sandbox
	Tell    func(web.PlayedStep) // hears each step
	Out     io.Writer            // for what Play says at its end
	Files   string               // folder for what is left behind
	Via     http.RoundTripper    // to the API; nil for the network
	desks   map[string]*http.Client
}

// Problem is an answer of the API that is not a success.
type Problem struct {
	Status int                      `json:"status"`
	Code   string                   `json:"code"`
	Text   law.Text                 `json:"text"`
	Next   law.Text                 `json:"next"`
	Cite   law.Citation             `json:"cite"`
	Fields []struct{ Field string } `json:"fields"`
}

// Error is the code and the English text.
func (p *Problem) Error() string { return fmt.Sprintf("%d %s: %s", p.Status, p.Code, p.Text.En) }

// receipt is what an act of the API answers.
type receipt struct {
	Already bool           `json:"already"`
	Rules   []law.Citation `json:"rules"`
	Detail  string         `json:"detail"`
}

// desk is a logged-in account.
func (p *Player) desk(ctx context.Context, account string) (*http.Client, error) {
	if c := p.desks[account]; c != nil {
		return c, nil
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, fmt.Errorf("make a cookie jar: %w", err)
	}
	client := &http.Client{Jar: jar, Timeout: time.Minute, Transport: p.Via}
	if account != "" {
		form := url.Values{"account": {account}}
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.URL+"/sandbox/login", strings.NewReader(form.Encode()))
		if err != nil {
			return nil, fmt.Errorf("log in as %s: %w", account, err)
		}
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		response, err := client.Do(request)
		if err != nil {
			return nil, fmt.Errorf("log in as %s: %w", account, err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusOK {
			return nil, fmt.Errorf("log in as %s: %s", account, response.Status)
		}
	}
	if p.desks == nil {
		p.desks = map[string]*http.Client{}
	}
	p.desks[account] = client
	return client, nil
}

// call asks the API as an account; the empty account is the applicant. A refusal is a *Problem.
func (p *Player) call(ctx context.Context, account, method, path string, body, into any) error {
	client, err := p.desk(ctx, account)
	if err != nil {
		return err
	}
	var content io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return fmt.Errorf("write the request of %s: %w", path, err)
		}
		content = bytes.NewReader(b)
	}
	request, err := http.NewRequestWithContext(ctx, method, p.URL+path, content)
	if err != nil {
		return fmt.Errorf("ask %s: %w", path, err)
	}
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("ask %s: %w", path, err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, 16<<20))
	if err != nil {
		return fmt.Errorf("read the answer of %s: %w", path, err)
	}
	if response.StatusCode >= http.StatusBadRequest {
		problem := &Problem{}
		if err := json.Unmarshal(answer, problem); err != nil {
			return fmt.Errorf("%s answered %s", path, response.Status)
		}
		return problem
	}
	if raw, ok := into.(*[]byte); ok {
		*raw = answer
		return nil
	}
	if into == nil {
		return nil
	}
	if err := json.Unmarshal(answer, into); err != nil {
		return fmt.Errorf("read the answer of %s: %w", path, err)
	}
	return nil
}

// act does one act of a case and prints it.
func (p *Player) act(ctx context.Context, account, id, act string, body any, ja, en string) error {
	if body == nil {
		body = struct{}{}
	}
	var r struct {
		receipt
		Receipt *receipt `json:"receipt"`
	}
	if err := p.call(ctx, account, http.MethodPost, "/api/v1/applications/"+id+"/"+act, body, &r); err != nil {
		return fmt.Errorf("%s: %w", act, err)
	}
	if r.Receipt != nil {
		r.receipt = *r.Receipt
	}
	p.say(act, r.receipt, ja, en)
	return nil
}

// say tells one dated step with the rules applied. The word of the step is stable, for programs that follow a life.
func (p *Player) say(step string, r receipt, ja, en string) {
	p.tell(web.PlayedStep{Code: step, Already: r.Already, Text: law.Text{Ja: ja, En: en}, Rules: ruleIDs(r.Rules)})
}

// note tells something that was seen and is no act.
func (p *Player) note(step, ja, en string, rules ...string) {
	p.say(step, receipt{Rules: []law.Citation{{IDs: rules}}}, ja, en)
}

// tell dates a step and tells it.
func (p *Player) tell(step web.PlayedStep) {
	step.On = civil.DateOf(p.Sandbox.Now())
	p.Tell(step)
}

// PrintSteps prints each step as lines: the day, whether it was done, its word, both languages, the rules.
func PrintSteps(out io.Writer) func(web.PlayedStep) {
	return func(s web.PlayedStep) {
		sign, mark := "ok", ""
		if s.Refused {
			sign = "no"
		}
		if s.Already {
			mark = " (すでに済んでいます / done before)"
		}
		fmt.Fprintf(out, "%s  %s %-18s %s%s\n%30s %s\n", s.On, sign, s.Code, s.Text.Ja, mark, "", s.Text.En)
		if s.Next.Ja != "" {
			fmt.Fprintf(out, "%30s → %s\n", "", s.Next.Ja)
		}
		if len(s.Rules) > 0 {
			fmt.Fprintf(out, "%30s rules: %s\n", "", strings.Join(s.Rules, " "))
		}
	}
}

// ruleIDs are the rules of citations, each once.
func ruleIDs(cites []law.Citation) []string {
	var ids []string
	for _, c := range cites {
		for _, id := range c.IDs {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// refused expects a refusal and tells it with what to do instead.
func (p *Player) refused(err error, code, ja, en string) error {
	var problem *Problem
	if !errors.As(err, &problem) || problem.Code != code {
		return fmt.Errorf("%s: got %v, want the refusal %s", en, err, code)
	}
	p.tell(web.PlayedStep{Code: code, Refused: true, Text: law.Text{Ja: ja + ": " + problem.Text.Ja, En: en + ": " + problem.Text.En}, Next: problem.Next, Rules: problem.Cite.IDs})
	return nil
}

// clock moves the sandbox forward to a time of a day; a later clock stays.
func (p *Player) clock(ctx context.Context, d civil.Date, hour, minute int) error {
	at := time.Date(d.Year(), d.Month(), d.Day(), hour, minute, 0, 0, civil.JST)
	if !at.After(p.Sandbox.Now()) {
		return nil
	}
	form := url.Values{"clock": {at.Format("2006-01-02T15:04")}}
	client, err := p.desk(ctx, "")
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, p.URL+"/sandbox/clock", strings.NewReader(form.Encode()))
	if err != nil {
		return fmt.Errorf("move the clock: %w", err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := client.Do(request)
	if err != nil {
		return fmt.Errorf("move the clock: %w", err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK || p.Sandbox.Now().Before(at) {
		return fmt.Errorf("move the clock to %s: %s", at, response.Status)
	}
	return nil
}

// mailed is the newest mail to an address whose subject has the words; false when there is none.
func (p *Player) mailed(to, words string) (web.Mail, bool, error) {
	mails, err := p.Sandbox.Mails()
	if err != nil {
		return web.Mail{}, false, err
	}
	for _, m := range mails {
		if strings.Contains(strings.Join(m.To, ","), to) && strings.Contains(m.Subject, words) {
			return m, true, nil
		}
	}
	return web.Mail{}, false, nil
}

// link takes the secret of a mailed link out of a mail. The address before the path may be that of an earlier start.
func link(m web.Mail, path string) (string, error) {
	found := regexp.MustCompile(`https?://[^/\s]+` + regexp.QuoteMeta(path) + `([a-z0-9]+)`).FindStringSubmatch(m.Body)
	if found == nil {
		return "", fmt.Errorf("the mail %s has no link to %s", m.ID, path)
	}
	return found[1], nil
}
