package rules

import "mynumber/internal/law"

// Procedures about changes of entries, lapse, periods of stay, certificates: their list, their conditions, their questions and the lines of their checklists. Their sheets
// stand beside, one file a family.

const (
	ChangeAtHome Procedure = "change_entries_at_home"
	ExtendStay   Procedure = "extend_validity_after_stay"
)

var changeProcedures = []Info{}

var changeConds = map[Cond]CondText{}

var changeQuestions = map[Fact]Question{}

var changeNeeds = map[string]law.Text{}

var changeDays = map[string]DayText{}

var changeRefusals = map[string]law.Refusal{}

// changeTables are the tables of these procedures as they are printed.
func changeTables() []Entry {
	return []Entry{
		entry("LapseEndings", "失効する出来事と日数", &LapseEndings, sayEndings),
		entry("Follow", "いっしょに失効するもの", &Follow, sayFollow),
		entry("ClosedDayShift", "最後の日が閉庁日のとき", &ClosedDayShift, sayShift),
	}
}
