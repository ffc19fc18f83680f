package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"mynumber/internal/backup"
	"mynumber/internal/folder"
	"mynumber/internal/office"
)

type backupCmd struct {
	common
	To string `arg:"" help:"File to write; it must not be there." type:"path" placeholder:"FILE"`
}

// Run copies the registers, as they stand at one instant, and the chips into one file. The server may go on running.
func (c *backupCmd) Run(ctx context.Context) (err error) {
	f, db, err := c.registers(ctx, folder.Open)
	if err != nil {
		return err
	}
	defer db.Close()
	tmp, err := os.CreateTemp(filepath.Dir(c.To), ".backup-*")
	if err != nil {
		return fmt.Errorf("write the backup: %w", err)
	}
	defer os.Remove(tmp.Name())
	m, err := backup.Write(ctx, tmp, db, f.Path(), folder.Kept, time.Now())
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	if err := os.Link(tmp.Name(), c.To); err != nil {
		return fmt.Errorf("write the backup: %w", err)
	}
	rows := int64(0)
	for _, n := range m.Rows {
		rows += n
	}
	fmt.Printf("%s: %d rows of %d tables, %d files\n", c.To, rows, len(m.Rows), len(m.Sums))
	fmt.Printf("the key is not in it: keep a copy of %s (key %d) in another place\n", f.KeyFile(), m.Key)
	return nil
}

type restoreCmd struct {
	common
	From string `arg:"" help:"Backup to restore." type:"existingfile" placeholder:"FILE"`
	Key  string `help:"Copy of the key file of that time." required:"" type:"existingfile" placeholder:"FILE"`
}

// Run restores a backup into a new data folder, and proves the journals.
func (c *restoreCmd) Run(ctx context.Context) error {
	file, err := os.Open(c.From)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	b, err := backup.Open(file, info.Size())
	if err != nil {
		return err
	}
	f, err := folder.MakeWithKey(c.Data, c.Key, rand.Reader)
	if err != nil {
		return err
	}
	db, err := f.Registers(c.DB)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := b.Restore(ctx, db, f.Path()); err != nil {
		return err
	}
	if err := f.RestoreCards(); err != nil {
		return err
	}
	heads, err := office.VerifyJournals(ctx, db)
	if err != nil {
		return err
	}
	fmt.Printf("restored: the installation as of %s, %d journals hold\n", b.Made.Format(time.RFC3339), len(heads))
	return nil
}
