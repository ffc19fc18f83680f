package rules

import "mynumber/internal/law"

// Procedures about phones, services that use the card, and the Individual Number: their list, their conditions, their questions and the lines of their checklists. Their sheets
// stand beside, one file a family.

var servicesProcedures = []Info{}

var servicesConds = map[Cond]CondText{}

var servicesQuestions = map[Fact]Question{}

var servicesNeeds = map[string]law.Text{}

var servicesDays = map[string]DayText{}

var servicesRefusals = map[string]law.Refusal{}

// servicesTables are the tables of these procedures as they are printed.
func servicesTables() []Entry { return nil }
