package folder

import (
	"bytes"
	crand "crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"math/rand/v2"
	"testing"

	"mynumber/internal/certificate"
	"mynumber/internal/office"
)

// TestListFiles: what is written is there with its digest, short and long, by small and large pieces; what fails leaves nothing.
func TestListFiles(t *testing.T) {
	f, err := Make(t.TempDir(), crand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	lists, err := f.Lists()
	if err != nil {
		t.Fatal(err)
	}
	all := make([]byte, 2*syncEach+longFile/2)
	r := rand.NewChaCha8([32]byte{})
	if _, err := r.Read(all); err != nil {
		t.Fatal(err)
	}
	full := errors.New("the disk is full")
	name := office.ListName{Kind: certificate.Signature, Generation: 1, Partition: "13221"}
	for _, size := range []int{0, 1, longFile - 1, longFile, longFile + 1, 3 * longFile, len(all)} {
		for _, piece := range []int{999, 128 << 10} {
			if size == len(all) && piece == 999 {
				continue
			}
			name.Number++
			write := func(w io.Writer) error {
				for at := 0; at < size; at += piece {
					if _, err := w.Write(all[at:min(size, at+piece)]); err != nil {
						return err
					}
				}
				return nil
			}
			n, sha, err := lists.Write(name, write)
			if sum := sha256.Sum256(all[:size]); err != nil || n != int64(size) || sha != hex.EncodeToString(sum[:]) {
				t.Fatalf("%d octets by %d: %d, %s, %v", size, piece, n, sha, err)
			}
			file, n, err := lists.Open(name)
			if err != nil || n != int64(size) {
				t.Fatal(n, err)
			}
			got, err := io.ReadAll(file)
			if err = errors.Join(err, file.Close()); err != nil || !bytes.Equal(got, all[:size]) {
				t.Fatalf("%d octets by %d are others when read: %v", size, piece, err)
			}
			name.Number++
			if _, _, err = lists.Write(name, func(w io.Writer) error { return errors.Join(write(w), full) }); !errors.Is(err, full) {
				t.Errorf("%d octets and a failure: %v", size, err)
			}
			if _, _, err := lists.Open(name); err == nil {
				t.Errorf("%d octets and a failure left a list", size)
			}
		}
	}
}
