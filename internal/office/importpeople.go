package office

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"mynumber/internal/civil"
	"mynumber/internal/law"
	"mynumber/internal/person"
	"mynumber/internal/place"
	"mynumber/internal/register"
)

// ImportColumns are the columns that a file of people may have, in any order; the first line names them. A line is one
// person. Days are written in any form of civil.ParseAny, municipalities as six-digit codes.
var ImportColumns = []string{"id", "individual_number", "resident_record_code", "family_name", "given_name", "family_kana", "given_kana", "family_latin", "given_latin",
	"former_family_name", "birth", "sex", "nationality", "honseki", "municipality", "address", "since", "until", "planned_departure", "departure_notified", "stay_status", "stay_until"}

// ImportState is how far a file has come.
type ImportState struct {
	Lines  int  `json:"lines"`  // read, without the first
	People int  `json:"people"` // added
	Bad    int  `json:"bad"`    // lines that were left out
	Chunks int  `json:"chunks"`
	Done   bool `json:"done"`
}

// BadLine is a line that was left out: where, and why. What stands in it is not repeated.
type BadLine struct {
	Line  int      `json:"line"` // from 1, the line with the names of the columns
	Field string   `json:"field"`
	Text  law.Text `json:"text"`
}

// Bounds of an import.
const (
	importChunk = 1000     // lines of one transaction
	longestLine = 64 << 10 // bytes
)

// ErrImportHeader says that the first line of a file does not name its columns.
var ErrImportHeader = errors.New("the first line has to name the columns, among them family_name or family_latin, and birth")

// ImportPeople adds the people of a CSV file (UTF-8, one line a person). key names the file, by the hash of its bytes: each
// thousand lines are one transaction with their bookmark, the list of bad lines and the entry in the journal, so
// that an import that was interrupted goes on after the last whole thousand, and one that is through is not done twice. A
// bad line is left out and reported, the others are added.
func (o *Office) ImportPeople(ctx context.Context, who Actor, key string, in io.Reader, progress func(ImportState)) (ImportState, error) {
	var st ImportState
	if err := o.may(ctx, who, "import_people", ""); err != nil {
		return st, err
	}
	st, err := o.importState(ctx, key)
	if err != nil || st.Done {
		return st, err
	}
	lines := bufio.NewReaderSize(in, longestLine)
	header, err := readHeader(lines)
	if err != nil {
		return st, err
	}
	for range st.Lines {
		if _, _, err := nextLine(lines); err != nil {
			return st, fmt.Errorf("go on after line %d: %w", st.Lines+1, err)
		}
	}
	for !st.Done {
		next := st
		var chunk []string
		for len(chunk) < importChunk {
			line, _, err := nextLine(lines)
			if errors.Is(err, io.EOF) {
				next.Done = true
				break
			}
			if err != nil {
				return st, fmt.Errorf("read line %d: %w", st.Lines+len(chunk)+2, err)
			}
			chunk = append(chunk, line)
		}
		if st, err = o.importChunk(ctx, who, key, header, chunk, next); err != nil {
			return st, err
		}
		if progress != nil {
			progress(st)
		}
	}
	return st, nil
}

// nextLine reads a line without its end; one that is too long comes back as such, and the rest of it is passed over.
func nextLine(r *bufio.Reader) (line string, long bool, err error) {
	b, err := r.ReadSlice('\n')
	for errors.Is(err, bufio.ErrBufferFull) {
		long = true
		b, err = r.ReadSlice('\n')
	}
	if err != nil && !(errors.Is(err, io.EOF) && (len(b) > 0 || long)) {
		return "", false, err
	}
	if long {
		return strings.Repeat("x", longestLine+1), true, nil
	}
	return strings.TrimRight(string(b), "\r\n"), false, nil
}

func readHeader(r *bufio.Reader) ([]string, error) {
	line, _, err := nextLine(r)
	if err != nil {
		return nil, ErrImportHeader
	}
	header, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(line, "\ufeff"))).Read()
	if err != nil {
		return nil, ErrImportHeader
	}
	for i := range header {
		header[i] = strings.TrimSpace(header[i])
		if !slices.Contains(ImportColumns, header[i]) || slices.Contains(header[:i], header[i]) {
			return nil, fmt.Errorf("%w; column %d is none of %s, or stands twice", ErrImportHeader, i+1, strings.Join(ImportColumns, ", "))
		}
	}
	if !slices.Contains(header, "birth") || !slices.Contains(header, "family_name") && !slices.Contains(header, "family_latin") {
		return nil, ErrImportHeader
	}
	return header, nil
}

