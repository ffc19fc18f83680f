// Package backup is a copy of one installation as a file: the registers as they stood at one instant, the chips, and what
// the offices decided themselves. What is
// sealed in it stays sealed, and the key is not in it: whoever finds a backup finds no Individual Number. It is the same
// for both engines, so that an installation can also move from one to the other.
package backup

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"mynumber/internal/store"
)

// Manifest is what a backup says of itself; it is the last file in it.
type Manifest struct {
	Format  int               `json:"format"`
	Made    time.Time         `json:"made"`
	Version int64             `json:"version"` // of the tables
	Key     byte              `json:"key"`     // number of the key that sealed last
	Rows    map[string]int64  `json:"rows"`    // by table
	Sums    map[string]string `json:"sums"`    // SHA-256 of each file
}

const (
	format       = 1
	manifestName = "manifest.json"
	tablesDir    = "tables/"
	filesDir     = "files/"
)

// ErrDamaged says that a backup is not what it says it is.
var ErrDamaged = errors.New("the backup is damaged")

// Write makes a backup of the registers and of the folders in dir, each where there is one.
func Write(ctx context.Context, w io.Writer, db *store.DB, dir string, folders []string, now time.Time) (Manifest, error) {
	m := Manifest{Format: format, Made: now.UTC(), Key: db.NewestKey(), Sums: map[string]string{}}
	z := zip.NewWriter(w)
	var open string
	var sum hash.Hash
	next := func(name string) (io.Writer, error) {
		if open != "" {
			m.Sums[open] = hex.EncodeToString(sum.Sum(nil))
		}
		open, sum = name, sha256.New()
		if name == "" {
			return nil, nil
		}
		f, err := z.Create(name)
		return io.MultiWriter(f, sum), err
	}
	dumped, err := db.Dump(ctx, func(table string) (io.Writer, error) { return next(tablesDir + table + ".jsonl") })
	if err != nil {
		return m, err
	}
	m.Version, m.Rows = dumped.Version, dumped.Rows
	each := func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		rel, err := filepath.Rel(dir, name)
		if err != nil {
			return err
		}
		to, err := next(filesDir + filepath.ToSlash(rel))
		if err != nil {
			return err
		}
		from, err := os.Open(name)
		if err != nil {
			return err
		}
		defer from.Close()
		_, err = io.Copy(to, from)
		return err
	}
	for _, f := range folders {
		if err := filepath.WalkDir(filepath.Join(dir, f), each); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return m, fmt.Errorf("copy %s: %w", f, err)
		}
	}
	if _, err := next(""); err != nil {
		return m, err
	}
	f, err := z.Create(manifestName)
	if err != nil {
		return m, err
	}
	enc := json.NewEncoder(f)
	enc.SetIndent("", " ")
	return m, errors.Join(enc.Encode(m), z.Close())
}

// Backup is an opened backup whose every byte was compared with its manifest.
type Backup struct {
	Manifest
	files map[string]*zip.File
}

// Open reads a backup and proves it whole; ErrDamaged when a file is changed, missing, or too much.
func Open(r io.ReaderAt, size int64) (*Backup, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	b := &Backup{files: map[string]*zip.File{}}
	for _, f := range z.File {
		if b.files[f.Name] != nil || !fs.ValidPath(f.Name) {
			return nil, fmt.Errorf("%w: %q", ErrDamaged, f.Name)
		}
		b.files[f.Name] = f
	}
	if err := b.readManifest(); err != nil {
		return nil, err
	}
	for name, want := range b.Sums {
		have, err := b.sum(name)
		if err != nil || have != want {
			return nil, fmt.Errorf("%w: %s", ErrDamaged, name)
		}
	}
	if len(b.Sums) != len(b.files)-1 {
		return nil, fmt.Errorf("%w: it has %d files, its manifest names %d", ErrDamaged, len(b.files)-1, len(b.Sums))
	}
	return b, nil
}

func (b *Backup) readManifest() error {
	f := b.files[manifestName]
	if f == nil {
		return fmt.Errorf("%w: no manifest; it was cut off", ErrDamaged)
	}
	r, err := f.Open()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	defer r.Close()
	if err := json.NewDecoder(io.LimitReader(r, 1<<28)).Decode(&b.Manifest); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if b.Format != format {
		return fmt.Errorf("a backup of format %d; this program reads %d", b.Format, format)
	}
	return nil
}

func (b *Backup) sum(name string) (string, error) {
	f := b.files[name]
	if f == nil {
		return "", fs.ErrNotExist
	}
	r, err := f.Open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, r)
	return hex.EncodeToString(sum.Sum(nil)), err
}

// Restore fills empty registers and an empty folder.
func (b *Backup) Restore(ctx context.Context, db *store.DB, dir string) error {
	err := db.Load(ctx, store.Dumped{Version: b.Version, Rows: b.Rows}, func(table string) (io.ReadCloser, error) {
		f := b.files[tablesDir+table+".jsonl"]
		if f == nil {
			return nil, fmt.Errorf("%w: no table %s", ErrDamaged, table)
		}
		return f.Open()
	})
	if err != nil {
		return err
	}
	for name, f := range b.files {
		rel, ok := strings.CutPrefix(name, filesDir)
		if !ok {
			continue
		}
		if err := copyOut(f, filepath.Join(dir, filepath.FromSlash(path.Clean(rel)))); err != nil {
			return fmt.Errorf("restore %s: %w", name, err)
		}
	}
	return nil
}

func copyOut(f *zip.File, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return errors.Join(err, w.Sync(), w.Close())
}
