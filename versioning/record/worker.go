package record

import (
	"fmt"

	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// registerActivities registers what a worker runs beside workflows; nil makes
// it a worker without activities.
type registerActivities = func(worker.ActivityRegistry)

// startWorker starts a live worker of the stage. The build ID is the stage's
// name, so that the history says which stage completed which workflow task.
func (x *observed) startWorker(s versioning.Stage, activities registerActivities) error {
	options := worker.Options{
		Identity:                identity,
		LocalActivityWorkerOnly: activities == nil,
		DeploymentOptions: worker.DeploymentOptions{
			Version: worker.WorkerDeploymentVersion{DeploymentName: x.family.Name, BuildID: s.Name},
		},
	}
	if s.WorkerOptions != nil {
		s.WorkerOptions(&options)
	}
	x.worker = worker.New(x.Client, x.taskQueue, options)
	s.Register(x.worker)
	if activities != nil {
		activities(x.worker)
	}
	if err := x.worker.Start(); err != nil {
		return fmt.Errorf("starting the worker of stage %s: %w", s.Name, err)
	}
	return nil
}
