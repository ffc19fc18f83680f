package booking

import (
	"crypto/sha256"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"mynumber/internal/law"
	"mynumber/internal/place"
)

//go:embed policies/*.json
var embedded embed.FS

// Policies answers for every office. Copies share what is in force: Reload changes it for all of them.
type Policies struct {
	inForce *atomic.Pointer[shelf]
	wrong   *atomic.Pointer[Faults] // of the last reload, if it was refused
}

// Dir is a folder of policy files on the disk; one that is not there is an empty one.
type Dir string

// Open opens a file of the folder.
func (d Dir) Open(name string) (fs.File, error) { return os.DirFS(string(d)).Open(name) }

// shelf is a set of files that was checked as a whole.
type shelf struct {
	files  map[place.Code]*File
	policy map[place.Code]Policy
}

// Load reads the policies that come with the program.
func Load() (Policies, error) { return LoadWith(nil) }

// LoadWith reads those, and the files of a folder (nil for none) in place of those for the same offices. Faults are all that
// is wrong, with file and line; then nothing is loaded.
func LoadWith(own fs.FS) (Policies, error) {
	p := Policies{inForce: &atomic.Pointer[shelf]{}, wrong: &atomic.Pointer[Faults]{}}
	_, err := p.Reload(own)
	return p, err
}

// Reload reads the files anew and returns the offices whose file is another one than before. When something is wrong with any of
// them, those in force stay, and Faults says what.
func (p Policies) Reload(own fs.FS) ([]place.Code, error) {
	s, err := read(own)
	if faults, ok := errors.AsType[Faults](err); ok {
		p.wrong.Store(&faults)
	}
	if err != nil {
		return nil, err
	}
	p.wrong.Store(nil)
	before := p.inForce.Swap(s)
	if before == nil {
		return nil, nil
	}
	var changed []place.Code
	for _, code := range s.codes() {
		if f, ok := before.files[code]; !ok || f.sum != s.files[code].sum {
			changed = append(changed, code)
		}
	}
	for _, code := range before.codes() {
		if s.files[code] == nil {
			changed = append(changed, code)
		}
	}
	return changed, nil
}

// Faults is what was wrong when the files were last read anew; nil when nothing was. What was in force before still is.
func (p Policies) Faults() Faults {
	if p.wrong == nil {
		return nil
	}
	if faults := p.wrong.Load(); faults != nil {
		return *faults
	}
	return nil
}

// source is a file to be read.
type source struct {
	name string
	fs   fs.FS
	path string
}

func read(own fs.FS) (*shelf, error) {
	sources := map[string]source{}
	inside, err := fs.Sub(embedded, "policies")
	if err != nil {
		return nil, fmt.Errorf("open the policies: %w", err)
	}
	for _, from := range []struct {
		fs     fs.FS
		prefix string
	}{{inside, ""}, {own, prefixOf(own)}} {
		if from.fs == nil {
			continue
		}
		entries, err := fs.ReadDir(from.fs, ".")
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("list the policies: %w", err)
		}
		for _, e := range entries {
			if !e.IsDir() && !strings.HasPrefix(e.Name(), ".") && !strings.HasSuffix(e.Name(), "~") { // editors' copies
				sources[e.Name()] = source{from.prefix + e.Name(), from.fs, e.Name()}
			}
		}
	}
	var faults Faults
	s := &shelf{files: map[place.Code]*File{}, policy: map[place.Code]Policy{}}
	lines := map[place.Code]map[string]int{}
	for _, name := range sortedNames(sources) {
		src := sources[name]
		text, err := fs.ReadFile(src.fs, src.path)
		if err != nil {
			return nil, fmt.Errorf("read the policy %s: %w", src.name, err)
		}
		f, where, wrong := parse(src.name, text)
		if f != nil {
			f.sum = sha256.Sum256(text)
		}
		if faults = append(faults, wrong...); len(wrong) > 0 {
			continue
		}
		if name != string(f.Office)+".json" {
			faults = append(faults, Fault{src.name, max(where["office"], 1), "office", law.Text{
				Ja: "ファイル名は窓口のコードと同じ " + string(f.Office) + ".json です。", En: "The file has to be called " + string(f.Office) + ".json, as its office."}})
			continue
		}
		s.files[f.Office], lines[f.Office] = f, where
	}
	if len(faults) == 0 {
		faults = s.join(lines)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return s, nil
}

