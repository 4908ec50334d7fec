// Package frontend is what a Worker needs of a Temporal Service, in this process: real Workers of
// the SDK get Workflow Tasks that are made of recorded events, and their answers are handed back.
// There is no port and no server: a gRPC client interceptor answers the calls of the Workers.
//
//	w, _ := frontend.Start(options)
//	defer w.Stop()
//	answer, _ := w.Do(ctx, &frontend.Task{…})
//
// The package judges nothing. What a service would make of an answer says package accept, what it
// means says package rehearse.
package frontend

import (
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"google.golang.org/grpc"
)

// Options say how the Workers are set up.
type Options struct {
	// Namespace is that of the executions. Workflow code sees it.
	Namespace string
	// Client has what the Workers take from their client: converters, context propagators, external
	// storage. The other fields are not used.
	Client client.Options
	// Worker are the options of the Workers. What concerns polling, slots, sessions and activities
	// is not used.
	Worker worker.Options
	// Register registers the workflows.
	Register func(worker.WorkflowRegistry)
	// Activities, if not nil, registers activities, which are local ones only: no other is ever
	// handed out.
	Activities func(worker.ActivityRegistry)
	// Workers is the number of SDK Workers that share the tasks, one if it is less. An SDK Worker
	// polls at most 1,000 times a second (defaultPollerRate in its internal/internal_worker.go).
	Workers int
	// Logger gets the log of the Workers. Nil keeps them silent.
	Logger sdklog.Logger
}

// A Worker takes Workflow Tasks. It may be used by many goroutines at once.
type Worker struct {
	options Options
	queue   string
	client  client.Client
	workers []worker.Worker
	// tasks are those that wait for a poll.
	tasks chan *handed
	// stopping is closed by Stop.
	stopping chan struct{}
	once     sync.Once
	pageSize int

	mu sync.Mutex
	// out are the tasks that a Worker has, by their token.
	out map[string]*handed
}

// started numbers the Workers of this process: the poll of a stopped Worker can still take a
// task, so each has a Task Queue of its own.
var started atomic.Int64

// Start starts the Workers. It returns an error if the SDK refuses the options, or if Register
// panics.
func Start(options Options) (w *Worker, err error) {
	w = &Worker{
		options: options, queue: fmt.Sprintf("rehearsal-%d", started.Add(1)),
		tasks: make(chan *handed), stopping: make(chan struct{}),
		out: map[string]*handed{}, pageSize: pageSize,
	}
	if w.options.Logger == nil {
		w.options.Logger = silent
	}
	w.options.Logger = &watched{w.options.Logger, w}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("setting up a Worker: %v", p)
		}
		if err != nil {
			w.Stop()
			w = nil
		}
	}()
	if w.client, err = w.dial(); err != nil {
		return w, err
	}
	for range max(1, options.Workers) {
		one := worker.New(w.client, w.queue, w.workerOptions())
		options.Register(one)
		if options.Activities != nil {
			options.Activities(one)
		}
		if err := one.Start(); err != nil {
			return w, fmt.Errorf("starting a Worker: %w", err)
		}
		w.workers = append(w.workers, one)
	}
	return w, nil
}

var silent = sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler))

// dial makes a client whose calls do not leave the process.
func (w *Worker) dial() (client.Client, error) {
	taken := w.options.Client
	options := client.Options{
		HostPort:                "passthrough:///in-process",
		Namespace:               w.options.Namespace,
		Identity:                "replaymatrix",
		Logger:                  w.options.Logger,
		DataConverter:           taken.DataConverter,
		FailureConverter:        taken.FailureConverter,
		ContextPropagators:      taken.ContextPropagators,
		ExternalStorage:         taken.ExternalStorage,
		WorkerHeartbeatInterval: -1,
		ConnectionOptions: client.ConnectionOptions{
			DialOptions: []grpc.DialOption{grpc.WithChainUnaryInterceptor(w.intercept)},
		},
	}
	if options.DataConverter == nil {
		options.DataConverter = converter.GetDefaultDataConverter()
	}
	dialled, err := client.NewLazyClient(options)
	if err != nil {
		return nil, fmt.Errorf("setting up a client: %w", err)
	}
	return dialled, nil
}

// workerOptions takes what decides how a Worker handles a Workflow Task, and nothing that acts or
// measures.
func (w *Worker) workerOptions() worker.Options {
	taken := w.options.Worker
	return worker.Options{
		LocalActivityWorkerOnly:     true,
		DisableEagerActivities:      true,
		WorkerStopTimeout:           stopTimeout,
		EnableLoggingInReplay:       taken.EnableLoggingInReplay,
		Interceptors:                taken.Interceptors,
		WorkflowPanicPolicy:         taken.WorkflowPanicPolicy,
		DeadlockDetectionTimeout:    taken.DeadlockDetectionTimeout,
		DisableRegistrationAliasing: taken.DisableRegistrationAliasing,
		DeploymentOptions:           taken.DeploymentOptions,
		PreferredVersionProvider:    taken.PreferredVersionProvider,
		Identity:                    taken.Identity,
		DisablePayloadErrorLimit:    taken.DisablePayloadErrorLimit,
		BackgroundActivityContext:   taken.BackgroundActivityContext,
		BuildID:                     taken.BuildID,                 //nolint:staticcheck // workflow code can ask for it
		UseBuildIDForVersioning:     taken.UseBuildIDForVersioning, //nolint:staticcheck // as above
	}
}

// stopTimeout is how long a Worker that stops waits for the tasks that it has. What it has then
// would stay in the cache of this process if other Workers use it. Workflow code that takes longer
// is deadlocked.
const stopTimeout = 3 * time.Second

// Stop stops the Workers. Tasks that are under way end with an error.
func (w *Worker) Stop() {
	w.once.Do(func() {
		close(w.stopping)
		for _, one := range w.workers {
			one.Stop()
		}
		if w.client != nil {
			w.client.Close()
		}
	})
}
