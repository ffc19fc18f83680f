package person

import "testing"

// The table of variants leads from a shape to one end: nothing in it points at itself or onwards.
func TestKanjiVariants(t *testing.T) {
	for from, to := range kanjiVariants {
		if from == to || kanjiVariants[to] != 0 {
			t.Errorf("%c leads to %c, which leads on", from, to)
		}
	}
	if len(kanjiVariants) < 100 {
		t.Errorf("only %d variants", len(kanjiVariants))
	}
}
