package replay_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
)

// TestKindOfEdit has edits of what a Workflow Task begins side by side: each is told as what it is, at the line that
// it is about, and the first row that differs is that of the line.
func TestKindOfEdit(t *testing.T) {
	t.Parallel()
	type told struct {
		Kind  cause.Kind
		Event int64
		Line  string
	}
	day := 24 * time.Hour
	ship := func(ctx workflow.Context, what string) workflow.Future {
		return workflow.ExecuteActivity(withActivity(ctx), "Ship", what) // ships it
	}
	charge := func(ctx workflow.Context) workflow.Future {
		return workflow.ExecuteActivity(withActivity(ctx), "Charge", 100)
	}
	child := func(ctx workflow.Context, name, content string) workflow.ChildWorkflowFuture {
		id := workflow.GetInfo(ctx).WorkflowExecution.ID + "-" + name
		ctx = workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{WorkflowID: id})
		return workflow.ExecuteChildWorkflow(ctx, "Parcel", content) // the child
	}
	ends := func(ctx workflow.Context) error {
		workflow.GetSignalChannel(ctx, "finish").Receive(ctx, nil)
		return nil
	}
	cancelsOne := func(ctx workflow.Context) error {
		canceled, cancel := workflow.WithCancel(ctx)
		left := child(canceled, "left", "books")
		right := child(ctx, "right", "shoes")
		_ = left.GetChildWorkflowExecution().Get(ctx, nil)
		_ = right.GetChildWorkflowExecution().Get(ctx, nil)
		cancel() // cancels
		return ends(ctx)
	}
	bothWait := func(ctx workflow.Context) error {
		_ = charge(ctx).Get(ctx, nil)
		shipped := ship(ctx, "home")
		workflow.NewTimer(ctx, 2*day)
		_ = shipped.Get(ctx, nil)
		return ends(ctx)
	}
	shipsTo := func(cities ...string) func(workflow.Context) error {
		return func(ctx workflow.Context) error {
			workflow.GetVersion(ctx, "cities", workflow.DefaultVersion, 2)
			var all []workflow.Future
			for _, city := range cities {
				all = append(all, workflow.ExecuteActivity(withActivity(ctx), "Ship", city)) // ships
			}
			for _, one := range all {
				_ = one.Get(ctx, nil)
			}
			return ends(ctx)
		}
	}
	for _, tt := range []struct {
		name, recording string
		code            func(ctx workflow.Context) error
		want            told
		why             string
	}{
		{"a child is cancelled", "children-open", cancelsOne, told{cause.CancellationAdded, 0, "cancels"}, "a request to cancel follows from the context"},
		{"a child is cancelled, closed", "children-closed", cancelsOne, told{cause.CancellationAdded, 0, "cancels"}, "the same, and the history goes on"},
		{"two calls wait", "deadline-open", bothWait, told{cause.CallsMadeSequential, 6, "ships it"}, "both come in one Workflow Task, a later one"},
		{"two calls wait, closed", "deadline-closed", bothWait, told{cause.CallsMadeSequential, 6, "ships it"}, "both come in one Workflow Task, a later one"},
		{"each waits for the one before", "deadline-open", func(ctx workflow.Context) error {
			_ = charge(ctx).Get(ctx, nil)
			_ = ship(ctx, "home").Get(ctx, nil)
			workflow.NewTimer(ctx, 2*day)
			return ends(ctx)
		}, told{cause.CallsMadeSequential, 6, "ships it"}, "each in a Workflow Task of its own"},
		{"each in a loop", "parcels-open", func(ctx workflow.Context) error {
			workflow.GetVersion(ctx, "cities", workflow.DefaultVersion, 2)
			for _, city := range []string{"London", "Paris", "Berlin", "Athens"} {
				_ = workflow.ExecuteActivity(withActivity(ctx), "Ship", city).Get(ctx, nil) // waits
			}
			return ends(ctx)
		}, told{cause.CallsMadeSequential, 8, "waits"}, "all have one line"},
		{"sorted", "parcels-open", shipsTo("Athens", "Berlin", "London", "Paris"), told{cause.CallsReordered, 7, "ships"}, "the same calls with the same inputs"},
		{"other cities", "parcels-open", shipsTo("Athens", "Berlin", "London", "Rome"), told{cause.ValuesChanged, 7, "ships"}, "one of them is new"},
		{"the memo last", "trip-open", func(ctx workflow.Context) error {
			workflow.NewTimer(ctx, 2*day) // the timer first
			ship(ctx, "seat")
			luggage := child(ctx, "luggage", "suitcase")
			paid := charge(ctx)
			_ = workflow.UpsertMemo(ctx, map[string]any{"state": "booked"})
			_, _ = luggage.GetChildWorkflowExecution().Get(ctx, nil), paid.Get(ctx, nil)
			return ends(ctx)
		}, told{cause.CallMovedInTask, 5, "the timer first"}, "the IDs have shifted for that alone"},
		{"a timer and a child exchanged", "trip-open", func(ctx workflow.Context) error {
			_ = workflow.UpsertMemo(ctx, map[string]any{"state": "booked"})
			luggage := child(ctx, "luggage", "suitcase")
			ship(ctx, "seat")
			workflow.NewTimer(ctx, 2*day)
			paid := charge(ctx)
			_, _ = luggage.GetChildWorkflowExecution().Get(ctx, nil), paid.Get(ctx, nil)
			return ends(ctx)
		}, told{cause.CallsReordered, 6, "the child"}, "the IDs have shifted for that alone"},
		{"the child first", "trip-open", func(ctx workflow.Context) error {
			luggage := child(ctx, "luggage", "suitcase")
			paid := charge(ctx)
			ship(ctx, "seat")
			workflow.NewTimer(ctx, 2*day)
			_ = workflow.UpsertMemo(ctx, map[string]any{"state": "booked"})
			_, _ = luggage.GetChildWorkflowExecution().Get(ctx, nil), paid.Get(ctx, nil)
			return ends(ctx)
		}, told{cause.CallsReordered, 5, "the child"}, "five calls in the opposite order"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			result := judgedChanged(t, "../../testdata/histories/edits/base."+tt.recording, nil,
				func(ctx workflow.Context, _ string) error { return tt.code(ctx) })
			got := told{result.Cause.Kind, result.Place.Event, markedLine(t, result.Place)}
			if tt.want.Event == 0 {
				got.Event = 0
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s; %s (-want +got):\n%s", tt.why, result.Cause, diff)
			}
			if first := result.Explanation.First; first == nil || first.Call != nil && first.Call.Source() != result.Place.Source {
				t.Errorf("the place is %s, but the first row is %v", result.Place.Source, first)
			}
		})
	}
}
