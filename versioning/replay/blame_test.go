package replay_test

import (
	"errors"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/testdata/edits"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// edited reads a recording of the family edits. The caller may change it.
func edited(t testing.TB, name string) *history.Recording {
	t.Helper()
	r, err := history.ReadFile(os.DirFS("../../testdata/histories/edits"), name+".json")
	require.NoError(t, err)
	return r
}

func editsStage(t testing.TB, name string) versioning.Stage {
	t.Helper()
	s, ok := edits.Family.Stage(name)
	require.True(t, ok)
	return s
}

// says is all that is said of the result.
func says(r replay.Result) string {
	x := advice.Explain(r)
	return advice.Line(r) + "\n" + x.What + "\n" + x.Do + "\n" + x.Code
}

// flagged gives the nth Workflow Task a flag that no SDK of today knows.
func flagged(r *history.Recording, n int) *history.Recording {
	for _, e := range r.History.Events {
		if done := e.GetWorkflowTaskCompletedEventAttributes(); done != nil {
			if n--; n == 0 {
				done.SdkMetadata.LangUsedFlags = append(done.SdkMetadata.LangUsedFlags, 9999)
			}
		}
	}
	return r
}

// TestBlamesFlag holds that a flag of a newer SDK is to blame wherever in the history it is, and
// whatever else the replay cannot do: nothing of the history was replayed.
func TestBlamesFlag(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		r    *history.Recording
		why  string
	}{
		{"first", flagged(recording(t, "patching/patched.completed"), 1), "before the code does anything"},
		{"later", flagged(recording(t, "patching/patched.completed"), 2), "what comes before it parts too"},
		{"first, encoded", flagged(zipped(t, recording(t, "patching/patched.completed")), 1),
			"the data converter does not matter yet"},
		{"later, encoded", flagged(zipped(t, recording(t, "patching/patched.completed")), 2),
			"the data converter does not matter yet"},
		{"later, input encoded", flagged(zipped(t, edited(t, "base.parallel-closed")), 2),
			"an input that nobody could read comes after it"},
	} {
		for _, stage := range []versioning.Stage{patchingStage(t, "initial"), patchingStage(t, "patch-complete"),
			editsStage(t, "base")} {
			got := replay.Judge(t.Context(), stage, tt.r, &replay.Options{Explain: true})
			if got.Verdict == replay.Unregistered {
				continue
			}
			require.Equal(t, cause.FlagUnknown, got.Cause.Kind, "%s@%s: %s: %s", tt.name, stage.Name, tt.why, says(got))
			require.Contains(t, advice.Explain(got).Do, "SDK", tt.name)
			require.NotContains(t, says(got), "converter", tt.name)
			require.NotContains(t, says(got), "GetVersion", tt.name)
		}
	}
}

// encoded encodes the input of the activities alone: the rest is as it was.
func encodedInputs(t *testing.T, r *history.Recording) *history.Recording {
	t.Helper()
	for _, e := range r.History.Events {
		if a := e.GetActivityTaskScheduledEventAttributes(); a != nil && a.Input != nil {
			payloads, err := zlib.Encode(a.Input.Payloads)
			require.NoError(t, err)
			a.Input.Payloads = payloads
		}
	}
	return r
}

