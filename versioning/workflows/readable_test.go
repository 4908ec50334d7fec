package workflows_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// nameless is a list of what an execution waits for, with a name missing.
var nameless = regexp.MustCompile(`the result of(,| or|\.)|(signal|update) ""|timer(,| or|\. )`)

// TestTextsFitTheEffects holds that what is said of a cell is what its replay and its rehearsal have shown:
// no more, and no less.
func TestTextsFitTheEffects(t *testing.T) {
	t.Parallel()
	ahead, rejected, hanging, later := 0, 0, 0, 0
	for _, c := range corpora.All() {
		for cell := range explained(t, c).Cells() {
			if !cell.Verdict.Incompatible() {
				continue
			}
			says := advice.ExplainLive(cell.Result, cell.Effects)
			if cell.Cause.Ahead != nil {
				ahead++
				assert.NotContains(t, advice.Headline(cell.Result), "do not match", "%s: it replays", cell)
			}
			for _, e := range cell.Effects.List {
				text := strings.Join(advice.Next(rehearse.Effects{List: []rehearse.Effect{e}}), "")
				assert.NotRegexp(t, nameless, text, "%s", cell)
				if e.Kind == rehearse.Hangs {
					hanging++
					forEver := len(e.WaitsFor.Signals)+len(e.WaitsFor.Updates) == 0
					assert.Equal(t, forEver, strings.Contains(text, "for ever"), "%s: %s", cell, text)
				}
				if e.Ending != "" || e.Kind == rehearse.AsRecorded && closed(cell) && e.Task == lastTask(cell) {
					assert.NotContains(t, text, "waits for", "%s: it is closed then", cell)
				}
			}
			if cell.Effects.Rehearsed == cell.Effects.Points && len(cell.Effects.List) > 0 && !cell.Effects.Has(rehearse.Stuck) {
				assert.NotContains(t, says.What, "live the Workflow Task fails", "%s: none does", cell)
			}
			if branchesHere(cell, says) {
				const taken = "Executions that wait before that line take the new branch"
				if first := begins(cell, says.Patch); first {
					assert.NotContains(t, says.Do, taken, "%s: the line is the first", cell)
				} else {
					later++
					assert.Contains(t, says.Do, taken, "%s", cell)
				}
			}
			if rejectsRecorded(cell) {
				rejected++
				assert.Contains(t, says.Notices, "update", "%s: whoever sends it is told", cell)
			}
		}
	}
	require.Positive(t, ahead)
	require.Positive(t, rejected)
	require.Positive(t, hanging)
	require.Positive(t, later)
}

// closed reports whether the recording ends with an event that closes it.
func closed(cell matrix.Cell) bool {
	if cell.Explanation == nil || cell.Explanation.Trace == nil {
		return false
	}
	list := cell.Explanation.Trace.Events
	switch name := list[len(list)-1].GetEventType().String(); name {
	case "WorkflowExecutionCompleted", "WorkflowExecutionFailed", "WorkflowExecutionCanceled", "WorkflowExecutionContinuedAsNew":
		return true
	}
	return false
}

func lastTask(cell matrix.Cell) (id int64) {
	for _, e := range cell.Explanation.Trace.Events {
		if e.GetWorkflowTaskCompletedEventAttributes() != nil {
			id = e.GetEventId()
		}
	}
	return id
}

// rejectsRecorded reports whether a live Worker rejects an update that was accepted.
func rejectsRecorded(cell matrix.Cell) bool {
	for _, e := range cell.Effects.List {
		if e.Rejects != "" && !e.MadeUp() && e.Kind == rehearse.Otherwise && e.Now == "" {
			return true
		}
	}
	return false
}

// TestCodeOfCells has cells whose code was said with another change ID, or at another place, than that of the
// change.
func TestCodeOfCells(t *testing.T) {
	t.Parallel()
	for cell, tt := range map[string]struct{ code, why string }{
		"interleavings/base.completed@moved-mistake": {`"move-reserve-stock"`,
			"the replay does not get to the place where the call is now, and both branches have it"},
		"runtimechecks/activity/base.open@removed": {`"remove-charge"`, "the call is nowhere"},
		"runtimechecks/continue-as-new/base.ended@completes": {"DefaultVersion, 1)\ncharged := chargeAndWait(ctx)\nif v ==",
			"a GetVersion call where the code ends comes after the last wait"},
		"unnoticed/early-end/base.approval@notes-and-returns": {`"change-ending"`, "the next task comes before a request to cancel"},
		"mistakes/base.cancelled-activity@does-not-cancel":    {"after the code has waited for the call at mistakes/mistakes.go:", "a sketch has a place"},
	} {
		family := cell[:strings.LastIndexByte(cell, '/')]
		for _, c := range corpora.All() {
			if c.Family.Name != family {
				continue
			}
			found := false
			for of := range explained(t, c).Cells() {
				if of.String() == cell {
					found = true
					require.Contains(t, advice.Explain(of.Result).Code, tt.code, "%s: %s", cell, tt.why)
				}
			}
			require.True(t, found, cell)
		}
	}
}

// begins reports whether the edit is in a line that the first Workflow Task has run.
func begins(cell matrix.Cell, p *advice.Patch) bool {
	for _, c := range cell.Explanation.Trace.Tasks()[0].Calls {
		for _, l := range c.Lines() {
			if l.File == p.File && p.From <= l.Number && l.Number <= max(p.From, p.To) {
				return true
			}
		}
	}
	return false
}

// branchesHere reports whether the code of advice asks for a new version at a line that executions come to which
// wait before it, and which go on without an error until then.
func branchesHere(cell matrix.Cell, says advice.Explanation) bool {
	waits := slices.ContainsFunc(cell.Park.Points, func(p replay.ParkPoint) bool {
		return p.Verdict == replay.Safe && p.Event < cell.Place.Event
	})
	new := cell.Cause.Decided.Kind == cause.Unversioned || cell.Cause.Decided.Kind == cause.PerhapsDefault
	open := cell.Cause.Parting != nil && cell.Cause.Parting.Difference != nil && cell.Cause.Parting.Difference.Open
	return waits && new && !open && cell.Cause.Ahead == nil && strings.Contains(says.Code, ", in place of line") &&
		strings.Contains(says.Code, "workflow.DefaultVersion, 1)") && !strings.HasPrefix(says.Do, "Put this branch back")
}
