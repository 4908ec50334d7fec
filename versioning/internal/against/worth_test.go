package against

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestWorth chooses few cells, and some of every finding.
func TestWorth(t *testing.T) {
	t.Parallel()
	c := &Comparison{}
	for _, family := range []struct {
		name string
		// lines are those of the cells: each line is a finding.
		lines []int
	}{{"order", []int{1, 1, 1, 0, 2}}, {"refund", []int{3, 3}}} {
		m := &matrix.Matrix{Family: &versioning.Family{Name: family.name, Stages: []versioning.Stage{{Name: Here}}}}
		for i, line := range family.lines {
			cell := matrix.Cell{Family: family.name, Recording: fmt.Sprint(i), Stage: Here}
			cell.Verdict = replay.Safe
			if line > 0 {
				cell.Verdict, cell.Place.Source = replay.Nondeterministic, fmt.Sprintf("order.go:%d", line)
			}
			m.Rows = append(m.Rows, matrix.Row{Recording: cell.Recording, Cells: []matrix.Cell{cell}})
		}
		unjudged := matrix.Cell{Family: family.name, Recording: "unread", Stage: Here}
		unjudged.Verdict = replay.Unjudged
		m.Rows = append(m.Rows, matrix.Row{Recording: "unread", Cells: []matrix.Cell{unjudged}})
		c.Families = append(c.Families, Family{Matrix: m})
	}
	for _, tt := range []struct {
		most int
		want []string
		why  string
	}{
		{0, nil, "nobody shows any"},
		{3, []string{"order/0", "refund/0", "order/4"}, "the first of each finding, those of the worst ones first"},
		{5, []string{"order/0", "refund/0", "order/4", "order/1", "refund/1"}, "then the second of each"},
		{100, []string{"order/0", "refund/0", "order/4", "order/1", "refund/1", "order/2"}, "all that break, and no other"},
	} {
		t.Run(fmt.Sprint(tt.most), func(t *testing.T) {
			t.Parallel()
			r := &run{Options: Options{Explain: tt.most}}
			var got []string
			for _, cell := range r.worth(c) {
				got = append(got, cell.Family+"/"+cell.Recording)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

// TestWorthOpen takes the cells of open executions first: reports name those, and need what explains them.
func TestWorthOpen(t *testing.T) {
	t.Parallel()
	m := &matrix.Matrix{Family: &versioning.Family{Name: "order", Stages: []versioning.Stage{{Name: Here}}}}
	for i := range 50 {
		cell := matrix.Cell{Family: "order", Recording: fmt.Sprint(i), Stage: Here}
		cell.Verdict, cell.Place.Source = replay.Nondeterministic, "order.go:1"
		m.Rows = append(m.Rows, matrix.Row{Recording: cell.Recording, Closed: i < 48, Cells: []matrix.Cell{cell}})
	}
	r := &run{Options: Options{Explain: 3}}
	var got []string
	for _, cell := range r.worth(&Comparison{Families: []Family{{Matrix: m}}}) {
		got = append(got, cell.Recording)
	}
	if diff := cmp.Diff([]string{"48", "49", "0"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
