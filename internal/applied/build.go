package applied

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"strings"
)

// A Program has all copies that compile, and judges by them.
type Program struct {
	binary string
	// Faults are what the compiler says of the copies that do not compile, by their IDs.
	Faults map[string]string
}

// Build builds the copies. It writes into the folder dir, which the caller removes once the Program is
// not needed any more. Edits of the same ID are built once.
func Build(ctx context.Context, dir string, edits []Edit) (*Program, error) {
	b := &building{ctx: ctx, dir: dir, replace: map[string]string{}, edits: map[string]Edit{}}
	for _, e := range edits {
		if err := b.add(e); err != nil {
			return nil, fmt.Errorf("building %d copies: %w", len(edits), err)
		}
	}
	p := &Program{binary: filepath.Join(dir, "copies.exe"), Faults: map[string]string{}}
	for _, check := range []func() (map[string]string, error){b.list, b.compile} {
		faults, err := check()
		if err != nil {
			return nil, fmt.Errorf("building %d copies: %w", len(edits), err)
		}
		for id, fault := range faults {
			p.Faults[id] = fault
			delete(b.edits, id)
		}
	}
	if err := b.link(p.binary); err != nil {
		return nil, fmt.Errorf("building %d copies: %w", len(edits), err)
	}
	return p, nil
}

// list finds the copies that import what there is not: with one of them the go command builds nothing.
func (b *building) list() (map[string]string, error) {
	out, stderr, err := b.run(b.folders(), "list", "-e", "-json=ImportPath,Error,DepsErrors", "-deps=false")
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, stderr)
	}
	type fault struct{ Pos, Err string }
	faults := map[string]string{}
	for p, err := range documents[struct {
		ImportPath string
		Error      *fault
		DepsErrors []*fault
	}](out) {
		if err != nil {
			return nil, err
		}
		for _, f := range append(p.DepsErrors, p.Error) {
			if f != nil {
				id := idOf(p.ImportPath)
				faults[id] = b.edits[id].told(f.Pos + ": " + f.Err)
			}
		}
	}
	return faults, nil
}

// compile finds the copies that the compiler rejects. What it compiles is in the go command's cache.
func (b *building) compile() (map[string]string, error) {
	out, stderr, failed := b.run(b.folders(), "build", "-json")
	faults := map[string]string{}
	for line, err := range documents[struct{ ImportPath, Action, Output string }](out) {
		if err != nil {
			return nil, err
		}
		if id := idOf(line.ImportPath); id != "" && line.Action == "build-output" && line.Output[0] != '#' {
			faults[id] = strings.TrimPrefix(faults[id]+"; "+b.edits[id].told(line.Output), "; ")
		}
	}
	if failed != nil && len(faults) == 0 {
		return nil, fmt.Errorf("%w: %s%s", failed, stderr, out)
	}
	return faults, nil
}

// idOf is the ID of the copy of the package. It is empty for other packages.
func idOf(importPath string) string {
	id, ok := strings.CutPrefix(importPath, module+"/"+copies+"/")
	if !ok {
		return ""
	}
	return path.Dir(id)
}

// link makes a main of all copies that are left.
func (b *building) link(binary string) error {
	source, err := mainOf(b.edits)
	if err != nil {
		return err
	}
	if err := b.write(copies, "main.go", source); err != nil {
		return err
	}
	// Without the symbols that only a debugger needs it links in half of the time.
	if out, stderr, err := b.run([]string{copies}, "build", "-ldflags=-s -w", "-o", binary); err != nil {
		return fmt.Errorf("%w: %s%s", err, stderr, out)
	}
	return nil
}

// documents are the JSON documents of the text.
func documents[T any](text []byte) func(yield func(T, error) bool) {
	return func(yield func(T, error) bool) {
		decoder := json.NewDecoder(bytes.NewReader(text))
		for {
			var one T
			err := decoder.Decode(&one)
			if errors.Is(err, io.EOF) || !yield(one, err) || err != nil {
				return
			}
		}
	}
}
