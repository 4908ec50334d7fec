package against

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
)

// harness is the package that a replay test uses.
const harness = "github.com/replaymatrix/replaymatrix/versioning/replaytest"

// testPackage is a package with replay tests.
type testPackage struct {
	path, dir string
	// run is the regular expression for its tests.
	run string
	// binary is what the tests are compiled into, exchange the folder of package
	// exchange.
	binary, exchange string
	tests            []exchange.Test
}

// listed is a package as go list tells it.
type listed struct {
	ImportPath, Dir, Name              string
	DepOnly                            bool
	Imports                            []string
	GoFiles, TestGoFiles, XTestGoFiles []string
	Module                             *struct {
		Version string
		Replace *struct{ Version string }
	}
	Error *struct{ Err string }
}

// find sets the packages of the side whose tests use package replaytest, be it
// through a package of the user's.
func (r *run) find(ctx context.Context, s *side) error {
	if info, err := os.Stat(s.dir); err != nil || !info.IsDir() {
		return fmt.Errorf("%s has no folder %s: run it in a folder that both have", s.title,
			filepath.ToSlash(r.repo.prefix))
	}
	packages, err := r.list(ctx, s)
	if err != nil {
		return err
	}
	uses := users(packages)
	var faults []string
	for _, p := range packages {
		if p.Error != nil && !p.DepOnly {
			faults = append(faults, p.Error.Err)
		}
		path, isTest := strings.CutSuffix(p.ImportPath, ".test")
		if !isTest || p.DepOnly || p.Name != "main" || !uses[p.ImportPath] {
			continue
		}
		tested := packages[path]
		if tested == nil {
			continue
		}
		number := fmt.Sprint(len(s.packages))
		found := &testPackage{path: path, dir: tested.Dir, run: r.Run,
			binary: filepath.Join(s.folder, number+".test.exe"), exchange: filepath.Join(s.folder, number)}
		if found.run == "" {
			found.run = testPattern(tested, packages, uses)
		}
		s.packages = append(s.packages, found)
	}
	slices.SortFunc(s.packages, func(a, b *testPackage) int { return strings.Compare(a.path, b.path) })
	if len(s.packages) > 0 {
		return knowsExchange(s, packages[harness])
	}
	err = fmt.Errorf("in %s, no test of %s uses %s: there is nothing to compare", s.title,
		strings.Join(r.Packages, " "), harness)
	if len(faults) > 0 {
		slices.Sort(faults)
		err = fmt.Errorf("%w; the go command says:\n%s", err, tail(strings.Join(slices.Compact(faults), "\n")))
	}
	return err
}

// list returns the packages, those they import, and their tests, by import path.
func (r *run) list(ctx context.Context, s *side) (map[string]*listed, error) {
	args := append([]string{"list", "-e", "-deps", "-test", "-buildvcs=false",
		"-json=ImportPath,Dir,Name,DepOnly,Imports,GoFiles,TestGoFiles,XTestGoFiles,Module,Error", "--"}, r.Packages...)
	out, said, err := output(ctx, s, "go", args...)
	if err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return nil, fmt.Errorf("listing the packages of %s: %w\n%s", s.title, err, tail(said))
	}
	packages := map[string]*listed{}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		p := &listed{}
		if err := decoder.Decode(p); errors.Is(err, io.EOF) {
			return packages, nil
		} else if err != nil {
			return nil, fmt.Errorf("listing the packages of %s: %w", s.title, err)
		}
		packages[p.ImportPath] = p
	}
}

// output runs a command of the side and returns what it wrote to both outputs.
func output(ctx context.Context, s *side, name string, args ...string) (stdout []byte, stderr string, err error) {
	cmd := command(ctx, s.dir, s.env, name, args...)
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	err = cmd.Run()
	if errors.Is(err, exec.ErrNotFound) {
		err = fmt.Errorf("the command %s is not on PATH", name)
	}
	return out.Bytes(), said.String(), err
}

// users are the packages that import the harness, directly or not, and itself.
func users(packages map[string]*listed) map[string]bool {
	uses, known := map[string]bool{}, map[string]bool{}
	var visit func(path string) bool
	visit = func(path string) bool {
		if known[path] {
			return uses[path]
		}
		known[path] = true
		// The tests of the harness itself import a variant: "… [… .test]".
		plain, _, _ := strings.Cut(path, " ")
		uses[path] = plain == harness
		if p := packages[path]; p != nil {
			for _, imported := range p.Imports {
				uses[path] = visit(imported) || uses[path]
			}
		}
		return uses[path]
	}
	for path := range packages {
		visit(path)
	}
	return uses
}

// knowsExchange returns an error if the harness of the side is one from before there
// was something to exchange.
func knowsExchange(s *side, p *listed) error {
	if p == nil || len(p.GoFiles) == 0 {
		return nil // it could not be found, and the compiler says why
	}
	for _, file := range p.GoFiles {
		data, err := os.ReadFile(filepath.Join(p.Dir, file))
		if err != nil {
			return err
		}
		if bytes.Contains(data, []byte("/internal/exchange\"")) {
			return nil
		}
	}
	version := "a version"
	if m := p.Module; m != nil && m.Replace == nil {
		version = "version " + m.Version
	}
	return fmt.Errorf("%s uses %s of replaymatrix whose package replaytest is older than this command's and "+
		"cannot hand out recordings:"+
		" compare with a revision from after the upgrade", s.title, version)
}
