package replay_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// offering is the code of the fixture with the name, and offers more.
func offering(do func(workflow.Context), then func(workflow.Context) error) func(workflow.Context) error {
	return func(ctx workflow.Context) error {
		do(ctx)
		return then(ctx)
	}
}

// TestOffers lists what code has and what of it the replay has used, at every level.
func TestOffers(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, file string
		code       any
		want       []replay.Offer
		why        string
	}{
		{"signals", "signal-type", offering(func(ctx workflow.Context) {
			workflow.GetSignalChannel(ctx, "refund")
			workflow.GetSignalChannelWithOptions(ctx, "hurry", workflow.SignalChannelOptions{Description: "no time"})
		}, paid[int]), []replay.Offer{
			{replay.OfferedSignal, "hurry", false}, {replay.OfferedSignal, "paid", true},
			{replay.OfferedSignal, "refund", false},
			{replay.OfferedSignal, "shipped", false}, {replay.OfferedActivity, "A", true},
		}, "paid came; nobody sent shipped, refund or hurry"},
		{"updates", "update-argument-type", offering(func(ctx workflow.Context) {
			_ = workflow.SetUpdateHandler(ctx, "discount", func(workflow.Context) error { return nil })
		}, updated[int]), []replay.Offer{
			{replay.OfferedSignal, "x", false}, {replay.OfferedUpdate, "discount", false},
			{replay.OfferedUpdate, "u", true}, {replay.OfferedActivity, "Slow", true},
		}, "u came"},
		{"queries", "early-end", offering(func(ctx workflow.Context) {
			_ = workflow.SetQueryHandler(ctx, "state", func() (string, error) { return "", nil })
			_ = workflow.SetQueryHandler(ctx, "item", func(int) (string, error) { return "", nil })
			_ = workflow.SetQueryHandler(ctx, "changed", func() (string, error) { return "", nil })
			_ = workflow.SetQueryHandler(ctx, "changed", func(int) (string, error) { return "", nil })
			_ = workflow.SetQueryHandler(ctx, "wrong", func() (string, error) { panic("no state") })
		}, waits), []replay.Offer{
			{replay.OfferedSignal, "x", false}, {replay.OfferedQuery, "state", true},
			{replay.OfferedQuery, "wrong", false},
			{replay.OfferedQueryWithArguments, "changed", false}, {replay.OfferedQueryWithArguments, "item", false},
			{replay.OfferedActivity, "A", true},
		}, "the last handler of a name counts; one with arguments is never asked"},
		{"a replay that fails", "early-end", offering(func(ctx workflow.Context) {
			_ = workflow.SetQueryHandler(ctx, "state", func() (string, error) { return "", nil })
			_ = workflow.ExecuteActivity(ao(ctx), B, "1").Get(ctx, nil)
		}, waits), []replay.Offer{
			{replay.OfferedQuery, "state", false}, {replay.OfferedActivity, "A", true},
			{replay.OfferedActivity, "B", true},
		}, "the SDK notices at the end of the task, and nobody asks it"},
		{"nothing", "early-end", func(workflow.Context) error { return nil }, nil, "the code has nothing"},
	} {
		for _, level := range compare.Levels() {
			t.Run(tt.name+"/"+level.String(), func(t *testing.T) {
				t.Parallel()
				r := fault(t, tt.file)
				got := replay.Judge(t.Context(), running(r, "now", tt.code), r,
					&replay.Options{Config: replay.Config{Level: level}})
				require.NotEqual(t, replay.Unjudged, got.Verdict)
				if diff := cmp.Diff(tt.want, got.Offers); diff != "" {
					t.Errorf("%s (-want +got):\n%s", tt.why, diff)
				}
			})
		}
	}
}
