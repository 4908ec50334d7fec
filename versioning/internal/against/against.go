// Package against compares the workflow code of a module with the code of a git revision that is no
// longer in the tree. It runs the replay tests of both, each in its own tree. It gives each test
// the recordings of the other, and makes one matrix of the results.
//
// Each tree's own test brings the family, the Data Converter and the recordings, wherever the
// recordings are. Package exchange passes data between the trees.
//
// The repository is only read. The revision is in a temporary folder, which is filled with a .git
// folder of its own. It is not a work tree that git knows, because git would write such a work
// tree into .git.
package against

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
)

// Options say what to compare.
type Options struct {
	// Dir is a folder in the module.
	Dir string
	// Ref is the revision, as git understands it.
	Ref string
	// Packages are patterns of the go command for the packages with the tests.
	Packages []string
	// Run, if not empty, is a regular expression for the tests to run, as for go test.
	// If it is empty, the tests are those that use package replaytest.
	Run string
	// Timeout is how long the tests of a package may run. Zero is DefaultTimeout.
	Timeout time.Duration
	// AllStages compares every stage instead of the deployed one.
	AllStages bool
	// Level says what to compare. Empty means the level of each test.
	Level compare.Level
	// Rehearse says which waiting points are rehearsed. Empty means what each test says.
	Rehearse rehearse.Scope
	// Memory is the number of bytes that the histories may take which one test reads at the same time, 0 for the default.
	Memory int64
	// Explain is the largest number of cells that are explained. Zero explains none.
	Explain int
	// FailOn is what findings fail on, nil for nothing: it says which cells are in findings.
	FailOn *finding.FailOn
	// Progress gets messages about what is being done. Note gets messages that the user should
	// know. Both are required. Only one goroutine calls them at a time.
	Progress, Note func(text string)
}

// DefaultTimeout is three times the timeout of go test, because here one run of a test judges the
// recordings of two trees.
const DefaultTimeout = 30 * time.Minute

// Here is the name of the column of the work tree.
const Here = "work-tree"

// Compare compares the work tree with the revision. The error is a *NoRepositoryError or
// *UnknownRefError if the caller may have mistyped the folder or the revision.
func Compare(ctx context.Context, opts Options) (*Comparison, error) {
	repo, err := openRepository(ctx, opts.Dir)
	if err != nil {
		return nil, err
	}
	commit, err := repo.commit(ctx, opts.Ref)
	if err != nil {
		return nil, err
	}
	temporary, err := temporaryFolder(repo)
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temporary)

	r := &run{Options: opts, repo: repo, commit: commit, label: label(opts.Ref, commit)}
	r.here = &side{name: Here, title: "the work tree", dir: filepath.Join(repo.top, repo.prefix),
		folder: filepath.Join(temporary, "here")}
	r.there = &side{name: r.label, title: r.label, dir: filepath.Join(temporary, "tree", repo.prefix),
		folder: filepath.Join(temporary, "there")}

	r.tell("checking out " + r.label)
	if err := r.checkOut(ctx, temporary); err != nil {
		return nil, err
	}
	r.tell("compiling the replay tests of " + r.label + " and of the work tree")
	if err := r.both(ctx, r.prepare); err != nil {
		return nil, err
	}
	pairs, err := r.pair()
	if err != nil {
		return nil, err
	}
	r.tell(fmt.Sprintf("replaying the recordings of %s and of the work tree", r.label))
	if err := r.both(ctx, func(ctx context.Context, s *side) error { return r.judge(ctx, s, pairs) }); err != nil {
		return nil, err
	}
	c, err := r.comparison(pairs)
	if err != nil {
		return nil, err
	}
	return c, r.explain(ctx, c, pairs)
}

// run is one call of Compare.
type run struct {
	Options
	repo          *repository
	commit, label string
	there, here   *side
	telling       sync.Mutex
}

// A side is one of the two trees.
type side struct {
	// name is that of the column, title how sentences call it.
	name, title string
	// dir is the folder in the tree that stands for Options.Dir.
	dir string
	// folder is the temporary folder for what belongs to the side.
	folder string
	// env is the environment of the go command and of the tests.
	env      []string
	packages []*testPackage
}

func (r *run) tell(text string) {
	r.telling.Lock()
	defer r.telling.Unlock()
	r.Progress(text)
}

func (r *run) note(text string) {
	r.telling.Lock()
	defer r.telling.Unlock()
	r.Note(text)
}

// both does it for both sides at once. The first error stops the other side.
func (r *run) both(ctx context.Context, do func(context.Context, *side) error) error {
	stopped, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var working sync.WaitGroup
	for _, s := range []*side{r.there, r.here} {
		working.Go(func() {
			if err := do(stopped, s); err != nil {
				stop(err)
			}
		})
	}
	working.Wait()
	if stopped.Err() == nil {
		return nil
	}
	return context.Cause(stopped)
}

// prepare compiles the tests of the side, and has them export their recordings.
func (r *run) prepare(ctx context.Context, s *side) error {
	if err := os.MkdirAll(s.folder, 0o755); err != nil {
		return err
	}
	if err := r.find(ctx, s); err != nil {
		return err
	}
	for _, p := range s.packages {
		if err := r.compile(ctx, s, p); err != nil {
			return err
		}
	}
	found := 0
	for _, p := range s.packages {
		output, err := r.execute(ctx, s, p, exchange.Request{Phase: exchange.Export})
		if err != nil {
			return err
		}
		if p.tests, err = exchange.ReadTests(p.exchange); err != nil {
			return err
		}
		if len(p.tests) == 0 && len(s.packages) > 1 {
			r.note(fmt.Sprintf("in %s, the tests of %s ran and none called replaytest.Run", s.title, p.path))
		}
		if len(p.tests) == 0 && len(s.packages) == 1 {
			return fmt.Errorf("in %s, the tests of %s ran and none called replaytest.Run: were they skipped? "+
				"--run names other tests; they said:\n%s", s.title, p.path, tail(output))
		}
		found += len(p.tests)
	}
	if found == 0 {
		return fmt.Errorf("in %s, no test called replaytest.Run: there is nothing to compare", s.title)
	}
	return nil
}

// temporaryFolder is outside of the repository: the go command and git would take
// what is inside for a part of it.
func temporaryFolder(repo *repository) (string, error) {
	// GOTMPDIR is for who cannot run programs in the usual folder.
	folder, err := os.MkdirTemp(os.Getenv("GOTMPDIR"), "replaymatrix-against-*")
	if err != nil {
		return "", err
	}
	resolved, err := filepath.Abs(folder) // TMPDIR can be a relative path
	if err == nil {
		resolved, err = filepath.EvalSymlinks(resolved)
	}
	if err == nil && inside(repo.top, resolved) {
		err = fmt.Errorf("the folder for temporary files, %s, is inside of the repository: set TMPDIR to one "+
			"outside of it", filepath.Dir(resolved))
	}
	if err != nil {
		return "", errors.Join(err, os.Remove(folder))
	}
	return resolved, nil
}

// inside reports whether the path is the folder or below it.
func inside(folder, path string) bool {
	relative, err := filepath.Rel(folder, path)
	return err == nil && relative != ".." && !strings.HasPrefix(relative, ".."+string(filepath.Separator))
}

// label is the name of the column for the revision.
func label(ref, commit string) string {
	if ref == Here || len(ref) >= 7 && strings.HasPrefix(commit, ref) {
		return commit[:min(len(commit), 12)]
	}
	return ref
}
