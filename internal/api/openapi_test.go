package api

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"mynumber/internal/application"
	"mynumber/internal/booking"
	"mynumber/internal/card"
	"mynumber/internal/certificate"
	"mynumber/internal/civil"
	"mynumber/internal/decision"
	"mynumber/internal/law"
	"mynumber/internal/office"
	"mynumber/internal/procedure"
	"mynumber/internal/register"
	"mynumber/internal/rules"
)

func document(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(contract)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestContractIsValid: openapi.yaml is a document of OpenAPI 3.1, and its examples fit its schemas.
func TestContractIsValid(t *testing.T) {
	doc := document(t)
	if err := doc.Validate(t.Context(), openapi3.EnableExamplesValidation(), openapi3.EnableMultiError()); err != nil {
		t.Error(err)
	}
	if !strings.HasPrefix(doc.OpenAPI, "3.1.") {
		t.Errorf("the document says OpenAPI %s", doc.OpenAPI)
	}
}

// routeInCode is one pattern of the multiplexer with the method of server that answers it.
type routeInCode struct{ method, path, handler string }

// parsed is a file of source; the relying service's face stands in its own package and in the same document.
func parsed(t *testing.T, name string) *ast.File {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// sources are the files of this package.
func sources(t *testing.T) []*ast.File {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []*ast.File
	for _, name := range names {
		if !strings.HasSuffix(name, "_test.go") {
			out = append(out, parsed(t, name))
		}
	}
	return out
}

const portalFile = "../services/portal/http.go"

// routesInCode reads the lists of this package and the portal's. "act" stands for an act that takes no body.
func routesInCode(t *testing.T) []routeInCode {
	t.Helper()
	var all []routeInCode
	for _, file := range append(sources(t), parsed(t, portalFile)) {
		all = append(all, routesIn(file)...)
	}
	if len(all) < 30 {
		t.Fatalf("only %d routes were found", len(all))
	}
	return all
}

func routesIn(file *ast.File) []routeInCode {
	var all []routeInCode
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		f, ok := call.Fun.(*ast.SelectorExpr)
		if !ok || f.Sel.Name != "HandleFunc" {
			return true
		}
		pattern := strings.Trim(call.Args[0].(*ast.BasicLit).Value, `"`)
		method, path, _ := strings.Cut(pattern, " ")
		all = append(all, routeInCode{method, strings.ReplaceAll(path, "...}", "}"), handlerName(call.Args[1])})
		return true
	})
	return all
}

// handlerName is the method behind s.method, s.staff(s.method) and s.act(…).
func handlerName(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.SelectorExpr:
		return x.Sel.Name
	case *ast.CallExpr:
		if f, ok := x.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "staff" {
			return handlerName(x.Args[0])
		}
		if _, ok := x.Fun.(*ast.Ident); ok { // a rate limit around the handler
			return handlerName(x.Args[0])
		}
		return "act"
	}
	return "" // the contract itself
}

// TestContractNamesEveryRoute: what the multiplexer answers is described, and nothing else is.
func TestContractNamesEveryRoute(t *testing.T) {
	doc := document(t)
	var inCode, inDocument []string
	for _, r := range routesInCode(t) {
		inCode = append(inCode, r.method+" "+r.path)
	}
	ids := map[string]string{}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			inDocument = append(inDocument, method+" "+path)
			if other := ids[op.OperationID]; other != "" {
				t.Errorf("%s and %s have the same operationId %q", path, other, op.OperationID)
			}
			ids[op.OperationID] = path
		}
	}
	same(t, "routes", inCode, inDocument)
}

// same compares two sets of words.
func same(t *testing.T, what string, inCode, inDocument []string) {
	t.Helper()
	for _, w := range inCode {
		if !slices.Contains(inDocument, w) {
			t.Errorf("%s: %q is not in openapi.yaml", what, w)
		}
	}
	for _, w := range inDocument {
		if !slices.Contains(inCode, w) {
			t.Errorf("%s: openapi.yaml has %q, the code has not", what, w)
		}
	}
}

