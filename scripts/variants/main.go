// Command variants makes variants.tsv: for each ideograph that a certificate cannot have, those that it can have and of which the
// Unihan database says that they are the same in another shape. Unihan is not part of this repository: clone it, and say where.
//
//	git clone https://github.com/unicode-org/unihan-database
//	go run ./scripts/variants -unihan unihan-database > internal/rules/variants.tsv
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"mynumber/internal/pki"
)

// properties are read in this order, which is that of the candidates; of the first two a character is also the variant of its own variant.
var properties = []struct {
	name string
	both bool
}{{"kZVariant", true}, {"kSemanticVariant", true}, {"kTraditionalVariant", false}, {"kSimplifiedVariant", false}}

// most bounds the candidates of one character.
const most = 4

func main() {
	dir := flag.String("unihan", "", "folder of github.com/unicode-org/unihan-database")
	flag.Parse()
	version, err := exec.Command("git", "-C", *dir, "log", "-1", "--format=%h of %cs").Output()
	if err != nil {
		log.Fatalf("the version of %s: %v", *dir, err)
	}
	table := map[rune][]rune{}
	for _, p := range properties {
		if err := read(table, filepath.Join(*dir, p.name+".txt"), p.both); err != nil {
			log.Fatal(err)
		}
	}
	fmt.Printf("# Made by go run ./scripts/variants; DO NOT EDIT. Unihan database (c) Unicode, Inc., UNICODE LICENSE V3 (variants.LICENSE): github.com/unicode-org/unihan-database, commit %s\n", strings.TrimSpace(string(version)))
	keys := make([]rune, 0, len(table))
	for r := range table {
		keys = append(keys, r)
	}
	slices.Sort(keys)
	for _, r := range keys {
		fmt.Printf("%c%s\n", r, string(table[r]))
	}
}

func read(table map[rune][]rune, name string, both bool) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	add := func(of, as rune) {
		if of != as && !pki.Encodable(of) && pki.Encodable(as) && !slices.Contains(table[of], as) && len(table[of]) < most {
			table[of] = append(table[of], as)
		}
	}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		code, rest, ok := strings.Cut(lines.Text(), "\t")
		if !ok || !strings.HasPrefix(code, "U+") {
			continue
		}
		of, err := point(strings.Fields(code)[0])
		if err != nil {
			return err
		}
		_, values, _ := strings.Cut(rest, "\t")
		for _, v := range strings.Fields(values) {
			v, _, _ = strings.Cut(v, "<")
			as, err := point(v)
			if err != nil {
				return err
			}
			add(of, as)
			if both {
				add(as, of)
			}
		}
	}
	return lines.Err()
}

// point reads U+4E00.
func point(text string) (rune, error) {
	n, err := strconv.ParseUint(strings.TrimPrefix(text, "U+"), 16, 32)
	return rune(n), err
}
