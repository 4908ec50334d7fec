package replaytest_test

import (
	"os"
	"testing"

	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/replaytest"
)

var family = &versioning.Family{
	Name:          "order",
	Doc:           "An order is charged for and shipped.",
	WorkflowTypes: []string{"Order"},
	Stages: []versioning.Stage{{
		Name:     "today",
		Doc:      "The code as it is.",
		Register: func(r worker.WorkflowRegistry) { r.RegisterWorkflow(Order) },
	}},
}

func TestReplay(t *testing.T) {
	replaytest.Run(t, replaytest.Params{
		Family:     family,
		Recordings: os.DirFS("testdata/histories"),
	})
}