// schema finds a schema by its path: name, then properties and "items".
func schema(t *testing.T, doc *openapi3.T, path ...string) *openapi3.Schema {
	t.Helper()
	ref := doc.Components.Schemas[path[0]]
	for _, p := range path[1:] {
		if ref == nil {
			break
		}
		if p == "items" {
			ref = ref.Value.Items
		} else {
			ref = ref.Value.Properties[p]
		}
	}
	if ref == nil {
		t.Fatalf("openapi.yaml has no schema %v", path)
	}
	return ref.Value
}

func texts[T ~string](words ...T) []string {
	var out []string
	for _, w := range words {
		out = append(out, string(w))
	}
	return out
}

// TestContractWords: every word of a closed list is the code's: refusals, states, papers, grounds of fees.
func TestContractWords(t *testing.T) {
	doc := document(t)
	codes := []string{"invalid", "forbidden", "purpose_needed", "not_found", "stale", "too_many_requests", "too_large", "no_room", "list_missing", "idempotency_key_reused", "request_underway", "method_not_allowed", "internal"}
	for code := range rules.OfficeRefusals {
		codes = append(codes, code)
	}
	papers := rules.PickupDocuments()
	var grounds []rules.FeeGround
	for g := range rules.FeeGrounds {
		grounds = append(grounds, g)
	}
	for _, c := range []struct {
		in   []string
		want []string
	}{
		{[]string{"Code"}, codes},
		{[]string{"ApplicationState"}, texts(application.Life.States...)},
		{[]string{"CardState"}, texts(card.States...)},
		{[]string{"CertificateState"}, texts(certificate.Life.States...)},
		{[]string{"StaffRole"}, texts(office.Roles...)},
		{[]string{"Visit", "state"}, texts(booking.States...)},
		{[]string{"ListedVisit", "next", "items"}, texts(slices.DeleteFunc(slices.Clone(booking.Acts), func(a booking.Act) bool { return a == booking.Displace })...)},
		{[]string{"Custody", "with"}, texts(application.WithApplicant, application.AtOffice, application.OnTheWay, application.Gone, application.Nowhere)},
		{[]string{"Application", "sealed_form"}, texts(application.FormSealed, application.FormOpened)},
		{[]string{"Fee", "ground"}, texts(grounds...)},
		{[]string{"Fee", "payment"}, texts(rules.PayNothing, rules.PayAtSubmission, rules.PayAtPickup, rules.PayBeforeDispatch)},
		{[]string{"FileRequest", "channel"}, texts(rules.Visit, rules.Post, rules.Online, rules.PhotoBooth, rules.Express)},
		{[]string{"IdentityRequest", "visitor"}, texts(procedure.Holder, procedure.HolderWithRepresentative, procedure.VoluntaryProxy, procedure.StatutoryRepresentative)},
		{[]string{"IdentityRequest", "papers", "items", "kind"}, texts(papers...)},
		{[]string{"Case", "certificates", "items", "kind"}, []string{certificate.Signature.String(), certificate.UserAuthentication.String()}},
	} {
		var words []string
		for _, w := range schema(t, doc, c.in...).Enum {
			words = append(words, w.(string))
		}
		same(t, strings.Join(c.in, "."), c.want, words)
	}
	form := schema(t, doc, "RawForm")
	var fields, required []string
	for _, f := range application.Fields {
		fields = append(fields, f.Name)
		if f.Required {
			required = append(required, f.Name)
		}
	}
	same(t, "RawForm", fields, keys(form.Properties))
	same(t, "RawForm.required", required, form.Required)
}

func keys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	return out
}

