package finding_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestDeploy holds the answer to the first question.
func TestDeploy(t *testing.T) {
	t.Parallel()
	result := func(verdicts ...replay.Verdict) (rows []matrix.Row) {
		for _, v := range verdicts {
			rows = append(rows, row("old."+string(v), replay.Result{Verdict: v}))
		}
		return rows
	}
	never := cause.Cause{Kind: cause.EndsOtherwise, Notice: cause.NeverNoticed}
	moved := row("old.moved", replay.Result{Verdict: replay.NotApplicable, Moved: replay.Panic})
	doubted := row("old.doubted",
		replay.Result{Verdict: replay.Safe, Evidence: replay.Evidence{Notes: []replay.Note{{Kind: replay.Unread}}}})
	unnoticed := row("old.ends", replay.Result{Verdict: replay.Nondeterministic, Cause: never})
	newest := row("new.own", replay.Result{Verdict: replay.Panic})
	newest.Lineage = []string{"new"}
	for _, tt := range []struct {
		name string
		rows []matrix.Row
		want finding.Answer
		why  string
	}{
		{"nothing", nil, finding.NotAsked, "there is no recording at all"},
		{"safe", result(replay.Safe), finding.Safe, "all replay"},
		{"breaks", result(replay.Safe, replay.Drift, replay.Unjudged, replay.Panic), finding.Breaks,
			"the worst is said"},
		{"changes", result(replay.Safe, replay.Drift, replay.Unjudged), finding.Changes, "it is known"},
		{"unjudged", result(replay.Safe, replay.Unjudged), finding.Unknown, "never green"},
		{"otherwise", append(result(replay.Safe), answering("a", "q")), finding.Otherwise, "it tells another story"},
		{"doubted", append(result(replay.Safe), doubted), finding.Doubted, "the history alone cannot tell"},
		{"pinned", []matrix.Row{moved}, finding.Safe, "the execution stays where it is"},
		{"unstarted", result(replay.Unstarted), finding.Unknown, "it proves nothing"},
		{"some unstarted", result(replay.Unstarted, replay.Safe), finding.Safe, "the others tell"},
		{"never noticed", []matrix.Row{unnoticed}, finding.Changes,
			"it closes, and tells something else than was recorded"},
		{"its own", []matrix.Row{newest}, finding.Breaks, "its code was changed in place"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			require.Equal(t, tt.want, summary(finding.Options{}, tt.rows...).Deploy(), tt.why)
		})
	}
}

