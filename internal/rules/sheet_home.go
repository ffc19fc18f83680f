package rules

import "mynumber/internal/law"

// Procedures about people who live in Japan: application, pickup, renewal, re-issue: their list, their conditions, their questions and the lines of their checklists. Their sheets
// stand beside, one file a family.

var homeProcedures = []Info{}

var homeConds = map[Cond]CondText{}

var homeQuestions = map[Fact]Question{}

var homeNeeds = map[string]law.Text{}

var homeDays = map[string]DayText{}

var homeRefusals = map[string]law.Refusal{}

// homeTables are the tables of these procedures as they are printed.
func homeTables() []Entry { return nil }
