package collect

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// afterPull says what to type next, which depends on whether the command's own
// recordings are the ones in the folder.
func (c commands) afterPull(folder, file string) {
	folder = strings.TrimSuffix(filepath.ToSlash(folder), "/")
	f := c.familyOf(folder)
	switch {
	case f == nil:
		fmt.Fprintln(c.Stdout, "Next: replay them in a test of yours, see docs/your-own.md")
	case c.Has(f, file):
		fmt.Fprintf(c.Stdout, "Next: %s matrix %s\n", c.Name, f.Name)
	default:
		above := strings.TrimSuffix(strings.TrimSuffix(folder, f.Name), "/")
		if above == "" {
			above = "."
		}
		fmt.Fprintf(c.Stdout, "Next: %s matrix %s --histories %s\n", c.Name, f.Name, above)
	}
}

// familyOf returns the family with the name of the folder.
func (c commands) familyOf(folder string) *versioning.Family {
	for _, f := range c.Families {
		if folder == f.Name || strings.HasSuffix(folder, "/"+f.Name) {
			return f
		}
	}
	return nil
}
