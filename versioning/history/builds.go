package history

import (
	"strings"

	historypb "go.temporal.io/api/history/v1"
)

// Builds returns the build IDs of the Workers that completed the Workflow Tasks, in order. A build
// ID appears once for Workflow Tasks in a row, so 1.0, 1.1, 1.0 means there and back. Workers
// without a build ID are left out.
func (r *Recording) Builds() (builds []string) {
	for _, e := range r.History.GetEvents() {
		build := BuildOf(e.GetWorkflowTaskCompletedEventAttributes())
		if build != "" && (len(builds) == 0 || builds[len(builds)-1] != build) {
			builds = append(builds, build)
		}
	}
	return builds
}

// BuildOf returns the build ID of the Worker that completed a Workflow Task, "" if the event has
// none. A Temporal Service before 1.28 wrote the build ID in worker_deployment_version, as
// DEPLOYMENT.BUILD.
func BuildOf(completed *historypb.WorkflowTaskCompletedEventAttributes) string {
	if build := completed.GetDeploymentVersion().GetBuildId(); build != "" {
		return build
	}
	_, build, _ := strings.Cut(completed.GetWorkerDeploymentVersion(), ".")
	return build
}