// TestContractBodies: each handler reads the fields that the document gives its request, and no others.
func TestContractBodies(t *testing.T) {
	doc := document(t)
	read := bodiesIn(append(sources(t), parsed(t, portalFile))...)
	read["decide"], read["lifeline"] = decision.Fields(), decision.PlanFields()
	read["notify"], read["askNetwork"] = jsonFields(office.NotifyRequest{}), jsonFields(office.NetworkQuery{})
	read["registerPerson"] = append(jsonFields(office.RegisterRequest{}), read["notify"]...)
	for handler, reader := range map[string]string{"consider": "windowRequest", "takeIn": "windowRequest", "typeCasePINs": "typedPINs", "replyPINs": "typedPINs",
		"askUndo": "undoReason", "askUndoHandOver": "undoReason", "askUndoEvent": "undoReason", "bookVisit": "visitRequest", "walkIn": "visitRequest", "changeRole": "inRole", "takeOver": "inRole"} {
		read[handler] = read[reader]
	}
	for _, r := range routesInCode(t) {
		item := doc.Paths.Value(r.path)
		if item == nil || item.GetOperation(r.method) == nil {
			continue // TestContractNamesEveryRoute says so
		}
		op := item.GetOperation(r.method)
		var described []string
		if op.RequestBody != nil && op.RequestBody.Value.Content.Get("application/json") != nil {
			described = keys(op.RequestBody.Value.Content.Get("application/json").Schema.Value.Properties)
		}
		same(t, "body of "+r.path, read[r.handler], described)
	}
}

// TestContractKeys: whatever writes takes an Idempotency-Key, and of a body with PINs no hash is kept.
func TestContractKeys(t *testing.T) {
	doc := document(t)
	for _, r := range routesInCode(t) {
		item := doc.Paths.Value(r.path)
		if r.method != http.MethodPost || item == nil || !strings.HasPrefix(r.path, "/api/v1/") || strings.HasPrefix(r.path, "/api/v1/portal/") {
			continue
		}
		told := item.Post.Parameters.GetByInAndName("header", keyHeader) != nil
		pattern := r.method + " " + r.path
		if writes := !asking[pattern] && r.handler != "decide" && r.handler != "lifeline"; told != writes {
			t.Errorf("%s takes a key: %v in openapi.yaml, %v in the code", pattern, told, writes)
		}
		if item.Post.RequestBody == nil {
			continue
		}
		var pins bool
		for name, field := range item.Post.RequestBody.Value.Content.Get("application/json").Schema.Value.Properties {
			pins = pins || field.Ref == "#/components/schemas/PINs" || name == "user_authentication"
		}
		if pins != telling[pattern] {
			t.Errorf("%s holds PINs: %v in openapi.yaml, %v in the code", pattern, pins, telling[pattern])
		}
	}
}

var jsonTag = regexp.MustCompile(`json:"([a-z0-9_]+)`)

// jsonFields is the names that a type of another package reads from JSON, without those of a type inside it.
func jsonFields(v any) []string {
	var out []string
	for f := range reflect.TypeOf(v).Fields() {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// bodiesIn is the names that each handler's variable body reads from JSON.
func bodiesIn(files ...*ast.File) map[string][]string {
	named := map[string][]string{}
	var all []ast.Decl
	for _, file := range files {
		all = append(all, file.Decls...)
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok {
				named[spec.Name.Name] = tags(spec.Type)
			}
			return true
		})
	}
	bodies := map[string][]string{}
	for _, d := range all {
		f, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			v, ok := n.(*ast.ValueSpec)
			if !ok || v.Names[0].Name != "body" {
				return true
			}
			if id, ok := v.Type.(*ast.Ident); ok {
				bodies[f.Name.Name] = named[id.Name]
			} else {
				bodies[f.Name.Name] = tags(v.Type)
			}
			return false
		})
	}
	return bodies
}

// tags is the JSON names of a struct's own fields.
func tags(e ast.Expr) []string {
	var out []string
	if s, ok := e.(*ast.StructType); ok {
		for _, f := range s.Fields.List {
			if f.Tag == nil {
				continue
			}
			if m := jsonTag.FindStringSubmatch(f.Tag.Value); m != nil {
				out = append(out, m[1])
			}
		}
	}
	return out
}

