package finding_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// rehearsed is an execution of old that new replays, and of which a live Worker of new does that.
func rehearsed(recording string, verdict replay.Verdict, effects ...rehearse.Effect) matrix.Row {
	r := row(recording, replay.Result{Verdict: verdict})
	r.Cells[1].Effects = rehearse.Effects{Points: 1, Rehearsed: 1, List: effects}
	return r
}

// TestFailOnEffects holds which effects one can fail on.
func TestFailOnEffects(t *testing.T) {
	t.Parallel()
	closes := rehearse.Effect{Kind: rehearse.Closes, Ending: "Completed"}
	meant := closes
	meant.ByVersion = true
	stuck := rehearse.Effect{Kind: rehearse.Stuck, News: rehearse.News{Kind: rehearse.CancelRequested}}
	rolls := rehearse.Effect{Kind: rehearse.Otherwise, Roll: &rehearse.Roll{Stage: "old", Stuck: true}}
	closed := rehearse.Effect{Kind: rehearse.Otherwise, Roll: &rehearse.Roll{Stage: "old", Ending: "Completed"}}
	taken := rehearse.Effect{Kind: rehearse.Otherwise, Roll: &rehearse.Roll{Stage: "old"}}
	all := &finding.FailOn{Effects: []rehearse.Kind{rehearse.Stuck, rehearse.Closes, rehearse.Hangs}, Roll: true}
	for _, tt := range []struct {
		why    string
		failOn *finding.FailOn
		row    matrix.Row
		live   string
	}{
		{"nobody has asked", nil, rehearsed("a", replay.Safe, meant), ""},
		{"what the change is for can be asked for", all, rehearsed("a", replay.Safe, meant), "closes"},
		{"nobody knows what it should do", all, rehearsed("a", replay.Safe, closes), ""},
		{"a made-up task fails", all, rehearsed("a", replay.Safe, stuck), "stuck"},
		{"another kind", &finding.FailOn{Effects: []rehearse.Kind{rehearse.Hangs}}, rehearsed("a", replay.Safe, stuck), ""},
		{"old Workers get stuck", all, rehearsed("a", replay.Safe, rolls), finding.RollName},
		{"old Workers get stuck, and that was not asked", &finding.FailOn{Effects: all.Effects},
			rehearsed("a", replay.Safe, rolls), ""},
		{"old Workers close it", all, rehearsed("a", replay.Safe, closed), finding.RollName},
		{"old Workers take it back", all, rehearsed("a", replay.Safe, taken), ""},
		{"no Worker gets it", all, rehearsed("a", replay.NotApplicable, stuck), ""},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			s := summary(finding.Options{FailOn: tt.failOn}, tt.row)
			require.Equal(t, tt.live != "", tt.failOn.Names(tt.row, tt.row.Cells[1]))
			require.Equal(t, finding.Safe, s.Deploy(), "it changes no answer")
			if tt.live == "" {
				require.Empty(t, s.Findings())
				return
			}
			require.Len(t, s.Findings(), 1)
			f := s.Findings()[0]
			require.Equal(t, tt.live, f.Cause.Live)
			require.Equal(t, finding.Note, f.Severity)
			require.Equal(t, 1, f.Asked)
		})
	}
}

// TestRoll holds what is said of a roll, and that it changes no answer.
func TestRoll(t *testing.T) {
	t.Parallel()
	effect := func(roll *rehearse.Roll) rehearse.Effect { return rehearse.Effect{Kind: rehearse.Waits, Roll: roll} }
	back, stuck := effect(&rehearse.Roll{Stage: "old"}), effect(&rehearse.Roll{Stage: "old", Stuck: true})
	closed := effect(&rehearse.Roll{Stage: "old", Ending: "Completed"})
	for _, tt := range []struct {
		why  string
		rows []matrix.Row
		want finding.Roll
	}{
		{"it was not asked", []matrix.Row{rehearsed("old.a", replay.Safe, effect(nil))}, finding.NothingRolled},
		{"old Workers take all back", []matrix.Row{rehearsed("old.a", replay.Safe, back)}, finding.NoneStuck},
		{"one is enough", []matrix.Row{rehearsed("old.a", replay.Safe, back), rehearsed("old.b", replay.Safe, stuck)},
			finding.RollStuck},
		{"what is closed does not come back", []matrix.Row{rehearsed("old.a", replay.Safe, closed), rehearsed("old.b", replay.Safe, stuck)},
			finding.RollCloses},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			s := summary(finding.Options{}, tt.rows...)
			require.Equal(t, tt.want, s.Roll())
			require.Equal(t, finding.Safe, s.Deploy())
			require.Empty(t, s.Findings())
		})
	}
	s := summary(finding.Options{}, rehearsed("old.a", replay.Safe, back), rehearsed("old.b", replay.Safe, stuck, back),
		rehearsed("old.c", replay.Safe, closed, stuck))
	for _, tr := range s.Transitions() {
		if tr.Kind == finding.Deploying {
			require.Len(t, tr.Groups, 1)
			require.Equal(t, 3, tr.Groups[0].Rolled)
			require.Equal(t, 2, tr.Groups[0].StuckBack)
			require.Equal(t, 1, tr.Groups[0].ClosedBack)
		}
	}
}
