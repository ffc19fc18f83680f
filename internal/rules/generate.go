package rules

// What is printed or found out of the sources is written by its test, so that nothing else has to know how.
//go:generate go test -count=1 -run "IsFresh$" . -update
