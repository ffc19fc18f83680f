package law

import "fmt"

// Verdict is what a state × act table says about one act in one state.
type Verdict uint8

const (
	Missing Verdict = iota // the table has no cell: a fault of the table, found by Check
	Goes                   // the act is done and leads to the cell's state
	Already                // the act has been done before: nothing changes, and the answer says so
	No                     // the act is out of order here; Code says which refusal
)

// Cell is one pair of state and act.
type Cell[S ~string] struct {
	Verdict Verdict
	To      S
	Code    string // of the refusal, for No
}

// To is a cell in which the act is done and leads to the state s.
func To[S ~string](s S) Cell[S] { return Cell[S]{Verdict: Goes, To: s} }

// Done is a cell in which the act has been done before.
func Done[S ~string]() Cell[S] { return Cell[S]{Verdict: Already} }

// Not is a cell in which the act is refused with the code.
func Not[S ~string](code string) Cell[S] { return Cell[S]{Verdict: No, Code: code} }

// Life is the complete state × act table of a thing. An act that is not in it cannot be tried,
// and a pair without a cell is a fault that a test finds.
type Life[S, A ~string] struct {
	States []S
	Acts   []A
	Table  map[S]map[A]Cell[S]
}

// At is the cell of a pair; an unknown state or act is an error, never a silent nothing.
func (l Life[S, A]) At(s S, a A) (Cell[S], error) {
	cell := l.Table[s][a]
	if cell.Verdict == Missing {
		return cell, fmt.Errorf("no cell for act %q in state %q", a, s)
	}
	return cell, nil
}

// Check reports pairs without a cell, cells outside the lists and refusals without a code.
func (l Life[S, A]) Check() error {
	known := map[S]bool{}
	for _, s := range l.States {
		known[s] = true
	}
	if len(l.Table) != len(l.States) {
		return fmt.Errorf("%d states are listed, %d have a row", len(l.States), len(l.Table))
	}
	for _, s := range l.States {
		if len(l.Table[s]) != len(l.Acts) {
			return fmt.Errorf("state %q: %d acts are listed, %d have a cell", s, len(l.Acts), len(l.Table[s]))
		}
		for _, a := range l.Acts {
			cell, err := l.At(s, a)
			if err != nil {
				return err
			}
			if cell.Verdict == Goes && !known[cell.To] {
				return fmt.Errorf("act %q in state %q leads to the unknown state %q", a, s, cell.To)
			}
			if cell.Verdict == No && cell.Code == "" {
				return fmt.Errorf("act %q in state %q is refused without a code", a, s)
			}
		}
	}
	return nil
}
