package advice_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
)

func TestLive(t *testing.T) {
	t.Parallel()
	recorded := rehearse.News{Kind: rehearse.NewsRecorded}
	stuck := rehearse.Effect{News: recorded, Kind: rehearse.Stuck, Cause: "NonDeterministicError"}
	as := rehearse.Effect{News: recorded, Kind: rehearse.AsRecorded}
	closes := rehearse.Effect{News: recorded, Kind: rehearse.Closes, Ending: "Completed", Result: `"pre-patch"`}
	for _, tt := range []struct {
		why     string
		effects rehearse.Effects
		want    string
	}{
		{"nothing was rehearsed", rehearse.Effects{Points: 3}, ""},
		{"equal effects are counted", rehearse.Effects{Points: 5, Rehearsed: 5,
			List: []rehearse.Effect{stuck, stuck, closes, as, stuck}},
			`stuck at 3 of 5 waiting points, completes with "pre-patch" at 1, as recorded at 1`},
		{"what was left out is said", rehearse.Effects{Points: 9, Rehearsed: 1, List: []rehearse.Effect{as}},
			"as recorded at 1 of 9 waiting points, 8 not rehearsed"},
		{"one point needs no number", rehearse.Effects{Points: 1, Rehearsed: 1, List: []rehearse.Effect{as}}, "as recorded"},
		{"made-up tasks come last", rehearse.Effects{Points: 1, Rehearsed: 1, List: []rehearse.Effect{
			{News: rehearse.News{Kind: rehearse.NoNews}, Kind: rehearse.Waits},
			{News: rehearse.News{Kind: rehearse.SignalCame, Name: "add"}, Kind: rehearse.Closes, Ending: "ContinuedAsNew",
				Result: "5"},
			{News: rehearse.News{Kind: rehearse.CancelRequested}, Kind: rehearse.AsRecorded},
			{News: rehearse.News{Kind: rehearse.TimerFired, Name: "7"}, Kind: rehearse.Hangs},
		}}, `goes on, continues as new with 5 when signal "add" comes, waits for ever when timer 7 fires`},
		{"signals that come one after the other are all said", rehearse.Effects{Points: 1, Rehearsed: 1,
			List: []rehearse.Effect{{News: rehearse.News{Kind: rehearse.SignalCame, Name: "approved"},
				After: []rehearse.News{{Kind: rehearse.SignalCame, Name: "paid"}}, Kind: rehearse.Hangs}}},
			`waits for ever when signal "paid" comes, and then signal "approved"`},
		{"why a version is the cause", rehearse.Effects{Points: 1, Rehearsed: 1, List: []rehearse.Effect{
			{News: recorded, Kind: rehearse.Closes, Ending: "Failed", Message: "no stock", ByVersion: true}}},
			"fails for good (no stock) in the branch of a new version"},
		{"what a task shares with the points is said once", rehearse.Effects{Points: 2, Rehearsed: 2,
			List: []rehearse.Effect{stuck, stuck, {News: rehearse.News{Kind: rehearse.CancelRequested},
				Kind: rehearse.Stuck, Cause: "NonDeterministicError"}}}, "stuck at 2 of 2 waiting points"},
		{"another cause than the usual one is said", rehearse.Effects{Points: 1, Rehearsed: 1,
			List: []rehearse.Effect{{News: recorded, Kind: rehearse.Stuck, Cause: "StartTimerDuplicateId", Refused: true}}},
			"stuck (StartTimerDuplicateId, by the service)"},
		{"no Worker could be set up", rehearse.Effects{Failed: "stage v2: a plugin panics: no key"},
			"not rehearsed: stage v2: a plugin panics: no key"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, advice.Live(tt.effects))
		})
	}
}

// TestNextAfter has two tasks that end with the same signal and are told apart by the one before.
func TestNextAfter(t *testing.T) {
	t.Parallel()
	paid, approved := rehearse.News{Kind: rehearse.SignalCame, Name: "paid"},
		rehearse.News{Kind: rehearse.SignalCame, Name: "approved"}
	require.Equal(t, []string{
		`After event 4, when signal "approved" comes: goes on.`,
		`After event 4, when signal "paid" comes, and then signal "approved": waits for ever.`,
	}, advice.Next(rehearse.Effects{List: []rehearse.Effect{
		{Point: 4, News: approved, Kind: rehearse.Waits},
		{Point: 4, News: approved, After: []rehearse.News{paid}, Kind: rehearse.Hangs},
	}}))
}
