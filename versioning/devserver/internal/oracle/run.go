package oracle

import (
	"log/slog"
	"maps"
	"slices"

	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// A run is what an interpreted program calls in a replay of a recording.
type run struct {
	// all are its calls by Workflow Task, in their order, and sent those that a command or an update
	// event comes from.
	all, sent map[int][]program.Call
	// err is what the SDK says of the replay.
	err error
}

// runOver has the SDK replay the recording by the program. Up to the first call that the history does
// not have, it makes the calls that a live Worker makes.
func runOver(p *program.Program, r *history.Recording) *run {
	x := &run{all: map[int][]program.Call{}}
	own := &program.Program{Steps: p.Steps, Called: func(c program.Call) { x.all[c.Task] = append(x.all[c.Task], c) }}
	replayer, err := worker.NewWorkflowReplayerWithOptions(worker.WorkflowReplayerOptions{})
	if err != nil {
		return &run{err: err}
	}
	replayer.RegisterWorkflowWithOptions(own.Run, workflow.RegisterOptions{Name: program.Type})
	tasks := events.CompletedTasks(r.History.GetEvents())
	whole := &historypb.History{Events: r.History.GetEvents()[:tasks[len(tasks)-1].End]}
	x.err = replayer.ReplayWorkflowHistoryWithOptions(log.NewStructuredLogger(slog.New(slog.DiscardHandler)), proto.CloneOf(whole),
		worker.ReplayWorkflowHistoryOptions{OriginalExecution: workflow.Execution{ID: r.WorkflowID, RunID: r.RunID}})
	x.sort(tasks)
	return x
}

// sort finds the calls that something is sent for. A MutableSideEffect is sent where its value is a new
// one.
func (x *run) sort(tasks []events.WorkflowTask) {
	x.sent = map[int][]program.Call{}
	values := map[string]string{}
	for _, task := range tasks {
		at := int(task.Started)
		for _, c := range x.all[at] {
			switch c.Does {
			case program.Asks, program.Handles, program.AsksVersion:
				continue
			case program.CallsChild:
				if c.Canceled {
					continue
				}
			case program.CallsMutableSideEffect:
				if value, known := values[c.Name]; known && value == c.Value {
					continue
				}
				values[c.Name] = c.Value
			}
			x.sent[at] = append(x.sent[at], c)
		}
	}
}

// upTo are all calls up to the end of the Workflow Task.
func (x *run) upTo(task events.WorkflowTask) (calls []program.Call) {
	for _, at := range slices.Sorted(maps.Keys(x.all)) {
		if at <= int(task.Started) {
			calls = append(calls, x.all[at]...)
		}
	}
	return calls
}
