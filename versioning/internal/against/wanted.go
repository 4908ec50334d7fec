package against

import (
	"path/filepath"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
)

// Wanted is a recording of an execution that the code of the work tree has run.
type Wanted struct {
	// Stage is the stage of the work tree that has to run the execution.
	Stage string
	// Scenario is the scenario of the family that the execution can be driven with. It is empty if the
	// family has none.
	Scenario string
	// WorkflowType is the type of the execution, and Folder the folder of the test's recordings,
	// seen from Options.Dir. They are empty if they are not known.
	WorkflowType, Folder string
}

// wanted is about the deployed stage. A scenario without a recording is asked for first.
func (r *run) wanted(t *tested) *Wanted {
	w := &Wanted{Stage: t.Deployed().Name}
	if len(t.WorkflowTypes) > 0 {
		w.WorkflowType = t.WorkflowTypes[0]
	}
	if len(t.Scenarios) > 0 {
		w.Scenario = t.Scenarios[0]
		missing := func(scenario string) bool {
			return !slices.ContainsFunc(t.Recordings,
				func(known exchange.Recording) bool { return known.Name == w.Stage+"."+scenario })
		}
		if i := slices.IndexFunc(t.Scenarios, missing); i >= 0 {
			w.Scenario = t.Scenarios[i]
		}
	}
	if t.Folder != "" {
		folder := t.Folder
		if !filepath.IsAbs(folder) {
			folder = filepath.Join(t.in.dir, folder)
		}
		if relative, err := filepath.Rel(r.here.dir, folder); err == nil {
			w.Folder = relative
		}
	}
	return w
}
