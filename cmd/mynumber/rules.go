package main

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/rules"
	"mynumber/internal/rules/trace"
)

// rulesCmd prints the rulebook, or where each rule of the catalogue stands in code and tests.
type rulesCmd struct {
	On    string `help:"Day whose law is shown; today in Japan by default." placeholder:"2027-04-01"`
	JSON  bool   `name:"json" help:"The same as data."`
	Trace bool   `help:"Every rule of the catalogue with the code that decides it and the test that names it, or why not. Inside a checkout of the sources they are read, and lines and test cases are told."`
}

// Run prints what was asked for.
func (c *rulesCmd) Run() error {
	if c.Trace {
		return c.trace(os.Stdout)
	}
	on := civil.DateOf(time.Now())
	if c.On != "" {
		var err error
		if on, err = civil.ParseAny(c.On); err != nil {
			return fmt.Errorf("-on: %w", err)
		}
	}
	printed := rules.InForce(on)
	if c.JSON {
		return writeJSON(os.Stdout, printed)
	}
	return printed.Write(os.Stdout)
}

func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// trace prints one line a rule, or the same as data.
func (c *rulesCmd) trace(w io.Writer) error {
	all, err := traced()
	if err != nil {
		return err
	}
	if c.JSON {
		return writeJSON(w, all)
	}
	var b strings.Builder
	for _, r := range all {
		fmt.Fprintf(&b, "%s\n", r.ID)
		for _, part := range []struct {
			name  string
			lines []string
		}{{"code", r.Code}, {"test", r.Tests}} {
			for _, line := range part.lines {
				fmt.Fprintf(&b, "  %s  %s\n", part.name, line)
			}
		}
		if r.Divergence != "" {
			fmt.Fprintf(&b, "  %s\n", r.Divergence)
		}
	}
	n := rules.Count(all)
	fmt.Fprintf(&b, "%d rules: %d traced (%d of them in part), %d built without a citation, %d later, %d never\n",
		len(all), n.Traced, n.Partly, n.Built, n.Later, n.Never)
	_, err = io.WriteString(w, b.String())
	return err
}

// traced reads the sources where there are any, and else tells what they said when the program was made.
func traced() ([]rules.Traced, error) {
	root, ok := checkout()
	if !ok {
		return rules.Trace()
	}
	known := map[string]bool{}
	for _, r := range rules.Catalogue() {
		known[r.ID] = true
	}
	places, err := trace.Scan(root, known)
	if err != nil {
		return nil, err
	}
	code, tests := map[string][]string{}, map[string][]string{}
	for _, p := range places {
		list := tests
		if p.Kind == trace.Code {
			list = code
		}
		if seen := list[p.Rule]; len(seen) == 0 || seen[len(seen)-1] != p.Name() {
			list[p.Rule] = append(seen, p.Name())
		}
	}
	return rules.TraceWith(func(id string) ([]string, []string) { return code[id], tests[id] })
}

// checkout is this module's sources, if the program runs in a folder of them.
func checkout() (fs.FS, bool) {
	dir, err := os.Getwd()
	for err == nil {
		if mod, err := os.ReadFile(filepath.Join(dir, "go.mod")); err == nil {
			return os.DirFS(dir), strings.HasPrefix(string(mod), "module mynumber\n")
		}
		up := filepath.Dir(dir)
		if up == dir {
			break
		}
		dir = up
	}
	return nil, false
}
