package replaytest_test

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/replaytest"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// TestSafeByLuck is about code that does what the history says in its first replay only:
// a test replays what is safe twice, whichever cells -run selects.
func TestSafeByLuck(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		why     string
		selects func(string) bool
	}{
		{"all cells", nil},
		{"one cell", func(name string) bool { return name == "initial.completed@draws" }},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			var replays atomic.Int64
			family := &versioning.Family{
				Name: "small", Doc: "Code that fails from its second replay on.",
				WorkflowTypes: []string{patching.WorkflowType},
				Stages: []versioning.Stage{{Name: "draws", Doc: "It fails.", Register: func(r worker.WorkflowRegistry) {
					r.RegisterWorkflowWithOptions(func(ctx workflow.Context) (string, error) {
						if replays.Add(1) > 1 {
							return "", errors.New("tails")
						}
						return patching.Initial(ctx)
					}, workflow.RegisterOptions{Name: patching.WorkflowType})
				}}},
			}
			got, _ := run(t.Context(), replaytest.Params{Family: family, Recordings: folder(t, "initial.completed")},
				tt.selects)
			require.Len(t, got, 1, "%s", got)
			require.True(t, strings.HasPrefix(got[0],
				"initial.completed@draws: unstable at event 5: replays of the same code differ"), got[0])
			require.NotContains(t, got[0][:strings.Index(got[0], "\n")], "GetVersion")
		})
	}
}
