package replaymatrix_test

import (
	"fmt"
	"path/filepath"
	"strconv"
	"testing"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/testdata/loop"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

func loopFamily(stages int) *versioning.Family { return stagesOf(loop.Workflow, "Loop", stages) }

// stagesOf returns a family in which every stage is the same code.
func stagesOf(code any, workflowType string, stages int) *versioning.Family {
	f := &versioning.Family{Name: "bench", Doc: "The same code in every stage.", WorkflowTypes: []string{workflowType}}
	for i := range stages {
		f.Stages = append(f.Stages, versioning.Stage{
			Name: "stage-" + strconv.Itoa(i),
			Doc:  "The same code.",
			Register: func(r worker.WorkflowRegistry) {
				r.RegisterWorkflowWithOptions(code, workflow.RegisterOptions{Name: workflowType})
			},
		})
	}
	return f
}

func writeCopies(b *testing.B, dir string, r *history.Recording, n int) (files []string) {
	for i := range n {
		file := filepath.Join(dir, fmt.Sprintf("copy.%d.json", i))
		if err := history.WriteFile(file, r); err != nil {
			b.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}
