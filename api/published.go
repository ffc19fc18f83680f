// Package api holds the contracts as they are published: what a program outside needs to know to ask the rulebook.
package api

import _ "embed"

// DecisionSchema is the JSON Schema of situations and decisions, in both languages, with examples. It is printed from
// the code (internal/decision) and compared with it by a test.
//
//go:embed decision.schema.json
var DecisionSchema []byte
