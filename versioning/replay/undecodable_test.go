package replay_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// inCents is the type that new code wants of what was a number or a text.
type inCents struct{ Cents int }

// takesResult is the code of result-type with another type for the result of A.
func takesResult[T any](after func(workflow.Context, T, error) error) any {
	return func(ctx workflow.Context) error {
		var result T
		err := workflow.ExecuteActivity(ao(ctx), A, "1").Get(ctx, &result)
		return after(ctx, result, err)
	}
}

// waitsThenB is what the code of result-type does with the result.
func waitsThenB[T any](ctx workflow.Context, _ T, _ error) error {
	workflow.GetSignalChannel(ctx, "x").Receive(ctx, nil)
	return workflow.ExecuteActivity(ao(ctx), B, "2").Get(ctx, nil)
}

// paid is the code of signal-type, which takes the signal as T.
func paid[T any](ctx workflow.Context) error {
	_ = workflow.ExecuteActivity(ao(ctx), A, "1").Get(ctx, nil)
	var amount T
	workflow.GetSignalChannel(ctx, "paid").Receive(ctx, &amount)
	workflow.GetSignalChannel(ctx, "shipped").Receive(ctx, nil)
	return workflow.ExecuteActivity(ao(ctx), B, amount).Get(ctx, nil)
}

// updated is the code of update-argument-type, whose handler takes T.
func updated[T any](ctx workflow.Context) error {
	if err := workflow.SetUpdateHandler(ctx, "u",
		func(_ workflow.Context, argument T) (T, error) { return argument, nil }); err != nil {
		return err
	}
	_ = workflow.ExecuteActivity(ao(ctx), "Slow", "1").Get(ctx, nil)
	workflow.GetSignalChannel(ctx, "x").Receive(ctx, nil)
	return nil
}