// TestContractAnswers: what the code writes fits the schemas, and names nothing that they do not have.
func TestContractAnswers(t *testing.T) {
	doc := document(t)
	filed := application.Application{
		ID: strings.Repeat("a", 26), State: application.ReadyForPickup, Filed: civil.Day(2026, 10, 12), Accepting: "office-tw-taipei", InCharge: "022039", Pickup: "office-tw-taipei",
		ApplicationID: strings.Repeat("1", 23), Papers: application.Custody{With: application.AtOffice, Office: "022039"}, SealedForm: application.FormSealed,
		Fee:   application.Fee{Yen: 1000, Ground: string(rules.LapsedOnDeparture), Payment: string(rules.PayBeforeDispatch), Paid: true},
		Ready: civil.Day(2026, 11, 30), Deadline: civil.Day(2027, 2, 28), CardID: strings.Repeat("b", 26),
	}
	cite := rules.Refusals["passport_missing"].Cite
	answers := map[string][]any{
		"Application":    {toJSON(filed), toJSON(application.Application{ID: filed.ID, State: application.Applied, Filed: filed.Filed, Accepting: filed.Accepting, InCharge: filed.InCharge, Pickup: filed.Pickup, Papers: filed.Papers})},
		"Receipt":        {office.Receipt{Act: "forward", Subject: "application/x", At: time.Unix(1, 0).UTC(), Rules: []law.Citation{cite}, Detail: "forwarded"}, office.Receipt{Act: "search_card", At: time.Unix(1, 0).UTC()}},
		"Slot":           {slotJSON{Day: civil.Day(2026, 12, 1), Time: "10:00", Free: 2}},
		"RevocationList": {listOf(office.ListLine{CRL: office.CRL{Kind: certificate.Signature, Generation: 1, Partition: "02203", Number: 1, Fault: "vanished x"}})},
		"PINs":           {pinsJSON{Signature: "ABC123"}},
		"Noted": {notedJSON{Person: personJSON{ID: "a", Name: "b", Birth: civil.Day(1990, 1, 1)}, Event: register.Event{ID: "e", Kind: register.MoveIn, At: "131075", Day: civil.Day(2026, 5, 1)}, Told: []toldJSON{{"022039", "address_notice"}},
			Ended: []string{}, Coming: []office.ComingLine{{On: civil.Day(2026, 8, 1), What: law.Text{Ja: "あ", En: "a"}}}, Receipt: office.Receipt{Act: "notify", Subject: "person/a", At: time.Unix(1, 0).UTC()}}},
	}
	for code := range rules.OfficeRefusals {
		answers["Problem"] = append(answers["Problem"], asWritten(rules.Refuse(code)))
	}
	invalid := office.Invalid{Field: "birth", Text: law.Text{Ja: "読めません。", En: "Unreadable."}}
	for _, err := range []error{&invalid, office.InvalidForm{invalid}, office.ErrForbidden, office.ErrPurpose, office.ErrNotFound, office.ErrStale, office.ErrNoRoom, office.ErrListMissing, office.ErrAnotherRequest, office.ErrUnderway, &http.MaxBytesError{Limit: maxJSON}, http.ErrBodyNotAllowed} {
		answers["Problem"] = append(answers["Problem"], asWritten(err))
	}
	for name, values := range answers {
		s := schema(t, doc, name)
		for _, v := range values {
			text, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			var plain map[string]any
			if err := json.Unmarshal(text, &plain); err != nil {
				t.Fatal(err)
			}
			if err := s.VisitJSON(plain); err != nil {
				t.Errorf("%s: %s: %v", name, text, err)
			}
			for k := range plain {
				if s.Properties[k] == nil {
					t.Errorf("%s: the code writes %q, openapi.yaml does not have it", name, k)
				}
			}
		}
		if got, want := len(s.Properties), reflect.TypeOf(values[0]).NumField(); got != want {
			t.Errorf("%s: %d properties, the code has %d fields", name, got, want)
		}
	}
}

// asWritten is the problem as fail writes it.
func asWritten(err error) Problem {
	p := problemOf(err)
	p.Type = "about:blank"
	return p
}
