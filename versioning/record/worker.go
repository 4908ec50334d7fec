package record

import (
	"fmt"

	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// registerActivities registers what a worker runs beside workflows; nil makes
// it a worker without activities.
type registerActivities = func(worker.ActivityRegistry)

// startWorker starts a live worker of the stage. The build ID is that of the
// stage or its name, so that the history says which stage completed which
// workflow task.
func (x *observed) startWorker(s versioning.Stage, activities registerActivities) error {
	options := worker.Options{
		Identity:                identity,
		LocalActivityWorkerOnly: activities == nil,
		DeploymentOptions:       x.deploymentOptions(s),
	}
	if s.WorkerOptions != nil {
		s.WorkerOptions(&options)
	}
	if x.prefer != nil {
		options.PreferredVersionProvider = x.prefer.provider(options.PreferredVersionProvider)
	}
	w := worker.New(x.Client, x.taskQueue, options)
	if err := register(s, w, activities); err != nil {
		return err
	}
	if err := w.Start(); err != nil {
		return fmt.Errorf("starting the worker of stage %s: %w", s.Name, err)
	}
	x.worker = w
	return nil
}

// register turns a panic into an error: with Worker Versioning the SDK panics on
// a workflow without a versioning behavior, which no replay does.
func register(s versioning.Stage, w worker.Worker, activities registerActivities) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("registering stage %s: %v", s.Name, p)
		}
	}()
	s.Register(w)
	if activities != nil {
		activities(w)
	}
	return nil
}
