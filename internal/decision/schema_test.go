package decision

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"mynumber/internal/application"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/procedure"
	"mynumber/internal/rules"
)

var update = flag.Bool("update", false, "print the schema anew")

const schemaFile = "../../api/decision.schema.json"

// published are the situations that the schema gives as examples: each is decided by a test, and the benchmarks
// measure them.
var published = []string{
	"abroad/apply-honseki-post",
	"abroad/lift-other-municipality",
	"home/apply-online",
	"home/collect-proxy-aged-75-or-over",
	"home/express-loss-day-31",
	"change/entries-14-days-day-15",
	"change/special-extension",
	"change/signature-household-with-notification",
	"change/list-after-move-in",
	"services/insurance-register",
	"services/four-items-signature-revoked",
}

func examples(t testing.TB) []json.RawMessage {
	t.Helper()
	var out []json.RawMessage
	for _, name := range published {
		f, err := readSituation(name)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, f.Situation)
	}
	return out
}

func TestSchemaIsFresh(t *testing.T) {
	want, err := Schema(examples(t))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(schemaFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("api/decision.schema.json is stale: run `go generate ./internal/decision`")
	}
}

// compiled is the published schema as an independent implementation reads it.
func compiled(t testing.TB, def string) *jsonschema.Schema {
	t.Helper()
	file, err := os.Open(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	doc, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("https://example.test/decision.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("https://example.test/decision.json#/$defs/" + def)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Every situation and every decision there is fits the published schema, read by somebody else's implementation.
func TestSituationsAndDecisionsFitTheSchema(t *testing.T) {
	situation, answer := compiled(t, "Situation"), compiled(t, "Decision")
	fits := func(name string, s *jsonschema.Schema, text []byte) {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := s.Validate(doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range situationFiles(t) {
		f, err := readSituation(name)
		if err != nil {
			t.Fatal(err)
		}
		fits(name, situation, f.Situation)
		s, err := Read(f.Situation, civil.Day(2026, 11, 22))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		d, err := procedure.Decide(s)
		if err != nil {
			continue
		}
		text, err := Write(d)
		if err != nil {
			t.Fatal(err)
		}
		fits(name, answer, text)
	}
}

// The schema refuses what the reader refuses for its form.
func TestSchemaRefusesBadForm(t *testing.T) {
	s := compiled(t, "Situation")
	for _, bad := range []string{
		`{"persn": {}}`, `{"on": "2026-02-30"}`, `{"procedure": "make_card"}`, `{"person": {"age": 131}}`, `{"person": {"nationality": "jp"}}`,
		`{"visitor": {"papers": [{"kind": "bus_pass"}]}}`, `{"office": {"code": "12345"}}`, `{"person": []}`, `[]`,
	} {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(bad))
		if err != nil {
			t.Fatal(err)
		}
		if s.Validate(doc) == nil {
			t.Errorf("%s fits the schema", bad)
		}
		if _, err := Read([]byte(bad), civil.Day(2026, 11, 22)); err == nil {
			t.Errorf("%s is read", bad)
		}
	}
}

// Every field is described in both languages, and every word of a closed list is the type's own.
func TestEveryFieldIsDescribed(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(typ reflect.Type) {
		for typ.Kind() == reflect.Slice || typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		if seen[typ] || !strings.HasSuffix(typ.PkgPath(), "internal/procedure") || typ.Kind() != reflect.Struct {
			return
		}
		seen[typ] = true
		for i := range typ.NumField() {
			f := typ.Field(i)
			if f.Tag.Get("json") == "" || f.Tag.Get("ja") == "" || f.Tag.Get("en") == "" {
				t.Errorf("%s.%s lacks its name or its description in a language", typ.Name(), f.Name)
			}
			walk(f.Type)
		}
	}
	walk(reflect.TypeFor[procedure.Situation]())
	walk(reflect.TypeFor[procedure.Decision]())
	for typ, list := range words {
		once := map[string]bool{}
		for _, w := range list {
			if w.Value == "" || once[w.Value] || w.Text.Ja == "" || w.Text.En == "" {
				t.Errorf("%s: %q stands twice or lacks a name", typ, w.Value)
			}
			once[w.Value] = true
		}
	}
}

// Every fact that can be asked for is a field of a situation, and every choice can be set there.
func TestQuestionsAskForFields(t *testing.T) {
	for fact, q := range rules.Questions {
		values := []string{"2026-04-01", "40", "US", "131075"}
		if len(q.Choices) > 0 {
			values = nil
			for _, c := range q.Choices {
				values = append(values, c.Value)
			}
			for _, v := range values {
				if _, err := Facts(map[rules.Fact]string{fact: v}, civil.Day(2026, 11, 22)); err != nil {
					t.Errorf("%s = %s: %v", fact, v, err)
				}
			}
			continue
		}
		read := false
		for _, v := range values {
			_, err := Facts(map[rules.Fact]string{fact: v}, civil.Day(2026, 11, 22))
			read = read || err == nil
		}
		if !read {
			t.Errorf("%s is no field that takes a day, a number or a code", fact)
		}
	}
}

// The schema is the one list of states and acts: it has those of the lives, all of them.
func TestStatesAndActsAreTheLives(t *testing.T) {
	compare(t, card.States, card.Acts)
	compare(t, application.Life.States, application.Life.Acts)
	if got, want := values(Words[certificate.Act]()), sorted(certificate.Life.Acts); !slices.Equal(got, want) {
		t.Errorf("acts on a certificate: %v, want %v", got, want)
	}
}

func compare[S, A ~string](t *testing.T, states []S, acts []A) {
	t.Helper()
	if got, want := values(Words[S]()), sorted(states); !slices.Equal(got, want) {
		t.Errorf("states: %v, want %v", got, want)
	}
	if got, want := values(Words[A]()), sorted(acts); !slices.Equal(got, want) {
		t.Errorf("acts: %v, want %v", got, want)
	}
}

func values(list []Word) []string {
	var out []string
	for _, w := range list {
		out = append(out, w.Value)
	}
	slices.Sort(out)
	return out
}

func sorted[T ~string](list []T) []string {
	var out []string
	for _, x := range list {
		out = append(out, string(x))
	}
	slices.Sort(out)
	return out
}
