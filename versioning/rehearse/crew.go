package rehearse

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/internal/frontend"
	"github.com/replaymatrix/replaymatrix/versioning/internal/inert"
	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
	"github.com/replaymatrix/replaymatrix/versioning/internal/registry"
)

// A crew is the Workers of one stage in one namespace.
type crew struct {
	worker *frontend.Worker
	guard  *inert.Guard
	// decoder has the converters of the Workers.
	decoder payload.Decoder
	// stored counts payloads that a live Worker would have stored elsewhere.
	stored atomic.Int64

	mu sync.Mutex
	// under are the workflow IDs of the executions that are rehearsed: a data converter knows its
	// execution by that alone.
	under map[string]chan struct{}
	// defaults are the executions that prefer DefaultVersion.
	defaults map[*workflow.Info]bool
}

// pollers is the number of SDK Workers of a crew.
const pollers = 4

func hire(stage versioning.Stage, namespace string, o Options) (*crew, error) {
	config := o.Config
	c := &crew{under: map[string]chan struct{}{}, defaults: map[*workflow.Info]bool{}}
	taken, err := configured(config.Worker)
	if err != nil {
		return nil, err
	}
	c.decoder = payload.Decoder{Converter: taken.DataConverter, Failures: taken.FailureConverter}
	activities, err := registry.OfActivities(stage.RegisterActivities)
	if err != nil {
		return nil, fmt.Errorf("stage %s %w", stage.Name, err)
	}
	options := worker.Options{Interceptors: taken.Interceptors, DeploymentOptions: deploymentOf(stage)}
	if stage.WorkerOptions != nil {
		stage.WorkerOptions(&options)
	}
	c.guard = &inert.Guard{Began: func(info *workflow.Info) { c.worker.Began(info) }, Acts: o.RunsLocalActivities}
	if !taken.DisableRegistrationAliasing {
		c.guard.Aliases = activities.Aliases
	}
	options.Interceptors = c.guard.Around(options.Interceptors)
	options.DisableRegistrationAliasing = taken.DisableRegistrationAliasing
	options.PreferredVersionProvider = c.preferring(options.PreferredVersionProvider)
	options.EnableLoggingInReplay = false
	if !o.RunsLocalActivities {
		options.BackgroundActivityContext = nil
	}
	if taken.DisableDeadlockDetection {
		options.DeadlockDetectionTimeout = 1<<63 - 1
	}
	c.worker, err = frontend.Start(frontend.Options{
		Namespace: namespace, Worker: options, Register: stage.Register, Workers: pollers, Logger: config.Logger,
		Activities: localActivities(stage, activities, o.RunsLocalActivities),
		Client: client.Options{
			DataConverter:      c.guard.Converter(taken.DataConverter),
			FailureConverter:   inert.Failures(taken.FailureConverter),
			ContextPropagators: c.guard.Propagators(taken.ContextPropagators),
			ExternalStorage:    c.guard.Storage(taken.ExternalStorage, &c.stored),
		},
	})
	if err != nil {
		return nil, fmt.Errorf("stage %s: %w", stage.Name, err)
	}
	return c, nil
}

// deploymentOf gives the Workers the build ID of the stage, or its name if it has none, as package
// record does. Code can ask for it. What a workflow without a versioning behavior is registered
// with is not known here, and no task depends on it.
func deploymentOf(stage versioning.Stage) worker.DeploymentOptions {
	options := worker.DeploymentOptions{
		UseVersioning: stage.BuildID != "",
		Version:       worker.WorkerDeploymentVersion{DeploymentName: "rehearsal", BuildID: stage.BuildID},
	}
	if options.Version.BuildID == "" {
		options.Version.BuildID = stage.Name
	}
	if options.UseVersioning {
		options.DefaultVersioningBehavior = workflow.VersioningBehaviorAutoUpgrade
	}
	return options
}

// localActivities registers what the stage does: a Worker gives an error for a local activity that
// it does not know. Only the names are registered unless they run. Of a stage that registers none
// nobody knows which there are.
func localActivities(stage versioning.Stage, known registry.Activities, run bool) func(worker.ActivityRegistry) {
	if run {
		return stage.RegisterActivities
	}
	return func(r worker.ActivityRegistry) {
		for _, name := range known.Names {
			r.RegisterActivityWithOptions(doesNothing, activity.RegisterOptions{Name: name})
		}
		if known.Dynamic || stage.RegisterActivities == nil {
			r.RegisterDynamicActivity(doesNothingWith, activity.DynamicRegisterOptions{})
		}
	}
}

func doesNothing(context.Context) error { return nil }

func doesNothingWith(context.Context, converter.EncodedValues) (string, error) { return "", nil }

func (c *crew) close() { c.worker.Stop() }

// preferring prefers DefaultVersion in executions that are rehearsed so.
func (c *crew) preferring(users worker.PreferredVersionProvider) worker.PreferredVersionProvider {
	return func(in worker.PreferredVersionProviderInput) *worker.VersionPreference {
		c.mu.Lock()
		defaults := c.defaults[in.WorkflowInfo]
		c.mu.Unlock()
		if defaults {
			return &worker.VersionPreference{Version: workflow.DefaultVersion, ClampToSupportedRange: true}
		}
		if users != nil {
			return users(in)
		}
		return nil
	}
}

// alone waits until no one else rehearses an execution of that workflow ID, and returns what ends
// that.
func (c *crew) alone(ctx context.Context, x workflow.Execution) (leave func(), err error) {
	e := x.ID
	for {
		c.mu.Lock()
		busy, is := c.under[e]
		if !is {
			mine := make(chan struct{})
			c.under[e] = mine
			c.mu.Unlock()
			return func() {
				c.mu.Lock()
				defer c.mu.Unlock()
				delete(c.under, e)
				close(mine)
			}, nil
		}
		c.mu.Unlock()
		select {
		case <-busy:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// configured are the options as the plugins leave them.
func configured(options worker.WorkflowReplayerOptions) (taken worker.WorkflowReplayerOptions, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("a plugin panics: %v", p)
		}
	}()
	last := &lastPlugin{}
	options.Plugins = append(slices.Clip(options.Plugins), last)
	if _, err := worker.NewWorkflowReplayerWithOptions(options); err != nil {
		return taken, fmt.Errorf("setting up a Worker: %w", err)
	}
	return last.options, nil
}

// lastPlugin takes the options as the other plugins leave them.
type lastPlugin struct {
	worker.PluginBase
	options worker.WorkflowReplayerOptions
}

func (p *lastPlugin) Name() string { return "replaymatrix.rehearse" }

func (p *lastPlugin) ConfigureWorkflowReplayer(_ context.Context,
	configured worker.PluginConfigureWorkflowReplayerOptions) error {
	p.options = *configured.WorkflowReplayerOptions
	if p.options.DataConverter == nil {
		p.options.DataConverter = converter.GetDefaultDataConverter()
	}
	return nil
}
