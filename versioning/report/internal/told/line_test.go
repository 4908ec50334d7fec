package told

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
)

// TestLines holds that rollbacks further back are told in short, and that no short line leaves out who is hit.
func TestLines(t *testing.T) {
	t.Parallel()
	group := func(answer finding.Answer, open, closed int, stages ...string) finding.Group {
		return finding.Group{Lineage: finding.Lineage{Stages: stages}, Recordings: open + closed, Open: open, Closed: closed, Answer: answer}
	}
	broken := []finding.Group{group(finding.Breaks, 2, 1, "v4")}
	safe := []finding.Group{group(finding.Safe, 0, 0, "v4")}
	back := func(stage string, groups []finding.Group) finding.Transition {
		return finding.Transition{Kind: finding.RollingBack, Stage: stage, Groups: groups}
	}
	with := func(t finding.Transition, add func(*finding.Transition)) finding.Transition { add(&t); return t }
	const now, breaks = "not now: hits 2 open executions, until they have closed and no more of them begin", "BREAKS executions of v4"
	for _, tt := range []struct {
		name string
		list []finding.Transition
		want []string
		why  string
	}{
		{"further back", []finding.Transition{back("v3", broken), back("v2", []finding.Group{group(finding.Breaks, 1, 0, "v4"), group(finding.Changes, 3, 0, "v3")})},
			[]string{"roll back to v3", now, breaks, "roll back to v2", "not now: hits 4 open executions, until they have closed and no more of them begin"},
			"those that break and those that change are hit"},
		{"the same", []finding.Transition{back("v3", broken), back("v2", broken), back("v1", broken)},
			[]string{"roll back to v3, v2, v1", now, breaks}, "one line for what is the same"},
		{"the newest breaks them too", []finding.Transition{back("v3", safe),
			with(back("v2", safe), func(t *finding.Transition) { t.Both = []finding.Group{group(finding.Breaks, 3, 5, "v1")} })},
			[]string{"roll back to v3", "at any time, as far as recorded", "safe for v4",
				"roll back to v2", "at any time, as far as recorded", "breaks 3 open executions too, as the newest stage does"},
			"safe for the newest is not safe for all"},
		{"lets them go on", []finding.Transition{back("v3", safe),
			with(back("v2", broken), func(t *finding.Transition) { t.Mended = []finding.Group{group(finding.Breaks, 0, 5, "v1")} })},
			[]string{"roll back to v3", "at any time, as far as recorded", "safe for v4",
				"roll back to v2", now, "lets 5 closed executions go on that the newest stage breaks"},
			"after a wrong deploy that is the reason to go back"},
		{"none is open", []finding.Transition{back("v3", safe), back("v2", []finding.Group{group(finding.Breaks, 0, 1, "v3")})},
			[]string{"roll back to v3", "at any time, as far as recorded", "safe for v4",
				"roll back to v2", "only while no such execution is open: none is, as far as recorded", "BREAKS executions of v3"},
			"such ones are named"},
		{"none is broken, and some change", []finding.Transition{back("v3", safe), back("v2", []finding.Group{group(finding.Breaks, 0, 1, "v4"), group(finding.Changes, 3, 0, "v3")})},
			[]string{"roll back to v3", "at any time, as far as recorded", "safe for v4",
				"roll back to v2", "not now: hits 3 open executions, until they have closed and no more of them begin"},
			"those that change are open"},
		{"not known", []finding.Transition{back("v3", safe), back("v2", append([]finding.Group{group(finding.Unknown, 0, 0, "v3")}, broken...))},
			[]string{"roll back to v3", "at any time, as far as recorded", "safe for v4",
				"roll back to v2", now, "cannot tell for v3"},
			"a short line hides nothing that nobody knows"},
		{"not recorded", []finding.Transition{back("v3", safe),
			with(back("v2", safe), func(t *finding.Transition) { t.Unrecorded = []string{"v3"} })},
			[]string{"roll back to v3", "at any time, as far as recorded", "safe for v4",
				"roll back to v2", "not known for executions begun under v3: none is recorded"},
			"what is not known is not safe"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			var got []string
			for _, l := range Lines(tt.list, false, func(p Part, _ bool) string { return p.Text() }) {
				got = append(got, l.Title(), l.Now)
				for _, s := range l.Says {
					got = append(got, s.Text)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}
