package frontend_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	querypb "go.temporal.io/api/query/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/internal/frontend"
)

// TestStop stops Workers that have tasks.
func TestStop(t *testing.T) {
	t.Parallel()
	began := make(chan struct{}, 8)
	w := startAll(t, doing(func() error { began <- struct{}{}; time.Sleep(500 * time.Millisecond); return nil }),
		client.Options{}, 0)
	r := recording(t, "patching/initial.completed")
	errs := make(chan error, 8)
	for range 8 {
		go func() {
			_, err := w.Do(context.Background(), taskAt(r, 9, 3))
			errs <- err
		}()
	}
	<-began
	start := time.Now()
	w.Stop()
	require.Less(t, time.Since(start), 10*time.Second)
	for range 8 {
		select {
		case <-errs: // an answer, or that the Workers are stopped
		case <-time.After(5 * time.Second):
			require.Fail(t, "a task has no end")
		}
	}
	_, err := w.Do(t.Context(), taskAt(r, 9, 3))
	require.ErrorContains(t, err, "stopped")
	w.Stop()
}

type panickingConverter struct{ converter.DataConverter }

func (*panickingConverter) FromPayloads(*commonpb.Payloads, ...any) error { panic("cannot decode") }

func (*panickingConverter) ToPayloads(...any) (*commonpb.Payloads, error) { panic("cannot encode") }

type panickingPropagator struct{ workflow.ContextPropagator }

func (*panickingPropagator) ExtractToWorkflow(workflow.Context, workflow.HeaderReader) (workflow.Context, error) {
	panic("no context")
}

// TestPanics has what a user brings panic: there is an end at once.
func TestPanics(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		options client.Options
		answer  string
		none    bool
		why     string
	}{
		{"data converter", client.Options{DataConverter: &panickingConverter{converter.GetDefaultDataConverter()}},
			"cannot encode", false, "it is called in workflow code"},
		{"context propagator", client.Options{ContextPropagators: []workflow.ContextPropagator{&panickingPropagator{}}},
			"no context", false, "it is called when the workflow begins"},
		{"failure converter", client.Options{FailureConverter: &panickingFailures{temporal.GetDefaultFailureConverter()}},
			"it panics: no failure can be made", true, "the Worker is about to answer, and has no answer then"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			what := func() error { return nil }
			if tt.none {
				what = func() error { return context.Canceled }
			}
			w := startAll(t, doing(what), tt.options, 0)
			t.Cleanup(w.Stop)
			start := time.Now()
			a, err := w.Do(t.Context(), taskAt(recording(t, "patching/initial.completed"), 9, 3))
			require.Less(t, time.Since(start), 10*time.Second, "well before nobody has patience any more")
			if tt.none {
				require.ErrorIs(t, err, frontend.ErrNoAnswer, tt.why)
				require.ErrorContains(t, err, tt.answer)
				return
			}
			require.NoError(t, err)
			require.NotNil(t, a.Failed, tt.why)
			require.Contains(t, a.Failed.Failure.GetMessage(), tt.answer)
		})
	}
}

// TestNoHistory has tasks that a Worker gives up without an answer.
func TestNoHistory(t *testing.T) {
	t.Parallel()
	w := start(t, stage(t, "initial"), 1)
	task := taskAt(recording(t, "patching/initial.completed"), 9, 3)
	task.Events = task.Events[1:]
	_, err := w.Do(t.Context(), task)
	require.ErrorContains(t, err, "does not begin with a Task Queue")
	task.Events = nil
	_, err = w.Do(t.Context(), task)
	require.ErrorContains(t, err, "without events")
}

// TestQueries asks queries with a task.
func TestQueries(t *testing.T) {
	t.Parallel()
	w := start(t, stage(t, "initial"), 1)
	task := taskAt(recording(t, "patching/initial.completed"), 3, 0)
	task.Queries = map[string]*querypb.WorkflowQuery{"1": {QueryType: "result"}, "2": {QueryType: "unheard of"}}
	a, err := w.Do(t.Context(), task)
	require.NoError(t, err)
	results := a.Completed.GetQueryResults()
	require.Equal(t, enumspb.QUERY_RESULT_TYPE_ANSWERED, results["1"].GetResultType(), "%v", results["1"])
	require.NotEmpty(t, results["1"].GetAnswer().GetPayloads())
	require.Equal(t, enumspb.QUERY_RESULT_TYPE_FAILED, results["2"].GetResultType())
	require.Contains(t, results["2"].GetErrorMessage(), "unheard of")
}
