package internal_test

import (
	"go/ast"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// documents reads the pages of the project, by path from the module's root.
func documents(t *testing.T) map[string]string {
	t.Helper()
	root := os.DirFS("..")
	names, err := fs.Glob(root, "docs/*/*.md")
	if err != nil {
		t.Fatal(err)
	}
	more, err := fs.Glob(root, "docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, name := range append(append(names, more...), "README.md") {
		text, err := fs.ReadFile(root, name)
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(text)
	}
	if len(out) < 10 {
		t.Fatalf("only %d documents were found", len(out))
	}
	return out
}

// declared is every package-level name of our packages, and every method and field as Type.Name, below the
// package's last word: "office.Office", "office.Office.HandOver".
func declared(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	for _, s := range sources(t) {
		if s.test() {
			continue
		}
		in := s.file.Name.Name + "."
		for _, d := range s.file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				out[in+receiver(d)+d.Name.Name] = true
			case *ast.GenDecl:
				for _, spec := range d.Specs {
					declare(out, in, spec)
				}
			}
		}
	}
	return out
}

// receiver is "Type." of a method and nothing of a function.
func receiver(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return ""
	}
	e := f.Recv.List[0].Type
	if star, ok := e.(*ast.StarExpr); ok {
		e = star.X
	}
	if index, ok := e.(*ast.IndexExpr); ok {
		e = index.X
	}
	if id, ok := e.(*ast.Ident); ok {
		return id.Name + "."
	}
	return ""
}

func declare(out map[string]bool, in string, spec ast.Spec) {
	switch spec := spec.(type) {
	case *ast.ValueSpec:
		for _, n := range spec.Names {
			out[in+n.Name] = true
		}
	case *ast.TypeSpec:
		out[in+spec.Name.Name] = true
		var parts *ast.FieldList
		switch typ := spec.Type.(type) {
		case *ast.InterfaceType:
			parts = typ.Methods
		case *ast.StructType:
			parts = typ.Fields
		default:
			return
		}
		for _, p := range parts.List {
			for _, n := range p.Names {
				out[in+spec.Name.Name+"."+n.Name] = true
			}
		}
	}
}

// codeWord is an identifier of ours as the documents write it: `office.Office.HandOver`.
var codeWord = regexp.MustCompile("`([a-z]+(?:\\.[A-Z][A-Za-z0-9]*)+)`")

// TestDocumentsNameWhatIsThere: an identifier in a document is in the code.
func TestDocumentsNameWhatIsThere(t *testing.T) {
	known := declared(t)
	for name, text := range documents(t) {
		for _, m := range codeWord.FindAllStringSubmatch(text, -1) {
			if m[1] != "http.CrossOriginProtection" && !known[m[1]] {
				t.Errorf("%s names %s, which the code does not have", name, m[1])
			}
		}
	}
}

var (
	link     = regexp.MustCompile(`\]\(([^)#:]+)\)`)
	codePath = regexp.MustCompile("`((?:internal|cmd|docs|tools|scripts)/[A-Za-z0-9_./-]+)`")
)

// TestDocumentsLinks: what a document points to is there.
func TestDocumentsLinks(t *testing.T) {
	root := os.DirFS("..")
	for name, text := range documents(t) {
		var targets []string
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			targets = append(targets, path.Join(path.Dir(name), m[1]))
		}
		for _, m := range codePath.FindAllStringSubmatch(text, -1) {
			targets = append(targets, path.Clean(m[1]))
		}
		for _, target := range targets {
			if _, err := fs.Stat(root, target); err != nil {
				t.Errorf("%s points to %s, which is not there", name, target)
			}
		}
	}
}

const dependenciesPage = "docs/adr/0002-dependencies.md"

var moduleRow = regexp.MustCompile("(?m)^\\| `([^`]+)` \\| .+ \\|$")

// TestDependenciesHaveReasons: each module we import stands in the record with its reason, and no other.
func TestDependenciesHaveReasons(t *testing.T) {
	used := map[string]bool{}
	for _, m := range moduleRow.FindAllStringSubmatch(documents(t)[dependenciesPage], -1) {
		used[m[1]] = false
	}
	var strange []string
	for _, s := range sources(t) {
		for _, imported := range s.imports() {
			if first, _, _ := strings.Cut(imported, "/"); !strings.Contains(first, ".") {
				continue
			}
			found := false
			for module := range used {
				if imported == module || strings.HasPrefix(imported, module+"/") {
					used[module], found = true, true
				}
			}
			if !found && !slices.Contains(strange, imported) {
				strange = append(strange, imported)
				t.Errorf("%s imports %s, for which %s gives no reason", s.path, imported, dependenciesPage)
			}
		}
	}
	for module, is := range used {
		if !is {
			t.Errorf("%s has a reason for %s, which nothing imports", dependenciesPage, module)
		}
	}
}
