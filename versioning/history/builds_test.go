package history_test

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

func TestBuilds(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		recording string
		want      []string
		why       string
	}{
		{"deployments/v1-0.pinned-drains", []string{"1.0"}, "five tasks of one build are one"},
		{"deployments/v1-0+v1-1+v1-0.auto-upgrade-rollback", []string{"1.0", "1.1", "1.0"}, "there and back"},
		{"deployments/v2-0.pinned-renewed", []string{"2.0"}, "the run before is another execution"},
		{"patching/initial+patched.completed", []string{"initial", "patched"},
			"a worker tells its build without Worker Versioning too"},
	} {
		t.Run(tt.recording, func(t *testing.T) {
			t.Parallel()
			r, err := history.ReadFile(os.DirFS("../../histories"), tt.recording+".json")
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, r.Builds()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
	require.Empty(t, (&history.Recording{}).Builds())
	require.Equal(t, "1.0",
		history.BuildOf(&historypb.WorkflowTaskCompletedEventAttributes{WorkerDeploymentVersion: "orders.1.0"}),
		"as services before 1.28 wrote it")
}
