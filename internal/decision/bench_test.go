package decision

import (
	"testing"

	"mynumber/internal/civil"
	"mynumber/internal/procedure"
)

// BenchmarkDecide is one decision, over the published examples in turn.
func BenchmarkDecide(b *testing.B) {
	var all []*procedure.Situation
	for _, text := range examples(b) {
		s, err := Read(text, civil.Day(2026, 11, 22))
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, s)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := procedure.Decide(all[i%len(all)]); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkList is all procedures for one person.
func BenchmarkList(b *testing.B) {
	f, err := readSituation(published[0])
	if err != nil {
		b.Fatal(err)
	}
	s, err := Read(f.Situation, civil.Day(2026, 11, 22))
	if err != nil {
		b.Fatal(err)
	}
	s.Procedure = ""
	b.ReportAllocs()
	for b.Loop() {
		if _, err := procedure.Decide(s); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRead is reading one situation.
func BenchmarkRead(b *testing.B) {
	text := examples(b)[0]
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read(text, civil.Day(2026, 11, 22)); err != nil {
			b.Fatal(err)
		}
	}
}
