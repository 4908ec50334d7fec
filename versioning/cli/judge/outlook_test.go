package judge

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/against"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

// compared is a family with executions that meet these verdicts.
func compared(name string, deploy, rollback []replay.Verdict) against.Family {
	f := against.Family{Matrix: &matrix.Matrix{Family: &versioning.Family{Name: name}}}
	for _, v := range deploy {
		f.Deploy = append(f.Deploy, against.Met{Cell: matrix.Cell{Result: replay.Result{Verdict: v}}})
	}
	for _, v := range rollback {
		f.Rollback = append(f.Rollback, against.Met{Cell: matrix.Cell{Result: replay.Result{Verdict: v}}})
	}
	return f
}

// TestOutlook says first what a reader must not miss.
func TestOutlook(t *testing.T) {
	t.Parallel()
	type verdicts = []replay.Verdict
	gone, fresh := compared("legacy", nil, nil), compared("invoice", nil, verdicts{replay.Unjudged})
	gone.Lacks, fresh.Lacks = against.Here, "main"
	mended := compared("refund", verdicts{replay.Safe}, verdicts{replay.Safe})
	mended.Mended, mended.Neither = []string{"100%"}, []string{"a", "b", "c", "d", "e"}
	answering := compared("order", nil, nil)
	answering.Deploy = []against.Met{{
		Row: matrix.Row{Lineage: []string{"main"},
			Cells: []matrix.Cell{{Stage: "main",
				Result: replay.Result{Evidence: replay.Evidence{Answers: []replay.Answer{{Query: "q", Value: "1"}}}}}}},
		Cell: matrix.Cell{Stage: "work-tree",
			Result: replay.Result{Verdict: replay.Safe,
				Evidence: replay.Evidence{Answers: []replay.Answer{{Query: "q", Value: "2"}}}}},
	}}
	noted := compared("noted", verdicts{replay.Safe, replay.Safe, replay.Safe, replay.NotApplicable}, nil)
	noted.Deploy[0].Cell.Notes = []replay.Note{{Kind: replay.Unread, Event: 11}}
	noted.Deploy[1].Cell.Notes = []replay.Note{{Kind: replay.ZeroValue, Event: 11}}
	wanting, wantingScenario := compared("a", verdicts{replay.Safe}, nil), compared("b", verdicts{replay.Safe}, nil)
	wanting.Wanted = &against.Wanted{Stage: "today", WorkflowType: "Order", Folder: "it's here"}
	wantingScenario.Wanted = &against.Wanted{Stage: "v2", Scenario: "waiting"}
	for _, tt := range []struct {
		name             string
		answer           finding.Answer
		title            string
		families         []against.Family
		deploy, rollback []string
		why              string
	}{
		{"all safe", finding.Safe, "Deploying work-tree over main is safe for the recorded executions",
			[]against.Family{compared("a", verdicts{replay.Safe, replay.Safe}, verdicts{replay.Safe}),
				compared("b", verdicts{replay.Safe}, verdicts{replay.Safe})},
			[]string{"a, b: safe for all recordings of main (3)"},
			[]string{"a, b: safe for all recordings of the work tree (2)"}, "one line is enough"},
		{"worst first", finding.Breaks, "Do not deploy work-tree over main: it breaks running executions",
			[]against.Family{compared("a", verdicts{replay.Safe}, verdicts{replay.Safe}),
				compared("b", verdicts{replay.Drift}, nil),
				compared("c", verdicts{replay.Safe, replay.Nondeterministic, replay.Panic, replay.Unjudged},
					verdicts{replay.VersionUnknown})},
			[]string{
				"c: BREAKS 2 of the 4 recordings of main; cannot tell for 1; safe for 1",
				"b: CHANGES what executions do in 1 recording of main, the only one",
				"a: safe for all recordings of main (1)",
			},
			[]string{
				"c: BREAKS 1 recording of the work tree, the only one",
				"b: cannot tell: no recording of an execution that the code of the work tree has run: record one, " +
					"and run again",
				"a: safe for all recordings of the work tree (1)",
			}, "who reads one line reads the worst"},
		{"pinned", finding.Safe, "Deploying work-tree over main is safe for the recorded executions",
			[]against.Family{compared("a", verdicts{replay.NotApplicable, replay.Safe}, nil)},
			[]string{"a: leaves 1 of the 2 recordings of main to Workers that must keep running; safe for 1"}, nil,
			"those are not safe"},
		{"had not begun", finding.Safe, "Deploying work-tree over main is safe for the recorded executions",
			[]against.Family{compared("a", verdicts{replay.Unstarted, replay.Safe, replay.Safe},
				verdicts{replay.Unstarted})},
			[]string{"a: safe for all recordings of main (2)",
				"a: not counted, since no Workflow Task of them had completed: 1 of the recordings of main"},
			[]string{"a: cannot tell: of no recording of the work tree (1) a Workflow Task has completed"},
			"they prove nothing"},
		{"none had begun", finding.Unknown, "Cannot tell whether to deploy work-tree over main",
			[]against.Family{compared("a", verdicts{replay.Unstarted, replay.Unstarted}, nil)},
			[]string{"a: cannot tell: of no recording of main (2) a Workflow Task has completed"}, nil,
			"as if there were none"},
		{"answers", finding.Otherwise, "Deploying work-tree over main is safe, but queries are answered otherwise",
			[]against.Family{answering}, []string{"order: replays and ANSWERS OTHERWISE for 1 recording of main, " +
				"the only one"}, nil, "it replays, and tells another story"},
		{"findings", finding.Doubted, "Look at the findings before you deploy work-tree over main: the histories " +
			"alone do not settle them", []against.Family{noted},
			[]string{"noted: replays with FINDINGS for 1 of the 4 recordings of main; leaves 1 to Workers that " +
				"must keep running; safe for 2"}, nil, "not safe without a word; other notes are no matter"},
		{"one side", finding.Unknown, "Cannot tell whether to deploy work-tree over main",
			[]against.Family{gone, fresh},
			[]string{"legacy: cannot tell: the work tree has no replay test of it any more",
				"invoice: main has no replay test of it, and so no recordings"},
			[]string{"invoice: cannot tell: main has no replay test of it",
				"legacy: the work tree has no replay test of it, and so no recordings"}, "silence would pass for safe"},
		{"all break", finding.Breaks, "Do not deploy work-tree over main: it breaks running executions",
			[]against.Family{compared("a", verdicts{replay.Panic, replay.Panic}, verdicts{replay.Drift, replay.Drift})},
			[]string{"a: BREAKS all 2 recordings of main"},
			[]string{"a: CHANGES what executions do in all 2 recordings of the work tree"},
			"2 of the 2 has to be read twice"},
		{"recordings to make", finding.Safe, "Deploying work-tree over main is safe for the recorded executions",
			[]against.Family{wanting, wantingScenario}, nil,
			[]string{
				"a: cannot tell: no recording of an execution that the code of the work tree has run. Let a Worker of " +
					`stage today run one in a test environment, and pull it: ordermatrix pull --workflow-type Order 'it'\''s here'`,
				"b: cannot tell: no recording of an execution that the code of the work tree has run. Record scenario " +
					"waiting at stage v2 as v2.waiting (package record), or let a Worker of stage v2 run one in a test " +
					"environment, and pull it: ordermatrix pull --workflow-type TYPE FOLDER",
			}, "with what to do"},
		{"fresh", finding.NotAsked, "No recording tells what deploying work-tree over main does",
			[]against.Family{fresh},
			[]string{"invoice: main has no replay test of it, and so no recordings"}, nil,
			"nothing recorded is not safe"},
		{"mended", finding.Safe, "Deploying work-tree over main is safe for the recorded executions",
			[]against.Family{mended},
			[]string{"refund: mends 100%, which the code of main does not replay",
				"refund: safe for all recordings of main (1)",
				"refund: not counted, since it replays under neither code: a, b, c and 2 more"}, nil,
			"a fix is news too"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := outlookOf(&against.Comparison{Ref: "main", Commit: "0123456789abcdef", Families: tt.families}, "ordermatrix")
			opening := o.opening()
			lines := func(title string) []string {
				i := slices.IndexFunc(opening.Questions, func(q report.Question) bool { return q.Title == title })
				require.GreaterOrEqual(t, i, 0)
				return opening.Questions[i].Says
			}
			require.Equal(t, tt.answer, opening.Answer, tt.why)
			require.Equal(t, tt.title, opening.Title)
			if diff := cmp.Diff(tt.deploy, lines("deploy work-tree over main")); tt.deploy != nil && diff != "" {
				t.Errorf("deploy: %s (-want +got):\n%s", tt.why, diff)
			}
			if diff := cmp.Diff(tt.rollback, lines("roll back to main")); tt.rollback != nil && diff != "" {
				t.Errorf("roll back: %s (-want +got):\n%s", tt.why, diff)
			}
			require.Equal(t, "main is 0123456789ab, work-tree is what is on disk.", opening.Note)
		})
	}
}

