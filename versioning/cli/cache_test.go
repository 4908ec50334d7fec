package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cache"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// outsideWorld is a command for a workflow that takes the other branch if an
// environment variable, or a file, says so: what no workflow may do, and some do.
type outsideWorld struct {
	t        *testing.T
	replays  atomic.Int32
	variable string
	file     string
	command  Command
}

func newOutsideWorld(t *testing.T) *outsideWorld {
	w := &outsideWorld{t: t, variable: "ORDERS_NEW_PRICES", file: filepath.Join(t.TempDir(), "new-prices")}
	t.Setenv(cache.Variable, t.TempDir())
	t.Setenv(w.variable, "")
	recording, err := os.ReadFile("../../histories/patching/initial.completed.json")
	require.NoError(t, err)
	w.command = Command{
		Families: []*versioning.Family{{
			Name: "order", Doc: "Has two branches.", WorkflowTypes: []string{patching.WorkflowType},
			Stages: []versioning.Stage{{Name: "initial", Doc: "Reads the outside world.",
				Register: func(r worker.WorkflowRegistry) {
					r.RegisterWorkflowWithOptions(w.run, workflow.RegisterOptions{Name: patching.WorkflowType})
				}}},
		}},
		Recordings: fstest.MapFS{"order/initial.completed.json": &fstest.MapFile{Data: recording}},
		program:    "order",
	}
	return w
}

func (w *outsideWorld) run(ctx workflow.Context) (string, error) {
	w.replays.Add(1)
	if _, err := os.Stat(w.file); os.Getenv(w.variable) != "" || err == nil {
		return patching.PatchComplete(ctx)
	}
	return patching.Initial(ctx)
}

// matrix runs the command, and reports whether workflow code ran.
func (w *outsideWorld) matrix(args ...string) (code int, stdout, stderr string, replayed bool) {
	w.t.Helper()
	w.replays.Store(0)
	var out, errs bytes.Buffer
	command := w.command
	command.Stdout, command.Stderr = &out, &errs
	code = command.Run(w.t.Context(), append([]string{"matrix", "--fail-on", "incompatible"}, args...))
	return code, out.String(), errs.String(), w.replays.Load() > 0
}

func (w *outsideWorld) want(wantCode int, wantReplayed bool, why string, args ...string) (stdout, stderr string) {
	w.t.Helper()
	code, stdout, stderr, replayed := w.matrix(args...)
	require.Equal(w.t, wantCode, code, "%s: %s%s", why, stdout, stderr)
	require.Equal(w.t, wantReplayed, replayed, why)
	return stdout, stderr
}

func TestCache(t *testing.T) {
	w := newOutsideWorld(t)
	cold, _ := w.want(ExitOK, true, "the first run")
	warm, stderr := w.want(ExitOK, false, "nothing has changed")
	require.Equal(t, cold, warm)
	require.Empty(t, stderr, "a cache is nothing to talk about")
	w.want(ExitOK, true, "another level is another question", "--level", "shape")
	w.want(ExitOK, false, "and has an answer of its own", "--level", "shape")
	_, stderr = w.want(ExitOK, true, "judged anew", "--no-cache")
	require.Equal(t, "note: judged 1 cell anew; the cache has 1 of them, all the same\n", stderr)

	t.Setenv(w.variable, "1")
	w.want(ExitIncompatible, true, "the environment is in the key")
	// As text the worst finding is explained, to print code for it: one cell is replayed for that.
	w.want(ExitIncompatible, false, "with a verdict of its own", "--format", "json")
	t.Setenv(w.variable, "")
	w.want(ExitOK, false, "and so is the one before")

	t.Setenv(cache.Variable, "off")
	w.want(ExitOK, true, "no cache")
	_, stderr = w.want(ExitOK, true, "no cache", "--no-cache")
	require.Equal(t, "note: judged everything anew; there is no cache to compare it with\n", stderr)
	t.Setenv(cache.Variable, "relative")
	_, stderr = w.want(ExitFailed, false, "a mistake is told before anything is judged")
	require.Equal(t, "replaymatrix: REPLAYMATRIX_CACHE is \"relative\": set it to the full path of a folder, or "+
		"to off\n", stderr)
}

// TestNoCacheProves lets the code read a file that changes, which no key can have.
func TestNoCacheProves(t *testing.T) {
	w := newOutsideWorld(t)
	w.want(ExitOK, true, "the first run")
	require.NoError(t, os.WriteFile(w.file, nil, 0o600))
	w.want(ExitOK, false, "the cache cannot know of the file")
	code, stdout, stderr, _ := w.matrix("--no-cache")
	require.Equal(t, ExitIncompatible, code, "the verdict is the new one")
	require.Contains(t, stdout, "NONDET")
	require.Contains(t, stderr, "the cache was wrong about 1 cell:\nreplaymatrix:   "+
		"order/initial.completed@initial was safe, and is nondeterministic now\n")
	w.want(ExitIncompatible, true, "the wrong verdict is gone")
	require.NoError(t, os.Remove(w.file))
	code, _, stderr, _ = w.matrix("--no-cache")
	require.Equal(t, ExitFailed, code, "a cache that was wrong is a failure of its own")
	require.Contains(t, stderr, "was nondeterministic, and is safe now")
}

// TestNoCacheWhereItIsNotSound replays each time.
func TestNoCacheWhereItIsNotSound(t *testing.T) {
	w := newOutsideWorld(t)
	w.command.Replayer.DataConverter = converter.GetDefaultDataConverter()
	w.want(ExitOK, true, "a converter can fetch a key")
	w.want(ExitOK, true, "a converter can fetch a key")
	w.command.CacheKey = "the default converter fetches nothing"
	w.want(ExitOK, true, "the first run with a key")
	w.want(ExitOK, false, "the user answers for it")
	w.command.CacheKey = "another one"
	w.want(ExitOK, true, "another key")

	w.command.Replayer.DataConverter, w.command.CacheKey = nil, ""
	w.want(ExitOK, true, "without converter")
	w.command.program = ""
	w.want(ExitOK, true, "a test that calls Run")
	var out bytes.Buffer
	command := w.command
	command.program, command.Stdout, command.Stderr = "order", &out, &out
	w.replays.Store(0)
	require.Equal(t, ExitOK, command.Run(t.Context(), []string{"explain", "order/initial.completed@initial"}),
		out.String())
	require.Positive(t, w.replays.Load(), "explain lays a replay beside the history")
}
