package replay_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestRenamedSignal holds what is called a renamed signal: one name is gone, one is new, and the code
// asks for both at the same place of its order.
func TestRenamedSignal(t *testing.T) {
	t.Parallel()
	asks := func(names ...string) func(workflow.Context) {
		return func(ctx workflow.Context) {
			for _, name := range names {
				workflow.GetSignalChannel(ctx, name)
			}
		}
	}
	takes := func(name string) func(workflow.Context) {
		return func(ctx workflow.Context) { workflow.GetSignalChannel(ctx, name).Receive(ctx, nil) }
	}
	both := func(first, second func(workflow.Context)) any {
		return afterA(func(ctx workflow.Context) { first(ctx); second(ctx) })
	}
	for _, tt := range []struct {
		name      string
		was, code any
		want      cause.Kind
		text, why string
	}{
		{"renamed", listens("paid"), listens("order-paid"), cause.SignalRenamed, "asks for order-paid in its place",
			"one for one, and it waits there"},
		{"among others", both(asks("cancel"), takes("paid")), both(asks("cancel"), takes("order-paid")),
			cause.SignalRenamed, "asks for order-paid in its place", "the others are as they were"},
		{"removed, and another one new", both(takes("paid"), asks("cancel")), both(asks("cancel"), asks("approved")),
			cause.SignalUnread, "the code listens to approved, cancel, shipped", "the new one has another place"},
		{"removed, and two new", both(takes("paid"), asks()), both(asks("approved"), asks("refused")),
			cause.SignalUnread, "the code listens to approved, refused, shipped", "either could be it"},
		{"two removed, and one new", both(takes("paid"), asks("cancel")), both(asks("approved"), asks()),
			cause.SignalUnread, "the code listens to approved, shipped", "it could be either of them"},
		{"new in another Workflow Task", both(takes("paid"), asks()), func(ctx workflow.Context) error {
			workflow.GetSignalChannel(ctx, "approved")
			_ = workflow.ExecuteActivity(ao(ctx), A, "1").Get(ctx, nil)
			workflow.GetSignalChannel(ctx, "shipped").Receive(ctx, nil)
			return nil
		}, cause.SignalUnread, "the code listens to approved, shipped", "it is asked for before the other one was"},
	} {
		for _, level := range compare.Levels() {
			r := fault(t, "signal-renamed")
			r.Lineage = []string{"was"}
			stage := running(r, "now", tt.code)
			got := replay.Judge(t.Context(), stage, r, &replay.Options{Config: replay.Config{Level: level},
				Stages: []versioning.Stage{running(r, "was", tt.was), stage}})
			require.Equal(t, tt.want, got.Cause.Kind, "%s: %s: %s", tt.name, tt.why, advice.Line(got))
			require.Contains(t, advice.Line(got), tt.text, "%s: %s", tt.name, tt.why)
			if tt.want == cause.SignalRenamed {
				require.Contains(t, got.Place.Source, "_test.go:", "%s: the line that asks for it", tt.name)
			}
		}
	}
}
