package procedure

import "mynumber/internal/rules"

// servicesConds are the conditions of procedures about phones, services that use the card, and the Individual Number.
var servicesConds = map[rules.Cond]func(*Case) verdict{}

// servicesPlans are what these procedures compute beside their sheets.
var servicesPlans = map[rules.Procedure]plan{}