// TestBlamesConverter holds that what a codec has encoded, and this replay does not read, is never
// taken for a change of the code.
func TestBlamesConverter(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		r     *history.Recording
		stage versioning.Stage
		opts  replay.Options
		why   string
	}{
		{"input of the workflow", zipped(t, edited(t, "base.child-closed")), editsStage(t, "base"), replay.Options{},
			"nothing runs without it"},
		{"marker", zipped(t, recording(t, "patching/patched.waiting")), patchingStage(t, "initial"), replay.Options{},
			"the version is in it"},
		{"marker, own code", zipped(t, recording(t, "patching/patched.completed")), patchingStage(t, "patched"),
			replay.Options{}, "the code has not changed"},
		{"result", zipped(t, recording(t, "patching/patched.completed")), patchingStage(t, "patch-complete"),
			replay.Options{}, "the code gets an error"},
		{"input of an activity", encodedInputs(t, edited(t, "base.activities-open")), editsStage(t, "base"),
			replay.Options{}, "the same value, written otherwise"},
		{"input of an activity, known stages", encodedInputs(t, edited(t, "base.activities-open")),
			editsStage(t, "renames"), replay.Options{Stages: edits.Family.Stages}, "the same value, written otherwise"},
		{"wrong key", encodedInputs(t, edited(t, "base.activities-closed")), editsStage(t, "base"),
			replay.Options{Config: replay.Config{Worker: worker.WorkflowReplayerOptions{DataConverter: locked{
				converter.GetDefaultDataConverter()}}}},
			"a codec with another key reads as little as none"},
		{"input, wrong key", zipped(t, edited(t, "base.child-closed")), editsStage(t, "base"),
			replay.Options{Config: replay.Config{Worker: worker.WorkflowReplayerOptions{DataConverter: locked{
				converter.GetDefaultDataConverter()}}}},
			"its error is its own, and not that of the SDK"},
	} {
		tt.opts.Explain = true
		got := replay.Judge(t.Context(), tt.stage, tt.r, &tt.opts)
		require.NotEqual(t, replay.Safe, got.Verdict, tt.name)
		for _, text := range []string{advice.Line(got), advice.Explain(got).Do} {
			require.Contains(t, text, "data converter", "%s: %s: %s", tt.name, tt.why, got.Cause)
			require.NotContains(t, text, "GetVersion", "%s: %s", tt.name, tt.why)
			require.NotContains(t, text, "keep the old type", "%s: %s", tt.name, tt.why)
		}
		require.NotContains(t, advice.Explain(got).Code, "GetVersion", "%s: %s", tt.name, tt.why)
	}
}

// locked has not got the key.
type locked struct{ converter.DataConverter }

