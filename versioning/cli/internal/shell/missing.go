package shell

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// MissingError says that a family has no recordings. It also says where the command looked for
// them, and how to get one. It wraps history.ErrNoRecordings or fs.ErrNotExist.
type MissingError struct {
	Family, Looked, Next string
	err                  error
}

func (e *MissingError) Error() string {
	return fmt.Sprintf("%s has no recordings: %s; %s", e.Family, e.Looked, e.Next)
}

func (e *MissingError) Unwrap() error { return e.err }

// missing is for a folder in which err says that there are no recordings.
func (s *Shell) missing(f *versioning.Family, where folder, err error) error {
	e := &MissingError{Family: f.Name, err: err}
	if where.path == "" {
		e.Looked = "there is no folder " + f.Name + " in " + where.called()
		e.Next = "name a folder with --" + HistoriesFlag
		return e
	}
	path := where.called()
	save := "temporal workflow show --workflow-id ID --output json > " + filepath.Join(path, "NAME.json")
	if errors.Is(err, fs.ErrNotExist) {
		e.Looked = "there is no folder " + path + below()
		save = "mkdir -p " + path + " && " + save
	} else {
		e.Looked = where.contents() + below()
	}
	if n := s.misplaced(); n > 0 {
		e.Next = fmt.Sprintf("beside the folders of the families, %s holds %d recordings: move those of %s to %s",
			s.histories, n, f.Name, path)
		return e
	}
	e.Next = "save the Event History of an execution with: " + save
	e.Next += fmt.Sprintf("; or download some with: %s pull --workflow-type %s %s", s.Name, f.WorkflowTypes[0], path)
	e.Next += "; or name another folder with --" + HistoriesFlag
	return e
}

// below names the working directory, which a path that is not found often starts
// from in error.
func below() string {
	if folder, err := os.Getwd(); err == nil {
		return " (seen from " + folder + ")"
	}
	return ""
}

// contents says what there is in place of recordings.
func (f folder) contents() string {
	var none *history.NoRecordingsError
	if _, err := history.Dir(f, "."); errors.As(err, &none) && len(none.Below) > 0 {
		return "there is no recording in " + f.called() + ", only in folders below, which are not read (" +
			Joined(none.Below) + "): move them up"
	}
	files := 0
	entries, _ := fs.ReadDir(f, ".")
	for _, entry := range entries {
		if !entry.IsDir() && !strings.HasPrefix(entry.Name(), ".") && !strings.EqualFold(entry.Name(), "README.md") {
			files++
		}
	}
	switch files {
	case 0:
		return "there is no file in " + f.called()
	case 1:
		return "the one file in " + f.called() + " is of a kind that lies beside recordings, such as a backup"
	}
	return fmt.Sprintf("all %d files in %s are of a kind that lies beside recordings, such as backups", files,
		f.called())
}

// misplaced is the number of recordings that lie beside the folders of several
// families.
func (s *Shell) misplaced() int {
	if len(s.Families) == 1 {
		return 0
	}
	all, _, err := s.recordings()
	if err != nil {
		return 0
	}
	sources, _ := history.Dir(all, ".")
	files := 0
	for _, s := range sources {
		if !s.Folder {
			files++
		}
	}
	return files
}
