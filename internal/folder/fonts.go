package folder

import (
	"fmt"
	"os"
	"path/filepath"

	"mynumber/internal/paper"
)

// fontsDir holds further fonts, each in a file *.ttf; ipamj is where Debian's fonts-ipamj-mincho puts the characters of the
// registers.
const (
	fontsDir = "fonts"
	ipamj    = "/usr/share/fonts/truetype/ipamj/ipamjm.ttf"
)

// Fonts are what this installation prints with: the font in the program, then those of the folder, in the order of their
// names, then IPAmj Mincho where the system has it. A file that is no font is an error: a name would be printed wrong.
func (f *Folder) Fonts() (paper.Fonts, error) {
	fonts, err := paper.BaseFonts()
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(f.dir, fontsDir, "*.ttf"))
	if err != nil {
		return nil, fmt.Errorf("list the fonts: %w", err)
	}
	if _, err := os.Stat(ipamj); err == nil {
		files = append(files, ipamj)
	}
	for _, file := range files {
		if fonts, err = fonts.WithFile(file); err != nil {
			return nil, err
		}
	}
	return fonts, nil
}
