package play

import (
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/connect"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// TestNewWorker is about stages that the SDK panics over, and about what a stage
// says of its workers. No worker is started.
func TestNewWorker(t *testing.T) {
	t.Parallel()
	c, err := client.NewLazyClient(client.Options{Logger: connect.Silent})
	require.NoError(t, err)
	defer c.Close()
	for _, tt := range []struct {
		name   string
		change func(*versioning.Stage)
		want   string
		why    string
	}{
		{"as it is", func(*versioning.Stage) {}, "", "a stage of a reference family"},
		{"no activities", func(s *versioning.Stage) { s.RegisterActivities = nil }, "", "nil registers none"},
		{"panic", func(s *versioning.Stage) {
			s.Register = func(worker.WorkflowRegistry) { panic("no configuration\nat x.go:1") }
		},
			"stage initial of patching cannot be registered: no configuration", "one line"},
		{"build without behavior", func(s *versioning.Stage) { s.BuildID = "1.0" },
			"stage initial of patching cannot be registered: ", "the SDK wants to know whether the workflow is pinned"},
		{"build with behavior", func(s *versioning.Stage) {
			s.BuildID = "1.0"
			s.WorkerOptions = func(o *worker.Options) {
				o.DeploymentOptions.DefaultVersioningBehavior = workflow.VersioningBehaviorPinned
				if o.DeploymentOptions.Version != (worker.WorkerDeploymentVersion{DeploymentName: "patching",
					BuildID: "1.0"}) {
					panic("another version")
				}
			}
		}, "", "the deployment is the family, and its options come last"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			stage := patching.Family.Stages[0]
			tt.change(&stage)
			_, err := newWorker(c, patching.Family, stage, false, nil)
			if tt.want == "" {
				require.NoError(t, err, tt.why)
			} else {
				require.ErrorContains(t, err, tt.want, tt.why)
				require.NotContains(t, err.Error(), "\n")
			}
		})
	}
}

func TestTaskQueue(t *testing.T) {
	t.Parallel()
	require.Equal(t, "patching-task-queue", taskQueue(patching.Family))
	require.Equal(t, "runtimechecks-activity-task-queue", taskQueue(&versioning.Family{Name: "runtimechecks/activity"}))
}