// TestUndecodable is about values of the history that the code cannot read. reference is
// the code that ran the execution, where it is at hand.
func TestUndecodable(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name            string
		file            string
		code, reference any
		want            replay.Verdict
		event           int64
		text            string
		findings        int
		why             string
	}{
		{"result, unchanged", "result-type", takesResult(waitsThenB[string]), nil, replay.Safe, 0, "", 0,
			"it reads a text"},
		{"result, and the error is returned", "result-type",
			takesResult(func(ctx workflow.Context, _ inCents, err error) error {
				if err != nil {
					return err
				}
				return waitsThenB(ctx, inCents{}, nil)
			}), nil, replay.Undecodable, 7,
			`the result of activity A is "a:1", which does not decode into replay_test.inCents; live the code gets an error`, 0, "it ends there"},
		{"result, and the error is not looked at", "result-type", takesResult(waitsThenB[inCents]), nil, replay.Safe, 0,
			"", 1, "it goes on with nothing, as far as a history can tell"},
		{"result, not looked at, with the code that ran", "result-type", takesResult(waitsThenB[inCents]),
			takesResult(waitsThenB[string]), replay.Undecodable, 7, "the result of activity A", 0,
			"the code that ran has read it"},
		{"result, which the code that ran could not read either", "result-type", takesResult(waitsThenB[inCents]),
			takesResult(waitsThenB[inCents]), replay.Safe, 0, "", 0, "nothing has changed"},
		{"result, which the code that ran did not look at", "result-type", takesResult(waitsThenB[inCents]), waits,
			replay.Safe, 0, "", 1, "nobody knows what it would have read"},
		{"result, the new type and then the old one", "result-type", func(ctx workflow.Context) error {
			var now inCents
			future := workflow.ExecuteActivity(ao(ctx), A, "1")
			if err := future.Get(ctx, &now); err != nil {
				var old string
				_ = future.Get(ctx, &old)
			}
			return waitsThenB(ctx, now, nil)
		}, takesResult(waitsThenB[string]), replay.Safe, 0, "", 0, "this is how people migrate"},
		{"result, the raw value", "result-type", takesResult(waitsThenB[converter.RawValue]),
			takesResult(waitsThenB[string]), replay.Safe, 0, "", 0, "everything is a raw value"},

		{"signal, unchanged", "signal-type", paid[int], nil, replay.Safe, 0, "", 0, "it reads a number"},
		{"signal, with the code that ran", "signal-type", paid[inCents], paid[int], replay.Undecodable, 11,
			"signal paid is 100, which does not decode into replay_test.inCents; live the SDK drops it", 0,
			"what waits for it waits for ever"},
		{"signal, alone", "signal-type", paid[inCents], nil, replay.Safe, 0, "", 1, "a finding says so"},
		{"signal, unchanged, with the code that ran", "signal-type", paid[int], paid[int], replay.Safe, 0, "", 0,
			"nothing has changed"},
		{"signal, a wider type", "signal-type", paid[int64], paid[int], replay.Safe, 0, "", 0, "it decodes"},
		{"signal, any type", "signal-type", paid[any], paid[int], replay.Safe, 0, "", 0, "everything decodes"},

		{"input, the function is not reached", "failed-because-of-its-input",
			func(workflow.Context, inCents) error { return nil }, nil, replay.Safe, 0, "", 0,
			"that failure is what the code does"},
		{"input, read now", "failed-because-of-its-input",
			func(workflow.Context, string) error { return errors.New("x") }, nil, replay.Drift, 5, "", 0,
			"it is Failed still, and for another reason"},
		{"input of a started execution", "entity-four-signals", func(workflow.Context, inCents) error { return nil },
			nil, replay.Undecodable, 1, "the input is 0, which does not decode into replay_test.inCents; live its " +
				"next Workflow Task fails the execution, for good", 0,
			"no command tells, as the code that ran only waits"},
		{"a parameter more", "entity-four-signals",
			func(ctx workflow.Context, sum int, _ string) error { return entity(5)(ctx, sum) }, entity(5),
			replay.Undecodable, 1, "the workflow function takes 2 parameters, and the input has 1", 0,
			"the code that ran took fewer"},
		{"a parameter more, alone", "entity-four-signals",
			func(ctx workflow.Context, sum int, _ string) error { return entity(5)(ctx, sum) }, nil, replay.Safe, 0, "",
			0, "a note says so: many are started without input"},
		{"a parameter less", "entity-four-signals", func(ctx workflow.Context) error { return entity(5)(ctx, 0) },
			entity(5), replay.Safe, 0, "", 0, "what is not asked for is not missed"},

		{"update, unchanged", "update-argument-type", updated[int], nil, replay.Safe, 0, "", 0, "it reads a number"},
		{"update", "update-argument-type", updated[inCents], nil, replay.Undecodable, 9,
			`the argument of update "u" is 5, which does not decode into replay_test.inCents`, 0,
			"the update is rejected that the history has accepted"},
	} {
		for _, level := range compare.Levels() {
			t.Run(tt.name+"/"+level.String(), func(t *testing.T) {
				t.Parallel()
				r := fault(t, tt.file)
				stage := running(r, "now", tt.code)
				opts := replay.Options{Config: replay.Config{Level: level}, Explain: true}
				if tt.reference != nil {
					r.Lineage = []string{"was"}
					opts.Stages = []versioning.Stage{running(r, "was", tt.reference), stage}
				}
				got := replay.Judge(t.Context(), stage, r, &opts)
				want, event := tt.want, tt.event
				if want == replay.Drift && !level.Includes(compare.Values) {
					want, event = replay.Safe, 0
				}
				require.Equal(t, want, got.Verdict, "%s: %s", tt.why, advice.Line(got))
				require.Equal(t, event, got.Place.Event, tt.why)
				require.Contains(t, advice.Line(got), tt.text, tt.why)
				require.Len(t, got.Findings(), tt.findings, "%s: %v", tt.why, got.Notes)
				if want == replay.Undecodable {
					require.NotContains(t, advice.Line(got)+advice.Explain(got).Do, "GetVersion",
						"advice about a type is about types")
					require.Contains(t, []cause.Kind{cause.ValueUnreadable, cause.ArgumentMissing}, got.Cause.Kind)
					if got.Cause.Kind == cause.ArgumentMissing {
						require.Equal(t, cause.ZeroInCode, got.Cause.Notice, "docs/live.md: the parameter is zero")
					}
				}
			})
		}
	}
}
