package advice_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

var update = flag.Bool("update", false, "rewrite golden files")

var (
	recorded  = &compare.Side{Event: 5, Type: "ActivityTaskScheduled", Name: "Charge"}
	timer     = &compare.Side{Event: 6, Type: "TimerStarted", Name: "6"}
	now       = &compare.Side{Type: "ExecuteActivity", Name: "Ship", Source: "order/ship.go:12"}
	local     = &compare.Side{Type: "ExecuteLocalActivity", Name: "Charge", Source: "order/pay.go:31"}
	other     = &compare.Side{Event: 11, Type: "ActivityTaskScheduled", Name: "Ship"}
	accepted  = &compare.Side{Event: 9, Type: "WorkflowExecutionUpdateAccepted", Name: "address"}
	answered  = &compare.Side{Type: "update executed", Name: "address"}
	completed = &compare.Side{Event: 11, Type: "WorkflowExecutionUpdateCompleted"}
	failed    = &compare.Side{Type: "return", Name: "failed", Error: "no money"}
	amount    = &compare.Difference{
		Path: "ActivityTaskScheduled(Charge).input[0]", Level: compare.Values, Event: 5,
		EventType: "ActivityTaskScheduled",
		Recorded:  "100", Now: "200",
	}
	fallback = &compare.Difference{
		Path: "ActivityTaskScheduled(Charge).retryPolicy.maximumInterval", Level: compare.Shape, Event: 5,
		EventType: "ActivityTaskScheduled", Recorded: "2m0s", Now: "1m40s", Open: true,
	}
	childID = &compare.Difference{
		Path: "StartChildWorkflowExecutionInitiated(Parcel).workflowId", Level: compare.Shape, Event: 5,
		EventType: "StartChildWorkflowExecutionInitiated", Recorded: `"left"`, Now: `"parcel"`,
	}
	outside = cause.VersionRange{ChangeID: "pay", Version: 1, Marked: true, Min: 2, Max: 3}
)

// result is one that shows the cause, with an explanation as far as there is one.
func result(v replay.Verdict, c cause.Cause) replay.Result {
	r := replay.Result{Verdict: v, Cause: c, Place: replay.Place{
		Event: 5, EventType: "ActivityTaskScheduled", Source: "order/pay.go:31", Callers: []string{"order/order.go:7"},
	}}
	switch p := c.Parting; {
	case p != nil && p.Recorded != nil:
		r.Place.Event = p.Recorded.Event
	case c.Signal != nil:
		r.Place.Event = c.Signal.Events[0]
	case c.Update != nil:
		r.Place.Event = c.Update.Event
	}
	r.Explanation = &replay.Explanation{}
	if p := c.Parting; p != nil {
		r.Explanation.Parted = &replay.Parted{
			Kind: c.Kind, Recorded: p.Recorded, Now: p.Now, Difference: p.Difference,
			Event: &historypb.HistoryEvent{EventId: 5},
			Call:  &compare.Call{Call: &trace.Call{Kind: trace.Activity, Name: "Ship"}},
		}
		if p.Recorded == nil {
			r.Explanation.Parted.Event = nil
		}
		if p.Now == nil {
			r.Explanation.Parted.Call = nil
		}
		if p.Difference != nil {
			r.Explanation.Parted.Recorded, r.Differences = recorded, []compare.Difference{*p.Difference}
		}
	}
	return r
}

func parts(kind cause.Kind, p cause.Parting) cause.Cause {
	return cause.Cause{
		Kind: kind, Parting: &p, Decided: cause.Decision{Kind: cause.Unversioned}, Notice: cause.NoticedUnlessClosing,
	}
}

func decidedBy(d cause.Decision) cause.Cause {
	c := parts(cause.CallRenamed, cause.Parting{Recorded: recorded, Now: now, Task: 4})
	c.Decided = d
	return c
}