func (l locked) FromPayloads(payloads *commonpb.Payloads, to ...any) error {
	for i, p := range payloads.GetPayloads() {
		if i < len(to) {
			if err := l.FromPayload(p, to[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (l locked) FromPayload(p *commonpb.Payload, to any) error {
	if string(p.GetMetadata()["encoding"]) == "binary/zlib" {
		return errors.New("no such key")
	}
	return l.DataConverter.FromPayload(p, to)
}

// headed gives the first event a header, as an interceptor of the client does.
func headed(r *history.Recording, names ...string) *history.Recording {
	fields := map[string]*commonpb.Payload{}
	for _, name := range names {
		fields[name], _ = converter.GetDefaultDataConverter().ToPayload("acme")
	}
	r.History.Events[0].GetWorkflowExecutionStartedEventAttributes().Header = &commonpb.Header{Fields: fields}
	return r
}

// TestBlamesInterceptor holds that a header which nothing in this replay reads is named before any
// change of the code, unless the code that ran the execution replays without it.
func TestBlamesInterceptor(t *testing.T) {
	t.Parallel()
	renames := stageOf(edits.WorkflowType, func(ctx workflow.Context, _ string) error {
		return workflow.ExecuteActivity(withActivity(ctx), "Bill", 100).Get(ctx, nil)
	})
	panics := stageOf(edits.WorkflowType, func(workflow.Context, string) error { panic("no tenant") })
	other := worker.WorkflowReplayerOptions{Interceptors: []interceptor.WorkerInterceptor{
		&interceptor.WorkerInterceptorBase{}}}
	for _, tt := range []struct {
		name  string
		r     *history.Recording
		stage versioning.Stage
		opts  replay.Options
		named bool
		why   string
	}{
		{"no options", headed(edited(t, "base.activities-open"), "tenant"), renames, replay.Options{}, true,
			"the code may decide by the tenant"},
		{"a panic", headed(edited(t, "base.activities-open"), "tenant"), panics, replay.Options{}, true,
			"it may panic for that"},
		{"an interceptor", headed(edited(t, "base.activities-open"), "tenant"), renames,
			replay.Options{Config: replay.Config{Worker: other}}, false, "it may read it"},
		{"tracing", headed(edited(t, "base.activities-open"), "_tracer-data", "traceparent"), renames, replay.Options{},
			false, "no workflow code decides by that"},
		{"the code that ran", headed(edited(t, "base.sequence-open"), "tenant"), editsStage(t, "replaces"),
			replay.Options{Stages: edits.Family.Stages}, false, "it replays without the header"},
		{"no header", edited(t, "base.activities-open"), renames, replay.Options{}, false, "there is nothing to read"},
	} {
		tt.opts.Explain = true
		got := replay.Judge(t.Context(), tt.stage, tt.r, &tt.opts)
		for _, text := range []string{says(got)} {
			if tt.named {
				require.Contains(t, text, `header "tenant"`, "%s: %s", tt.name, tt.why)
				require.Contains(t, text, "interceptor", "%s: %s", tt.name, tt.why)
				require.NotContains(t, text, "GetVersion", "%s: %s", tt.name, tt.why)
			} else {
				require.Contains(t, text, "GetVersion", "%s: %s", tt.name, tt.why)
			}
		}
	}
}

// TestBlamesOptions holds that nothing is blamed on the code where the code that ran the execution
// does not replay it either, with these options: an outbound interceptor is missing here.
func TestBlamesOptions(t *testing.T) {
	t.Parallel()
	r := edited(t, "base.child-open")
	for _, e := range r.History.Events {
		if a := e.GetStartChildWorkflowExecutionInitiatedEventAttributes(); a != nil {
			tenant, _ := converter.GetDefaultDataConverter().ToPayload("acme")
			a.Memo = &commonpb.Memo{Fields: map[string]*commonpb.Payload{"tenant": tenant}}
		}
	}
	for _, stage := range []string{"base", "swaps"} {
		got := replay.Judge(t.Context(), editsStage(t, stage), r,
			&replay.Options{Explain: true, Stages: edits.Family.Stages})
		require.Equal(t, replay.Drift, got.Verdict)
		require.Contains(t, advice.Line(got), "interceptor", stage)
		require.Contains(t, advice.Explain(got).Do, "interceptor", stage)
		require.NotContains(t, says(got), "GetVersion", stage)
	}
}

// TestBlamesDraw holds that a value which is another one each time the program starts, and so the
// same in all replays of one process, is no change that a version decides.
func TestBlamesDraw(t *testing.T) {
	t.Parallel()
	drawn, started := "6f1f8a3e-2f0c-4a57-9d57-0c8d1c1f6a01", time.Now().UTC()
	for _, tt := range []struct {
		name          string
		recorded, now any
		drawn         bool
		why           string
	}{
		{"UUIDs", "c0a5d3b2-7a64-4e1b-8f39-5b2f3f8e7d12", drawn, true, "one was drawn when the process began"},
		{"UUIDs within a name", "order-" + "1d9b6c47-90e3-4c2a-b6a8-e4d07a5c3f23", "order-" + drawn, true, "the name is the same"},
		{"UUIDs in a struct", map[string]any{"id": "8e24f7d0-3b5a-4d6f-a1c9-72f6b0e91a34", "n": 1}, map[string]any{"id": drawn, "n": 1}, true,
			"only that differs"},
		{"times", "at", started, true, "the time of the event, and of now"},
		{"an old time", "at", time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC), false, "somebody has written it down"},
		{"a UUID for a number", 1, drawn, false, "the code passes something else on"},
		{"more than the UUID", "order-" + "b37c9e15-64d8-4f0b-9a2e-0d5c8f1b7e45", "parcel-" + drawn, false, "so was the name changed"},
		{"numbers", 1, 2, false, "a change"},
	} {
		r := edited(t, "base.activities-open")
		for _, e := range r.History.Events {
			if a := e.GetActivityTaskScheduledEventAttributes(); a.GetActivityType().GetName() == "Charge" {
				recorded := tt.recorded
				if recorded == "at" {
					recorded = e.GetEventTime().AsTime().Format(time.RFC3339Nano)
				}
				var err error
				a.Input, err = converter.GetDefaultDataConverter().ToPayloads(recorded)
				require.NoError(t, err)
			}
		}
		stage := stageOf(edits.WorkflowType, func(ctx workflow.Context, _ string) error {
			ctx = withActivity(ctx)
			charged := workflow.ExecuteActivity(ctx, "Charge", tt.now)
			shipped := workflow.ExecuteActivity(ctx, "Ship", "home")
			err := errors.Join(charged.Get(ctx, nil), shipped.Get(ctx, nil))
			workflow.GetSignalChannel(ctx, "finish").Receive(ctx, nil)
			return err
		})
		got := replay.Judge(t.Context(), stage, r, &replay.Options{Explain: true})
		require.Equal(t, replay.Drift, got.Verdict, tt.name)
		if tt.drawn {
			require.Contains(t, says(got), "workflow.SideEffect", "%s: %s", tt.name, tt.why)
			require.NotContains(t, says(got), "GetVersion", "%s: %s", tt.name, tt.why)
		} else {
			require.Contains(t, says(got), "GetVersion", "%s: %s", tt.name, tt.why)
		}
	}
}
