package advice_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestChangeIDs holds that a change ID is made from the change, and from nothing that one execution has.
func TestChangeIDs(t *testing.T) {
	t.Parallel()
	warehouse := &commonpb.WorkflowExecution{WorkflowId: "warehouse-that-is-missing"}
	signalled := &historypb.HistoryEvent{EventId: 5, Attributes: &historypb.HistoryEvent_SignalExternalWorkflowExecutionInitiatedEventAttributes{
		SignalExternalWorkflowExecutionInitiatedEventAttributes: &historypb.SignalExternalWorkflowExecutionInitiatedEventAttributes{
			SignalName: "pack", WorkflowExecution: warehouse}}}
	cancelled := &historypb.HistoryEvent{EventId: 5, Attributes: &historypb.HistoryEvent_RequestCancelExternalWorkflowExecutionInitiatedEventAttributes{
		RequestCancelExternalWorkflowExecutionInitiatedEventAttributes: &historypb.RequestCancelExternalWorkflowExecutionInitiatedEventAttributes{
			WorkflowExecution: warehouse}}}
	other := func(p replay.Parted) replay.Parted {
		again := p
		p.Elsewhere = &again
		return p
	}
	for _, tt := range []struct {
		why    string
		kind   cause.Kind
		parted replay.Parted
		want   string
	}{
		{"the target of a signal is that of one execution", cause.CallsSwapped, other(replay.Parted{Event: signalled,
			Recorded: &compare.Side{Event: 5, Type: "SignalExternalWorkflowExecutionInitiated", Name: "pack",
				To: "warehouse-that-is-missing"}}), "swap-signal-pack"},
		{"so is that of a request to cancel", cause.CallsSwapped, other(replay.Parted{Event: cancelled,
			Recorded: &compare.Side{Event: 5, Type: "RequestCancelExternalWorkflowExecutionInitiated",
				Name: "warehouse-that-is-missing"}}), "swap-cancel-request"},
		{"it says what is not cancelled any more", cause.CancellationRemoved, replay.Parted{
			Event: &historypb.HistoryEvent{EventId: 11}, Recorded: &compare.Side{Event: 11, Type: "ActivityTaskCancelRequested"}},
			"remove-cancel-activity"},
		{"the ID of a timer tells nothing", cause.CancellationRemoved, replay.Parted{
			Event: &historypb.HistoryEvent{EventId: 12}, Recorded: &compare.Side{Event: 12, Type: "TimerCanceled", Name: "6"}},
			"remove-cancel-timer"},
		{"an event and a call of a timer have one name", cause.CallMoved, replay.Parted{
			Call: &compare.Call{Call: &trace.Call{Kind: trace.Timer}}, Now: &compare.Side{Type: "NewTimer"},
			Elsewhere: &replay.Parted{}}, "move-timer"},
		{"a long name is cut between words", cause.CallRemoved, replay.Parted{Event: &historypb.HistoryEvent{EventId: 5},
			Recorded: &compare.Side{Event: 5, Type: "ActivityTaskScheduled", Name: "ShipToTheCourierThatIsMissing"}},
			"remove-ship-to-the-courier-that-is"},
		{"the end has no name", cause.EndsOtherwise, replay.Parted{Event: &historypb.HistoryEvent{EventId: 9},
			Recorded: &compare.Side{Event: 9, Type: "WorkflowExecutionCompleted"}}, "change-ending"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			tt.parted.Kind = tt.kind
			r := replay.Result{Verdict: replay.Nondeterministic, Cause: cause.Cause{Kind: tt.kind,
				Parting: &cause.Parting{Recorded: tt.parted.Recorded, Now: tt.parted.Now}, Decided: cause.Decision{Kind: cause.Unversioned}},
				Evidence: replay.Evidence{Explanation: &replay.Explanation{Parted: &tt.parted}}}
			if r.Cause.Parting.Now == nil {
				r.Cause.Parting.Now = now
			}
			r.Cause.Parting.Elsewhere = &compare.Side{Event: 17, Type: "TimerStarted", Name: "17"}
			code := advice.Explain(r).Code
			_, id, _ := strings.Cut(code, `GetVersion(ctx, "`)
			id, _, _ = strings.Cut(id, `"`)
			require.Equal(t, tt.want, id, "%s", code)
		})
	}
}

// TestSketchesHaveAPlace holds that a sketch says where it belongs, or that this has to be found.
func TestSketchesHaveAPlace(t *testing.T) {
	t.Parallel()
	sketch := func(p replay.Place) string {
		side := &compare.Side{Event: 11, Type: "ActivityTaskCancelRequested"}
		return advice.Explain(replay.Result{Verdict: replay.Nondeterministic, Place: p,
			Cause: cause.Cause{Kind: cause.CancellationRemoved, Parting: &cause.Parting{Recorded: side},
				Decided: cause.Decision{Kind: cause.Unversioned}},
			Evidence: replay.Evidence{Explanation: &replay.Explanation{Parted: &replay.Parted{Kind: cause.CancellationRemoved,
				Recorded: side, Event: &historypb.HistoryEvent{EventId: 11}}}}}).Code
	}
	for _, tt := range []struct {
		why   string
		place replay.Place
		want  string
	}{
		{"the line is known", replay.Place{Source: "order/pay.go:31", Callers: []string{"order/order.go:7"}},
			"// It belongs at order/pay.go:31, called from order/order.go:7.\n"},
		{"a function that others call as well is no place", replay.Place{Source: "order/pay.go:31", Near: true,
			Callers: []string{"order/steps.go:9", "order/order.go:7"}},
			"// It belongs before order/steps.go:9, and not in the function at order/pay.go:31, which others may call.\n// Look for the call that made event 11, in the code that recorded it.\n"},
		{"no line is known", replay.Place{}, "// Its place has to be found: look for the call that made event 11, in the code that recorded it.\n"},
	} {
		require.Contains(t, sketch(tt.place), tt.want, tt.why)
	}
}

// TestApart holds that what differs in long values can be seen.
func TestApart(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("a", 200)
	d := compare.Difference{Path: "ActivityTaskScheduled(Charge).input[0]", Level: compare.Values, Event: 5,
		EventType: "ActivityTaskScheduled", Recorded: `"` + long + `old"`, Now: `"` + long + `new"`}
	r := replay.Result{Verdict: replay.Drift, Cause: cause.Cause{Kind: cause.ValuesChanged, Parting: &cause.Parting{Difference: &d}},
		Evidence: replay.Evidence{Differences: []compare.Difference{d}}}
	const want = `history has …aaaaaaaaaaaaaaaaaaaaold", code has …aaaaaaaaaaaaaaaaaaaanew"`
	require.Contains(t, advice.Line(r), want)
	require.Contains(t, advice.Explain(r).What, want)
	short := d
	short.Recorded, short.Now = `"old"`, ""
	r.Cause.Parting, r.Differences = &cause.Parting{Difference: &short}, nil
	require.Contains(t, advice.Line(r), `history has "old", code has none`)
}
