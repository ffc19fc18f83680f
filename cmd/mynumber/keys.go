package main

import (
	"context"
	"fmt"

	"mynumber/internal/folder"
)

type keysCmd struct {
	List   keysListCmd   `cmd:"" help:"Show the numbers of the registers' keys."`
	Rotate keysRotateCmd `cmd:"" help:"Make a new key and seal everything with it. Cut off, the next run goes on with -resume."`
	Retire keysRetireCmd `cmd:"" help:"Destroy the old keys, once nothing is sealed with them."`
}

type keysListCmd struct{ common }

// Run shows which keys there are, never what they are.
func (c *keysListCmd) Run(ctx context.Context) error {
	f, db, err := c.registers(ctx, folder.Open)
	if err != nil {
		return err
	}
	defer db.Close()
	ids, err := f.KeyIDs()
	if err != nil {
		return err
	}
	for i, id := range ids {
		what := "opens"
		if i == len(ids)-1 {
			what = "seals and opens"
		}
		fmt.Printf("key %3d  %s\n", id, what)
	}
	return nil
}

type keysRotateCmd struct {
	common
	Resume bool `help:"Go on with the newest key instead of making another one."`
}

// Run makes a key and seals everything with it. A server that runs on the folder takes the new key by itself.
func (c *keysRotateCmd) Run(ctx context.Context) error {
	f, db, err := c.registers(ctx, folder.Open)
	if err != nil {
		return err
	}
	defer db.Close()
	if !c.Resume {
		id, err := f.AddKey()
		if err != nil {
			return err
		}
		fmt.Printf("key %d made; it lies in the data folder, keep a copy of it apart from the backups\n", id)
	}
	sealed := map[string]int{}
	if err := db.Reseal(ctx, func(table string, rows int) { sealed[table] += rows }); err != nil {
		return fmt.Errorf("%w; go on with `mynumber keys rotate -resume`", err)
	}
	for _, table := range []string{"person", "former_number", "application", "draft", "message"} {
		fmt.Printf("%-14s %6d sealed anew\n", table, sealed[table])
	}
	fmt.Println("everything is sealed with the newest key; `mynumber keys retire` destroys the old ones")
	return nil
}

type keysRetireCmd struct{ common }

// Run destroys the old keys.
func (c *keysRetireCmd) Run(ctx context.Context) error {
	f, db, err := c.registers(ctx, folder.Open)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.OnlyNewest(ctx); err != nil {
		return err
	}
	n, err := f.DropOldKeys()
	if err != nil {
		return err
	}
	fmt.Printf("%d old keys destroyed; backups from before open with a copy of them alone\n", n)
	return nil
}
