package place

import (
	"cmp"
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed municipalities.tsv missions.tsv missions_covered.tsv
var files embed.FS

// facts are the three files as they are asked.
type facts struct {
	byCode         []Municipality // by code, then by From
	keys           [][]string     // of each in byCode, for Search
	municipalities map[Code][]Municipality
	missionList    []Mission // by id
	missions       map[Code]Mission
	covered        map[string]Code // country to mission
	withWards      map[string]bool // cities that have wards, with their prefecture
}

// load reads the files once. They are part of the program, so a fault in them is a fault of the program: it
// panics, and the tests meet it first.
var load = sync.OnceValue(func() facts {
	data, err := read()
	if err != nil {
		panic(err)
	}
	return data
})

func read() (facts, error) {
	data := facts{municipalities: map[Code][]Municipality{}, missions: map[Code]Mission{}, covered: map[string]Code{}, withWards: map[string]bool{}}
	err := eachLine("municipalities.tsv", 9, data.addMunicipality)
	if err != nil {
		return data, err
	}
	if err := eachLine("missions.tsv", 8, data.addMission); err != nil {
		return data, err
	}
	if err := eachLine("missions_covered.tsv", 3, data.addCovered); err != nil {
		return data, err
	}
	data.index()
	return data, nil
}

// eachLine hands over the columns of each line that is no comment.
func eachLine(file string, columns int, f func([]string) error) error {
	b, err := files.ReadFile(file)
	if err != nil {
		return fmt.Errorf("open %s: %w", file, err)
	}
	n := 0
	for line := range strings.SplitSeq(strings.TrimSuffix(string(b), "\n"), "\n") {
		n++
		if strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) != columns {
			return fmt.Errorf("%s:%d has %d columns, want %d", file, n, len(fields), columns)
		}
		if err := f(fields); err != nil {
			return fmt.Errorf("%s:%d: %w", file, n, err)
		}
	}
	return nil
}

func (data *facts) addMunicipality(f []string) error {
	m := Municipality{Code: Code(f[0]), Prefecture: f[1], Name: strings.ReplaceAll(f[2], " ", ""), Kana: f[3], Romaji: f[4], Kind: MunicipalityKind(f[5])}
	if len(f[0]) != 6 {
		return fmt.Errorf("code %q has no six digits", f[0])
	}
	if code, err := WithCheckDigit(f[0][:5]); err != nil || code != m.Code {
		return fmt.Errorf("code %s has a wrong check digit", m.Code)
	}
	number, err := strconv.Atoi(f[0][:2])
	if err != nil || number < 1 || number > 47 || prefectures[number].ja != m.Prefecture {
		return fmt.Errorf("code %s does not lie in %s", m.Code, m.Prefecture)
	}
	m.PrefectureRomaji = prefectures[number].romaji
	if err := m.From.UnmarshalText([]byte(f[6])); err != nil {
		return err
	}
	if err := m.To.UnmarshalText([]byte(f[7])); err != nil {
		return err
	}
	if f[8] != "" {
		for code := range strings.SplitSeq(f[8], ",") {
			m.Successors = append(m.Successors, Code(code))
		}
	}
	data.byCode = append(data.byCode, m)
	data.keys = append(data.keys, searchKeys(m, f[2]))
	if city, _, ok := strings.Cut(f[2], " "); ok && m.Kind == Ward {
		data.withWards[m.Prefecture+city] = true
	}
	return nil
}

// index marks the designated cities, which are those that have wards, and makes the rows findable by code.
func (data *facts) index() {
	for i := range data.byCode {
		m := &data.byCode[i]
		m.Designated = m.Kind == City && data.withWards[m.Prefecture+m.Name]
		data.municipalities[m.Code] = append(data.municipalities[m.Code], *m)
	}
	slices.SortFunc(data.missionList, func(a, b Mission) int { return cmp.Compare(a.ID, b.ID) })
}

func (data *facts) addMission(f []string) error {
	m := Mission{ID: Code(f[0]), Kind: MissionKind(f[1]), NameJa: f[2], NameEn: f[3], Country: f[4], City: f[5], Zone: f[6], CheckAgain: f[7] != "high"}
	if data.missions[m.ID].ID != "" {
		return fmt.Errorf("mission %s stands twice", m.ID)
	}
	data.missions[m.ID] = m
	data.missionList = append(data.missionList, m)
	return nil
}

func (data *facts) addCovered(f []string) error {
	if data.missions[Code(f[1])].ID == "" {
		return fmt.Errorf("%s is covered by %s, which is no mission", f[0], f[1])
	}
	if data.covered[f[0]] != "" {
		return fmt.Errorf("%s is covered twice", f[0])
	}
	data.covered[f[0]] = Code(f[1])
	return nil
}
