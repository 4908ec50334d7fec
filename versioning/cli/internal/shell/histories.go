package shell

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// DefaultHistories is the default of --histories for a program that has no recordings inside and
// names no folder.
const DefaultHistories = "testdata/histories"

const HistoriesFlag = "histories"

func (s *Shell) historiesUsage() string {
	usage := "folder with a folder of recordings for each family"
	if len(s.Families) == 1 {
		usage = "folder with the recordings, in " + s.Families[0].Name + "/ or directly"
	}
	if s.Histories == "" {
		usage += " (default: those inside the program)"
	}
	return usage
}

// AddHistories adds the flag --histories to all commands.
func (s *Shell) AddHistories(root *cobra.Command) {
	root.PersistentFlags().StringVar(&s.histories, HistoriesFlag, s.Histories, s.historiesUsage())
	_ = root.RegisterFlagCompletionFunc(HistoriesFlag, Folders)
}

// A folder holds the recordings of one family.
type folder struct {
	fs.FS
	// path is what messages call it.
	path string
}

// recordings is where the folders of the families are, and what messages call that.
func (s *Shell) recordings() (fs.FS, string, error) {
	if s.histories == "" {
		if s.Recordings == nil {
			return nil, "", Usage(fmt.Errorf("--%s is empty: name a folder, or leave it out", HistoriesFlag))
		}
		return s.Recordings, "", nil
	}
	info, err := os.Stat(s.histories)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		// What each family misses there is said of each.
	case err != nil:
		return nil, "", fmt.Errorf("--%s: %w", HistoriesFlag, err)
	case !info.IsDir():
		return nil, "", Usage(fmt.Errorf("--%s: %s is a file: name the folder that it is in", HistoriesFlag,
			s.histories))
	}
	return os.DirFS(s.histories), s.histories, nil
}

// folder finds the recordings of the family: in the folder of its name or, if it is
// the only family, directly in the one that holds it.
func (s *Shell) folder(f *versioning.Family) (folder, error) {
	all, at, err := s.recordings()
	if err != nil {
		return folder{}, err
	}
	var own fs.FS
	if s.histories != "" { // what fs.Sub gives has no Stat, and opens what it is to look at
		own = os.DirFS(filepath.Join(s.histories, filepath.FromSlash(f.Name)))
	} else if own, err = fs.Sub(all, f.Name); err != nil {
		return folder{}, fmt.Errorf("recordings of %s: %w", f.Name, err)
	}
	inside := folder{own, path.Join(filepath.ToSlash(at), f.Name)}
	if len(s.Families) > 1 {
		return inside, nil
	}
	direct := folder{all, filepath.ToSlash(at)}
	switch {
	case !direct.holds():
		return inside, nil
	case inside.holds():
		return folder{}, fmt.Errorf("recordings of %s are in %s and in %s: move them into one of both", f.Name,
			direct.called(), inside.called())
	}
	return direct, nil
}

// Stat looks at a file without opening it, as FS does on a disk: a named pipe is never ready.
func (f folder) Stat(name string) (fs.FileInfo, error) { return fs.Stat(f.FS, name) }

// called is what messages call the folder.
func (f folder) called() string {
	if f.path == "" {
		return "the recordings inside the program"
	}
	return filepath.FromSlash(f.path)
}

// holds reports whether there are recordings in the folder, sound or not.
func (f folder) holds() bool {
	_, err := history.Dir(f, ".")
	return err == nil
}