// results has one of each sentence.
func results() (list []replay.Result) {
	add := func(v replay.Verdict, causes ...cause.Cause) {
		for _, c := range causes {
			list = append(list, result(v, c))
		}
	}
	add(replay.Nondeterministic,
		parts(cause.CallAdded, cause.Parting{Now: now}),
		parts(cause.CallAdded, cause.Parting{Now: now, Instead: recorded}),
		parts(cause.CallRemoved, cause.Parting{Recorded: recorded, Task: 4}),
		parts(cause.CallRemoved, cause.Parting{Recorded: recorded, Instead: now}),
		parts(cause.CallRenamed, cause.Parting{Recorded: recorded, Now: now}),
		parts(cause.CallReplaced, cause.Parting{Recorded: timer, Now: now}),
		parts(cause.CallRenamed, cause.Parting{Recorded: recorded, Now: now, Unreached: true}),
		parts(cause.CallRetyped, cause.Parting{Recorded: recorded, Now: local}),
		parts(cause.CallsSwapped, cause.Parting{Recorded: recorded, Now: now, Elsewhere: other}),
		parts(cause.CallsSwapped, cause.Parting{Recorded: recorded, Now: now, Elsewhere: other, Difference: amount}),
		parts(cause.CallsReordered, cause.Parting{Recorded: recorded, Now: now, Elsewhere: other}),
		parts(cause.CallMovedInTask, cause.Parting{Recorded: recorded, Elsewhere: now, Instead: now}),
		parts(cause.CallMovedInTask, cause.Parting{Now: now, Elsewhere: other}),
		parts(cause.CallMoved, cause.Parting{Recorded: recorded, Elsewhere: now}),
		parts(cause.CallMoved, cause.Parting{Now: now, Elsewhere: other}),
		parts(cause.CallsMadeSequential, cause.Parting{Recorded: recorded, Elsewhere: now}),
		parts(cause.CallsMadeParallel, cause.Parting{Now: now, Elsewhere: other}),
		parts(cause.CancellationAdded, cause.Parting{Now: &compare.Side{Type: "cancel", Name: "timer 6"}}),
		parts(cause.CancellationRemoved, cause.Parting{Recorded: timer, Canceled: true}),
		parts(cause.UpdateAnsweredAtOnce, cause.Parting{Recorded: accepted, Now: answered}),
		parts(cause.UpdateAnsweredLater, cause.Parting{Recorded: completed, Now: now}),
		parts(cause.UpdateAnsweredLater, cause.Parting{Recorded: completed}),
		parts(cause.OptionsChanged, cause.Parting{Difference: amount}),
		parts(cause.OptionsChanged, cause.Parting{Difference: childID}),
		parts(cause.OptionsChanged, cause.Parting{Difference: amount,
			Ends: &cause.Ends{Recorded: &compare.Side{Event: 9, Type: "WorkflowExecutionCompleted"}, Now: failed}}),
		parts(cause.EventUnexplained, cause.Parting{Recorded: recorded}),
		parts(cause.EndsEarlier, cause.Parting{Now: failed}),
		parts(cause.EndsEarlier, cause.Parting{Recorded: recorded, Now: failed}),
		parts(cause.EndsEarlier, cause.Parting{Now: failed, Task: 4, Afterwards: &cause.Afterwards{Resends: recorded}}),
		parts(cause.EndsEarlier, cause.Parting{Now: failed, Task: 4, Afterwards: &cause.Afterwards{Resends: timer}}),
		parts(cause.EndsEarlier,
			cause.Parting{Now: failed, Task: 4, Afterwards: &cause.Afterwards{Signals: 1, Results: 2}}),
		parts(cause.EndsOtherwise,
			cause.Parting{Recorded: &compare.Side{Event: 9, Type: "WorkflowExecutionCompleted"}}),
		parts(cause.EndsOtherwise, cause.Parting{
			Recorded: &compare.Side{Event: 9, Type: "WorkflowExecutionCompleted"},
			Now:      &compare.Side{Type: "return", Name: "continuedAsNew", To: "Order"},
		}),
		decidedBy(cause.Decision{Kind: cause.OwnCode}),
		decidedBy(cause.Decision{Kind: cause.OwnCodeLast}),
		decidedBy(cause.Decision{Kind: cause.OwnCode, Name: "tenant"}),
		decidedBy(cause.Decision{Kind: cause.MarkerUnreadable}),
		decidedBy(cause.Decision{Kind: cause.ValueEncoded, Name: "binary/encrypted"}),
		decidedBy(cause.Decision{Kind: cause.ReferenceParts}),
		decidedBy(cause.Decision{Kind: cause.ReferenceParts, Name: "tenant"}),
		decidedBy(cause.Decision{Kind: cause.HeaderUnread, Name: "tenant"}),
		decidedBy(cause.Decision{Kind: cause.DrawnAnew}),
		decidedBy(cause.Decision{Kind: cause.OlderCode, Way: cause.ByRollback}),
		decidedBy(cause.Decision{Kind: cause.Shadowed}),
		decidedBy(cause.Decision{Kind: cause.RanShadow}),
		decidedBy(cause.Decision{Kind: cause.IDRenamed, ChangeID: "pay", Version: 1, Instead: "pay-2", Here: true}),
		decidedBy(cause.Decision{Kind: cause.NotAsked, ChangeID: "pay", Version: 1, Here: true}),
		decidedBy(cause.Decision{Kind: cause.AskedEarlier, ChangeID: "pay", Version: -1}),
		decidedBy(cause.Decision{Kind: cause.DefaultBranch, ChangeID: "pay"}),
		decidedBy(cause.Decision{Kind: cause.AskedElsewhere, ChangeID: "pay"}),
		decidedBy(cause.Decision{Kind: cause.PerhapsDefault, ChangeID: "pay"}),
		cause.Cause{Kind: cause.NotCalled, Notice: cause.NoticedAtOnce},
		cause.Cause{Kind: cause.EventUnfit, Failure: &cause.Failure{Subject: "Timer 5"},
			Decided: cause.Decision{Kind: cause.Unversioned}},
		cause.Cause{Kind: cause.StuckAhead, Ahead: &cause.Ahead{Effect: "stuck", News: "none",
			Failure: "NonDeterministicError", Text: "[TMPRL1100] lookup failed"}},
		cause.Cause{Kind: cause.StuckAhead, Ahead: &cause.Ahead{Effect: "stuck", News: "timer 5", Refused: true,
			Failure: "ScheduleActivityDuplicateId"}},
		cause.Cause{Kind: cause.StuckAhead, Ahead: &cause.Ahead{Effect: "stuck", News: "signal paid",
			Failure: "WorkflowWorkerUnhandledFailure", Text: "no such item"}},
		cause.Cause{Kind: cause.ClosesAhead, Ahead: &cause.Ahead{Effect: "closes", News: "signal paid",
			Ending: "Completed", Result: `"shipped"`}},
		cause.Cause{Kind: cause.ClosesAhead, Ahead: &cause.Ahead{Effect: "closes", News: "cancel",
			Ending: "Failed", Text: "no stock", Recorded: "WorkflowExecutionCanceled"}},
		cause.Cause{Kind: cause.ClosesAhead, Ahead: &cause.Ahead{Effect: "closes", News: "update address",
			Recorded: "WorkflowExecutionCompleted"}},
		cause.Cause{Kind: cause.HangsAhead, Ahead: &cause.Ahead{Effect: "hangs", News: "first",
			Recorded: "ActivityTaskScheduled (Charge)"}},
		cause.Cause{Kind: cause.FlagUnknown, Failure: &cause.Failure{Subject: "9999"}},
		cause.Cause{Kind: cause.Unclassified, Failure: &cause.Failure{Text: "[TMPRL1100] something new"}},
	)
	unread := cause.UnreadSignal{Name: "paid", Events: []int64{6, 10}, Listens: []string{"order-paid"}, Taken: true}
	rejected := unread
	rejected.Rejected = true
	renamedSignal, renamedUpdate := unread, cause.UnhandledUpdate{Name: "address", Event: 9, Now: "new-address"}
	renamedSignal.Now = "order-paid"
	update := cause.UnhandledUpdate{Name: "address", Event: 9, Handlers: []string{"total"}}
	for _, way := range []cause.Way{cause.ByDeploy, cause.ByRollback} {
		add(replay.Nondeterministic,
			cause.Cause{Kind: cause.SignalUnread, Signal: &unread, Notice: cause.LeftUnnoticed,
				Decided: cause.Decision{Way: way}},
			cause.Cause{Kind: cause.SignalUnread, Signal: &rejected, Decided: cause.Decision{Way: way}},
			cause.Cause{Kind: cause.SignalRenamed, Signal: &renamedSignal, Decided: cause.Decision{Way: way}},
			cause.Cause{Kind: cause.UpdateRenamed, Update: &renamedUpdate, Decided: cause.Decision{Way: way}},
			cause.Cause{Kind: cause.UpdateUnhandled, Update: &update, Decided: cause.Decision{Way: way}},
			cause.Cause{Kind: cause.UpdateUnhandled, Update: &cause.UnhandledUpdate{Name: "address", Event: 9},
				Decided: cause.Decision{Way: way}},
		)
		add(replay.Unregistered, cause.Cause{
			Kind:    cause.TypeNotRegistered,
			Type:    &cause.UnknownType{Name: "Order", Registered: []string{"Invoice", "Ship"}},
			Decided: cause.Decision{Way: way},
		}, cause.Cause{
			Kind:    cause.TypeNotRegistered,
			Type:    &cause.UnknownType{Name: "Order", Registered: []string{"Invoice"}, Function: "Orders.Run", Source: "orders/run.go:12"},
			Decided: cause.Decision{Way: way, Kind: cause.RanShadow},
		}, cause.Cause{
			Kind: cause.TypeNotRegistered,
			Type: &cause.UnknownType{Name: "Order", Registered: []string{"Invoice"}, Function: "Orders.Run", Source: "orders/run.go:12",
				Others: []string{"Order"}},
			Decided: cause.Decision{Way: way},
		})
	}
	for _, way := range []cause.Way{cause.WayUnknown, cause.ByDeploy, cause.ByRollback} {
		marked, unmarked := outside, cause.VersionRange{ChangeID: "pay", Version: -1, Min: 2, Max: 3}
		add(replay.VersionRemoved,
			cause.Cause{Kind: cause.BranchRemoved, Range: &marked, Decided: cause.Decision{Way: way}},
			cause.Cause{Kind: cause.BranchRemoved, Range: &unmarked, Decided: cause.Decision{Way: way}})
	}
	newer := cause.VersionRange{ChangeID: "pay", Version: 4, Marked: true, Min: -1, Max: 3}
	add(replay.VersionUnknown, cause.Cause{Kind: cause.VersionNotKnown, Range: &newer})
	add(replay.Drift, parts(cause.ValuesChanged, cause.Parting{Difference: amount}),
		parts(cause.ValuesChanged, cause.Parting{Difference: amount, Unreached: true}),
		parts(cause.OptionsChanged, cause.Parting{Difference: fallback}))
	for _, kind := range []cause.DecisionKind{cause.OwnCode, cause.OwnCodeLast, cause.OlderCode} {
		c := parts(cause.ValuesChanged, cause.Parting{Difference: amount})
		c.Decided = cause.Decision{Kind: kind}
		add(replay.Drift, c)
	}
	for _, hint := range []*cause.NamespaceHint{{Source: "order/ns.go:3"}, {Shown: true, Source: "order/ns.go:3"}} {
		c := parts(cause.ValuesChanged, cause.Parting{Difference: amount})
		c.Namespace = hint
		add(replay.Drift, c)
	}
	for _, of := range []cause.ValueOf{
		cause.OfInput, cause.OfSignal, cause.OfUpdate, cause.OfActivity, cause.OfLocalActivity, cause.OfChildWorkflow,
		cause.OfNexusOperation, cause.OfMarker, cause.OfFailure, cause.OfEvent,
	} {
		value := cause.UnreadValue{Of: of, Name: "Charge", Field: "result", Recorded: `"100"`, Type: "order.Receipt"}
		add(replay.Undecodable, cause.Cause{Kind: cause.ValueUnreadable, Value: &value, Notice: cause.ErrorInCode})
	}
	value := cause.UnreadValue{Of: cause.OfInput, Field: "input", Item: 1, Type: "order.Receipt",
		Encoding: "binary/encrypted"}
	sent := cause.UnreadValue{Of: cause.OfSignal, Name: "paid", Field: "input", Recorded: "1", Type: "string",
		Rejected: true}
	ends := cause.UnreadValue{Of: cause.OfActivity, Name: "Charge", Field: "result", Recorded: "1", Type: "string"}
	add(replay.Undecodable,
		cause.Cause{Kind: cause.ValueUnreadable, Value: &value, Notice: cause.FailsExecution},
		cause.Cause{Kind: cause.ValueUnreadable, Value: &sent, Notice: cause.WaitsUnnoticed},
		cause.Cause{Kind: cause.ValueUnreadable, Value: &ends, Notice: cause.ClosesUnnoticed,
			Parting: &cause.Parting{Now: failed}},
		cause.Cause{Kind: cause.ArgumentMissing, Parameters: &cause.Parameters{Takes: 2, Has: 1}})
	add(replay.Panic,
		cause.Cause{Kind: cause.CodePanics, Failure: &cause.Failure{Text: "no such order"}},
		cause.Cause{Kind: cause.CodePanics, Failure: &cause.Failure{Text: "no such order", FirstTask: true}},
		cause.Cause{Kind: cause.CodePanics, Failure: &cause.Failure{Text: "no tenant"},
			Decided: cause.Decision{Kind: cause.HeaderUnread, Name: "tenant"}},
		cause.Cause{Kind: cause.CodeDeadlocks, Failure: &cause.Failure{}})
	lines := []string{"order/pay.go:31", "order/ship.go:12"}
	add(replay.Unstable,
		cause.Cause{Kind: cause.NotDeterministic, Unstable: &cause.Instability{Path: amount.Path, Sources: lines[:1]},
			Notice: cause.NoticedByChance},
		cause.Cause{Kind: cause.NotDeterministic, Unstable: &cause.Instability{Sources: lines}},
		cause.Cause{Kind: cause.NotDeterministic, Unstable: &cause.Instability{Ends: true, Sources: lines[:1]}},
		cause.Cause{Kind: cause.NotDeterministic, Unstable: &cause.Instability{Ends: true}})
	add(replay.Unstarted, cause.Cause{Kind: cause.NotBegun})
	return append(list, moved()...)
}

