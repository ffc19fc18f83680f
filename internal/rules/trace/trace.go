// Package trace reads the sources of the module and finds where the catalogue's rules stand in them: the code that
// decides by a rule and the test that names it. It judges nothing; which rules have to be found is said by rules.
//
// The reading of code is the strict one. A rule counts as decided by a place only where its ID is a quoted string
// of its own, as in a citation or a row of a table; a comment that mentions it does not count. The cite of an
// office's policy file (internal/booking/policies) is such a string too. The demo plays rules and decides none, so
// that it does not count; nor does this package, whose tests are full of rules. A test names a rule wherever its text does, in a string or a comment: cases are named by
// their rules, and some tests by their comment. A script names a rule in any line, a
// situation file (internal/decision/testdata) in its list of rules.
package trace

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Kind is what a place does with a rule.
type Kind string

const (
	Code Kind = "code" // decides by it
	Test Kind = "test" // names it
)

// Place is one place in the sources that speaks of a rule.
type Place struct {
	Rule string // ID of the catalogue
	Kind Kind
	File string // from the module's root, with slashes
	In   string // the declaration around it, Type.Method for a method; empty in a file that is not Go
	Line int    // from 1
	Case string // name of the test case, where the ID stands in one; empty otherwise
}

// At is the place as it stands in a table that should not go stale with every line: file and declaration.
func (p Place) At() string {
	if strings.HasPrefix(p.File, situations) {
		return p.Name()
	}
	if p.In == "" {
		return p.File
	}
	return p.File + " " + p.In
}

// Name is the place as a person looks for it: file:line for code and scripts, package.Test/case for a test.
func (p Place) Name() string {
	if p.Kind == Code || p.In == "" {
		return strings.TrimPrefix(p.File, "cmd/mynumber/testdata/") + ":" + strconv.Itoa(p.Line)
	}
	name := path.Base(path.Dir(p.File)) + "." + p.In
	if strings.HasPrefix(p.File, situations) {
		name = "decision." + p.In
	}
	if p.Case != "" {
		name += "/" + p.Case
	}
	return name
}

// id has the form of every ID of the catalogue; text of another kind may have it too, so that known decides.
var id = regexp.MustCompile(`\b[A-Z][A-Z0-9]{1,3}-(?:[A-Z]?[0-9]{2,3}|[A-Z])\b`)

// Scan finds every place in the tree that speaks of a known rule, ordered by rule, kind, file and line.
func Scan(root fs.FS, known map[string]bool) ([]Place, error) {
	var all []Place
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name != "." && strings.HasPrefix(d.Name(), ".") || name == "internal/demo" || name == "internal/rules/trace" {
				return fs.SkipDir
			}
			return nil
		}
		read := reader(name)
		if read == nil {
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		found, err := read(name, string(text))
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, found...)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look for rules in the sources: %w", err)
	}
	all = slices.DeleteFunc(all, func(p Place) bool { return !known[p.Rule] })
	slices.SortFunc(all, compare)
	return slices.CompactFunc(all, func(a, b Place) bool { return a == b }), nil
}

func compare(a, b Place) int {
	for _, c := range []int{strings.Compare(a.Rule, b.Rule), strings.Compare(string(a.Kind), string(b.Kind)),
		strings.Compare(a.File, b.File), a.Line - b.Line} {
		if c != 0 {
			return c
		}
	}
	return strings.Compare(a.Case, b.Case)
}

// reader is how a file of that name is read; nil for a file that proves nothing.
func reader(name string) func(name, text string) ([]Place, error) {
	inTestdata := strings.Contains(name, "testdata/")
	switch {
	case strings.HasPrefix(name, "cmd/mynumber/testdata/script/") && strings.HasSuffix(name, ".txt"):
		return readScript
	case strings.HasPrefix(name, situations) && strings.HasSuffix(name, ".json"):
		return readSituation
	case inTestdata || !strings.HasPrefix(name, "internal/") && !strings.HasPrefix(name, "cmd/"):
		return nil
	case strings.HasSuffix(name, "_test.go"):
		return readTest
	case strings.HasSuffix(name, ".go"):
		return readCode
	case strings.HasPrefix(name, "internal/booking/policies/"):
		return readPolicy
	}
	return nil
}

