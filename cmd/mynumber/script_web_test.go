package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// launched are the programs that a script has begun and not ended, by the script's work folder and their name.
var launched sync.Map

// launch NAME PATTERN PROGRAM ARGUMENT… begins a program that goes on while the script does, waits until it has printed a line that
// fits the pattern, and puts the pattern's first group into the variable NAME. The script's end ends the program.
func launch(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: launch NAME PATTERN PROGRAM ARGUMENT…")
	}
	path, err := exec.LookPath(args[2])
	ts.Check(err)
	cmd := exec.Command(path, args[3:]...)
	cmd.Dir, cmd.Env = ts.Getenv("WORK"), []string{"PATH=" + ts.Getenv("PATH"), "HOME=" + ts.Getenv("HOME")}
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	key := ts.Getenv("WORK") + "/" + args[0]
	launched.Store(key, cmd)
	ts.Defer(func() { stopped(key) })
	lines, pattern := bufio.NewScanner(out), regexp.MustCompile(args[1])
	for lines.Scan() {
		if m := pattern.FindStringSubmatch(lines.Text()); m != nil {
			ts.Setenv(args[0], m[1])
			go func() {
				_, _ = io.Copy(io.Discard, out) // keep the pipe empty
			}()
			return
		}
	}
	ts.Fatalf("%s ended and printed nothing that fits %s", args[2], args[1])
}

// halt NAME ends a program that was launched, as Ctrl-C does.
func halt(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 || !stopped(ts.Getenv("WORK")+"/"+args[0]) {
		ts.Fatalf("usage: halt NAME, of a program that was launched")
	}
}

func stopped(key string) bool {
	cmd, ok := launched.LoadAndDelete(key)
	if !ok {
		return false
	}
	_ = cmd.(*exec.Cmd).Process.Signal(os.Interrupt)
	_ = cmd.(*exec.Cmd).Wait()
	return true
}

// ask is a program of scripts: ask METHOD ADDRESS [BODY | -], with its cookies in the file jar.json. It prints the answer, and fails when
// the status is none of 2xx or 3xx. A body that begins with { is JSON.
func ask() {
	if err := asked(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func asked(args []string) error {
	body := ""
	if len(args) > 2 {
		body = args[2]
	}
	if body == "-" {
		all, err := io.ReadAll(os.Stdin)
		if err != nil {
			return err
		}
		body = string(all)
	}
	req, err := http.NewRequest(args[0], args[1], strings.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if strings.HasPrefix(body, "{") || strings.Contains(args[1], "/api/") {
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Idempotency-Key", fmt.Sprint("script-", time.Now().UnixNano()))
	}
	jar := map[string]string{}
	if kept, err := os.ReadFile("jar.json"); err == nil {
		if err := json.Unmarshal(kept, &jar); err != nil {
			return err
		}
	}
	for name, value := range jar {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	client := http.Client{Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	for _, c := range resp.Cookies() {
		jar[c.Name] = c.Value
	}
	kept, err := json.Marshal(jar)
	if err == nil {
		err = os.WriteFile("jar.json", kept, 0o600)
	}
	if err != nil {
		return err
	}
	out, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode >= 400 {
		return fmt.Errorf("%d %s", resp.StatusCode, out)
	}
	fmt.Printf("%d %s\n", resp.StatusCode, out)
	return nil
}
