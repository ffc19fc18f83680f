// Package internal_test keeps the house in order: which room may know which, what the pure rooms stay free of,
// and how long a file may grow. The drawing of the house is docs/architecture.md, the reasons are
// docs/adr/0001-house-and-arrows.md.
package internal_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// room is one package of the house and what it may import of ours. A new arrow is a decision: it is written
// here, with its reason where the package's own sentence does not give it, and in the decision record.
type room struct {
	name string
	may  string // packages below internal/, or "any"
	pure bool   // no database, network, files, log, clock or randomness; standard library and golang.org/x/text only
	why  string // reason of an arrow that the floor alone does not explain
}

// house is every package, from the ground up.
var house = []room{
	{name: "civil", pure: true},
	{name: "law", may: "civil", pure: true},
	{name: "apdu", pure: true},
	{name: "person", may: "civil law", pure: true},
	{name: "place", may: "civil law", pure: true,
		why: "where offices stand is a fact that the form, the card's custody and every office share; its tables are embedded data"},
	{name: "authority", may: "civil law place", pure: true, why: "place: authority depends on the kind of office; a room of its own, because officials read and change the table without the acts"},
	{name: "certificate", may: "civil law person", pure: true},
	{name: "card", may: "civil law person place", pure: true, why: "place: custody names the office that has the card"},
	{name: "journal", may: "civil law", pure: true},
	{name: "register", may: "civil law person place journal", pure: true, why: "place: an address and a honseki lie in a municipality"},
	{name: "application", may: "civil law person place journal", pure: true, why: "journal: an undone hand-over bears who found the error and who confirmed it; place: honseki and pickup office are read from the form"},
	{name: "docket", may: "civil law place card certificate application journal", pure: true, why: "journal: as for application; place, card, certificate, application: a case says where its things are, which PINs are typed and which certificates it puts on the card; a fee is written as an application's"},
	{name: "rules", may: "civil law person place card certificate register application", pure: true},
	{name: "rules/trace", why: "it reads the module's sources, for `mynumber rules -trace` and the tests of rules; it knows no rule"},
	{name: "booking", may: "civil law person place rules", why: "person: where a visitor is told of a booking; place: an office's policy is filed under its code; rules: it names procedures and rules of the catalogue, and whether there are such is checked as it is read"},
	{name: "procedure", may: "civil law person place card certificate rules register application", pure: true},
	{name: "decision", may: "civil law person place card certificate rules register application procedure",
		why: "the written form of procedure's question and answer, for the command, the API and the guide"},
	{name: "guide", may: "civil law rules procedure decision", pure: true,
		why: "the questions of the public guide; a room of its own, because it replays answers without any page"},
	{name: "lifeline", may: "civil law rules procedure", why: "a life line as a drawing and as a calendar, for the command, the API and the page"},
	{name: "notice", may: "civil law person place card certificate application rules"},
	{name: "paper", why: "a page as PDF: it knows fonts and millimetres, and nothing of ours"},
	{name: "printing", may: "law notice paper", why: "forms, receipts and letters laid out on pages; notice: what a letter is; what stands on a form it is given in words"},

	{name: "jp2", why: "a picture as JPEG 2000: it knows points and bytes, and nothing of ours"},

	{name: "pki", may: "civil certificate"},
	{name: "signing", may: "pki", why: "a signature in a file says whose certificate made it; how a key of that certificate signs, pki knows"},
	{name: "verification", may: "civil law certificate pki signing", why: "what a relying party makes of certificates and signatures, for the command, the API and the page; it sees what the outside sees, and never an office"},
	{name: "status", may: "certificate pki", why: "pki: the words in which a status is said; the registers that it follows fulfil its interface"},
	{name: "token", may: "pki", why: "keys in a PKCS#11 token; pki: it makes keys of its algorithms"},
	{name: "ocsp", may: "civil certificate pki status", why: "a room of its own: it answers without the registers and without an office; status: how far behind them it is"},
	{name: "iccard", may: "apdu"},
	{name: "reader", may: "apdu iccard"},
	{name: "pcsc", why: "the way to cards in real readers: the service's protocol, and nothing of any card"},
	{name: "pcsc/pcsctest", why: "a service of its own for one test; test files import it, and nothing that is built"},

	{name: "remote", why: "card readers on other machines: it carries commands and answers as bytes, and knows no card and no office"},

	{name: "office", may: "authority civil law person place card certificate journal register docket application booking rules procedure notice paper printing jp2 pki verification apdu iccard reader",
		why: "apdu: a dead chip is known by its status word; jp2: the photo as the chip holds it; verification: it lends a relying party its authorities, its responder and its lists, and asks nothing of it; paper, printing: it prints what its messages and forms say, and tells the clerk which characters it cannot; reader: the issuer's machine and the window's terminal speak to a chip"},
	{name: "store", may: "civil law person place card certificate journal register docket application booking notice pki status office",
		why: "pki, status: it is the source of what is followed; it fulfils the interface that office declares, so it knows whatever that interface speaks of"},
	{name: "store/pgtest", why: "a database for one test; test files import it, and nothing that is built"},
	{name: "folder", may: "store office apdu iccard reader remote rules paper card certificate status token", why: "card: which chip a blank is; remote, apdu: a card lies in the folder or in the reader of a desk, where it proves itself first; token: the folder says where the token is; certificate: a revocation list is filed under its kind; status: the files of certificates' status lie in it; paper: the folder may hold further fonts; the data folder: the database, the keys and the chips of one installation lie in it; a chip is told in the rulebook's word how it counts"},
	{name: "backup", may: "store", why: "a copy of the registers and the folder, without the key"},
	{name: "batch", may: "civil law place docket application booking notice register office"},
	{name: "services/portal", may: "civil certificate pki reader", why: "a relying service sees what any relying party sees, and never an office"},
	{name: "login", why: "it proves who somebody is; whose account that is, office says, and sessions are the pages'"},
	{name: "login/invented", why: "an identity provider of invented people, a party of its own, for the demo and the tests"},
	{name: "api", may: "civil law person place card certificate docket application booking register notice paper printing rules procedure decision lifeline pki verification office",
		why: "rules and procedure: only for the words of a request (kinds of papers, channels, visitors)"},
	{name: "web", may: "authority login civil law person place card certificate docket application booking register journal notice paper printing rules procedure decision guide lifeline verification office",
		why: "authority: the roles that an office has; login: how staff prove who they are; rules and procedure: only for the words of a form; what is decided, office says; paper, printing: a document goes out as it is"},
	{name: "demo", may: "any", why: "it plays all parts: applicant, clerk, issuer, holder and relying service"},
}

