package docs_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A recordedCatalogue is what is recorded of a catalogue.
type recordedCatalogue struct {
	t *testing.T
	*versioning.Family
	verdicts     map[string]string // of the golden file, by the cell's name
	observations []history.Observation
}

func readCatalogue(t *testing.T, f *versioning.Family) recordedCatalogue {
	t.Helper()
	c := recordedCatalogue{t: t, Family: f, verdicts: map[string]string{}}
	for _, line := range quotations(t, "../testdata/"+f.Name+".matrix") {
		cell, verdict := verdictOf(line)
		c.verdicts[cell] = verdict
	}
	live, err := history.ReadLive(os.DirFS("../histories/" + f.Name))
	require.NoError(t, err)
	c.observations = live.Observations
	return c
}

// isLive reports whether live Workers are observed: not where the change is in
// how the workflow ends, which an open execution has not come to.
func (c recordedCatalogue) isLive() bool {
	return slices.ContainsFunc(c.Scenarios, func(sc versioning.Scenario) bool { return sc.IsObserved() })
}

// ending is how the stage has ended the execution.
func (c recordedCatalogue) ending(stage string) string {
	c.t.Helper()
	require.Len(c.t, c.Scenarios, 1)
	r, err := history.ReadFile(os.DirFS("../histories/"+c.Name), stage+"."+c.Scenarios[0].Name+".json")
	require.NoError(c.t, err)
	require.True(c.t, r.Closed())
	events := r.History.GetEvents()
	return strings.TrimPrefix(events[len(events)-1].GetEventType().String(), "WorkflowExecution")
}

// A way is one direction of a change.
type way struct{ name, from, to string }

func (c recordedCatalogue) ways(change string) [2]way {
	base := c.Stages[0].Name
	return [2]way{{"deploy", base, change}, {"roll back", change, base}}
}

// replay returns the verdict on what the one stage has executed under the other,
// in the first scenario: where live Workers are observed, the open one.
func (c recordedCatalogue) replay(w way) replay.Verdict {
	c.t.Helper()
	return c.replayOf(c.Scenarios[0], w)
}

func (c recordedCatalogue) replayOf(sc versioning.Scenario, w way) replay.Verdict {
	c.t.Helper()
	cell := fmt.Sprintf("%s.%s@%s", w.from, sc.Name, w.to)
	require.Contains(c.t, c.verdicts, cell, "the golden file of %s", c.Name)
	return replay.Verdict(c.verdicts[cell])
}

// symbols returns the verdicts as a table shows them: one, unless those of the
// scenarios differ.
func (c recordedCatalogue) symbols(w way) string {
	var symbols, named []string
	for _, sc := range c.Scenarios {
		symbol := c.replayOf(sc, w).Info().Symbol
		symbols = append(symbols, symbol)
		named = append(named, sc.Name+" "+symbol)
	}
	if len(slices.Compact(symbols)) == 1 {
		return symbols[0]
	}
	return strings.Join(named, ", ")
}

func (c recordedCatalogue) live(w way, task history.TaskKind) history.Observation {
	c.t.Helper()
	i := slices.IndexFunc(c.observations, func(o history.Observation) bool {
		return o.From == w.from && o.To == w.to && o.Task == task
	})
	require.GreaterOrEqual(c.t, i, 0, "histories/%s/live.json has no %s task from %s to %s", c.Name, task, w.from, w.to)
	return c.observations[i]
}

func (c recordedCatalogue) observed(sc versioning.Scenario, w way, task history.TaskKind) (history.Observation, bool) {
	i := slices.IndexFunc(c.observations, func(o history.Observation) bool {
		return o.Scenario == sc.Name && o.From == w.from && o.To == w.to && o.Task == task
	})
	if i < 0 {
		return history.Observation{}, false
	}
	return c.observations[i], true
}

func uncapitalize(s string) string { return strings.ToLower(s[:1]) + s[1:] }