// TestRollback holds the answer to the second question.
func TestRollback(t *testing.T) {
	t.Parallel()
	of := func(verdict replay.Verdict, lineage ...string) matrix.Row {
		r := row("x", replay.Result{Verdict: replay.Safe})
		r.Lineage, r.Cells[0].Verdict = lineage, verdict
		return r
	}
	for _, tt := range []struct {
		name string
		rows []matrix.Row
		want finding.Answer
		why  string
	}{
		{"nothing", nil, finding.NotAsked, "there is no recording at all"},
		{"none of the newest", []matrix.Row{of(replay.Panic, "old")}, finding.Unknown, "nobody has recorded it"},
		{"safe", []matrix.Row{of(replay.Safe, "new")}, finding.Safe, "it replays"},
		{"breaks", []matrix.Row{of(replay.Panic, "old", "new")}, finding.Breaks,
			"the last stage of the lineage ran it"},
		{"downloaded", []matrix.Row{of(replay.Panic)}, finding.Unknown, "nobody knows that it is of the newest"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			require.Equal(t, tt.want, summary(finding.Options{}, tt.rows...).Rollback(), tt.why)
		})
	}
	three := &versioning.Family{Name: "three", Stages: []versioning.Stage{{Name: "old"}, {Name: "between"}, {Name: "new"}}}
	stage := func(recording, lineage string, verdict replay.Verdict) matrix.Row {
		r := matrix.Row{Recording: recording, Lineage: []string{lineage}}
		for _, s := range three.Stages {
			c := matrix.Cell{Family: "three", Recording: recording, Stage: s.Name, Result: replay.Result{Verdict: replay.Safe}}
			if s.Name == "old" {
				c.Verdict = verdict
			}
			r.Cells = append(r.Cells, c)
		}
		return r
	}
	took := func(r matrix.Row, lineage ...string) matrix.Row {
		r.Lineage = lineage
		return r
	}
	changing := func(r matrix.Row) matrix.Row {
		r.Cells[1].Verdict = replay.Drift
		return r
	}
	drifting := func(r matrix.Row) matrix.Row {
		r.Cells[2].Verdict = replay.Drift
		return r
	}
	broken := func(recording, lineage string, by ...string) matrix.Row {
		r := stage(recording, lineage, replay.Safe)
		for i, c := range r.Cells {
			if slices.Contains(by, c.Stage) {
				r.Cells[i].Verdict = replay.Panic
			}
		}
		return r
	}
	for _, tt := range []struct {
		name string
		rows []matrix.Row
		want []finding.Answer // to between, and to old
		// silent are the stages that began no recorded execution, for the rollback to old.
		silent []string
		why    string
	}{
		{"of the stage between", []matrix.Row{stage("a", "new", replay.Safe), stage("b", "between", replay.Panic)},
			[]finding.Answer{finding.Safe, finding.Breaks}, nil, "an execution that the stage between began can be open still"},
		{"known without the newest", []matrix.Row{stage("b", "between", replay.Panic)},
			[]finding.Answer{finding.Unknown, finding.Breaks}, []string{"new"}, "whatever the newest does, it breaks"},
		{"unknown without the newest", []matrix.Row{stage("b", "between", replay.Safe)},
			[]finding.Answer{finding.Unknown, finding.Unknown}, nil, "those of the newest may break"},
		{"an older one that the newest keeps", []matrix.Row{stage("a", "new", replay.Safe), stage("m", "between", replay.Safe), broken("c", "old", "between")},
			[]finding.Answer{finding.Breaks, finding.Safe}, nil, "the newest mends what the stage between breaks"},
		{"an older one that both break", []matrix.Row{stage("a", "new", replay.Safe), stage("m", "between", replay.Safe), broken("c", "old", "between", "new")},
			[]finding.Answer{finding.Safe, finding.Safe}, nil, "it is broken already, and the roll back changes nothing"},
		{"an older one that the newest breaks, and the stage between changes", []matrix.Row{stage("a", "new", replay.Safe), stage("m", "between", replay.Safe), changing(broken("c", "old", "new"))},
			[]finding.Answer{finding.Changes, finding.Safe}, nil, "what was stuck goes on then, and does something else"},
		{"an older one that the newest changes", []matrix.Row{stage("a", "new", replay.Safe), stage("m", "between", replay.Safe), drifting(broken("c", "old", "between"))},
			[]finding.Answer{finding.Breaks, finding.Safe}, nil, "the roll back makes it worse"},
		{"one that the newest has taken over", []matrix.Row{took(stage("a", "new", replay.Safe), "between", "new")},
			[]finding.Answer{finding.Unknown, finding.Unknown}, []string{"new"}, "those that the newest begins take other versions"},
		{"none of the stage between", []matrix.Row{stage("a", "new", replay.Safe)},
			[]finding.Answer{finding.Safe, finding.Unknown}, []string{"between"}, "it may have begun some, which are open"},
		{"of the stage it goes to", []matrix.Row{stage("a", "new", replay.Safe), stage("m", "between", replay.Safe), stage("b", "old", replay.Panic)},
			[]finding.Answer{finding.Safe, finding.Safe}, nil, "its own code did that before"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := finding.New(three, finding.Options{})
			for _, r := range tt.rows {
				s.Add(r)
			}
			var got []finding.Answer
			var silent []string
			for _, back := range s.FromNewest() {
				got, silent = append(got, back.Answer()), back.Unrecorded
				if len(silent) > 0 {
					require.GreaterOrEqual(t, back.Worst(), finding.Unknown, "the page colours and names it by that")
				}
			}
			require.Equal(t, tt.want, got, tt.why)
			require.Equal(t, tt.silent, silent, tt.why)
		})
	}
	s := finding.New(three, finding.Options{})
	for _, r := range []matrix.Row{stage("a", "new", replay.Safe), stage("m", "between", replay.Safe), broken("c", "old", "between", "new"), broken("d", "old", "between")} {
		s.Add(r)
	}
	between := s.FromNewest()[0]
	require.Len(t, between.Both, 1, "the one that both break is mentioned")
	require.Equal(t, 1, between.Both[0].Recordings, "and not the one that the newest keeps")
	require.Equal(t, finding.Breaks, between.Both[0].Answer)
	old := s.FromNewest()[1]
	require.Len(t, old.Mended, 1, "the stage that began it keeps it going")
	require.Equal(t, 1, old.Mended[0].Open)
	one := finding.New(&versioning.Family{Name: "one", Stages: order.Stages[:1]}, finding.Options{})
	one.Add(of(replay.Safe, "old"))
	require.Equal(t, finding.NotAsked, one.Rollback(), "there is no other stage")
}

