package told_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// TestWhetherNow holds the first line of an answer on a rollback.
func TestWhetherNow(t *testing.T) {
	t.Parallel()
	of := func(answer finding.Answer, open, closed int) []finding.Group {
		return []finding.Group{{Lineage: finding.Lineage{Stages: []string{"new"}}, Answer: answer, Recordings: open + closed, Of: open + closed,
			Open: open, Closed: closed}}
	}
	back := finding.Transition{Kind: finding.RollingBack, Stage: "old"}
	with := func(groups []finding.Group, unrecorded ...string) finding.Transition {
		t := back
		t.Groups, t.Unrecorded = groups, unrecorded
		return t
	}
	deploy := finding.Transition{Kind: finding.Deploying, Stage: "new", Groups: of(finding.Breaks, 1, 0)}
	missing := back
	missing.Missing = finding.LaterStage
	for _, tt := range []struct {
		name string
		t    finding.Transition
		want string
		why  string
	}{
		{"breaks open ones", with(of(finding.Breaks, 2, 1)), "not now: hits 2 open executions, until they have closed and no more of them begin", "these are lost"},
		{"breaks one", with(of(finding.Breaks, 1, 1)), "not now: hits 1 open execution, until it has closed and no more of them begin", "one is enough"},
		{"breaks closed ones", with(of(finding.Breaks, 0, 3)), "only while no such execution is open: none is, as far as recorded", "another may be open by then"},
		{"safe", with(of(finding.Safe, 2, 1)), "at any time, as far as recorded", "there is no until"},
		{"safe, and nobody has recorded the stage between", with(of(finding.Safe, 2, 1), "between"),
			"not known for executions begun under between: none is recorded", "an execution of it may be open, and nobody knows what becomes of it"},
		{"changes", with(of(finding.Changes, 1, 0)), "", "somebody has to decide whether that is wanted"},
		{"doubted", with(of(finding.Doubted, 1, 0)), "", "the findings say what is to be looked at"},
		{"no recording", missing, "", "what is said of it is that"},
		{"a deploy", deploy, "", "what it breaks it breaks now"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, told.WhetherNow(tt.t), tt.why)
		})
	}
}
