// Package bench holds what the benchmarks of several packages share: families whose stages are all
// the same, and the loop of replays that the matrix is compared with.
package bench

import (
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/testdata/loop"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// Loop returns a family whose stages are all loop.Workflow.
func Loop(stages int) *versioning.Family { return SameCode(loop.Workflow, "Loop", stages) }

// SameCode returns a family in which every stage has the same code.
func SameCode(code any, workflowType string, stages int) *versioning.Family {
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

// WriteCopies writes n files, each with the same recording.
func WriteCopies(b *testing.B, dir string, r *history.Recording, n int) (files []string) {
	for i := range n {
		file := filepath.Join(dir, fmt.Sprintf("copy.%d.json", i))
		if err := history.WriteFile(file, r); err != nil {
			b.Fatal(err)
		}
		files = append(files, file)
	}
	return files
}

// Sources returns the recordings in the folder.
func Sources(b *testing.B, dir string) iter.Seq[history.Source] {
	sources, err := history.Dir(os.DirFS(dir), ".")
	if err != nil {
		b.Fatal(err)
	}
	return slices.Values(sources)
}