// prefixOf is what stands before a file's name where a fault is told.
func prefixOf(own fs.FS) string {
	switch own := own.(type) {
	case Dir:
		return strings.TrimRight(string(own), "/") + "/"
	case only:
		return prefixOf(own.FS)
	}
	return "policies/"
}

func sortedNames(sources map[string]source) []string {
	var out []string
	for name := range sources {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// join puts each file before those it falls back to, and checks what needs more than one file.
func (s *shelf) join(lines map[place.Code]map[string]int) Faults {
	var faults Faults
	for _, neutral := range []place.Code{Default, DefaultMission} {
		if s.files[neutral] == nil {
			return Faults{{string(neutral) + ".json", 1, "", law.Text{Ja: "既定のファイルがありません。", En: "The default is missing."}}}
		}
	}
	for _, code := range s.codes() {
		f := s.files[code]
		r := &reader{name: f.name, lines: lines[code]}
		if f.PartOf != "" {
			switch up := s.files[f.PartOf]; {
			case up == nil:
				r.at("part_of", "%s のファイルがありません。", "There is no file of %s.", f.PartOf)
			case up.PartOf != "":
				r.at("part_of", "%s も別の窓口の一部です。一段だけにしてください。", "%s is itself part of another; one step only.", f.PartOf)
			}
		}
		if len(r.faults) == 0 {
			p := s.make(code)
			s.policy[code] = p
			r.together(f, p)
		}
		faults = append(faults, r.faults...)
	}
	return faults
}

func (s *shelf) codes() []place.Code {
	var out []place.Code
	for code := range s.files {
		out = append(out, code)
	}
	slices.Sort(out)
	return out
}

// make is the policy of an office, which may have no file of its own.
func (s *shelf) make(code place.Code) Policy {
	p := Policy{Office: code}
	if f := s.files[code]; f != nil && code != Default {
		p.files = append(p.files, f)
		if up := s.files[f.PartOf]; up != nil {
			p.files = append(p.files, up)
		}
	}
	if place.KindOf(code) == place.KindMission && code != DefaultMission {
		p.files = append(p.files, s.files[DefaultMission])
	}
	p.files = append(p.files, s.files[Default])
	return p
}

// together checks the rules against the counters, which may stand in another file.
func (r *reader) together(f *File, p Policy) {
	all := p.Counters()
	for i, x := range f.Reservations {
		here := fmt.Sprintf("reservations[%d]", i)
		for j, id := range x.Counters {
			if !slices.ContainsFunc(all, func(c Counter) bool { return c.ID == id }) {
				r.at(fmt.Sprintf("%s.counters[%d]", here, j), "この窓口はありません。counters にある id を書きます。", "There is no such counter; give an id of counters.")
			}
		}
		for j, at := range x.Times {
			open := slices.ContainsFunc(all, func(c Counter) bool {
				return (len(x.Counters) == 0 || slices.Contains(x.Counters, c.ID)) && slices.ContainsFunc(c.Hours, func(h Hours) bool { return at >= h.Open && at < h.Close })
			})
			if !open {
				r.at(fmt.Sprintf("%s.times[%d]", here, j), "その時刻に開いている窓口がありません。開庁時間(hours)の中の時刻を書きます。", "No counter is open at that time; give a time inside its hours.")
			}
		}
	}
}

// Of is the office's policy, or the neutral default.
func (p Policies) Of(office place.Code) Policy {
	s := p.shelf()
	if policy, ok := s.policy[office]; ok {
		return policy
	}
	return s.make(office)
}

// shelf is what is in force; a Policies that nobody loaded has what comes with the program.
func (p Policies) shelf() *shelf {
	if p.inForce != nil {
		return p.inForce.Load()
	}
	return builtIn()
}

// Offices lists the offices with a policy of their own, and the defaults.
func (p Policies) Offices() []place.Code { return p.shelf().codes() }

// builtIn are the policies that come with the program; that they are right is tested.
var builtIn = sync.OnceValue(func() *shelf {
	s, err := read(nil)
	if err != nil {
		panic(err)
	}
	return s
})

// CheckFile reads one file of a folder as Reload would, among those that come with the program.
func CheckFile(folder fs.FS, name string) error {
	_, err := read(only{folder, name})
	return err
}

// only is a folder with one of its files.
type only struct {
	fs.FS
	name string
}

// ReadDir lists the one file.
func (o only) ReadDir(string) ([]fs.DirEntry, error) {
	info, err := fs.Stat(o.FS, o.name)
	if err != nil {
		return nil, err
	}
	return []fs.DirEntry{fs.FileInfoToDirEntry(info)}, nil
}