func importKey(key string) string { return "import/" + key }

// importState is the bookmark; empty for a file that was never begun.
func (o *Office) importState(ctx context.Context, key string) (ImportState, error) {
	var st ImportState
	err := o.Store.Read(ctx, func(tx Tx) error {
		text, err := tx.Setting(importKey(key))
		if err != nil {
			return ignoreNotFound(err)
		}
		return json.Unmarshal([]byte(text), &st)
	})
	return st, err
}

// importChunk adds the people of some lines, notes how far it has come and which lines are bad.
func (o *Office) importChunk(ctx context.Context, who Actor, key string, header, lines []string, next ImportState) (ImportState, error) {
	on := civil.DateOf(o.Clock())
	var people []register.Person
	var at []int // their lines
	var unread []BadLine
	for i, line := range lines {
		n := next.Lines + i + 2
		p, bad := readImported(header, line, on)
		if bad != nil {
			bad.Line = n
			unread = append(unread, *bad)
			continue
		}
		people, at = append(people, p), append(at, n)
	}
	var st ImportState
	_, err := o.act(ctx, who, "import_people", "", func(t *turn) error {
		bad := slices.Clone(unread)
		added := len(people)
		if err := t.InsertPeople(people); errors.Is(err, ErrTaken) {
			added = 0
			for i, p := range people {
				switch field, err := t.addImported(p); {
				case err != nil:
					return err
				case field != "":
					bad = append(bad, BadLine{at[i], field, takenText})
				default:
					added++
				}
			}
		} else if err != nil {
			return err
		}
		slices.SortFunc(bad, func(a, b BadLine) int { return a.Line - b.Line })
		st = ImportState{Lines: next.Lines + len(lines), People: next.People + added, Bad: next.Bad + len(bad), Chunks: next.Chunks + 1, Done: next.Done}
		t.detail = fmt.Sprintf("%d lines, %d people, %d bad, %d lines in all", len(lines), added, len(bad), st.Lines)
		return t.noteImport(key, st, bad)
	})
	if err != nil {
		return next, err
	}
	return st, nil
}

var takenText = law.Text{Ja: "同じ番号・コード・キーの人がすでに記録にあります。", En: "Somebody with this number, code or key is on record."}

// addImported adds one person; it names the field that somebody has.
func (t *turn) addImported(p register.Person) (field string, err error) {
	if _, err := t.Person(p.ID); err == nil {
		return "id", nil
	} else if !isNotFound(err) {
		return "", err
	}
	err = t.InsertPeople([]register.Person{p})
	if errors.Is(err, ErrTaken) {
		return "individual_number", nil
	}
	return "", err
}

func (t *turn) noteImport(key string, st ImportState, bad []BadLine) error {
	text, err := json.Marshal(st)
	if err != nil {
		return err
	}
	if len(bad) > 0 {
		list, err := json.Marshal(bad)
		if err != nil {
			return err
		}
		if err := t.PutSetting(fmt.Sprintf("%s/bad/%d", importKey(key), st.Chunks), string(list)); err != nil {
			return err
		}
	}
	return t.PutSetting(importKey(key), string(text))
}

// ImportFaults calls with every bad line of a file, in order.
func (o *Office) ImportFaults(ctx context.Context, key string, with func(BadLine) error) error {
	st, err := o.importState(ctx, key)
	if err != nil {
		return err
	}
	for n := 1; n <= st.Chunks; n++ {
		var list []BadLine
		err := o.Store.Read(ctx, func(tx Tx) error {
			text, err := tx.Setting(fmt.Sprintf("%s/bad/%d", importKey(key), n))
			if err != nil {
				return ignoreNotFound(err)
			}
			return json.Unmarshal([]byte(text), &list)
		})
		if err != nil {
			return err
		}
		for _, b := range list {
			if err := with(b); err != nil {
				return err
			}
		}
	}
	return nil
}

func badLine(field, ja, en string) *BadLine {
	return &BadLine{Field: field, Text: law.Text{Ja: ja, En: en}}
}

