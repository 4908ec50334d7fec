package cli

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

// DefaultHistories is the folder that recordings are read from where a Command has
// none inside, relative to the working directory.
const DefaultHistories = "testdata/histories"

const historiesFlag = "histories"

// defaultHistories is the value of --histories that nobody has given; empty means
// the recordings inside the program.
func (c *Command) defaultHistories() string {
	switch {
	case c.Histories != "":
		return c.Histories
	case c.Recordings != nil:
		return ""
	}
	return DefaultHistories
}

func (c *Command) historiesUsage() string {
	usage := "folder with a folder of recordings for each family"
	if len(c.Families) == 1 {
		usage = "folder with the recordings, in " + c.Families[0].Name + "/ or directly"
	}
	if c.defaultHistories() == "" {
		usage += " (default: those inside the program)"
	}
	return usage
}

// addHistories adds the flag --histories, for all commands.
func (c *Command) addHistories(root *cobra.Command) {
	root.PersistentFlags().StringVar(&c.histories, historiesFlag, c.defaultHistories(), c.historiesUsage())
	_ = root.RegisterFlagCompletionFunc(historiesFlag, folders)
}

// A folder holds the recordings of one family.
type folder struct {
	fs.FS
	// path is what messages call it.
	path string
}

// recordings is where the folders of the families are, and what messages call that.
func (c *Command) recordings() (fs.FS, string, error) {
	if c.histories == "" {
		if c.Recordings == nil {
			return nil, "", usage(fmt.Errorf("--%s is empty: name a folder, or leave it out", historiesFlag))
		}
		return c.Recordings, "", nil
	}
	info, err := os.Stat(c.histories)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		// What each family misses there is said of each.
	case err != nil:
		return nil, "", fmt.Errorf("--%s: %w", historiesFlag, err)
	case !info.IsDir():
		return nil, "", usage(fmt.Errorf("--%s: %s is a file: name the folder that it is in", historiesFlag, c.histories))
	}
	return os.DirFS(c.histories), c.histories, nil
}

// folder finds the recordings of the family: in the folder of its name or, if it is
// the only family, directly in the one that holds it.
func (c *Command) folder(f *versioning.Family) (folder, error) {
	all, at, err := c.recordings()
	if err != nil {
		return folder{}, err
	}
	own, err := fs.Sub(all, f.Name)
	if err != nil {
		return folder{}, fmt.Errorf("recordings of %s: %w", f.Name, err)
	}
	inside := folder{own, path.Join(filepath.ToSlash(at), f.Name)}
	if len(c.Families) > 1 {
		return inside, nil
	}
	direct := folder{all, filepath.ToSlash(at)}
	switch {
	case !direct.holds():
		return inside, nil
	case inside.holds():
		return folder{}, fmt.Errorf("recordings of %s are in %s and in %s: move them into one of both", f.Name, direct.called(), inside.called())
	}
	return direct, nil
}

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
