package acceptance

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/histories"
	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

// TestInit has init write into a module, and does there what a newcomer does next:
// vet, the first test, which fails and says why, and the second one, with a history.
func TestInit(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		args []string
		// folder is that of the package in the module.
		folder string
		why    string
	}{
		{"command", []string{"--command", "--ci", "github"}, "order", "everything that init can write"},
		{"root", []string{"--command"}, ".", "the package of the module's own folder"},
		{"main", nil, "worker", "the smallest plan: workflows in a main package cannot be imported, and can be tested"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			module := scaffolded(t, tt.name)
			out, code := replaymatrix(t, append([]string{"init", filepath.Join(module, tt.folder), "--yes"}, tt.args...)...)
			require.Equal(t, cli.ExitOK, code, "%s: %s", tt.why, out)
			require.Contains(t, out, "Wrote ")

			if out, err := run(module, "go", "vet", "./..."); err != nil {
				t.Fatalf("what init has written does not vet: %s", out)
			}
			// What "go test" does, built once, and without what only a debugger reads: linking
			// is most of the time.
			folder := filepath.Join(module, tt.folder)
			out, err := run(folder, "go", "test", "-ldflags=-w", "-c", "-o", "replay.test", ".")
			require.NoError(t, err, out)
			test := []string{"./replay.test", "-test.run", "^TestReplay$", "-test.v"}
			out, err = run(folder, test...)
			require.Error(t, err, "a folder without recordings is no success")
			require.Contains(t, out, "save the Event History of an execution of PatchingWorkflow as "+
				"testdata/histories/patching/NAME.json (in the folder of this test), with: temporal workflow show --workflow-id ID --output json")

			recordings := filepath.Join(folder, "testdata", "histories", "patching")
			for name, recording := range map[string]string{"4711": "initial.completed", "4712": "patch-complete.completed"} {
				data, err := histories.FS.ReadFile("patching/" + recording + ".json")
				require.NoError(t, err)
				require.NoError(t, os.WriteFile(filepath.Join(recordings, name+".json"), data, 0o666))
			}
			out, err = run(folder, test...)
			require.Error(t, err, "the second history is one of other code")
			require.Contains(t, out, "--- PASS: TestReplay/patching/4711@today")
			require.Contains(t, out, "--- FAIL: TestReplay/patching/4712@today")
			require.Contains(t, out, "nondeterministic at event 5: history has ActivityTaskScheduled (PostPatchActivity), code calls ExecuteActivity PrePatchActivity")

			if slices.Contains(tt.args, "--command") {
				out, err = run(module, "go", "run", "-ldflags=-w", "./cmd/"+packageOf(tt.folder)+"matrix")
				require.NoError(t, err, out)
				require.Regexp(t, `(?m)^4711 +safe\n4712 +NONDET$`, out)
			}
		})
	}
}

func packageOf(folder string) string {
	if folder == "." {
		return "shop"
	}
	return folder
}

// replaymatrix runs the command with these arguments.
func replaymatrix(t *testing.T, args ...string) (out string, code int) {
	t.Helper()
	var both bytes.Buffer
	c := &cli.Command{Families: workflows.Families, Recordings: histories.FS, Stdout: &both, Stderr: &both}
	code = c.Run(t.Context(), args)
	return both.String(), code
}

func run(folder string, args ...string) (out string, err error) {
	both, err := inModule(folder, args...).CombinedOutput()
	return string(both), err
}

// scaffolded writes the module that testdata/init has under that name.
func scaffolded(t *testing.T, name string) (folder string) {
	t.Helper()
	folder = t.TempDir()
	archive, err := txtar.ParseFile(filepath.Join("testdata", "init", name+".txtar"))
	require.NoError(t, err)
	for _, f := range archive.Files {
		path := filepath.Join(folder, filepath.FromSlash(f.Name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
		require.NoError(t, os.WriteFile(path, f.Data, 0o666))
	}
	root, err := filepath.Abs("..")
	require.NoError(t, err)
	require.NoError(t, writeModule(folder, root))
	return folder
}
