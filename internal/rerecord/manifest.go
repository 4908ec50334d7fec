package rerecord

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path"
)

// Manifest returns one line "sha256  path" for each file below the folders of fsys, sorted by path.
// The program sha256sum writes and checks the same format.
func Manifest(fsys fs.FS) (string, error) {
	var b bytes.Buffer
	err := fs.WalkDir(fsys, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Dir(file) == "." {
			return err
		}
		data, err := fs.ReadFile(fsys, file)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256(data), file)
		return nil
	})
	return b.String(), err
}

func writeManifest() error {
	lines, err := Manifest(os.DirFS("histories"))
	if err != nil {
		return err
	}
	const temporary = "histories/.MANIFEST.tmp"
	if err := os.WriteFile(temporary, []byte(lines), 0o644); err != nil {
		return err
	}
	return os.Rename(temporary, "histories/MANIFEST")
}
