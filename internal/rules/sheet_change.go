package rules

import "mynumber/internal/law"

// Procedures about changes of entries, lapse, periods of stay, certificates: their list, their conditions, their questions and the lines of their checklists. Their sheets
// stand beside, one file a family.

var changeProcedures = []Info{}

var changeConds = map[Cond]CondText{}

var changeQuestions = map[Fact]Question{}

var changeNeeds = map[string]law.Text{}

var changeDays = map[string]DayText{}

var changeRefusals = map[string]law.Refusal{}

// changeTables are the tables of these procedures as they are printed.
func changeTables() []Entry { return nil }