// readImported understands a line as a person.
func readImported(header []string, line string, on civil.Date) (register.Person, *BadLine) {
	var p register.Person
	switch {
	case len(line) > longestLine:
		return p, badLine("line", "行が長すぎます。引用符が閉じているか確かめてください。", "The line is too long; look for a quotation mark that is not closed.")
	case !utf8.ValidString(line):
		return p, badLine("line", "UTF-8の文字ではありません。UTF-8で保存してください。", "This is no UTF-8; save the file as UTF-8.")
	}
	cells, err := csv.NewReader(strings.NewReader(line)).Read()
	if err != nil || len(cells) != len(header) {
		return p, badLine("line", "列の数か引用符が、1行目と合いません。", "The number of columns, or a quotation mark, does not fit the first line.")
	}
	row := map[string]string{}
	for i, name := range header {
		row[name] = strings.TrimSpace(cells[i])
	}
	r := importRow{row: row, on: on}
	p = r.person()
	if r.bad == nil {
		if err := p.Check(); err != nil {
			r.bad = &BadLine{Field: "line", Text: law.Text{Ja: "記録として矛盾しています。", En: "It contradicts itself: " + err.Error()}}
		}
	}
	return p, r.bad
}

// importRow reads the cells of a line; the first fault stays.
type importRow struct {
	row map[string]string
	on  civil.Date
	bad *BadLine
}

func (r *importRow) fault(field string, err error) {
	if err != nil && r.bad == nil {
		r.bad = &BadLine{Field: field, Text: fieldText(err)}
	}
}

func (r *importRow) day(field string) civil.Date {
	if r.row[field] == "" {
		return civil.Date{}
	}
	d, err := civil.ParseAny(r.row[field])
	if err != nil && r.bad == nil {
		r.bad = badLine(field, "日付として読めません。", "This is not a date.")
	}
	return d
}

func (r *importRow) municipality(field string) place.Code {
	if r.row[field] == "" {
		return ""
	}
	code, err := place.ParseMunicipality(r.row[field])
	r.fault(field, err)
	return code
}

func (r *importRow) person() register.Person {
	row := r.row
	p := register.Person{ID: row["id"], Nationality: row["nationality"]}
	var err error
	p.Name, err = person.Name{Family: row["family_name"], Given: row["given_name"], FamilyKana: row["family_kana"], GivenKana: row["given_kana"],
		FamilyLatin: row["family_latin"], GivenLatin: row["given_latin"], FormerFamily: row["former_family_name"]}.Clean()
	r.fault("family_name", err)
	p.Birth, err = person.ParseBirth(row["birth"], r.on)
	r.fault("birth", err)
	if row["sex"] != "" {
		p.Sex, err = person.ParseSex(row["sex"])
		r.fault("sex", err)
	}
	if row["individual_number"] != "" {
		p.Number, err = person.ParseNumber(row["individual_number"])
		r.fault("individual_number", err)
	}
	if row["resident_record_code"] != "" {
		p.Code, err = person.ParseResidentRecordCode(row["resident_record_code"])
		r.fault("resident_record_code", err)
	}
	if p.Nationality == "" {
		p.Nationality = register.Japan
	}
	if !country(p.Nationality) && r.bad == nil {
		r.bad = badLine("nationality", "国籍は2文字のコードで書いてください(例 JP)。", "Write the nationality as a code of two letters, such as JP.")
	}
	if row["address"] != "" || row["municipality"] != "" {
		p.Residences = []register.Residence{{Municipality: r.municipality("municipality"), Address: row["address"], From: r.day("since"), To: r.day("until")}}
	}
	r.registers(&p)
	if p.ID == "" {
		p.ID = secretHash("import/" + p.Number.Digits() + "/" + p.Code.Digits() + "/" + p.Name.Full() + "/" + p.Birth.String() + "/" + row["address"])[:26]
	} else if !subjectForm.MatchString(personSubject(p.ID)) && r.bad == nil {
		r.bad = badLine("id", "キーに使えない文字があります。", "The key has characters that a key cannot have.")
	}
	return p
}

// registers reads the family register, or the period of stay of a foreign national.
func (r *importRow) registers(p *register.Person) {
	if !p.Japanese() {
		p.Stay = &register.Stay{Status: r.row["stay_status"], Until: r.day("stay_until")}
		return
	}
	if r.row["honseki"] == "" {
		return
	}
	p.FamilyRegister = &register.SupplementaryFamilyRegister{Honseki: r.municipality("honseki"), Since: p.Birth}
	if planned := r.day("planned_departure"); !planned.IsZero() {
		p.FamilyRegister.Departure = &register.Departure{Planned: planned, Notified: r.day("departure_notified")}
	}
}
