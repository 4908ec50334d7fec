// Package rehearse says what a live Worker of a stage does with an execution when the stage is
// deployed: it hands the next Workflow Task to a real Worker of the SDK in this process.
//
//	r := rehearse.New(&rehearse.Options{Config: config})
//	defer r.Close()
//	effects := r.Rehearse(ctx, rehearse.Request{Stage: stage, Recording: recording})
//
// A replay judges what lies behind an execution: whether the code makes the commands that the
// history has. It cannot tell what comes next. GetVersion gives DefaultVersion in a replay and the
// newest version in a new task; code past the last event does not run; the task that closes an
// execution is compared with the history in a replay and by no live Worker.
//
// A rehearsal needs no Temporal Service. It runs workflow code, and nothing that acts: no activity,
// no local activity, no function of a SideEffect or MutableSideEffect. docs/live.md has what is run
// and what is not.
package rehearse

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/private"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Options are those of a Rehearser. The zero value suits Workers with default options.
type Options struct {
	replay.Config
	// RunsLocalActivities lets local activities, the functions of SideEffect and MutableSideEffect,
	// and the Store of external storage run as a live Worker runs them, recorded or not. They act:
	// a local activity that charges a card charges it.
	RunsLocalActivities bool
}

// A Rehearser keeps the Workers of the stages of one family. It may be used by many goroutines at
// once. The zero value is ready to use.
type Rehearser struct {
	options Options

	mu    sync.Mutex
	crews map[crewKey]*hired
	// kept is what is known of recordings.
	kept map[knownKey]*known
}

type crewKey struct{ stage, namespace string }

type hired struct {
	once sync.Once
	crew *crew
	err  error
}

// New returns a Rehearser. Close it to stop its Workers.
func New(opts *Options) *Rehearser {
	if opts == nil {
		opts = &Options{}
	}
	return &Rehearser{options: *opts}
}

// Close stops the Workers.
func (r *Rehearser) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, h := range r.crews {
		h.once.Do(func() {})
		if h.crew != nil {
			h.crew.close()
		}
	}
	r.crews = nil
}

// crew returns the Workers of the stage, which start when they are needed.
func (r *Rehearser) crew(stage versioning.Stage, namespace string) (*crew, error) {
	key := crewKey{stage.Name, namespace}
	r.mu.Lock()
	if r.crews == nil {
		r.crews = map[crewKey]*hired{}
	}
	h := r.crews[key]
	if h == nil {
		h = &hired{}
		r.crews[key] = h
	}
	r.mu.Unlock()
	h.once.Do(func() { h.crew, h.err = hire(stage, namespace, r.options) })
	return h.crew, h.err
}

// unknownNamespace is what workflow code sees if nobody knows the namespace.
const unknownNamespace = "default"

// task is a recorded Workflow Task that was completed.
type task = events.WorkflowTask

// rehearsal is one execution at one stage.
type rehearsal struct {
	*crew
	config    replay.Config
	recording *history.Recording
	tasks     []task
	private   *private.Events
	execution workflow.Execution
	namespace string
}

func (r *Rehearser) rehearsal(stage versioning.Stage, recording *history.Recording) (*rehearsal, error) {
	recording = private.EndedAsCode(recording)
	list := recording.History.GetEvents()
	if len(list) == 0 || list[0].GetWorkflowExecutionStartedEventAttributes().GetTaskQueue().GetName() == "" {
		return nil, fmt.Errorf("rehearsing %s: the history does not begin with a Task Queue", recording)
	}
	x := &rehearsal{
		config: r.options.Config, recording: recording, tasks: events.CompletedTasks(list),
		private:   private.Of(list, r.options.Worker),
		execution: workflow.Execution{ID: recording.WorkflowID, RunID: recording.RunID},
		namespace: recording.Namespace,
	}
	if x.namespace == "" {
		x.namespace = r.options.DefaultNamespace
	}
	if x.namespace == "" {
		x.namespace = unknownNamespace
	}
	if x.execution.RunID == "" {
		x.execution.RunID = events.MadeUpRunID
	}
	var err error
	if x.crew, err = r.crew(stage, x.namespace); err != nil {
		return nil, fmt.Errorf("rehearsing %s: %w", recording, err)
	}
	return x, nil
}

// Next rehearses the Workflow Task that follows the last one that the recording has completed, and
// brings what the recording has after that.
func (r *Rehearser) Next(ctx context.Context, stage versioning.Stage, recording *history.Recording) (Effect, error) {
	x, err := r.rehearsal(stage, recording)
	if err != nil {
		return Effect{}, err
	}
	effect, _, err := x.at(ctx, len(x.tasks), nil)
	return effect, err
}

// At rehearses the Workflow Task that follows the WorkflowTaskCompleted event with the ID point,
// and those after it as long as the code does what is recorded.
func (r *Rehearser) At(ctx context.Context, stage versioning.Stage, recording *history.Recording,
	point int64) (Effect, error) {
	x, err := r.rehearsal(stage, recording)
	if err != nil {
		return Effect{}, err
	}
	n := slices.IndexFunc(x.tasks, func(t task) bool { return t.Completed > point })
	if n < 0 {
		n = len(x.tasks)
	}
	effect, _, err := x.at(ctx, n, nil)
	return effect, err
}
