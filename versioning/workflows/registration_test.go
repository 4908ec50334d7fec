package workflows_test

import (
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/cutover"
)

// registrations are the lines that advice prints for workflow types of the families, as code.
var registrations = map[string]func(worker.WorkflowRegistry){
	"w.RegisterWorkflow(MyWorkflow)": func(w worker.WorkflowRegistry) { w.RegisterWorkflow(cutover.MyWorkflow) },
	`w.RegisterWorkflowWithOptions(MovedInPlace, workflow.RegisterOptions{Name: "MyWorkflow"})`: func(w worker.WorkflowRegistry) {
		w.RegisterWorkflowWithOptions(cutover.MovedInPlace, workflow.RegisterOptions{Name: "MyWorkflow"})
	},
	`w.RegisterWorkflowWithOptions(MyWorkflow, workflow.RegisterOptions{Name: "orders.MyWorkflow"})`: func(w worker.WorkflowRegistry) {
		w.RegisterWorkflowWithOptions(cutover.MyWorkflow, workflow.RegisterOptions{Name: "orders.MyWorkflow"})
	},
}

// only passes on what is registered under the name.
type only struct {
	worker.WorkflowRegistry
	name string
}

func (o only) RegisterWorkflowWithOptions(w any, options workflow.RegisterOptions) {
	if options.Name == o.name {
		o.WorkflowRegistry.RegisterWorkflowWithOptions(w, options)
	}
}

func (o only) RegisterWorkflow(w any) {
	name := runtime.FuncForPC(reflect.ValueOf(w).Pointer()).Name()
	if strings.HasSuffix(name, "."+o.name) {
		o.WorkflowRegistry.RegisterWorkflow(w)
	}
}

// TestRegistrationMends adds the line that advice prints for a workflow type which a stage does not register. The stage
// then does with the recording what the stage does that ran it last. Of fixtures, which cannot be named here, it adds
// what that stage registers.
func TestRegistrationMends(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, c := range corpora.All() {
		sources, err := history.Dir(c.Recordings(), ".")
		require.NoError(t, err)
		for _, row := range explained(t, c).Rows {
			for i, cell := range row.Cells {
				code := advice.Explain(cell.Result).Code
				if cell.Cause.Kind != cause.TypeNotRegistered || code == "" {
					continue
				}
				ran := slices.IndexFunc(row.Cells, func(c matrix.Cell) bool { return c.Stage == row.Lineage[len(row.Lineage)-1] })
				line := code[strings.LastIndexByte(code, '\n')+1:]
				add, known := registrations[line]
				if c.IsFixture() {
					add = func(w worker.WorkflowRegistry) { c.Family.Stages[ran].Register(only{w, cell.Cause.Type.Name}) }
				} else {
					require.True(t, known, "%s: add what registers this to the table:\n%s", cell, line)
					used[line] = true
				}
				stage := c.Family.Stages[i]
				before := stage.Register
				stage.Register = func(w worker.WorkflowRegistry) { before(w); add(w) }
				source := slices.IndexFunc(sources, func(s history.Source) bool { return s.Name == row.Recording })
				recording, err := sources[source].Load()
				require.NoError(t, err)
				got := replay.Judge(t.Context(), stage, recording, &replay.Options{Config: configOf(c)})
				require.Equal(t, row.Cells[ran].Verdict, got.Verdict, "%s with %s", cell, line)
			}
		}
	}
	require.Len(t, used, len(registrations), "each line is printed for a cell")
}
