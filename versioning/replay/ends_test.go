package replay_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// waits is the code of early-end, waitsTwice that of early-end-long.
func waits(ctx workflow.Context) error {
	_ = workflow.ExecuteActivity(ao(ctx), A, "1").Get(ctx, nil)
	workflow.GetSignalChannel(ctx, "x").Receive(ctx, nil)
	return workflow.ExecuteActivity(ao(ctx), B, "2").Get(ctx, nil)
}

func waitsTwice(ctx workflow.Context) error {
	_ = workflow.ExecuteActivity(ao(ctx), A, "1").Get(ctx, nil)
	workflow.GetSignalChannel(ctx, "x").Receive(ctx, nil)
	workflow.GetSignalChannel(ctx, "y").Receive(ctx, nil)
	return workflow.ExecuteActivity(ao(ctx), B, "2").Get(ctx, nil)
}

// endsWith calls A and ends so.
func endsWith(end func(workflow.Context) error) func(workflow.Context) error {
	return func(ctx workflow.Context) error {
		_ = workflow.ExecuteActivity(ao(ctx), A, "1").Get(ctx, nil)
		return end(ctx)
	}
}

func entity(most int) func(workflow.Context, int) error {
	return func(ctx workflow.Context, sum int) error {
		for range most {
			var n int
			workflow.GetSignalChannel(ctx, "add").Receive(ctx, &n)
			sum += n
		}
		return workflow.NewContinueAsNewError(ctx, "Entity", sum)
	}
}

// TestEndsEarly is about code that ends the execution where the history goes on. A live
// Worker closes it at once, and no SDK says a word.
func TestEndsEarly(t *testing.T) {
	t.Parallel()
	nothing := func(workflow.Context) error { return nil }
	fails := func(workflow.Context) error { return errors.New("early: at once") }
	continues := func(ctx workflow.Context) error { return workflow.NewContinueAsNewError(ctx, "E") }
	canceled := func(workflow.Context) error { return temporal.NewCanceledError("early") }
	for _, tt := range []struct {
		name   string
		file   string
		change func(*history.Recording)
		code   any
		want   replay.Verdict
		event  int64
		text   string
		why    string
	}{
		{"unchanged", "early-end", nil, waits, replay.Safe, 0, "", "it waits for the signal"},
		{"returns", "early-end", nil, endsWith(nothing), replay.Nondeterministic, 10,
			"code ends (completed) in the Workflow Task of event 10, history goes on; live it closes there, " +
				"without an error, unless an event arrives in that task: ", "live it closes at once, silently"},
		{"fails", "early-end", nil, endsWith(fails), replay.Nondeterministic, 10,
			`code ends (failed with "early: at once")`, "it is Failed for good"},
		{"continues as new", "early-end", nil, endsWith(continues), replay.Nondeterministic, 10,
			"code ends (continued as new)", "a new run begins at once"},
		{"is cancelled", "early-end", nil, endsWith(canceled), replay.Nondeterministic, 10, "code ends (canceled)",
			"nobody has asked for it"},
		{"terminated since", "early-end", terminated, endsWith(nothing), replay.Nondeterministic, 10, "completed",
			"the code that ran it was still waiting"},
		{"timed out since", "early-end", timedOut, endsWith(nothing), replay.Nondeterministic, 10, "completed",
			"the code that ran it was still waiting"},
		{"unchanged and terminated", "early-end", terminated, waits, replay.Safe, 0, "", "the service has closed it"},
		{"unchanged and timed out", "early-end", timedOut, waits, replay.Safe, 0, "", "the service has closed it"},
		{"unchanged, long", "early-end-long", nil, waitsTwice, replay.Safe, 0, "", "it waits for the second signal"},
		{"returns, long", "early-end-long", nil, endsWith(nothing), replay.Nondeterministic, 10,
			"in the Workflow Task of event 10", "the first one in which it ends"},
		{"returns after the first signal", "early-end-long", nil, endsWith(func(ctx workflow.Context) error {
			workflow.GetSignalChannel(ctx, "x").Receive(ctx, nil)
			return nil
		}), replay.Nondeterministic, 31, "in the Workflow Task of event 31", "the task before is as it was"},
		{"unchanged entity", "entity-four-signals", nil, entity(5), replay.Safe, 0, "",
			"it waits for the fifth signal"},
		{"entity of three", "entity-four-signals", nil, entity(3), replay.Nondeterministic, 16,
			"lost with the run: 1 signal", "the fourth signal is lost with the run"},
		{"entity of four", "entity-four-signals", nil, entity(4), replay.Nondeterministic, 20, "event 20",
			"the last task is the one"},
		{"entity of none", "entity-four-signals", nil, entity(0), replay.Nondeterministic, 4, "event 4",
			"at its very first task"},
	} {
		for _, level := range compare.Levels() {
			t.Run(tt.name+"/"+level.String(), func(t *testing.T) {
				t.Parallel()
				r := fault(t, tt.file)
				if tt.change != nil {
					tt.change(r)
				}
				got := replay.Judge(t.Context(), running(r, "test", tt.code), r,
					&replay.Options{Config: replay.Config{Level: level}, Explain: true})
				require.Equal(t, tt.want, got.Verdict, "%s: %s", tt.why, advice.Line(got))
				require.Equal(t, tt.event, got.Place.Event, "%s: %s", tt.why, advice.Line(got))
				require.Contains(t, advice.Line(got), tt.text, tt.why)
				if tt.want != replay.Safe {
					require.Equal(t, "WorkflowTaskCompleted", got.Place.EventType)
					if level != compare.Commands && strings.HasPrefix(tt.file, "early-end") {
						require.Contains(t, got.Place.Source, "ends_test.go:", "the last call before it")
					}
					require.Equal(t, cause.EndsEarlier, got.Cause.Kind)
					require.Equal(t, "No GetVersion decides it; branch with GetVersion.", advice.Explain(got).Do,
						"values of the user's are not cut")
				}
			})
		}
	}
}

