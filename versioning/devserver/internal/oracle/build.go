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
	"regexp"
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

// Judge judges all cases, with one build. With patched it takes the patched sources, and rehearses. A
// case whose source does not compile has what the compiler says of it.
func (b Bench) Judge(ctx context.Context, cases []*Case, patched bool) ([]Row, error) {
	files := map[string]string{}
	rows := make([]Row, len(cases))
	for i, c := range cases {
		rows[i].Number = c.Number
		files[c.function("Old")], files[c.function("New")] = c.Old.Text, c.New.Text
		if patched {
			files[c.function("New")] = c.Patched
		}
	}
	command, faults, err := b.build(ctx, files)
	if err != nil {
		return nil, err
	}
	var requests []Request
	var judged []*Row
	for i, c := range cases {
		if rows[i].Fault = faults[c.function("New")] + faults[c.function("Old")]; rows[i].Fault != "" {
			continue
		}
		at := filepath.Join(b.Scratch, strconv.Itoa(c.Number)+".json")
		if err := history.WriteFile(at, c.Recording); err != nil {
			return nil, err
		}
		requests = append(requests, Request{c.Number, at, c.function("Old"), c.function("New"), patched})
		judged = append(judged, &rows[i])
	}
	in, err := json.Marshal(requests)
	if err != nil {
		return nil, err
	}
	out, err := output(exec.CommandContext(ctx, command), in)
	if err != nil {
		return nil, err
	}
	var said []Row
	if err := json.Unmarshal(out, &said); err != nil {
		return nil, fmt.Errorf("what judge says: %w", err)
	}
	for i, r := range said {
		*judged[i] = r
	}
	return rows, nil
}

// build builds the command with functions that are in no work tree. It leaves out those that do not
// compile, and says why.
func (b Bench) build(ctx context.Context, files map[string]string) (command string, faults map[string]string, err error) {
	written := filepath.Join(b.Module, "internal", "source", "written")
	shared, err := os.ReadFile(filepath.Join(written, "order.go"))
	if err != nil {
		return "", nil, err
	}
	replace, faults := map[string]string{}, map[string]string{}
	for function, text := range files {
		// The compiler records a path at which the file is, so that what reads the source finds it. It has
		// a folder of its own, as package of one workflow would.
		at := filepath.Join(b.Scratch, "src", function, function+".go")
		overlay := filepath.Join(b.Scratch, function+".overlay")
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			return "", nil, err
		}
		for name, text := range map[string]string{at: text, overlay: "//line " + at + ":1\n" + text,
			filepath.Join(filepath.Dir(at), "order.go"): string(shared)} {
			if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
				return "", nil, err
			}
		}
		replace[filepath.Join(written, function+".go")] = overlay
	}
	command = filepath.Join(b.Scratch, "judge")
	for {
		overlay, err := json.Marshal(map[string]any{"Replace": replace})
		if err != nil {
			return "", nil, err
		}
		file := filepath.Join(b.Scratch, "overlay.json")
		if err := os.WriteFile(file, overlay, 0o600); err != nil {
			return "", nil, err
		}
		build := exec.CommandContext(ctx, "go", "build", "-gcflags=./internal/source/written=-e", "-overlay", file, "-o", command, "./internal/oracle/judge")
		build.Dir = b.Module
		_, err = output(build, nil)
		if err == nil {
			return command, faults, nil
		}
		left := len(replace)
		for _, fault := range compilerSays.FindAllStringSubmatch(err.Error(), -1) {
			faults[fault[1]] += fault[0] + "\n"
			delete(replace, filepath.Join(written, fault[1]+".go"))
		}
		if len(replace) == left {
			return "", nil, err
		}
	}
}

// compilerSays is a line of an error of the compiler in a function's file.
var compilerSays = regexp.MustCompile(`(?m)^\S*?(\w+)\.go:\d+(?::\d+)?: .*$`)

func output(c *exec.Cmd, in []byte) ([]byte, error) {
	var out, errs bytes.Buffer
	c.Stdin, c.Stdout, c.Stderr = bytes.NewReader(in), &out, &errs
	if err := c.Run(); err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", filepath.Base(c.Path), err, errs.String())
	}
	return out.Bytes(), nil
}
