package procedure

import "mynumber/internal/rules"

// changeConds are the conditions of procedures about changes of entries, lapse, periods of stay, certificates.
var changeConds = map[rules.Cond]func(*Case) verdict{}

// changePlans are what these procedures compute beside their sheets.
var changePlans = map[rules.Procedure]plan{}