// moved are executions that are pinned to another build.
func moved() (list []replay.Result) {
	for _, pin := range []cause.Pin{
		{Build: "1.0", To: "2.0", By: "VersioningBehaviorPinned", Event: 10, At: 5, Source: "order/pay.go:31"},
		{Build: "1.0", To: "2.0", By: "a versioning override", Event: 11, Override: true},
		{Build: "1.0", To: "2.0", By: "VersioningBehaviorPinned", Event: 10, Closed: true},
	} {
		for _, v := range []replay.Verdict{replay.Nondeterministic, replay.Safe, replay.Unstarted, replay.Unjudged} {
			r := replay.Result{Verdict: replay.NotApplicable, Moved: v, Cause: cause.Cause{Pin: &pin}}
			if v == replay.Unjudged {
				r.Err = errors.New("the recording has no events")
			}
			list = append(list, r)
		}
	}
	return list
}

// notes has one of each.
func notes() []replay.Note {
	return []replay.Note{
		{Kind: replay.Unread, Name: "paid", Signal: &cause.UnreadSignal{Name: "paid", Listens: []string{"order-paid"}}},
		{Kind: replay.Unread, Name: "paid", Signal: &cause.UnreadSignal{Name: "paid", Asked: true}},
		{Kind: replay.Unreadable,
			Value: &cause.UnreadValue{Of: cause.OfSignal, Name: "paid", Field: "input", Recorded: "1", Type: "string"}},
		{Kind: replay.Unrun, Name: "Charge"},
		{Kind: replay.MissingArgument, Parameters: &cause.Parameters{Takes: 1}},
		{Kind: replay.ServiceDefault, Name: fallback.Path, Recorded: "2m0s", Now: "1m40s", Times: 1},
		{Kind: replay.ZeroValue, Name: amount.Path, Recorded: "0", Times: 3},
		{Kind: replay.NamespaceUnknown},
		{Kind: replay.VersionReplaced, Name: "pay", Version: 1, Instead: "pay-2"},
		{Kind: replay.Unanswered, Name: "total"},
		{Kind: replay.Undelivered, Name: "paid"},
	}
}