// TestOutlookWidth keeps long lists within the columns of a report.
func TestOutlookWidth(t *testing.T) {
	t.Parallel()
	var families []against.Family
	for i := range 40 {
		families = append(families,
			compared(fmt.Sprintf("a-family-with-a-long-name-%d", i), []replay.Verdict{replay.Safe}, nil))
	}
	var b bytes.Buffer
	require.NoError(t, outlookOf(&against.Comparison{Ref: "main", Commit: "0", Families: families}, "ordermatrix").write(&b))
	require.Contains(t, strings.Join(strings.Fields(b.String()), " "),
		"a-family-with-a-long-name-5 and 34 more families: safe for all recordings of main (40)")
	for line := range strings.Lines(b.String()) {
		require.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")), text.Width, "%s", line)
	}
}

// TestQuestionAnswers holds that each question has the worst answer of what is said of it, for writers that draw it.
func TestQuestionAnswers(t *testing.T) {
	t.Parallel()
	type verdicts = []replay.Verdict
	for _, tt := range []struct {
		deploy, rollback verdicts
		want             [2]finding.Answer
		why              string
	}{
		{verdicts{replay.Safe}, verdicts{replay.Drift, replay.Panic}, [2]finding.Answer{finding.Safe, finding.Breaks},
			"the rollback is a question of its own"},
		{verdicts{replay.Drift}, nil, [2]finding.Answer{finding.Changes, finding.Unknown}, "no recording is no answer"},
		{verdicts{replay.NotApplicable}, verdicts{replay.Unstarted}, [2]finding.Answer{finding.Safe, finding.Unknown},
			"what is pinned elsewhere never meets the deploy"},
	} {
		families := []against.Family{compared("a", tt.deploy, tt.rollback), compared("b", verdicts{replay.Safe}, verdicts{replay.Safe})}
		opening := outlookOf(&against.Comparison{Ref: "main", Families: families}, "ordermatrix").opening()
		require.Equal(t, tt.want, [2]finding.Answer{opening.Questions[0].Answer, opening.Questions[1].Answer}, tt.why)
		require.Equal(t, tt.want[0], opening.Answer, tt.why)
	}
}
