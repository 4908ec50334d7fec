package rehearse_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// calls counts what a local activity does in all tests of this file: each call gives another value.
var calls atomic.Int64

func draw(context.Context, string) (string, error) { return fmt.Sprintf("card %d", calls.Add(1)), nil }

func nothing(context.Context) error { calls.Add(1); return nil }

func slow(ctx context.Context) (int64, error) {
	eventually(ctx, 300*time.Millisecond)
	return calls.Add(1), nil
}

func refuse(context.Context) error {
	return temporal.NewNonRetryableApplicationError(fmt.Sprintf("no %d", calls.Add(1)), "Refused", errors.New("why"),
		calls.Load(), "details")
}

// busy is to be tried again after a time that is longer than a Workflow Task.
func busy(ctx context.Context) (string, error) {
	if activity.GetInfo(ctx).Attempt == 1 {
		calls.Add(1)
		return "", temporal.NewApplicationErrorWithOptions("busy", "Busy",
			temporal.ApplicationErrorOptions{NextRetryDelay: time.Minute})
	}
	return fmt.Sprintf("free %d", calls.Add(1)), nil
}

type desk struct{}

func (*desk) Stamp(context.Context) (int64, error) { return calls.Add(1), nil }

// valued is a workflow whose activity in the end has all values that it was given.
func valued(ctx workflow.Context) error {
	var told []any
	tell := func(values ...any) { told = append(told, values...) }
	ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: 10 * time.Second})
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	workflow.GetSignalChannel(ctx, "go").Receive(ctx, nil)

	local := func(a any, args ...any) {
		var v any
		err := workflow.ExecuteLocalActivity(ctx, a, args...).Get(ctx, &v)
		tell(v, workflow.Now(ctx).UnixNano())
		var application *temporal.ApplicationError
		if errors.As(err, &application) {
			var n int64
			var s string
			err := application.Details(&n, &s)
			tell(application.Message(), application.Type(), application.NonRetryable(), n, s, fmt.Sprint(err),
				fmt.Sprint(errors.Unwrap(application)))
		}
	}
	local(draw, "by function")
	local("draw", "by name")
	local((&desk{}).Stamp)
	local(nothing)
	local(refuse)

	// The one that is started first is the last to end.
	a, b, c := workflow.ExecuteLocalActivity(ctx, slow), workflow.ExecuteLocalActivity(ctx, draw, "b"),
		workflow.ExecuteLocalActivity(ctx, draw, "c")
	s := workflow.NewSelector(ctx)
	for i, f := range []workflow.Future{a, b, c} {
		s.AddFuture(f, func(f workflow.Future) {
			var v any
			_ = f.Get(ctx, &v)
			tell(i, v, workflow.Now(ctx).UnixNano())
			if i == 1 {
				local(draw, "after b, while a runs")
			}
		})
	}
	for range 3 {
		s.Select(ctx)
	}

	side := func(v converter.EncodedValue) {
		var n any
		_ = v.Get(&n)
		tell(n)
	}
	give := func(workflow.Context) any { return calls.Add(1) }
	side(workflow.SideEffect(ctx, give))
	side(workflow.SideEffectWithOptions(ctx, workflow.SideEffectOptions{Summary: "summary"}, give))
	side(workflow.SideEffect(ctx, func(workflow.Context) any { return nil }))
	equal := func(a, b any) bool { return a == b }
	constant := func(workflow.Context) any { return "constant" }
	side(workflow.MutableSideEffect(ctx, "changes", give, equal))
	side(workflow.MutableSideEffect(ctx, "changes", give, equal))
	side(workflow.MutableSideEffect(ctx, "stays", constant, equal))
	side(workflow.MutableSideEffect(ctx, "stays", constant, equal))
	side(workflow.MutableSideEffectWithOptions(ctx, "changes",
		workflow.MutableSideEffectOptions{Summary: "summary"}, give, equal))

	return workflow.ExecuteActivity(ctx, "Tell", told).Get(ctx, nil)
}

