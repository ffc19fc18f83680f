package procedure

import "mynumber/internal/rules"

// homeConds are the conditions of procedures about people who live in Japan: application, pickup, renewal, re-issue.
var homeConds = map[rules.Cond]func(*Case) verdict{}

// homePlans are what these procedures compute beside their sheets.
var homePlans = map[rules.Procedure]plan{}
