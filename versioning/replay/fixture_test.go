package replay_test

import (
	"fmt"
	"os"
	"path"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/testdata/mistakes"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// recording reads a real recording, "patching/initial.completed". The caller
// may change it: it is read anew each time.
func recording(t testing.TB, name string) *history.Recording {
	t.Helper()
	folder := "../../histories/"
	if path.Dir(name) == mistakes.Family.Name {
		folder = "../../testdata/histories/"
	}
	r, err := history.ReadFile(os.DirFS(folder), name+".json")
	require.NoError(t, err)
	return r
}

// firstEvents cuts the recording off after n events.
func firstEvents(r *history.Recording, n int) *history.Recording {
	r.History.Events = r.History.Events[:n]
	return r
}

// patchingStage and mistake are stages of those families.
func patchingStage(t testing.TB, name string) versioning.Stage {
	t.Helper()
	s, ok := patching.Family.Stage(name)
	require.True(t, ok)
	return s
}

func mistake(t testing.TB, name string) versioning.Stage {
	t.Helper()
	s, ok := mistakes.Family.Stage(name)
	require.True(t, ok)
	return s
}

// noted says what the note is about, with its place.
func noted(n replay.Note) string {
	if n.Event == 0 {
		return fmt.Sprintf("%s: %s", n.Kind, advice.Note(n))
	}
	return fmt.Sprintf("%s at event %d: %s", n.Kind, n.Event, advice.Note(n))
}

// stageOf returns a stage that runs the function as the workflow type.
func stageOf(workflowType string, w any) versioning.Stage {
	return versioning.Stage{Name: "test", Register: func(r worker.WorkflowRegistry) {
		r.RegisterWorkflowWithOptions(w, workflow.RegisterOptions{Name: workflowType})
	}}
}

// withActivity gives the context the options that a call of an activity needs.
func withActivity(ctx workflow.Context) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
}

// before runs a function and then what the stage initial of patching does.
func before(do func(workflow.Context)) versioning.Stage {
	return stageOf(patching.WorkflowType, func(ctx workflow.Context) (string, error) {
		do(ctx)
		return patching.Initial(ctx)
	})
}

// safe is the result of a stage of patching that replays and answers the query "result".
func safe(result string) replay.Result {
	return replay.Result{Verdict: replay.Safe,
		Evidence: replay.Evidence{Answers: []replay.Answer{{Query: "result", Value: result}}, Offers: []replay.Offer{
			{Kind: replay.OfferedQuery, Name: "result", Used: true},
			{Kind: replay.OfferedActivity, Name: "PrePatchActivity", Used: true},
		}}}
}

// requireUnchanged fails if the events are not those of the clone.
func requireUnchanged(t *testing.T, want, got *historypb.History) {
	t.Helper()
	require.True(t, proto.Equal(want, got), "the recording's events changed")
}