func retried(ctx workflow.Context) error {
	ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{ScheduleToCloseTimeout: time.Hour})
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	workflow.GetSignalChannel(ctx, "go").Receive(ctx, nil)
	var v string
	err := workflow.ExecuteLocalActivity(ctx, busy).Get(ctx, &v)
	return workflow.ExecuteActivity(ctx, "Tell", v, fmt.Sprint(err), workflow.Now(ctx).UnixNano()).Get(ctx, nil)
}

var valuedStage = versioning.Stage{
	Name: "base",
	Register: func(r worker.WorkflowRegistry) {
		r.RegisterWorkflowWithOptions(valued, workflow.RegisterOptions{Name: "Valued"})
		r.RegisterWorkflowWithOptions(retried, workflow.RegisterOptions{Name: "Retried"})
	},
	RegisterActivities: func(r worker.ActivityRegistry) {
		for _, a := range []any{draw, nothing, slow, refuse, busy, &desk{}} {
			r.RegisterActivity(a)
		}
	},
}

// sealing is a codec that never gives the same bytes twice, as encryption does.
type sealing struct{ n *atomic.Int64 }

func (s sealing) Encode(payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
	var sealed []*commonpb.Payload
	for _, p := range payloads {
		raw, err := p.Marshal()
		if err != nil {
			return nil, err
		}
		sealed = append(sealed, &commonpb.Payload{
			Metadata: map[string][]byte{"encoding": []byte("binary/sealed")},
			Data:     fmt.Appendf(nil, "%d:%s", s.n.Add(1), base64.StdEncoding.EncodeToString(raw)),
		})
	}
	return sealed, nil
}

func (s sealing) Decode(payloads []*commonpb.Payload) ([]*commonpb.Payload, error) {
	var open []*commonpb.Payload
	for _, p := range payloads {
		if string(p.GetMetadata()["encoding"]) != "binary/sealed" {
			return nil, fmt.Errorf("a payload that is not sealed: %v", p)
		}
		_, text, _ := strings.Cut(string(p.GetData()), ":")
		raw, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return nil, err
		}
		one := &commonpb.Payload{}
		if err := one.Unmarshal(raw); err != nil {
			return nil, err
		}
		open = append(open, one)
	}
	return open, nil
}

func sealed() replay.Config {
	dc := converter.NewCodecDataConverter(converter.GetDefaultDataConverter(), sealing{new(atomic.Int64)})
	return replay.Config{Worker: worker.WorkflowReplayerOptions{
		DataConverter: dc,
		FailureConverter: temporal.NewDefaultFailureConverter(temporal.DefaultFailureConverterOptions{
			DataConverter: dc, EncodeCommonAttributes: true}),
	}}
}

// TestRecordedValues has unchanged code whose local activities and side effects would give others
// values now: what it makes of them is as recorded.
func TestRecordedValues(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		config replay.Config
		why    string
	}{
		{"plain", replay.Config{}, "the SDK's converters"},
		{"sealed", sealed(), "what is encoded already is not encoded again"},
	} {
		for workflowType, brings := range map[string][]news{
			"Valued": {signal("go")}, "Retried": {signal("go"), fires},
		} {
			t.Run(tt.name+"/"+workflowType, func(t *testing.T) {
				t.Parallel()
				r := recorded(t, valuedStage, tt.config, workflowType, nil, brings...)
				x := rehearse.New(&rehearse.Options{Config: tt.config})
				t.Cleanup(x.Close)
				effects := x.Rehearse(t.Context(), rehearse.Request{
					Stage: valuedStage, Recording: r, Scope: rehearse.All, Reference: &valuedStage,
				})
				require.Empty(t, effects.Failed)
				require.Equal(t, len(brings)+1, effects.Rehearsed, "every waiting point")
				for _, e := range effects.List[:len(brings)] {
					require.Equal(t, rehearse.AsRecorded, e.Kind, "%s: %+v", tt.why, e)
				}
			})
		}
	}
}
