package play

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/connect"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

type workerFlags struct {
	service           connect.Flags
	family, stage     string
	withoutActivities bool
	untilStdinCloses  bool
}

func (c commands) workerCommand() *cobra.Command {
	var flags workerFlags
	f := c.Families[0]
	stage := f.Stages[0].Name
	cmd := &cobra.Command{
		Use:   "worker --workflow STAGE",
		Short: "Run a live worker of one stage, until interrupted",
		Long: `worker runs a live worker of one stage of a family on the family's task queue,
such as ` + taskQueue(f) + `, until it is interrupted (exit code 0).

What the SDK warns of, such as a workflow task that fails, is a line each on
standard error.`,
		Example: c.Examples("worker --workflow "+stage, "worker --family "+f.Name+" --workflow "+stage,
			"worker --workflow "+stage+" --without-activities"),
		Args: shell.ArgsUsage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.worker(until(cmd.Context(), flags.untilStdinCloses), flags)
		},
	}
	flags.service.Add(cmd)
	cmd.Flags().StringVar(&flags.stage, "workflow", "", "the stage to run (required)")
	cmd.Flags().StringVar(&flags.family, "family", "", "the family of the stage"+c.defaultFamily())
	cmd.Flags().BoolVar(&flags.withoutActivities, "without-activities", false,
		"take workflow tasks only, so that executions stay open where they call an activity")
	addUntilStdinCloses(cmd, &flags.untilStdinCloses)
	shell.CompleteFlag(cmd, "workflow", c.OfFamily(cmd, stages))
	shell.CompleteFlag(cmd, "family", c.FamilyWords)
	return cmd
}

func (c commands) worker(ctx context.Context, flags workerFlags) error {
	f, err := c.Family(flags.family)
	if err != nil {
		return err
	}
	stage, err := stageOf(f, flags.stage)
	if err != nil {
		return err
	}
	service, err := flags.service.Dial(ctx, c.Shell)
	if err != nil {
		return err
	}
	defer service.Close()
	fatal := make(chan error, 1)
	w, err := newWorker(service.Client, f, stage, flags.withoutActivities, func(err error) { fatal <- err })
	if err != nil {
		return err
	}
	if err := w.Start(); err != nil {
		return fmt.Errorf("starting the worker of %s: %w", stage.Name, service.Explain(err))
	}
	fmt.Fprintln(c.Stdout, "Worker started")
	if stage.BuildID != "" {
		fmt.Fprintf(c.Stderr, "It is build %s of deployment %s, and gets new executions once that is current: "+
			"temporal worker deployment set-current-version --deployment-name %[2]s --build-id %[1]s%[3]s\n",
			stage.BuildID, f.Name, service.At)
	}
	select {
	case <-ctx.Done():
	case err = <-fatal:
		err = fmt.Errorf("the worker of %s cannot go on: %w", stage.Name, service.Explain(err))
	}
	fmt.Fprintln(c.Stdout, "Shutting down")
	w.Stop()
	return err
}

// newWorker makes a worker of the stage. A stage without a build ID has its name
// for one, as it has in recordings: the history then says which stage completed
// which workflow task. The SDK panics where options or registration are wrong.
func newWorker(c client.Client, f *versioning.Family, stage versioning.Stage, withoutActivities bool,
	onFatal func(error)) (w worker.Worker, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("stage %s of %s cannot be registered: %s", stage.Name, f.Name,
				shell.FirstLine(fmt.Sprint(p)))
		}
	}()
	options := worker.Options{
		LocalActivityWorkerOnly: withoutActivities || stage.RegisterActivities == nil,
		OnFatalError:            onFatal,
		DeploymentOptions: worker.DeploymentOptions{
			Version: worker.WorkerDeploymentVersion{DeploymentName: f.Name, BuildID: stage.Name},
		},
	}
	if stage.BuildID != "" {
		options.DeploymentOptions.UseVersioning = true
		options.DeploymentOptions.Version.BuildID = stage.BuildID
	}
	if stage.WorkerOptions != nil {
		stage.WorkerOptions(&options)
	}
	w = worker.New(c, taskQueue(f), options)
	stage.Register(w)
	if !options.LocalActivityWorkerOnly {
		stage.RegisterActivities(w)
	}
	return w, nil
}
