package decision

import (
	"slices"
	"testing"
	"time"

	"mynumber/internal/civil"
	"mynumber/internal/procedure"
)

// BenchmarkDecide is one decision: the median over the published examples, each of which is decided as often, and the
// median of their allocations.
func BenchmarkDecide(b *testing.B) {
	var all []*procedure.Situation
	for _, text := range examples(b) {
		s, err := Read(text, civil.Day(2026, 11, 22))
		if err != nil {
			b.Fatal(err)
		}
		if s.Procedure != "" { // lists are BenchmarkList's
			all = append(all, s)
		}
	}
	var took, allocs []float64
	decide := func(s *procedure.Situation) {
		if _, err := procedure.Decide(s); err != nil {
			b.Fatal(err)
		}
	}
	for _, s := range all {
		allocs = append(allocs, testing.AllocsPerRun(10, func() { decide(s) }))
	}
	total := make([]time.Duration, len(all))
	n := 0
	for b.Loop() {
		for i, s := range all {
			start := time.Now()
			decide(s)
			total[i] += time.Since(start)
		}
		n++
	}
	for _, t := range total {
		took = append(took, float64(t.Nanoseconds())/float64(n))
	}
	slices.Sort(took)
	slices.Sort(allocs)
	b.ReportMetric(took[len(took)/2], "ns/decision")
	b.ReportMetric(allocs[len(allocs)/2], "allocs/decision")
	b.ReportMetric(allocs[len(allocs)-1], "most-allocs/decision")
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