// TestMissing holds what is said where no recording answers.
func TestMissing(t *testing.T) {
	t.Parallel()
	known, stranger := row("a", replay.Result{Verdict: replay.Safe}), row("b", replay.Result{Verdict: replay.Safe})
	known.Lineage, stranger.Lineage = []string{"new"}, nil
	for _, tt := range []struct {
		name string
		rows []matrix.Row
		out  []string
		want finding.Missing
		why  string
	}{
		{"of no stage before", []matrix.Row{known}, nil, finding.EarlierStage, "all are of the newest"},
		{"left out", []matrix.Row{known}, []string{"new"}, finding.NothingMissing,
			"others may have been judged elsewhere"},
		{"a stranger", []matrix.Row{stranger}, nil, finding.NothingMissing, "it may meet any deploy"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			s := summary(finding.Options{}, tt.rows...)
			s.LeaveOut(tt.out...)
			missing := finding.NothingMissing
			for _, transition := range s.Transitions() {
				if transition.Kind == finding.Deploying && transition.Stage == "new" {
					missing = transition.Missing
				}
			}
			require.Equal(t, tt.want, missing, tt.why)
		})
	}
}

// TestFailOn holds which cells a caller fails on, and why.
func TestFailOn(t *testing.T) {
	t.Parallel()
	unread := replay.Note{Kind: replay.Unread, Event: 11}
	noted := row("noted",
		replay.Result{Verdict: replay.Safe,
			Evidence: replay.Evidence{Notes: []replay.Note{{Kind: replay.ZeroValue}, unread}}})
	away := row("away", replay.Result{Verdict: replay.NotApplicable,
		Evidence: replay.Evidence{Notes: []replay.Note{unread}}})
	onNotes := &finding.FailOn{Notes: []replay.NoteKind{replay.Unread}}
	onVerdict := func(v replay.Verdict) *finding.FailOn { return &finding.FailOn{Verdicts: []replay.Verdict{v}} }
	otherwise := &finding.FailOn{Otherwise: true}
	for _, tt := range []struct {
		name   string
		failOn *finding.FailOn
		row    matrix.Row
		want   finding.Reason
		fails  bool
		why    string
	}{
		{"nobody has asked", nil, noted, finding.Reason{}, false, "nil is ready to use"},
		{"a verdict", onVerdict(replay.Safe), noted, finding.Reason{}, true, "any verdict can be named"},
		{"another verdict", onVerdict(replay.Drift), noted, finding.Reason{}, false, "this one has not come"},
		{"answers", otherwise, answering("a", "q"), finding.Reason{Otherwise: true}, true, "it replays"},
		{"a note", onNotes, noted, finding.Reason{Note: unread}, true, "it is the first that is named"},
		{"a note elsewhere", onNotes, away, finding.Reason{}, false, "the execution does not get there"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			why, fails := tt.failOn.Reason(tt.row, tt.row.Cells[1])
			require.Equal(t, tt.want, why, tt.why)
			require.Equal(t, tt.fails, fails, tt.why)
		})
	}
}
