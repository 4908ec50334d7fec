package replay_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/revisions"
)

// TestErrorIsReadOnce counts how often the text of each error of the SDK is asked for, in the
// cell that asks for everything. It is asked for once to be read, and once more where it is
// shown: read anew in each function that needed it, it was asked for up to ten times.
func TestErrorIsReadOnce(t *testing.T) {
	t.Parallel()
	panics := before(func(workflow.Context) { panic("no stock") })
	for _, tc := range []struct {
		why       string
		stage     versioning.Stage
		recording string
		verdict   replay.Verdict
		asked     int32
	}{
		{"renamed call", patchingStage(t, "patch-complete"), "patching/initial.completed", replay.Nondeterministic, 1},
		{"a command too many", mistake(t, "adds-activity"), "mistakes/base.activity", replay.Nondeterministic, 1},
		{"no command", mistake(t, "removed"), "mistakes/base.late-memo", replay.Nondeterministic, 1},
		{"an event without a call", mistake(t, "removed"), "mistakes/base.activity", replay.Nondeterministic, 1},
		{"another ending", mistake(t, "never-ends"), "mistakes/base.activity", replay.Nondeterministic, 1},
		{"removed branch", revision(t, "min-1"), "revisions/pre-patch+version-1.completed", replay.VersionRemoved, 1},
		{"an unknown type", stageOf("Other", patching.Initial), "patching/initial.completed", replay.Unregistered, 1},
		{"the cause quotes the panic", panics, "patching/initial.completed", replay.Panic, 2},
	} {
		t.Run(tc.why, func(t *testing.T) {
			t.Parallel()
			plugin := &askedPlugin{}
			got := replay.Judge(t.Context(), tc.stage, recording(t, tc.recording), &replay.Options{
				Config: replay.Config{Worker: worker.WorkflowReplayerOptions{Plugins: []worker.Plugin{plugin}},
					Level: compare.Values},
				Explain: true,
				Twice:   true,
			})
			require.Equal(t, tc.verdict, got.Verdict)
			most := int32(0)
			for _, err := range plugin.errors {
				most = max(most, err.asked.Load())
			}
			require.Equal(t, tc.asked, most)
		})
	}
}

func revision(t *testing.T, name string) versioning.Stage {
	t.Helper()
	stage, ok := revisions.Family.Stage(name)
	require.True(t, ok)
	return stage
}

// askedPlugin wraps the errors of all replays.
type askedPlugin struct {
	worker.PluginBase
	mu     sync.Mutex
	errors []*askedError
}

func (*askedPlugin) Name() string { return "asked" }

func (p *askedPlugin) ReplayWorkflow(ctx context.Context, o worker.PluginReplayWorkflowOptions,
	next func(context.Context, worker.PluginReplayWorkflowOptions) error,
) error {
	err := next(ctx, o)
	if err == nil {
		return nil
	}
	asked := &askedError{err: err}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.errors = append(p.errors, asked)
	return asked
}

// askedError says what the SDK's error says, and counts how often.
type askedError struct {
	err   error
	asked atomic.Int32
}

func (e *askedError) Error() string {
	e.asked.Add(1)
	return e.err.Error()
}

func (e *askedError) Unwrap() error { return e.err }
