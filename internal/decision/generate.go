package decision

//go:generate go test -run TestSchemaIsFresh -count 1 -update .
