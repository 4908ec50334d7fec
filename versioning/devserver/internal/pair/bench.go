package pair

import (
	"context"
	"fmt"
	"log/slog"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"google.golang.org/grpc"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/generate"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
)

// A Bench runs pairs on a Temporal Service. Several can run at once.
type Bench struct {
	namespace string
	client    client.Client
	// gated is the client of the old Workers. Its connection has the valve.
	gated client.Client
	valve *valve
	// attendants are the Workers of activities and child workflows.
	attendants []worker.Worker
}

// NewBench connects to the service at the address. Close it after all pairs.
func NewBench(ctx context.Context, address, namespace string) (_ *Bench, err error) {
	b := &Bench{namespace: namespace, valve: newValve()}
	defer func() {
		if err != nil {
			b.Close()
		}
	}()
	options := client.Options{HostPort: address, Namespace: namespace, Logger: log.NewStructuredLogger(slog.New(slog.DiscardHandler))}
	if b.client, err = client.DialContext(ctx, options); err != nil {
		return b, fmt.Errorf("dialing the service: %w", err)
	}
	options.ConnectionOptions.DialOptions = []grpc.DialOption{grpc.WithChainUnaryInterceptor(b.valve.intercept)}
	if b.gated, err = client.DialContext(ctx, options); err != nil {
		return b, fmt.Errorf("dialing the service: %w", err)
	}
	return b, b.attend(ctx)
}

// attend starts what all pairs need: the Workers of activities and children, and an execution that
// takes signals.
func (b *Bench) attend(ctx context.Context) error {
	children := worker.New(b.client, program.ChildQueue, worker.Options{LocalActivityWorkerOnly: true,
		DeadlockDetectionTimeout: unhurried})
	program.RegisterChildren(children)
	activities := worker.New(b.client, program.ActivityQueue, worker.Options{DisableWorkflowWorker: true})
	for _, name := range program.Names {
		// A pair completes it by its ID, or fails it.
		activities.RegisterActivityWithOptions(func(context.Context, string) (string, error) { return "", activity.ErrResultPending },
			activity.RegisterOptions{Name: name})
	}
	for _, w := range []worker.Worker{children, activities} {
		if err := w.Start(); err != nil {
			return fmt.Errorf("starting a Worker of activities or children: %w", err)
		}
		b.attendants = append(b.attendants, w)
	}
	_, err := b.client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: generate.Sink, TaskQueue: program.ChildQueue},
		program.Charge, "")
	if err != nil {
		return fmt.Errorf("starting the execution that takes signals: %w", err)
	}
	return nil
}

// Close stops what attends the pairs.
func (b *Bench) Close() {
	for _, w := range b.attendants {
		w.Stop()
	}
	for _, c := range []client.Client{b.client, b.gated} {
		if c != nil {
			c.Close()
		}
	}
}
