package judge_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/report/document"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// TestGarbage prints a line for each file that is no history, and judges the rest.
func TestGarbage(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	data, err := os.ReadFile("../../../histories/patching/patched.completed.json")
	require.NoError(t, err)
	// As the Temporal CLI writes it.
	_, events, _ := strings.Cut(string(data), `"events":`)
	real := `{"events":` + events
	require.NoError(t, os.Mkdir(filepath.Join(dir, "order"), 0o755))
	for name, data := range map[string]string{
		"4711.json": real, "4712": real, "README.md": "about the histories", ".gitkeep": "",
		"photo.png": "\x89PNG\r\n\x1a\n", "truncated.json": real[:len(real)/2], "empty.json": "", "huge.json": "{",
		"java.json": strings.ReplaceAll(real, `"temporal-go"`, `"temporal-java"`),
	} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "order", name), []byte(data), 0o644))
	}
	require.NoError(t, os.Truncate(filepath.Join(dir, "order", "huge.json"), 300<<20))
	order := &versioning.Family{Name: "order", Doc: "An order.", WorkflowTypes: []string{patching.WorkflowType},
		Stages: patching.Family.Stages[1:2]}
	run := func(args ...string) (code int, stdout, stderr string) {
		var out, errs bytes.Buffer
		command := &cli.Command{Families: []*versioning.Family{order}, Recordings: os.DirFS(dir), Stdout: &out,
			Stderr: &errs}
		return command.Run(t.Context(), append([]string{"matrix", "order"}, args...)), out.String(), errs.String()
	}

	code, text, stderr := run()
	require.Equal(t, cli.ExitOK, code, stderr)
	require.Empty(t, stderr)
	require.Contains(t, text, "deploy patched:                 cannot tell for 5 of 7 executions\n"+
		"                                safe for 2 of them\n")
	_, findings, found := strings.Cut(text, "\nUNJUDGED  ")
	require.True(t, found, "%s", text)
	findings, _, _ = strings.Cut(findings, "\nrecording \\ stage")
	want := `1 cell could not be judged
          recording empty.json: the file is empty; download the history with: temporal workflow show
          --workflow-id ID --output json
          order/empty@patched

UNJUDGED  1 cell could not be judged
          recording huge.json: the file has 300 MB, more than the 256 MB that are read; check that
          the file is a single workflow history
          order/huge@patched

UNJUDGED  1 cell could not be judged
          event 4: the execution ran on the SDK temporal-java; replay it with that one
          order/java@patched

UNJUDGED  1 cell could not be judged
          recording photo.png: the file is not a workflow history but a PNG image; download the
          history with: temporal workflow show --workflow-id ID --output json; if it is not meant to
          be a recording, move it, or let its name begin with an underscore
          order/photo.png@patched

UNJUDGED  1 cell could not be judged
          recording truncated.json: event 6: the file stops at byte 3640, inside the event; download
          the whole history with: temporal workflow show --workflow-id ID --output json
          order/truncated@patched
`
	if diff := cmp.Diff(want, findings); diff != "" {
		t.Errorf("(-want +got):\n%s\n%s", diff, text)
	}

	code, text, stderr = run("--format", "json", "--fail-on", "unjudged")
	require.Equal(t, cli.ExitIncompatible, code)
	require.Equal(t, "replaymatrix: --fail-on: 5 of the verdicts named, the first is order/empty@patched: unjudged\n",
		stderr)
	var doc document.Document
	require.NoError(t, json.Unmarshal([]byte(text), &doc))
	got := map[string]string{}
	for _, c := range doc.Families[0].Cells {
		got[c.Recording] = string(c.Verdict)
		require.Equal(t, c.Verdict == "unjudged", c.Detail != "", "a reason for %s", c.Recording)
	}
	require.Equal(t, map[string]string{
		"4711": "safe", "4712": "safe", "empty": "unjudged", "huge": "unjudged", "java": "unjudged",
		"photo.png": "unjudged", "truncated": "unjudged",
	}, got)

	code, _, stderr = run("--fail-on", "incompatible")
	require.Equal(t, cli.ExitOK, code, "what could not be judged has not broken: %s", stderr)
}
