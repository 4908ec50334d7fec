package workflows_test

import (
	"flag"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/applied"
	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/internal/race"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

var (
	applyPart = flag.Float64("apply", 0, "the part of the distinct codes of advice that TestAdviceMends applies, "+
		"0.1 for a tenth, 1 for all; the default applies four")
	applySeed = flag.Uint64("seed", 1, "decides which codes TestAdviceMends applies")
	applyCell = flag.String("cell", "", "the one cell whose code TestAdviceMends applies, and shows: "+
		"FAMILY/RECORDING@STAGE")
)

// mendedPart is the least part of the cells that a right stage mends, and that the code of advice mends
// too.
const mendedPart = 0.8

// TestAdviceMends puts the code that advice prints for incompatible cells into copies of their stages,
// and judges their recordings by these, at every waiting point. Codes that are applied mend, or stand in
// testdata/not-mended.golden with the reason.
func TestAdviceMends(t *testing.T) {
	t.Parallel()
	if race.Enabled {
		t.Skip("the copies are built without the race detector: go test ./versioning/workflows -run TestAdviceMends")
	}
	cells := advisedCells(t)
	chosen := chosenCopies(cells)
	began := time.Now()
	program, err := applied.Build(t.Context(), t.TempDir(), chosen)
	require.NoError(t, err)
	built := time.Since(began)
	var asked []applied.Cell
	for _, a := range cells {
		fault, faulty := program.Faults[a.edit.ID]
		switch {
		case faulty:
			a.reason, a.known = "does not compile: "+fault, true
		case slices.ContainsFunc(chosen, func(e applied.Edit) bool { return e.ID == a.edit.ID }):
			asked = append(asked, a.asked())
		}
	}
	begun := begunByStage(t, cells, chosen)
	for cell := range begun {
		asked = append(asked, cell)
	}
	answers, err := program.Judge(t.Context(), asked)
	require.NoError(t, err)
	require.Len(t, answers, len(asked))
	judged := map[applied.Cell]applied.Answer{}
	for _, answer := range answers {
		judged[answer.Cell] = answer
	}
	for _, a := range cells {
		if answer, ok := judged[a.asked()]; ok {
			if a.known = true; !answer.Mended() {
				a.reason = "still breaks: " + answer.String()
			}
			a.ends = slices.ContainsFunc(answer.Effects, func(e rehearse.Effect) bool {
				return e.ByVersion && (e.Kind == rehearse.Closes || e.Kind == rehearse.Hangs)
			})
		}
	}
	requireOwn(t, begun, judged)
	if *applyCell != "" {
		show(t, cells, judged)
		return
	}
	t.Logf("%s\nbuilt in %.1f s, judged in %.1f s", countOf(cells, chosen, program.Faults), built.Seconds(),
		(time.Since(began) - built).Seconds())
	requireListed(t, cells)
	if *applyPart > 0 {
		requireNoClaim(t, cells)
	}
	if *applyPart >= 1 {
		requireMost(t, cells)
	}
}

// begunByStage are the recordings of executions that the stage of a code has begun itself, with the code. What the stage
// does in the scenario of the cell passes the line of the code. The value is whether the code is a branch for a version that
// they do not take.
func begunByStage(t *testing.T, cells []*advised, chosen []applied.Edit) map[applied.Cell]bool {
	t.Helper()
	begun := map[applied.Cell]bool{}
	for _, c := range corpora.All() {
		for _, row := range explained(t, c).Rows {
			for _, a := range cells {
				if a.cell.Family != c.Family.Name || !slices.Equal(row.Lineage, []string{a.cell.Stage}) ||
					!strings.HasSuffix(a.cell.Recording, "."+row.Scenario) || !strings.Contains(a.advice.Code, "workflow.GetVersion(") ||
					!slices.ContainsFunc(chosen, func(e applied.Edit) bool { return e.ID == a.edit.ID }) {
					continue
				}
				own := a.asked()
				own.Recording = row.Recording
				begun[own] = a.cell.Cause.Range != nil
			}
		}
	}
	return begun
}

// requireOwn holds what a finding says of such executions: they have no marker, and the code can break them, but where it is
// a branch for a version that they do not take.
func requireOwn(t *testing.T, begun map[applied.Cell]bool, judged map[applied.Cell]applied.Answer) {
	t.Helper()
	broken, all := 0, 0
	for cell, other := range begun {
		answer, ok := judged[cell]
		switch {
		case !ok:
		case other:
			require.Equal(t, replay.Safe, answer.Verdict, "%s/%s@%s", cell.Family, cell.Recording, cell.Stage)
		default:
			all++
			if !answer.Mended() {
				broken++
			}
		}
	}
	t.Logf("the codes break %d of %d executions that their stages have begun", broken, all)
	if *applyPart >= 1 {
		require.Greater(t, broken, all/2, "it is no idle warning")
	}
}

// chosenCopies are the copies to build: those of the part of the distinct codes that the flags ask for.
func chosenCopies(cells []*advised) (chosen []applied.Edit) {
	seen := map[string]bool{"": true}
	for _, a := range cells {
		if *applyCell != "" && a.cell.String() != *applyCell {
			continue
		}
		if !seen[a.edit.ID] {
			seen[a.edit.ID] = true
			chosen = append(chosen, a.edit)
		}
	}
	switch {
	case *applyCell != "" || *applyPart >= 1:
		return chosen
	case *applyPart == 0:
		return shuffled(chosen, *applySeed)[:min(4, len(chosen))]
	default:
		return shuffled(chosen, *applySeed)[:int(math.Ceil(*applyPart*float64(len(chosen))))]
	}
}

// requireNoClaim holds that the text of what does not mend does not say that it does.
func requireNoClaim(t *testing.T, cells []*advised) {
	t.Helper()
	for _, a := range cells {
		if a.known && a.reason != "" && a.claims() {
			t.Errorf("%s: %s, but its text is: %s", a.cell, a.reason, a.advice.Do)
		}
	}
}

// requireMost holds that code mends most of the cells that a right stage mends.
func requireMost(t *testing.T, cells []*advised) {
	t.Helper()
	right, mended := 0, 0
	for _, a := range cells {
		if a.right != "" {
			right++
			if a.reason == "" {
				mended++
			}
		}
	}
	require.GreaterOrEqual(t, float64(mended), mendedPart*float64(right),
		"code mends %d of the %d cells that a right stage of their family mends", mended, right)
}

// show prints what became of one cell.
func show(t *testing.T, cells []*advised, judged map[applied.Cell]applied.Answer) {
	t.Helper()
	i := slices.IndexFunc(cells, func(a *advised) bool { return a.cell.String() == *applyCell })
	require.GreaterOrEqual(t, i, 0, "there is no incompatible cell %s", *applyCell)
	a := cells[i]
	t.Logf("%s\n%s\n%s\nright stage: %s", a.cell.Cause, a.advice.Do, a.advice.Code, a.right)
	if answer, ok := judged[a.asked()]; ok {
		for _, e := range answer.Effects {
			t.Logf("after event %d, %s: %s %s %s %s", e.Point, e.News, e.Kind, e.Ending, e.Cause, e.Message)
		}
	}
	require.Empty(t, a.reason)
}
