package procedure

import (
	"slices"

	"mynumber/internal/civil"
	"mynumber/internal/rules"
)

// OutreachDay decides whether the day on which staff are to come can be agreed on: one of those that were proposed, and not
// in the past (APP-020).
func OutreachDay(on, day civil.Date, proposed []civil.Date) (Basis, error) {
	if day.Before(on) || !slices.Contains(proposed, day) {
		return nil, rules.Refuse("day_not_proposed", day)
	}
	return Basis{rules.Refusals["day_not_proposed"].Cite}, nil
}
