package workflows_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
)

// nameless is a list of what an execution waits for, with a name missing.
var nameless = regexp.MustCompile(`the result of(,| or|\.)|(signal|update) ""|timer(,| or|\. )`)

// TestTextsFitTheEffects holds that what is said of a cell is what its replay and its rehearsal have shown:
// no more, and no less.
func TestTextsFitTheEffects(t *testing.T) {
	t.Parallel()
	ahead, rejected, hanging, calls := 0, 0, 0, 0
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
			if rejectsRecorded(cell) {
				rejected++
				assert.Contains(t, says.Notices, "update", "%s: whoever sends it is told", cell)
			}
			if cell.Cause.Kind == cause.CallRemoved && says.Patch != nil && strings.Contains(says.Code, `"remove-reserve-stock"`) {
				calls++
				assert.LessOrEqual(t, strings.Count(says.Code, "o.reserve(ctx)"), 1, "%s: the call was moved", cell)
			}
		}
	}
	require.Positive(t, ahead)
	require.Positive(t, rejected)
	require.Positive(t, hanging)
	t.Log(ahead, rejected, hanging, calls)
}

func closed(cell matrix.Cell) bool {
	tasks := cell.Explanation.Tasks
	return cell.Explanation.Trace != nil && len(tasks) > 0 && isClosed(cell)
}

// isClosed reports whether the recording ends with an event that closes it.
func isClosed(cell matrix.Cell) bool {
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
