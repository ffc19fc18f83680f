package rules

import "mynumber/internal/law"

// DayText is a deadline or a period as a sentence; its verbs take the days.
type DayText struct {
	Text law.Text // %s is the last day of a deadline; the first and the last day of a period
	Cite law.Citation
}

// DayTexts are all deadlines and periods that a decision can name, by code.
var DayTexts = merge(homeDays, abroadDays, changeDays, servicesDays)
