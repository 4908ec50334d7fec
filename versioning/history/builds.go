package history

import (
	"strings"

	historypb "go.temporal.io/api/history/v1"
)

// Builds returns the build IDs of the workers that completed the workflow tasks, in order, one that
// goes on with its own task named once: 1.0, 1.1, 1.0 is there and back. Workers without a build ID
// are left out.
func (r *Recording) Builds() (builds []string) {
	for _, e := range r.History.GetEvents() {
		build := BuildOf(e.GetWorkflowTaskCompletedEventAttributes())
		if build != "" && (len(builds) == 0 || builds[len(builds)-1] != build) {
			builds = append(builds, build)
		}
	}
	return builds
}

// BuildOf returns the build ID of the worker that completed a workflow task, "" if it told none. A
// service before 1.28 wrote it in worker_deployment_version, as DEPLOYMENT.BUILD.
func BuildOf(completed *historypb.WorkflowTaskCompletedEventAttributes) string {
	if build := completed.GetDeploymentVersion().GetBuildId(); build != "" {
		return build
	}
	_, build, _ := strings.Cut(completed.GetWorkerDeploymentVersion(), ".")
	return build
}
