package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// sources lists the recordings of the family. The error is a *missingError if there
// are none.
func (c *Command) sources(f *versioning.Family) ([]history.Source, error) {
	folder, err := c.folder(f)
	if err != nil {
		return nil, err
	}
	sources, err := history.Dir(folder, ".")
	if errors.Is(err, history.ErrNoRecordings) || errors.Is(err, fs.ErrNotExist) {
		return nil, c.missing(f, folder, err)
	}
	if err != nil {
		return nil, fmt.Errorf("recordings of %s in %s: %w", f.Name, folder.called(), err)
	}
	sources = slices.DeleteFunc(sources, func(s history.Source) bool { return s.Folder && c.isFamilies(f.Name+"/"+path.Base(s.Path)) })
	matrix.Order(f, sources)
	return sources, nil
}

// isFamilies reports whether the folder is that of a family, or holds those of some.
func (c *Command) isFamilies(folder string) bool {
	return slices.ContainsFunc(c.Families, func(f *versioning.Family) bool {
		return f.Name == folder || strings.HasPrefix(f.Name, folder+"/")
	})
}

func (c *Command) live(f *versioning.Family) (*history.Live, error) {
	folder, err := c.folder(f)
	if err != nil {
		return nil, err
	}
	live, err := history.ReadLive(folder)
	if err != nil {
		return nil, fmt.Errorf("recordings of %s in %s: %w", f.Name, folder.called(), err)
	}
	return live, nil
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
