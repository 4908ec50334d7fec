package told

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// parkOf has a point for each verdict, whose tasks complete at events 4, 10, 16….
func parkOf(verdicts ...replay.Verdict) replay.Park {
	p := replay.Park{Total: len(verdicts)}
	for i, v := range verdicts {
		p.Points = append(p.Points, replay.ParkPoint{Task: int64(4 + 6*i), Event: int64(5 + 6*i), Verdict: v})
	}
	return p
}

func TestParkText(t *testing.T) {
	t.Parallel()
	const safe, nondet, removed, drift = replay.Safe, replay.Nondeterministic, replay.VersionRemoved, replay.Drift
	some := parkOf(safe, safe, nondet, nondet)
	some.Total = 480
	late, early := parkOf(safe), parkOf(nondet)
	late.Total, early.Total = 480, 480
	for _, tt := range []struct {
		name    string
		verdict replay.Verdict
		park    replay.Park
		want    string
		why     string
	}{
		{"no point", nondet, replay.Park{}, "", "one workflow task, which closes it"},
		{"none is safe", nondet, parkOf(nondet, removed), "",
			"most cells: silence says that it breaks wherever it waits"},
		{"all are safe", nondet, parkOf(safe, safe), "safe until it is closed", "no open execution breaks"},
		{"from one on", nondet, parkOf(safe, safe, nondet, nondet), "safe until event 15",
			"the third task completes at event 16"},
		{"other verdicts", nondet, parkOf(safe, nondet, removed), "safe until event 9",
			"it breaks one way or the other"},
		{"all drift", drift, parkOf(drift, drift), "", "as the whole"},
		{"drifts from one on", drift, parkOf(safe, drift), "safe until event 9", "as the whole"},
		{"drifts, then breaks", nondet, parkOf(drift, nondet), "drifts until event 9, breaks after that",
			"the whole says only that it breaks"},
		{"drifts, and breaks in the end", nondet, parkOf(drift, drift), "drifts until it is closed",
			"the task that closes it breaks"},
		{"drift", nondet, parkOf(safe, drift, nondet), "safe until event 9, drifts until event 15, breaks after that",
			"drift is not the same as a break"},
		{"safe again", nondet, parkOf(nondet, safe, safe), "breaks until event 9, safe after that",
			"a call that moved"},
		{"in between", nondet, parkOf(safe, nondet, safe, nondet),
			"safe until event 9, breaks until event 15, safe until event 21, breaks after that",
			"each span has its end"},
		{"some", nondet, some, "safe at event 11, breaks at event 17 (4 of 480 points replayed)",
			"nothing is said of points that were not replayed"},
		{"late", nondet, late, "safe at event 5 (1 of 480 points replayed)", "the last one, so no other needs to be"},
		{"early", nondet, early, "breaks at event 5 (1 of 480 points replayed)", "the first one"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			require.Equal(t, tt.want,
				ParkText(replay.Result{Verdict: tt.verdict, Evidence: replay.Evidence{Park: tt.park}}), tt.why)
		})
	}
}
