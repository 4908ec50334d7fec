package cli

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// afterPull says what to type next, which depends on whether the command's own
// recordings are the ones in the folder.
func (c *Command) afterPull(cmd *cobra.Command, folder, file string) {
	folder = strings.TrimSuffix(filepath.ToSlash(folder), "/")
	f := c.familyOf(folder)
	switch {
	case f == nil:
		fmt.Fprintln(c.Stdout, "Next: replay them in a test of yours, see docs/your-own.md")
	case c.has(f, file):
		fmt.Fprintf(c.Stdout, "Next: %s matrix %s\n", c.name(), f.Name)
	case cmd.Root().PersistentFlags().Lookup("histories") != nil:
		above := strings.TrimSuffix(strings.TrimSuffix(folder, f.Name), "/")
		if above == "" {
			above = "."
		}
		fmt.Fprintf(c.Stdout, "Next: %s matrix %s --histories %s\n", c.name(), f.Name, above)
	default:
		fmt.Fprintf(c.Stdout, "Next: replay them as recordings of %s in a test of yours, see docs/your-own.md\n", f.Name)
	}
}

// familyOf returns the family with the name of the folder.
func (c *Command) familyOf(folder string) *versioning.Family {
	for _, f := range c.Families {
		if folder == f.Name || strings.HasSuffix(folder, "/"+f.Name) {
			return f
		}
	}
	return nil
}

// has reports whether the file is among the recordings that the command reads.
func (c *Command) has(f *versioning.Family, file string) bool {
	folder, err := c.folder(f)
	if err != nil {
		return false
	}
	_, err = fs.Stat(folder, filepath.Base(file))
	return err == nil
}
