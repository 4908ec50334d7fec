package report_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// TestOverview holds what the command prints without arguments.
func TestOverview(t *testing.T) {
	t.Parallel()
	users := *patching.Family
	users.Name, users.Reference = "orders", false
	broken := judge(t, &users, matrix.Options{}, nil)
	one := versioning.Family{Name: "refund", Doc: "One stage.", Stages: patching.Family.Stages[1:2]}
	safe := judge(t, &one, matrix.Options{}, func(_ int, s *history.Source) bool {
		return strings.HasPrefix(s.Name, "initial.") || strings.HasPrefix(s.Name, "patched.")
	})
	unread := judge(t, &versioning.Family{Name: "invoice", Doc: "x", Stages: patching.Family.Stages[:2]}, matrix.Options{}, unreadable)
	for _, tt := range []struct {
		golden   string
		matrices []*matrix.Matrix
		why      string
	}{
		{"overview.txt", []*matrix.Matrix{safe, broken, unread}, "a user's families: the answer is that to the worst"},
		{"overview-safe.txt", []*matrix.Matrix{safe, safe}, "all may be deployed"},
		{"overview-reference.txt", []*matrix.Matrix{real(t), otherwise(t)}, "who only reads is not told what to deploy"},
		{"overview-mixed.txt", []*matrix.Matrix{real(t), safe}, "a reference family beside a user's own breaks nothing of theirs"},
	} {
		t.Run(tt.golden, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			var plain, coloured bytes.Buffer
			require.NoError(t, text.Overview(&plain, text.OverviewOptions{Command: "replaymatrix"}, tt.matrices...))
			require.NoError(t, text.Overview(&coloured, text.OverviewOptions{Command: "replaymatrix", Color: true}, tt.matrices...))
			compareGolden(t, tt.golden, plain.String())
			require.Equal(t, plain.String(), escape.ReplaceAllString(coloured.String(), ""), "colour must change nothing but colour")
			for line := range strings.Lines(plain.String()) {
				require.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")), 80, "%s", line)
			}
		})
	}
}

// TestManyRecordings is about one changed line under 1,080 executions, each with an amount and an ID of its own.
func TestManyRecordings(t *testing.T) {
	t.Parallel()
	m := &matrix.Matrix{Family: &versioning.Family{Name: "order", Doc: "An order.",
		Stages: []versioning.Stage{{Name: "today"}}}}
	for i := range 1080 {
		amount := fmt.Sprint(i)
		path := "ActivityTaskScheduled(Charge).input[0].amount"
		name := fmt.Sprintf("order-%04d", i)
		closed := i%90 != 0
		m.Rows = append(m.Rows, matrix.Row{Recording: name, Closed: closed, WorkflowType: "Order", Shape: "x",
			Cells: []matrix.Cell{{Family: "order", Recording: name, Stage: "today", Result: replay.Result{
				Verdict: replay.Drift, Place: replay.Place{Event: int64(5 + i%3), Source: "order/order.go:31"},
				Cause: cause.Cause{Kind: cause.ValuesChanged, Parting: &cause.Parting{
					Recorded:   &compare.Side{Event: int64(5 + i%3), Type: "ActivityTaskScheduled", Name: "Charge"},
					Now:        &compare.Side{Type: "ExecuteActivity", Name: "Charge"},
					Difference: &compare.Difference{Path: path, Recorded: amount, Now: amount + "0"},
				}},
				Evidence: replay.Evidence{Differences: []compare.Difference{{Path: path, Recorded: amount, Now: amount + "0"}}},
			}}}})
	}
	short := asText(t, text.Options{Command: "ordermatrix"}, m)
	compareGolden(t, "many.txt", short)
	first := strings.Join(strings.SplitN(short, "\n", 11)[:10], "\n")
	for _, want := range []string{`Deploying "today" changes what running executions do`, "order/order.go:31", "12 open executions do"} {
		require.Contains(t, first, want, "ten lines are enough")
	}
	require.Greater(t, strings.Count(asText(t, text.Options{All: true}, m), "@today"), 1079, "all is all")
}
