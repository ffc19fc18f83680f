package folder

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"mynumber/internal/token"
)

// tokenFile says where the token is in which keys of the authorities live.
const tokenFile = "token.json"

// Token is the token that the folder names, not opened yet; nil when it names none.
func (f *Folder) Token() (*token.Token, error) {
	text, err := os.ReadFile(f.Path(tokenFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read where the token is: %w", err)
	}
	var c token.Config
	if err := json.Unmarshal(text, &c); err != nil {
		return nil, fmt.Errorf("read where the token is: %s: %w", tokenFile, err)
	}
	return token.New(c), nil
}

// SetToken names the token. Paths are kept whole, so that every command finds them.
func (f *Folder) SetToken(c token.Config) error {
	var err, other error
	c.Module, err = filepath.Abs(c.Module)
	c.PINFile, other = filepath.Abs(c.PINFile)
	if err := errors.Join(err, other); err != nil {
		return fmt.Errorf("keep where the token is: %w", err)
	}
	text, err := json.MarshalIndent(c, "", "  ")
	if err == nil {
		err = replaceFile(f.Path(tokenFile), string(text)+"\n")
	}
	if err != nil {
		return fmt.Errorf("keep where the token is: %w", err)
	}
	return nil
}
