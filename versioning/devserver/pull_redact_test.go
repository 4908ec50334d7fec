package main

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// TestPullRedact pulls with the command of a family, which knows the code that each
// history must still replay with.
func TestPullRedact(t *testing.T) {
	t.Parallel()
	server := start(t, Options{Address: "127.0.0.1:0"})
	c := dial(t, server)
	startPulledWorker(t, c)
	for _, id := range []string{"a", "b"} {
		require.NoError(t, startPulled(t, c, id, "markers", 3).Get(t.Context(), nil))
	}
	require.NoError(t, startPulled(t, c, "other", "continuing", 0).Get(t.Context(), nil))
	awaitListed(t, c, "CloseTime IS NOT NULL", 3)

	family := func(name string) *versioning.Family {
		return &versioning.Family{
			Name: name, Doc: "Markers with something that nobody may see.", WorkflowTypes: []string{"markers"},
			Stages: []versioning.Stage{{Name: "today", Doc: "As it is.", Register: func(r worker.WorkflowRegistry) {
				r.RegisterWorkflowWithOptions(markers, workflow.RegisterOptions{Name: "markers"})
			}}},
		}
	}
	dir := t.TempDir()
	run := func(families []*versioning.Family, args ...string) (code int, stdout, stderr string) {
		var out, err bytes.Buffer
		command := &cli.Command{Families: families, Recordings: os.DirFS(dir), Stdout: &out, Stderr: &err}
		code = command.Run(t.Context(), append([]string{"pull", "--address", server.Address(), dir}, args...))
		return code, out.String(), err.String()
	}
	one := []*versioning.Family{family("markers")}

	code, _, stderr := run(one, "--workflow-id", "a")
	require.Equal(t, cli.ExitOK, code, stderr)
	require.Equal(t, 1, secrets(t, dir), "the test can see it")

	code, stdout, stderr := run(one, "--workflow-type", "markers", "--redact")
	require.Equal(t, cli.ExitOK, code, stderr)
	require.Contains(t, stdout, "replaced; it replays as before\n")
	require.Contains(t, stdout, "pulled 1, refreshed 1, already there 0, failed 0")
	require.Zero(t, secrets(t, dir), "the original that was there is replaced")
	sources, err := history.Dir(os.DirFS(dir), ".")
	require.NoError(t, err)
	require.Len(t, sources, 2)
	for _, source := range sources {
		r, err := source.Load()
		require.NoError(t, err)
		require.True(t, r.Redacted)
	}

	code, stdout, stderr = run(one, "--workflow-type", "markers", "--redact")
	require.Equal(t, cli.ExitOK, code, stderr)
	require.Contains(t, stdout, "pulled 0, already there 2, failed 0", "what is redacted is kept")

	code, _, stderr = run(one, "--workflow-id", "other", "--redact")
	require.Equal(t, cli.ExitFailed, code)
	require.Contains(t, stderr, `no family has the workflow type "continuing"`, "nothing can replay it")
	two := []*versioning.Family{family("markers"), family("others")}
	require.NoError(t, os.RemoveAll(dir))
	require.NoError(t, os.Mkdir(dir, 0o777))
	code, _, stderr = run(two, "--workflow-id", "a", "--redact")
	require.Equal(t, cli.ExitFailed, code)
	require.Contains(t, stderr, `markers and others both have the workflow type "markers": choose one with --family`)
	require.Zero(t, secrets(t, dir))
	code, _, stderr = run(two, "--workflow-id", "a", "--redact", "--family", "others")
	require.Equal(t, cli.ExitOK, code, stderr)
	require.Zero(t, secrets(t, dir))
	require.Len(t, filesBelow(t, dir), 1)
	code, _, stderr = run(two, "--workflow-id", "a", "--family", "others")
	require.Equal(t, cli.ExitUsage, code)
	require.Contains(t, stderr, "--family says with which code --redact replays: it needs --redact")
}
