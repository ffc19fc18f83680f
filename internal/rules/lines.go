package rules

import "mynumber/internal/law"

// The parts of a sheet in the order in which they are said: what, in Japanese, English and plain Japanese, where it
// stands, and under which conditions.

func words(ja, en, easy string) law.Text { return law.Text{Ja: ja, En: en, Easy: easy} }

// line is a step, a message or a warning.
func line(code, ja, en, easy string, cite law.Citation, conds ...Cond) Line {
	return Line{Code: code, If: conds, Text: words(ja, en, easy), Cite: cite}
}

// effect is what becomes of something.
func effect(on Subject, becomes, ja, en, easy string, cite law.Citation, conds ...Cond) Effect {
	return Effect{On: on, Becomes: becomes, If: conds, Text: words(ja, en, easy), Cite: cite}
}

// takes is how long something takes.
func takes(code string, least, most int, unit Unit, ja, en, easy string, cite law.Citation, conds ...Cond) Estimate {
	return Estimate{Code: code, If: conds, Min: least, Max: most, Unit: unit, Text: words(ja, en, easy), Cite: cite}
}

// easily gives a refusal its plain Japanese.
func easily(r law.Refusal, text, next string) law.Refusal {
	r.Text.Easy, r.Next.Easy = text, next
	return r
}