// TestSentences is the place where texts are reviewed: each sentence with the cause that
// makes it.
func TestSentences(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	kinds, decisions := map[cause.Kind]bool{}, map[cause.DecisionKind]bool{}
	for _, r := range results() {
		kinds[r.Cause.Kind], decisions[r.Cause.Decided.Kind] = true, true
		x := advice.Explain(r)
		fmt.Fprintf(&b, "%s %s %s %s\n", r.Verdict, r.Moved, r.Cause, r.Cause.Decided.Way)
		for _, part := range []struct{ label, text string }{{"line", advice.Line(r)}, {"what", x.What}, {"do", x.Do},
			{"code", x.Code}} {
			if part.text != "" {
				fmt.Fprintf(&b, "  %s\t%s\n", part.label, strings.ReplaceAll(part.text, "\n", "\n\t"))
			}
		}
	}
	for _, info := range cause.Kinds() {
		require.True(t, kinds[info.Kind], "%s has no sentence here", info.Kind)
	}
	require.Len(t, decisions, 18, "each kind of decision, and none")
	noted := map[replay.NoteKind]bool{}
	for _, n := range notes() {
		noted[n.Kind] = true
		fmt.Fprintf(&b, "note %s\n\t%s\n", n, advice.Note(n))
	}
	for _, info := range replay.Notes() {
		require.True(t, noted[info.Kind], "%s has no sentence here", info.Kind)
	}
	for _, n := range []cause.Notice{
		cause.NoticedAtOnce, cause.NoticedUnlessClosing, cause.NeverNoticed, cause.ClosesUnnoticed,
		cause.FailsExecution,
		cause.WaitsUnnoticed, cause.LeftUnnoticed, cause.ErrorInCode, cause.ZeroInCode,
		cause.NoticedByChance,
	} {
		require.NotEmpty(t, advice.Notices(n))
		fmt.Fprintf(&b, "noticed %s\n\t%s\n", n, advice.Notices(n))
	}
	const golden = "testdata/sentences.golden"
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(golden, []byte(b.String()), 0o644))
		return
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("%s; -update writes it (-want +got):\n%s", golden, diff)
	}
}

// TestIncompleteCause holds that a cause without the part that its kind has, as a file or
// somebody's code may give one, is no panic.
func TestIncompleteCause(t *testing.T) {
	t.Parallel()
	for _, info := range cause.Kinds() {
		for _, parting := range []*cause.Parting{nil, {}} {
			for _, verdict := range []replay.Verdict{replay.Nondeterministic, replay.Drift} {
				r := replay.Result{Verdict: verdict, Cause: cause.Cause{Kind: info.Kind, Parting: parting}}
				r.Explanation = &replay.Explanation{Parted: &replay.Parted{Kind: info.Kind}}
				require.NotPanics(t, func() { advice.Line(r); advice.Explain(r) }, "%s", info.Kind)
				r.Cause.Failure, r.Explanation = &cause.Failure{}, &replay.Explanation{}
				require.NotPanics(t, func() { advice.Line(r); advice.Explain(r) }, "%s", info.Kind)
			}
		}
	}
	for _, info := range replay.Notes() {
		require.NotPanics(t, func() { advice.Note(replay.Note{Kind: info.Kind}) }, "%s", info.Kind)
	}
}
