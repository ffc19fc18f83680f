package folder

import (
	"bytes"
	"crypto/rand"
	"os"
	"strings"
	"testing"
)

// A new key seals, the old one opens until it is destroyed; the chips' secret stays.
func TestKeyFile(t *testing.T) {
	f, err := Make(t.TempDir(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	watched := &keysOf{path: f.Path(keyFile)}
	if keys, err := watched.Load(); err != nil || len(keys) != 1 || keys[0].ID != 0 || watched.Changed() {
		t.Fatalf("%d keys, %v", len(keys), err)
	}
	if id, err := f.AddKey(); err != nil || id != 1 {
		t.Fatalf("key %d, %v", id, err)
	}
	if !watched.Changed() {
		t.Error("the change was not seen")
	}
	keys, err := watched.Load()
	if err != nil || len(keys) != 2 || keys[1].ID != 1 {
		t.Fatalf("%d keys, %v", len(keys), err)
	}
	info, err := os.Stat(f.Path(keyFile))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if n, err := f.DropOldKeys(); err != nil || n != 1 {
		t.Errorf("%d destroyed, %v", n, err)
	}
	again, err := Open(f.dir, rand.Reader)
	if err != nil || !bytes.Equal(again.secret, f.secret) {
		t.Errorf("the chips' secret changed: %v", err)
	}
	if ids, err := again.KeyIDs(); err != nil || !bytes.Equal(ids, []byte{1}) {
		t.Errorf("%v, %v", ids, err)
	}
}

func FuzzKeyring(f *testing.F) {
	key := strings.Repeat("0f", 32)
	for _, text := range []string{key, "folder " + key + "\n0 " + key + "\n1 " + key + "\n", "1 " + key, "folder " + key, "folder x\n1 " + key, "folder " + key + "\n2 " + key + "\n1 " + key} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := parseKeyring(text)
		if err != nil {
			return
		}
		again, err := parseKeyring(r.text())
		if err != nil || again.text() != r.text() {
			t.Errorf("%q is read as another one: %v", text, err)
		}
	})
}
