package finding_test

import (
	"fmt"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

var order = &versioning.Family{Name: "order", Stages: []versioning.Stage{{Name: "old"}, {Name: "new"}}}

// row is an execution of old that new replays with the result.
func row(recording string, result replay.Result) matrix.Row {
	return matrix.Row{Recording: recording, Lineage: []string{"old"}, Cells: []matrix.Cell{
		{Family: "order", Recording: recording, Stage: "old", Result: replay.Result{Verdict: replay.Safe}},
		{Family: "order", Recording: recording, Stage: "new", Result: result},
	}}
}

// answering is an execution that answers otherwise under new, each in its own way.
func answering(recording, query string) matrix.Row {
	r := row(recording, replay.Result{Verdict: replay.Safe})
	r.Cells[0].Answers = []replay.Answer{{Query: query, Value: "was " + recording}}
	r.Cells[1].Answers = []replay.Answer{{Query: query, Value: "is " + recording}}
	return r
}

func summary(opts finding.Options, rows ...matrix.Row) *finding.Summary {
	s := finding.New(order, opts)
	for _, r := range rows {
		s.Add(r)
	}
	return s
}

// TestMemory holds that what is kept does not grow with the rows: 100,000 of them are a few
// findings, with some examples.
func TestMemory(t *testing.T) {
	const rows = 100_000
	kinds := map[string]func(recording string) matrix.Row{
		"one cause": func(recording string) matrix.Row {
			return row(recording, replay.Result{
				Verdict: replay.Nondeterministic, Cause: panics("the timer is gone"),
				Place: replay.Place{Event: 5, Source: "order/pay.go:3"},
			})
		},
		"answers that differ": func(recording string) matrix.Row { return answering(recording, "status") },
		"values that differ": func(recording string) matrix.Row {
			return row(recording, replay.Result{Verdict: replay.Safe, Evidence: replay.Evidence{Notes: []replay.Note{{
				Kind: replay.Unreadable, Event: 7, Name: "input", Source: "order/pay.go:3",
				Value: &cause.UnreadValue{Recorded: recording},
			}}}})
		},
		"branches": func(recording string) matrix.Row {
			return row(recording,
				replay.Result{Verdict: replay.Safe, Evidence: replay.Evidence{Versions: []replay.VersionCall{
					{ChangeID: "pay", Min: -1, Max: 1, Source: "order/pay.go:3", Taken: true, Version: 1},
				}}})
		},
	}
	for name, kind := range kinds {
		t.Run(name, func(t *testing.T) {
			s := finding.New(order, finding.Options{})
			add := func(n int) {
				for i := range n {
					s.Add(kind(fmt.Sprintf("old.%d", i)))
				}
			}
			add(100)
			before := heap()
			add(rows)
			require.Less(t, heap()-before, int64(64<<10), "bytes that %d more rows take", rows)
			for _, f := range s.Findings() {
				require.Len(t, f.Examples, finding.MostExamples)
				require.Equal(t, rows+100, f.Cells)
			}
			require.LessOrEqual(t, len(s.Findings()), 1)
			require.Len(t, s.Transitions(), 2)
			runtime.KeepAlive(s)
		})
	}
}

// heap is what is in use. What the runtime itself frees late, such as what is in a sync.Pool, outlives a collection
// or two, so the least of several counts.
func heap() (least int64) {
	for i := range 5 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		if used := int64(m.HeapAlloc); i == 0 || used < least {
			least = used
		}
	}
	return least
}

// TestFinding holds what is counted of the cells.
func TestFinding(t *testing.T) {
	t.Parallel()
	breaks := replay.Result{Verdict: replay.Nondeterministic, Cause: panics("the timer is gone")}
	closed, stranger, own := row("closed", breaks), row("stranger", breaks), row("own", breaks)
	closed.Closed, stranger.Lineage, own.Lineage = true, []string{"ancient"}, []string{"old", "new"}
	got := summary(finding.Options{}, row("open", breaks), closed, stranger, own).Findings()
	want := []*finding.Finding{{
		Severity: finding.Stuck, Cells: 4, Open: 3, Closed: 1,
		Ways:     map[finding.Way]int{finding.ByDeploy: 3, finding.ByOwn: 1},
		Stages:   []string{"new"},
		Lineages: []finding.Lineage{{Stages: []string{"old"}}, {}, {Stages: []string{"old", "new"}}},
	}}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(finding.Finding{}, "Cause", "Examples")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestOrder holds what a reader sees first.
func TestOrder(t *testing.T) {
	t.Parallel()
	failOn := &finding.FailOn{Notes: []replay.NoteKind{replay.Unread}}
	s := summary(finding.Options{FailOn: failOn},
		row("note", replay.Result{Verdict: replay.Safe,
			Evidence: replay.Evidence{Notes: []replay.Note{{Kind: replay.Unreadable}}}}),
		row("unjudged", replay.Result{Verdict: replay.Unjudged}),
		row("changed", replay.Result{Verdict: replay.Drift}),
		row("stuck", replay.Result{Verdict: replay.Panic}),
		row("lost", replay.Result{
			Verdict: replay.Nondeterministic, Cause: cause.Cause{Notice: cause.ClosesUnnoticed},
		}),
		row("asked", replay.Result{Verdict: replay.Safe,
			Evidence: replay.Evidence{Notes: []replay.Note{{Kind: replay.Unread}}}}),
	)
	var got []string
	for _, f := range slices.SortedStableFunc(slices.Values(s.Findings()), finding.Compare) {
		got = append(got, f.Examples[0].Cell.Recording+" "+f.Severity.String())
	}
	want := []string{"asked note", "lost lost", "stuck stuck", "changed changed", "unjudged none", "note note"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
