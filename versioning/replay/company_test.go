package replay_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

var state = temporal.NewSearchAttributeKeyKeyword("CustomKeywordField") // "pending" at the start

// asState calls A if the search attribute has the value, else B, and then sets it.
func asState(want string) func(workflow.Context) error {
	return func(ctx workflow.Context) error {
		call := A
		if now, _ := workflow.GetTypedSearchAttributes(ctx).GetKeyword(state); now != want {
			call = B
		}
		_ = workflow.ExecuteActivity(ao(ctx), call, "pending").Get(ctx, nil)
		_ = workflow.UpsertTypedSearchAttributes(ctx, state.ValueSet("done"))
		workflow.GetSignalChannel(ctx, "x").Receive(ctx, nil)
		return nil
	}
}

// asMemo is asState with a memo. The history has no command for that, so it parts there
// at the latest.
func asMemo(want string) func(workflow.Context) error {
	return func(ctx workflow.Context) error {
		call := A
		if _, done := workflow.GetInfo(ctx).Memo.GetFields()["done"]; done != (want == "done") {
			call = B
		}
		_ = workflow.ExecuteActivity(ao(ctx), call, "pending").Get(ctx, nil)
		return workflow.UpsertMemo(ctx, map[string]any{"done": true})
	}
}

// sameErrors compares errors by what they say.
var sameErrors = cmp.Comparer(func(a, b error) bool { return fmt.Sprint(a) == fmt.Sprint(b) })

// TestCompany judges one recording by many stages, one after the other. What a replay
// sets is in no other replay.
func TestCompany(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		code  func(want string) func(workflow.Context) error
		event int64
		why   string
	}{
		{"search attributes", asState, 0,
			"the SDK merges them into the map of the start event (mergeSearchAttributes)"},
		{"memo", asMemo, 11, "the SDK merges it into the map of the start event (mergeMemo)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := fault(t, "start-search-attribute")
			r.History.Events[0].GetWorkflowExecutionStartedEventAttributes().Memo = &commonpb.Memo{Fields: map[string]*commonpb.Payload{"x": {}}}
			var stages []versioning.Stage
			for i := range 31 {
				stages = append(stages, running(r, fmt.Sprintf("pending-%d", i), tt.code("pending")),
					running(r, fmt.Sprintf("done-%d", i), tt.code("done")))
			}
			var replayer replay.Replayer
			defer replayer.Close()
			for i, got := range replayer.JudgeAll(t.Context(), stages, r, nil) {
				alone := replay.Judge(t.Context(), stages[i], r, nil)
				if diff := cmp.Diff(alone, got, sameErrors); diff != "" {
					t.Errorf("%s: %s (-alone +in company):\n%s", stages[i].Name, tt.why, diff)
				}
				event := tt.event
				if i%2 == 1 {
					event = 5
				}
				require.Equal(t, event, got.Place.Event, "%s: %s", stages[i].Name, tt.why)
			}
		})
	}
}
