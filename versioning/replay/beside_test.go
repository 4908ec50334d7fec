package replay_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// answering waits for its signals and answers the queries.
func answering(queries ...string) any {
	return func(ctx workflow.Context) error {
		for _, query := range queries {
			_ = workflow.SetQueryHandler(ctx, query, func(string) (string, error) { return "", nil })
		}
		return waits(ctx)
	}
}

// TestBeside is about what is worth knowing of a replay that is safe.
func TestBeside(t *testing.T) {
	t.Parallel()
	asks := func(changeIDs ...string) any {
		return func(ctx workflow.Context) (string, error) {
			for _, id := range changeIDs {
				workflow.GetVersion(ctx, id, workflow.DefaultVersion, 1)
			}
			var result string
			err := workflow.ExecuteActivity(withActivity(ctx), patching.PostPatchActivity).Get(ctx, &result)
			return result, err
		}
	}
	for _, tt := range []struct {
		name            string
		recording       func(*testing.T) *history.Recording
		code, reference any
		want            []replay.Note
		why             string
	}{
		{"renamed, or retired and added", ofPatched, asks("my-patch-2"), nil,
			[]replay.Note{{Kind: replay.VersionReplaced, Event: 5, EventType: "MarkerRecorded", Name: "my-patch",
				Version: 1, Instead: "my-patch-2"}},
			"the replayed part cannot tell"},
		{"retired", ofPatched, asks(), nil, nil, "nothing is asked for in its place"},
		{"another one beside it", ofPatched, asks("my-patch", "my-patch-2"), nil, nil, "the old one is asked for"},
		{"two in its place", ofPatched, asks("a", "b"), nil, nil, "nobody can tell which"},

		{"a query that is gone", ofEarlyEnd, answering("state"), answering("state", "total"),
			[]replay.Note{{Kind: replay.Unanswered, Name: "total"}},
			"also of a handler that takes arguments"},
		{"a query more", ofEarlyEnd, answering("state", "total"), answering("state"), nil, "nobody has asked it"},
		{"queries without a reference", ofEarlyEnd, answering(), nil, nil, "nothing is known"},

		{"a signal that no task has seen", func(t *testing.T) *history.Recording {
			r := ofEarlyEnd(t)
			closeBy(r, &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
				Attributes: &historypb.HistoryEvent_WorkflowExecutionSignaledEventAttributes{
					WorkflowExecutionSignaledEventAttributes: &historypb.WorkflowExecutionSignaledEventAttributes{SignalName: "x"}}})
			return r
		}, waits, nil,
			[]replay.Note{{Kind: replay.Undelivered, Event: 11, EventType: "WorkflowExecutionSignaled", Name: "x"}},
			"it is not counted as unread"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := tt.recording(t)
			stage := running(r, "now", tt.code)
			var opts replay.Options
			if tt.reference != nil {
				r.Lineage = []string{"was"}
				opts.Stages = []versioning.Stage{running(r, "was", tt.reference), stage}
			}
			got := replay.Judge(t.Context(), stage, r, &opts)
			require.Equal(t, replay.Safe, got.Verdict, advice.Line(got))
			require.Empty(t, got.Findings(), tt.why)
			if diff := cmp.Diff(tt.want, got.Notes, cmpopts.IgnoreFields(replay.Note{}, "Source")); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

func ofPatched(t *testing.T) *history.Recording {
	r := recording(t, "patching/patched.completed")
	r.Lineage = nil
	return r
}

func ofEarlyEnd(t *testing.T) *history.Recording { return fault(t, "early-end") }
