package applied

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
)

// building is what is under way.
type building struct {
	ctx context.Context
	dir string
	// replace has the files of the copies, by the paths that they seem to have.
	replace map[string]string
	edits   map[string]Edit
}

// add puts the files of the package into the copy. Only the edited one is written.
func (b *building) add(e Edit) error {
	if _, ok := b.edits[e.ID]; ok {
		return nil
	}
	b.edits[e.ID] = e
	original := filepath.Join(corpora.Root(), filepath.FromSlash(e.Package))
	files, err := filepath.Glob(filepath.Join(original, "*.go"))
	if err != nil {
		return err
	}
	for _, file := range append(files, filepath.Join(original, e.File)) {
		if !strings.HasSuffix(file, "_test.go") {
			b.replace[b.at(e.folder(), filepath.Base(file))] = file
		}
	}
	return b.write(e.folder(), e.File, e.Source)
}

func (b *building) at(folder, file string) string {
	return filepath.Join(corpora.Root(), filepath.FromSlash(folder), file)
}

func (b *building) write(folder, file string, source []byte) error {
	written := filepath.Join(b.dir, filepath.FromSlash(path.Join(folder, file)))
	b.replace[b.at(folder, file)] = written
	if err := os.MkdirAll(filepath.Dir(written), 0o755); err != nil {
		return err
	}
	return os.WriteFile(written, source, 0o644)
}

func (b *building) folders() (list []string) {
	for _, e := range b.edits {
		list = append(list, e.folder())
	}
	slices.Sort(list)
	return list
}

// quickly has the copies compiled in half of the time, and slower to run.
const quickly = "-gcflags=" + module + "/" + copies + "/...=-N -l -dwarf=false"

// run lets the go command work on packages, by their folders.
func (b *building) run(folders []string, args ...string) (stdout, stderr []byte, err error) {
	overlay, err := json.Marshal(map[string]any{"Replace": b.replace})
	if err != nil {
		return nil, nil, err
	}
	file := filepath.Join(b.dir, "overlay.json")
	if err := os.WriteFile(file, overlay, 0o644); err != nil {
		return nil, nil, err
	}
	args = slices.Insert(args, 1, "-overlay", file, quickly)
	for _, folder := range folders {
		args = append(args, "./"+folder)
	}
	var out, errs bytes.Buffer
	command := exec.CommandContext(b.ctx, "go", args...)
	command.Dir, command.Stdout, command.Stderr = corpora.Root(), &out, &errs
	err = command.Run()
	return out.Bytes(), errs.Bytes(), err
}