// banned are the doors to the world that a pure package does not open; a package below one of them is banned too.
var banned = []string{"database/sql", "net", "os", "log", "syscall", "plugin", "runtime", "testing", "crypto/rand", "math/rand", "unsafe", "C"}

// clockCalls are the functions of package time that read the clock.
var clockCalls = []string{"Now", "Since", "Until", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker", "Sleep"}

// longFiles are the files past 500 lines, each with its reason. None goes past 600.
var longFiles = map[string]string{}

const (
	linesAsk  = 500
	linesHard = 600
	funcLines = 60
)

// longFuncs are the functions past 60 lines, each with its reason. Tests are not asked: a long table of cases is
// read line by line.
var longFuncs = map[string]string{}

// source is one file of the module.
type source struct {
	path  string // from the module's root, with slashes
	room  string // below internal/; empty for other folders
	lines int
	file  *ast.File
	set   *token.FileSet
}

func (s source) test() bool { return strings.HasSuffix(s.path, "_test.go") }

func (s source) imports() []string {
	var out []string
	for _, i := range s.file.Imports {
		out = append(out, strings.Trim(i.Path.Value, `"`))
	}
	return out
}

// sources reads every Go file of the module, whatever its build tags.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "tools"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go"):
			return nil
		}
		text, err := fs.ReadFile(root, path)
		if err != nil {
			return err
		}
		s := source{path: path, lines: strings.Count(string(text), "\n"), set: token.NewFileSet()}
		if s.file, err = parser.ParseFile(s.set, path, text, parser.ParseComments); err != nil {
			return err
		}
		if below, ok := strings.CutPrefix(filepath.ToSlash(filepath.Dir(path)), "internal/"); ok {
			s.room = below
		}
		all = append(all, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 100 {
		t.Fatalf("only %d Go files were found: this test looks in the wrong place", len(all))
	}
	return all
}

func roomNamed(name string) *room {
	i := slices.IndexFunc(house, func(r room) bool { return r.name == name })
	if i < 0 {
		return nil
	}
	return &house[i]
}

// faultOf says what is wrong with an import of one of our packages; empty when it is permitted.
func faultOf(from, path string) string {
	to, ours := strings.CutPrefix(path, "mynumber/")
	if !ours {
		return ""
	}
	to, below := strings.CutPrefix(to, "internal/")
	r := roomNamed(from)
	switch {
	case r == nil:
		return "package internal/" + from + " is not in the table of the house"
	case path == "mynumber/api" && from == "api":
		return "" // the published contracts are files that the machine faces serve
	case !below:
		return "nobody below cmd imports " + path
	case r.may == "any" && !strings.HasSuffix(to, "test") || slices.Contains(strings.Fields(r.may), to):
		return ""
	}
	return "internal/" + from + " may not import internal/" + to
}

