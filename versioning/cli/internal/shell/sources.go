package shell

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

// Sources lists the recordings of the family. The error is a *MissingError if there
// are none.
func (s *Shell) Sources(f *versioning.Family) ([]history.Source, error) {
	folder, err := s.folder(f)
	if err != nil {
		return nil, err
	}
	sources, err := history.Dir(folder, ".")
	if errors.Is(err, history.ErrNoRecordings) || errors.Is(err, fs.ErrNotExist) {
		return nil, s.missing(f, folder, err)
	}
	if err != nil {
		return nil, fmt.Errorf("recordings of %s in %s: %w", f.Name, folder.called(), err)
	}
	sources = slices.DeleteFunc(sources, func(source history.Source) bool {
		return source.Folder && s.isFamilies(f.Name+"/"+path.Base(source.Path))
	})
	matrix.Order(f, sources)
	return sources, nil
}

// isFamilies reports whether the folder is that of a family, or holds those of some.
func (s *Shell) isFamilies(folder string) bool {
	return slices.ContainsFunc(s.Families, func(f *versioning.Family) bool {
		return f.Name == folder || strings.HasPrefix(f.Name, folder+"/")
	})
}

// Live reads what live Workers did to executions of the family. Live returns no error if nobody has
// looked at live Workers.
func (s *Shell) Live(f *versioning.Family) (*history.Live, error) {
	folder, err := s.folder(f)
	if err != nil {
		return nil, err
	}
	live, err := history.ReadLive(folder)
	if err != nil {
		return nil, fmt.Errorf("recordings of %s in %s: %w", f.Name, folder.called(), err)
	}
	return live, nil
}

// Has reports whether the file is among the recordings that the command reads.
func (s *Shell) Has(f *versioning.Family, file string) bool {
	folder, err := s.folder(f)
	if err != nil {
		return false
	}
	_, err = fs.Stat(folder, filepath.Base(file))
	return err == nil
}
