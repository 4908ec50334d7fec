package judge_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	exportpb "go.temporal.io/api/export/v1"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// TestOtherSources judges each execution of an export, and names a folder that is not read.
func TestOtherSources(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	all := &exportpb.WorkflowExecutions{}
	for _, name := range []string{"initial.completed", "initial.waiting"} {
		r, err := history.ReadFile(os.DirFS("../../../histories/patching"), name+".json")
		require.NoError(t, err)
		all.Items = append(all.Items, &exportpb.WorkflowExecution{History: r.History})
		require.NoError(t, os.MkdirAll(filepath.Join(dir, "order", "2024"), 0o755))
		require.NoError(t, history.WriteFile(filepath.Join(dir, "order", "2024", name+".json"), r))
	}
	data, err := proto.Marshal(all)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "order", "export.proto"), data, 0o644))
	order := &versioning.Family{Name: "order", Doc: "An order.", WorkflowTypes: []string{patching.WorkflowType},
		Stages: patching.Family.Stages[:1]}
	nested := *order
	nested.Name = "order/2024"
	run := func(families ...*versioning.Family) string {
		var out, errs bytes.Buffer
		command := &cli.Command{Families: families, Recordings: os.DirFS(dir), Stdout: &out, Stderr: &errs}
		require.Equal(t, cli.ExitOK, command.Run(t.Context(), []string{"matrix", "order"}), errs.String())
		return out.String()
	}
	text := run(order)
	require.Contains(t, text, "\n2024 (folder)", text)
	require.Regexp(t, `\nexport_patching-initial\.…\S+c454b +safe`, text)
	require.Regexp(t, `\nexport_patching-ini\S*…\S+28efa0, open +safe`, text)
	require.Contains(t, text, "it is a folder with histories in it, and folders below are not read; move\n          them up",
		text)
	require.NotContains(t, run(order, &nested), "(folder)", "it is that of another family")
}

// TestUnstarted is about folders with executions that no Worker has begun.
func TestUnstarted(t *testing.T) {
	t.Parallel()
	const none = "replaymatrix: nothing is proven of order: no recording of an execution that has begun: "
	for _, tt := range []struct {
		name         string
		begun, other int
		code         int
		stderr, text string
		why          string
	}{
		{"some", 1, 2, cli.ExitOK, "", "deploy initial:                 safe for the recorded execution\n" +
			"                                2 had not begun\n", "they are counted apart"},
		{"none", 0, 2, cli.ExitFailed, none + "in all 2 no Workflow Task has completed, and that the code can " +
			"begin them proves nothing; record or download some that have run\n",
			"deploy initial:                 cannot tell from executions that had not begun (2)\n",
			"as an empty folder"},
		{"the only one", 0, 1, cli.ExitFailed, none + "in the only one no Workflow Task has completed, and that " +
			"the code can begin them proves nothing; record or download some that have run\n",
			"new        1  unstarted ", "as an empty folder"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			dir := t.TempDir()
			for i := range tt.begun + tt.other {
				r, err := history.ReadFile(os.DirFS("../../../histories/patching"), "initial.completed.json")
				require.NoError(t, err)
				if r.Lineage = nil; i >= tt.begun {
					r.History.Events = r.History.Events[:2]
				}
				require.NoError(t, history.WriteFile(filepath.Join(dir, string(rune('a'+i))+".json"), r))
			}
			order := &versioning.Family{Name: "order", Doc: "An order.", WorkflowTypes: []string{patching.WorkflowType},
				Stages: patching.Family.Stages[:1]}
			var out, errs bytes.Buffer
			command := &cli.Command{Families: []*versioning.Family{order}, Recordings: os.DirFS(dir), Stdout: &out,
				Stderr: &errs}
			require.Equal(t, tt.code, command.Run(t.Context(), []string{"matrix"}), out.String())
			require.Equal(t, tt.stderr, errs.String())
			require.Contains(t, out.String(), tt.text, tt.why)
		})
	}
}
