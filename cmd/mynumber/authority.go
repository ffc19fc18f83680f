package main

import (
	"os"

	"mynumber/internal/authority"
)

type authorityCmd struct{}

// Run prints who may do what, for officials.
func (*authorityCmd) Run() error { return authority.Print(os.Stdout) }