// TestArrows: every import among our packages is in the table. Test files may look anywhere.
func TestArrows(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range sources(t) {
		if s.room == "" || s.test() {
			continue
		}
		seen[s.room] = true
		if roomNamed(s.room) == nil {
			t.Errorf("%s: package internal/%s is not in the table of the house", s.path, s.room)
		}
		for _, path := range s.imports() {
			if fault := faultOf(s.room, path); fault != "" {
				t.Errorf("%s: %s", s.path, fault)
			}
		}
	}
	for _, r := range house {
		if !seen[r.name] {
			t.Errorf("the table has a room that is not there: internal/%s", r.name)
		}
	}
}

// TestArrowsTable: the table itself goes down only, so that no two rooms can ever need each other.
func TestArrowsTable(t *testing.T) {
	below := map[string]bool{}
	for _, r := range house {
		for _, to := range strings.Fields(r.may) {
			if to != "any" && !below[to] {
				t.Errorf("%s may import %s, which does not stand below it in the table", r.name, to)
			}
		}
		below[r.name] = true
	}
	for _, arrow := range [][2]string{{"rules", "office"}, {"card", "iccard"}, {"services/portal", "office"}, {"demo", "store/pgtest"}, {"cellar", "civil"}} {
		if faultOf(arrow[0], "mynumber/internal/"+arrow[1]) == "" {
			t.Errorf("%s → %s passes and must not", arrow[0], arrow[1])
		}
	}
	if fault := faultOf("law", "mynumber/internal/civil"); fault != "" {
		t.Error(fault)
	}
}

// TestPureRooms: the law can be computed anywhere, on any day, and gives the same answer: its rooms have no
// database, network, file, log, clock or chance in them.
func TestPureRooms(t *testing.T) {
	for _, s := range sources(t) {
		if r := roomNamed(s.room); r == nil || !r.pure || s.test() {
			continue
		}
		for _, path := range s.imports() {
			switch {
			case slices.ContainsFunc(banned, func(b string) bool { return path == b || strings.HasPrefix(path, b+"/") }):
				t.Errorf("%s: a pure package imports %s", s.path, path)
			case path == "embed" && s.room != "place" && s.room != "rules":
				t.Errorf("%s: only place and rules carry data files", s.path)
			case strings.Contains(strings.Split(path, "/")[0], ".") && !strings.HasPrefix(path, "golang.org/x/text/"):
				t.Errorf("%s: a pure package imports %s", s.path, path)
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := sel.X.(*ast.Ident); ok && x.Name == "time" && slices.Contains(clockCalls, sel.Sel.Name) {
					t.Errorf("%s: a pure package reads the clock: time.%s", s.set.Position(sel.Pos()), sel.Sel.Name)
				}
			}
			return true
		})
	}
}

// TestLengths: a file past 500 lines and a function past 60 ask why; the answer stands in the tables above.
func TestLengths(t *testing.T) {
	long := map[string]bool{}
	for _, s := range sources(t) {
		if ast.IsGenerated(s.file) {
			continue
		}
		why, excused := longFiles[s.path]
		switch {
		case s.lines > linesHard:
			t.Errorf("%s has %d lines; no file goes past %d", s.path, s.lines, linesHard)
		case s.lines > linesAsk && why == "":
			t.Errorf("%s has %d lines: split it, or say why in longFiles", s.path, s.lines)
		case s.lines <= linesAsk && excused:
			t.Errorf("%s has %d lines and needs no exception", s.path, s.lines)
		}
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Body == nil || s.test() {
				continue
			}
			n := s.set.Position(f.End()).Line - s.set.Position(f.Pos()).Line + 1
			name := s.path + " " + f.Name.Name
			if n > funcLines {
				long[name] = true
			}
			if n > funcLines && longFuncs[name] == "" {
				t.Errorf("%s has %d lines: split it, or say why in longFuncs", name, n)
			}
		}
	}
	for name := range longFuncs {
		if !long[name] {
			t.Errorf("%s needs no exception", name)
		}
	}
}

// TestPackageSentences: every package of the house says in its first sentence what it is.
func TestPackageSentences(t *testing.T) {
	said := map[string]bool{}
	for _, s := range sources(t) {
		if s.room != "" && !s.test() && s.file.Doc != nil && strings.HasPrefix(s.file.Doc.Text(), "Package "+s.file.Name.Name+" ") {
			said[s.room] = true
		}
	}
	for _, r := range house {
		if !said[r.name] {
			t.Errorf("internal/%s has no package comment that begins \"Package …\"", r.name)
		}
	}
}