// TestEndsEarlyAtAWaitingPoint is about a closed history: the code ends as the history
// does, and too early for the executions that wait.
func TestEndsEarlyAtAWaitingPoint(t *testing.T) {
	t.Parallel()
	failure := temporal.NewApplicationErrorWithOptions("not delivered", "Undelivered",
		temporal.ApplicationErrorOptions{Details: []any{"Main Street"}})
	charges := func(wait func(workflow.Context)) any {
		return func(ctx workflow.Context) (string, error) {
			_ = workflow.ExecuteActivity(withActivity(ctx), "Charge", 100).Get(ctx, nil)
			wait(ctx)
			return "", failure
		}
	}
	for _, tt := range []struct {
		name string
		code any
		want replay.Verdict
		park []replay.Verdict
		why  string
	}{
		{"unchanged", charges(func(ctx workflow.Context) {
			workflow.GetSignalChannel(ctx, "finish").Receive(ctx,
				nil)
		}), replay.Safe, nil,
			"it ends in the task in which the history ends"},
		{"does not wait", charges(func(workflow.Context) {}), replay.Nondeterministic,
			[]replay.Verdict{replay.Safe, replay.Nondeterministic},
			"whoever waits for the signal is Failed without it"},
		{"never waits", func(workflow.Context) (string, error) { return "", failure }, replay.Nondeterministic,
			[]replay.Verdict{replay.Nondeterministic, replay.Nondeterministic},
			"and does not charge"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := recording(t, "runtimechecks/failure/base.ended")
			got := replay.Judge(t.Context(), running(r, "test", tt.code), r, nil)
			require.Equal(t, tt.want, got.Verdict, "%s: %s", tt.why, advice.Line(got))
			var park []replay.Verdict
			for _, p := range got.Park.Points {
				park = append(park, p.Verdict)
			}
			require.Equal(t, tt.park, park, tt.why)
		})
	}
}

// closeBy adds the event with which the service closes the execution.
func closeBy(r *history.Recording, e *historypb.HistoryEvent) {
	e.EventId = int64(len(r.History.Events)) + 1
	r.History.Events = append(r.History.Events, e)
}

func terminated(r *history.Recording) { closeBy(r, terminatedEvent()) }

func timedOut(r *history.Recording) {
	closeBy(r, &historypb.HistoryEvent{EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
		Attributes: &historypb.HistoryEvent_WorkflowExecutionTimedOutEventAttributes{
			WorkflowExecutionTimedOutEventAttributes: &historypb.WorkflowExecutionTimedOutEventAttributes{}}})
}
