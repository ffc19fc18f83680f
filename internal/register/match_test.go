package register_test

import (
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/person"
	"mynumber/internal/register"
)

// ABR-021, ABR-022: the honseki municipality finds the applicant in the supplementary family register.
func TestMatches(t *testing.T) {
	p := emigrant(t)
	other, err := person.ParseNumber("123456789018")
	if err != nil {
		t.Fatal(err)
	}
	full := register.Query{
		Name: p.Name, Birth: p.Birth, Number: p.Number, OldAddress: p.Residences[1].Address,
		PlannedDeparture: day(2022, 3, 31), Honseki: "022039",
	}
	const exact, variant, differs = person.Exact, person.Variant, person.Differs
	for _, c := range []struct {
		why       string
		change    func(*register.Query)
		fact      register.Fact
		agreement person.Agreement
		plausible bool
		score     int
	}{
		{"すべて一致", func(*register.Query) {}, register.FactName, exact, true, 12},
		{"異体字", func(q *register.Query) { q.Name = person.Name{Family: "高塚", Given: "花子"} }, register.FactName, variant, true, 11},
		{"旧氏で申請", func(q *register.Query) { q.Name = person.Name{Family: "佐倉", Given: "花子"} }, register.FactFormerName, variant, true, 11},
		{"読みだけ一致", func(q *register.Query) {
			q.Name = person.Name{Family: "高塚", Given: "華子", FamilyKana: "タカツカ", GivenKana: "ハナコ"}
		}, register.FactReading, variant, true, 11},
		{"別人の名", func(q *register.Query) { q.Name = person.Name{Family: "高塚", Given: "一郎"} }, register.FactName, differs, true, 8},
		{"番号違い、氏名と生年月日は一致", func(q *register.Query) { q.Number = other }, register.FactNumber, differs, true, 8},
		{"番号なし", func(q *register.Query) { q.Number = person.Number{} }, register.FactNumber, differs, true, 10},
		{"生年月日の前日", func(q *register.Query) { q.Birth = day(1980, 2, 16) }, register.FactBirth, differs, true, 8},
		{"番号だけ一致", func(q *register.Query) {
			q.Birth, q.Name = day(1980, 2, 16), person.Name{Family: "高塚", Given: "一郎"}
		}, register.FactNumber, exact, false, 4},
		{"生年月日だけ一致", func(q *register.Query) {
			q.Number, q.Name = other, person.Name{Family: "高塚", Given: "一郎"}
		}, register.FactBirth, exact, false, 4},
		{"転出予定日の翌日", func(q *register.Query) { q.PlannedDeparture = day(2022, 4, 1) }, register.FactDeparture, differs, true, 8},
		{"本籍違い", func(q *register.Query) { q.Honseki = "151033" }, register.FactHonseki, differs, true, 8},
		{"前々住所", func(q *register.Query) { q.OldAddress = "八戸市内丸1-1-1" }, register.FactAddress, variant, true, 11},
		{"知らない住所", func(q *register.Query) { q.OldAddress = "青森県八戸市内丸1-1-2" }, register.FactAddress, differs, true, 8},
	} {
		t.Run(c.why, func(t *testing.T) {
			q := full
			c.change(&q)
			m := p.Matches(q)
			if got := m.Agreement(c.fact); got != c.agreement {
				t.Errorf("%s %s, want %s", c.fact, got, c.agreement)
			}
			if m.Plausible() != c.plausible || m.Score() != c.score {
				t.Errorf("plausible %v score %d, want %v %d: %v", m.Plausible(), m.Score(), c.plausible, c.score, m.Reasons)
			}
		})
	}
	t.Run("nothing asked, nothing found", func(t *testing.T) {
		if m := p.Matches(register.Query{}); m.Plausible() || len(m.Reasons) != 0 {
			t.Errorf("%v", m)
		}
	})
	t.Run("unknown on both sides is no agreement", func(t *testing.T) {
		blank := register.Person{}
		if m := blank.Matches(full); m.Plausible() || m.Agreement(register.FactNumber) != differs {
			t.Errorf("%v", m)
		}
	})
}

func TestCompareAddress(t *testing.T) {
	for _, c := range []struct {
		registered, asked string
		want              person.Agreement
	}{
		{"東京都墨田区吾妻橋一丁目23番20号", "東京都墨田区 吾妻橋一丁目２３番２０号", person.Exact},
		{"東京都墨田区吾妻橋一丁目23番20号", "東京都墨田区吾妻橋1-23-20", person.Variant},
		{"東京都墨田区吾妻橋一丁目23番20号", "墨田区吾妻橋1丁目23−20", person.Variant},
		{"東京都墨田区吾妻橋一丁目23番20号", "墨田区吾妻橋1-23-20 区役所5階", person.Variant},
		{"東京都墨田区吾妻橋十二丁目3番4号 コーポ吾妻", "墨田区吾妻橋12ー3ー4", person.Variant},
		{"東京都墨田区吾妻橋一丁目23番20号", "墨田区吾妻橋1-23-2", person.Differs},
		{"東京都墨田区吾妻橋一丁目23番", "墨田区吾妻橋1-23-20", person.Differs},
		{"東京都墨田区吾妻橋一丁目23番20号", "墨田区吾妻橋", person.Differs},
		{"新潟県新潟市中央区学校町通1番町602番地1", "新潟市中央区学校町通1番町602番地の1", person.Variant},
		{"茨城県龍ケ崎市大字若柴3710番地", "龍ヶ崎市若柴3710", person.Variant},
		{"東京都墨田区吾妻橋一丁目23番20号", "!?", person.Differs},
	} {
		p := register.Person{Residences: []register.Residence{{Address: c.registered, From: civil.Day(2000, 1, 1)}}}
		if got := p.Matches(register.Query{OldAddress: c.asked}).Agreement(register.FactAddress); got != c.want {
			t.Errorf("%s asked as %s: %s, want %s", c.registered, c.asked, got, c.want)
		}
	}
}