func readScript(name, text string) ([]Place, error) { return readLines(name, text, Test, id), nil }

// situations are cases of the rulebook as data; one test runs them all.
const situations = "internal/decision/testdata/situations/"

func readSituation(name, text string) ([]Place, error) {
	out := readLines(name, text, Test, quoted)
	for i := range out {
		out[i].In, out[i].Case = "TestSituations", strings.TrimSuffix(strings.TrimPrefix(name, situations), ".json")
	}
	return out, nil
}

var quoted = regexp.MustCompile(`"` + id.String() + `"`)

func readPolicy(name, text string) ([]Place, error) { return readLines(name, text, Code, quoted), nil }

func readLines(name, text string, kind Kind, form *regexp.Regexp) []Place {
	var out []Place
	for i, line := range strings.Split(text, "\n") {
		for _, rule := range form.FindAllString(line, -1) {
			out = append(out, Place{Rule: strings.Trim(rule, `"`), Kind: kind, File: name, Line: i + 1})
		}
	}
	return out
}

// readCode finds quoted IDs and the declaration around each.
func readCode(name, text string) ([]Place, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var out []Place
	for _, d := range declarations(file) {
		ast.Inspect(d.node, func(n ast.Node) bool {
			lit, ok := n.(*ast.BasicLit)
			if !ok || lit.Kind != token.STRING {
				return true
			}
			if s, err := strconv.Unquote(lit.Value); err == nil && id.FindString(s) == s && s != "" {
				out = append(out, Place{Rule: s, Kind: Code, File: name, In: d.name, Line: set.Position(lit.Pos()).Line})
			}
			return true
		})
	}
	return out, nil
}

// readTest finds IDs in the declarations of a test file, their comments included; a file's other comments name nothing.
func readTest(name, text string) ([]Place, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var out []Place
	for _, d := range declarations(file) {
		cases := caseNames(set, d.node)
		first := set.Position(d.from)
		for i, line := range strings.Split(text[first.Offset:set.Position(d.node.End()).Offset], "\n") {
			for _, rule := range id.FindAllString(line, -1) {
				p := Place{Rule: rule, Kind: Test, File: name, In: d.name, Line: first.Line + i}
				if c := cases[p.Line]; strings.Contains(c, rule) {
					p.Case = c
				}
				out = append(out, p)
			}
		}
	}
	return out, nil
}

// caseNames are the cases of a table test by line: the first string of a row.
func caseNames(set *token.FileSet, n ast.Node) map[int]string {
	out := map[int]string{}
	ast.Inspect(n, func(n ast.Node) bool {
		row, ok := n.(*ast.CompositeLit)
		if !ok || len(row.Elts) == 0 {
			return true
		}
		if lit, ok := row.Elts[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil && row.Type == nil {
				out[set.Position(lit.Pos()).Line] = s
			}
		}
		return true
	})
	return out
}

type declaration struct {
	name string
	node ast.Node
	from token.Pos // of its comment
}

// declarations are the package-level declarations of a file; a group of variables is one for each of them.
func declarations(file *ast.File) []declaration {
	var out []declaration
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			out = append(out, declaration{funcName(d), d, start(d, d.Doc)})
		case *ast.GenDecl:
			for i, spec := range d.Specs {
				v, ok := spec.(*ast.ValueSpec)
				if !ok {
					continue
				}
				from := start(v, v.Doc)
				if i == 0 {
					from = start(d, d.Doc)
				}
				out = append(out, declaration{v.Names[0].Name, v, from})
			}
		}
	}
	return out
}

func start(n ast.Node, doc *ast.CommentGroup) token.Pos {
	if doc != nil {
		return doc.Pos()
	}
	return n.Pos()
}

func funcName(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return f.Name.Name
	}
	typ := f.Recv.List[0].Type
	if star, ok := typ.(*ast.StarExpr); ok {
		typ = star.X
	}
	if name, ok := typ.(*ast.Ident); ok {
		return name.Name + "." + f.Name.Name
	}
	return f.Name.Name
}
