// Package oracle knows what is right to say of a random change, and asks what is said. What is right
// comes from the edit and from runs of both programs, and not from the packages that are asked.
package oracle

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/pair"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/source"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// A Case is a pair with a recording of its old program, and both programs as Go source.
type Case struct {
	pair.Single
	Recording *history.Recording
	Old, New  *source.File
	// Patched is the text of New with a patch.
	Patched string
}

// NewCase writes both programs.
func NewCase(p pair.Single, r *history.Recording) (*Case, error) {
	c := &Case{Single: p, Recording: r}
	var err error
	if c.Old, err = source.Of(p.Old, c.function("Old")); err != nil {
		return nil, err
	}
	c.New, err = source.Of(p.New, c.function("New"))
	return c, err
}

func (c *Case) function(of string) string { return fmt.Sprintf("Pair%d%s", c.Number, of) }

// A Bench builds and runs the command judge.
type Bench struct {
	// Module is the folder of this module, and Scratch a folder for files.
	Module, Scratch string
}

// Judge judges all cases, with one build. With patched it takes the patched sources, and rehearses.
func (b Bench) Judge(ctx context.Context, cases []*Case, patched bool) ([]Row, error) {
	replace := map[string]string{}
	requests := make([]Request, len(cases))
	for i, c := range cases {
		texts := map[string]string{"Old": c.Old.Text, "New": c.New.Text}
		if patched {
			texts["New"] = c.Patched
		}
		for of, text := range texts {
			name := c.function(of) + ".go"
			at := filepath.Join(b.Scratch, name)
			if err := os.WriteFile(at, []byte(text), 0o600); err != nil {
				return nil, err
			}
			replace[filepath.Join(b.Module, "internal", "source", "written", name)] = at
		}
		at := filepath.Join(b.Scratch, strconv.Itoa(c.Number)+".json")
		if err := history.WriteFile(at, c.Recording); err != nil {
			return nil, err
		}
		requests[i] = Request{Number: c.Number, Recording: at, Old: c.function("Old"), New: c.function("New"), Rehearse: patched}
	}
	command, err := b.build(ctx, replace)
	if err != nil {
		return nil, err
	}
	in, err := json.Marshal(requests)
	if err != nil {
		return nil, err
	}
	out, err := b.run(exec.CommandContext(ctx, command), in)
	if err != nil {
		return nil, err
	}
	var rows []Row
	if err := json.Unmarshal(out, &rows); err != nil {
		return nil, fmt.Errorf("what judge says: %w", err)
	}
	return rows, nil
}

// build builds the command with files that are in no work tree.
func (b Bench) build(ctx context.Context, replace map[string]string) (command string, err error) {
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	file := filepath.Join(b.Scratch, "overlay.json")
	if err := os.WriteFile(file, overlay, 0o600); err != nil {
		return "", err
	}
	command = filepath.Join(b.Scratch, "judge")
	build := exec.CommandContext(ctx, "go", "build", "-overlay", file, "-o", command, "./internal/oracle/judge")
	build.Dir = b.Module
	_, err = b.run(build, nil)
	return command, err
}

func (b Bench) run(c *exec.Cmd, in []byte) ([]byte, error) {
	var out, errs bytes.Buffer
	c.Stdin, c.Stdout, c.Stderr = bytes.NewReader(in), &out, &errs
	if err := c.Run(); err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", filepath.Base(c.Path), err, errs.String())
	}
	return out.Bytes(), nil
}
