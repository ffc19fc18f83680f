package rules

//go:generate go test -count=1 -run "IsFresh$" . -update
