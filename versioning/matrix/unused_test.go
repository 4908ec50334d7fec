package matrix_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

func Ship(context.Context) error   { return nil }
func Refund(context.Context) error { return nil }

// TestUnused is about an order in two stages and what their replays have seen.
func TestUnused(t *testing.T) {
	t.Parallel()
	registers := func(activities ...any) func(worker.ActivityRegistry) {
		return func(r worker.ActivityRegistry) {
			for _, a := range activities {
				r.RegisterActivity(a)
			}
		}
	}
	cell := func(stage string, verdict replay.Verdict, offers ...replay.Offer) matrix.Cell {
		return matrix.Cell{Stage: stage,
			Result: replay.Result{Verdict: verdict, Evidence: replay.Evidence{Offers: offers}}}
	}
	offer := func(kind replay.OfferKind, name string) replay.Offer { return replay.Offer{Kind: kind, Name: name} }
	used := func(kind replay.OfferKind, name string) replay.Offer {
		return replay.Offer{Kind: kind, Name: name, Used: true}
	}
	hurry, refund := offer(replay.OfferedSignal, "hurry"), offer(replay.OfferedActivity, "Refund")
	for _, tt := range []struct {
		name    string
		cells   []matrix.Cell
		partial bool
		want    []matrix.StageUnused
		why     string
	}{
		{name: "everything is used", cells: []matrix.Cell{
			cell("v1", replay.Safe, used(replay.OfferedSignal, "hurry"), used(replay.OfferedActivity, "Ship")),
			cell("v2", replay.Safe, used(replay.OfferedActivity, "Refund")),
		}, why: "there is nothing to say"},
		{name: "a signal that no recording has", cells: []matrix.Cell{
			cell("v1", replay.Safe, hurry, used(replay.OfferedActivity, "Ship")),
			cell("v2", replay.Safe, used(replay.OfferedActivity, "Refund")),
			cell("v1", replay.Safe, hurry),
		}, want: []matrix.StageUnused{{Stage: "v1", Offers: []replay.Offer{hurry}}},
			why: "once, however many recordings"},
		{name: "used under another stage", cells: []matrix.Cell{
			cell("v1", replay.Safe, hurry, used(replay.OfferedActivity, "Ship")),
			cell("v2", replay.Safe, used(replay.OfferedSignal, "hurry"), used(replay.OfferedActivity, "Refund")),
		}, why: "some recording of the family has it"},
		{name: "used where it breaks", cells: []matrix.Cell{
			cell("v1", replay.Nondeterministic, used(replay.OfferedSignal, "hurry"),
				used(replay.OfferedActivity, "Ship")),
			cell("v2", replay.Safe, hurry, used(replay.OfferedActivity, "Refund")),
		}, why: "the recording has it"},
		{name: "an activity that is registered", cells: []matrix.Cell{
			cell("v1", replay.Safe, used(replay.OfferedActivity, "Ship")),
			cell("v2", replay.Safe, used(replay.OfferedActivity, "Ship")),
		}, want: []matrix.StageUnused{{Stage: "v2", Offers: []replay.Offer{refund}}}, why: "v1 does not register it"},
		{name: "a query with arguments", cells: []matrix.Cell{
			cell("v1", replay.Safe, used(replay.OfferedActivity, "Ship"), used(replay.OfferedQuery, "state"),
				offer(replay.OfferedQueryWithArguments, "item")),
			cell("v2", replay.Safe, used(replay.OfferedActivity, "Refund")),
		}, want: []matrix.StageUnused{{Stage: "v1",
			Offers: []replay.Offer{offer(replay.OfferedQueryWithArguments, "item")}}}, why: "no replay asks it"},
		{name: "none of the code has run", cells: []matrix.Cell{
			cell("v1", replay.Unjudged), cell("v2", replay.Unstarted),
		}, why: "of such code nobody has seen anything"},
		{name: "some are unjudged", cells: []matrix.Cell{
			cell("v1", replay.Safe, hurry, used(replay.OfferedActivity, "Ship")), cell("v1", replay.Unjudged),
			cell("v2", replay.NotApplicable),
		}, want: []matrix.StageUnused{{Stage: "v1", Offers: []replay.Offer{hurry}, Unjudged: 1}},
			why: "they may use it"},
		{name: "partial", cells: []matrix.Cell{cell("v1", replay.Safe, hurry)}, partial: true,
			why: "what it was not shown may use everything"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			m := &matrix.Matrix{Family: &versioning.Family{Stages: []versioning.Stage{
				{Name: "v1", RegisterActivities: registers(Ship)},
				{Name: "v2", RegisterActivities: registers(Ship, Refund)},
			}}, Rows: []matrix.Row{{Cells: tt.cells}}}
			if tt.partial {
				m.Partial = map[string]bool{"v2": true}
			}
			if diff := cmp.Diff(tt.want, m.Unused()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
			require.Empty(t, m.Coverage(), "it is no branch of GetVersion, and MinCoverage does not count it")
		})
	}
}
