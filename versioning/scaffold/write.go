package scaffold

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/internal/wholefile"
)

// ErrExists is in the error of Write if another program has made the file since the plan.
var ErrExists = errors.New("it exists by now, and stays as it is")

// ErrOutside is in the error of Write if a link in the module leads out of it, or out of its repository for a file that is
// beside the module.
var ErrOutside = errors.New("a link leads out of the module")

// Write writes the files that do not exist, each in one step, below the folder of the module. If a
// file cannot be written, Write removes the files that it wrote before, and the folders that it
// made for them.
func Write(module string, files []File) (err error) {
	var made []string
	defer func() {
		if err == nil {
			return
		}
		for _, path := range slices.Backward(made) {
			_ = os.Remove(path) // a folder that somebody has filled meanwhile stays
		}
	}()
	for _, f := range files {
		if f.Exists {
			continue
		}
		path := filepath.Join(module, filepath.FromSlash(f.Path))
		err := inside(module, filepath.Dir(path))
		if err == nil {
			var folders []string
			folders, err = makeFolder(filepath.Dir(path))
			made = append(made, folders...)
		}
		if err == nil {
			err = wholefile.Create(path, 0o644, []byte(f.Text))
			if errors.Is(err, fs.ErrExist) {
				err = ErrExists
			}
		}
		if err != nil {
			return fmt.Errorf("writing %s: %w; no file is written", f.Path, err)
		}
		made = append(made, path)
	}
	return nil
}

// inside returns ErrOutside if the folder, or what there is of the way to it, is not in the repository of the module.
func inside(module, folder string) error {
	root, err := filepath.EvalSymlinks(Module{Dir: module}.Repository())
	if err != nil {
		return err
	}
	for _, err := os.Lstat(folder); errors.Is(err, fs.ErrNotExist) && filepath.Dir(folder) != folder; _, err = os.Lstat(folder) {
		folder = filepath.Dir(folder)
	}
	resolved, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return err
	}
	if rel, err := filepath.Rel(root, resolved); err != nil || !filepath.IsLocal(rel) {
		return fmt.Errorf("%w, to %s", ErrOutside, resolved)
	}
	return nil
}

// makeFolder makes the folder and those above it, and returns what was made.
func makeFolder(folder string) (made []string, err error) {
	if _, err := os.Stat(folder); err == nil {
		return nil, nil
	}
	if parent := filepath.Dir(folder); parent != folder {
		if made, err = makeFolder(parent); err != nil {
			return made, err
		}
	}
	err = os.Mkdir(folder, 0o777)
	if errors.Is(err, fs.ErrExist) {
		return made, nil
	}
	if err != nil {
		return made, err
	}
	return append(made, folder), nil
}
