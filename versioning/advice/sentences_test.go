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
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

var update = flag.Bool("update", false, "rewrite golden files")

var (
	recorded = &compare.Side{Event: 5, Type: "ActivityTaskScheduled", Name: "Charge"}
	timer    = &compare.Side{Event: 6, Type: "TimerStarted", Name: "6"}
	now      = &compare.Side{Type: "ExecuteActivity", Name: "Ship", Source: "order/ship.go:12"}
	failed   = &compare.Side{Type: "return", Name: "failed", Error: "no money"}
	amount   = &compare.Difference{
		Path: "ActivityTaskScheduled(Charge).input[0]", Level: compare.Values, Event: 5, EventType: "ActivityTaskScheduled",
		Recorded: "100", Now: "200",
	}
	fallback = &compare.Difference{
		Path: "ActivityTaskScheduled(Charge).retryPolicy.maximumInterval", Level: compare.Shape, Event: 5,
		EventType: "ActivityTaskScheduled", Recorded: "2m0s", Now: "1m40s", Open: true,
	}
	outside = replay.VersionRange{ChangeID: "pay", Version: 1, Marked: true, Min: 2, Max: 3}
)

// result is one that shows the cause, with an explanation as far as there is one.
func result(v replay.Verdict, c replay.Cause) replay.Result {
	r := replay.Result{Verdict: v, Cause: c, Place: replay.Place{
		Event: 5, EventType: "ActivityTaskScheduled", Source: "order/pay.go:31", Callers: []string{"order/order.go:7"},
	}}
	r.Explanation = &replay.Explanation{}
	if p := c.Parting; p != nil {
		r.Explanation.Parted = &replay.Parted{
			Kind: c.Kind, Recorded: p.Recorded, Now: p.Now, Difference: p.Difference,
			Event: &historypb.HistoryEvent{EventId: 5}, Call: &compare.Call{Call: &trace.Call{Kind: trace.Activity, Name: "Ship"}},
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

func parts(kind replay.CauseKind, p replay.Parting) replay.Cause {
	return replay.Cause{
		Kind: kind, Parting: &p, Decided: replay.Decision{Kind: replay.Unversioned}, Notice: replay.NoticedUnlessClosing,
	}
}

func decidedBy(d replay.Decision) replay.Cause {
	c := parts(replay.CallRenamed, replay.Parting{Recorded: recorded, Now: now, Task: 4})
	c.Decided = d
	return c
}

// results has one of each sentence.
func results() (list []replay.Result) {
	add := func(v replay.Verdict, causes ...replay.Cause) {
		for _, c := range causes {
			list = append(list, result(v, c))
		}
	}
	add(replay.Nondeterministic,
		parts(replay.CallAdded, replay.Parting{Now: now}),
		parts(replay.CallAdded, replay.Parting{Now: now, Instead: recorded}),
		parts(replay.CallRemoved, replay.Parting{Recorded: recorded, Task: 4}),
		parts(replay.CallRemoved, replay.Parting{Recorded: recorded, Instead: now}),
		parts(replay.CallRemoved, replay.Parting{Recorded: timer, Canceled: true}),
		parts(replay.CallRenamed, replay.Parting{Recorded: recorded, Now: now}),
		parts(replay.CallReplaced, replay.Parting{Recorded: timer, Now: now}),
		parts(replay.CallsReordered, replay.Parting{Recorded: recorded, Elsewhere: now, Instead: now}),
		parts(replay.CallMoved, replay.Parting{Now: now, Elsewhere: recorded}),
		parts(replay.OptionsChanged, replay.Parting{Difference: amount}),
		parts(replay.EventUnexplained, replay.Parting{Recorded: recorded}),
		parts(replay.EndsEarlier, replay.Parting{Now: failed}),
		parts(replay.EndsEarlier, replay.Parting{Recorded: recorded, Now: failed}),
		parts(replay.EndsEarlier, replay.Parting{Now: failed, Task: 4, Afterwards: &replay.Afterwards{Resends: recorded}}),
		parts(replay.EndsEarlier, replay.Parting{Now: failed, Task: 4, Afterwards: &replay.Afterwards{Resends: timer}}),
		parts(replay.EndsEarlier, replay.Parting{Now: failed, Task: 4, Afterwards: &replay.Afterwards{Signals: 1, Results: 2}}),
		parts(replay.EndsOtherwise, replay.Parting{Recorded: &compare.Side{Event: 9, Type: "WorkflowExecutionCompleted"}}),
		parts(replay.EndsOtherwise, replay.Parting{
			Recorded: &compare.Side{Event: 9, Type: "WorkflowExecutionCompleted"},
			Now:      &compare.Side{Type: "return", Name: "continuedAsNew", To: "Order"},
		}),
		decidedBy(replay.Decision{Kind: replay.OwnCode}),
		decidedBy(replay.Decision{Kind: replay.OwnCodeLast}),
		decidedBy(replay.Decision{Kind: replay.MarkerUnreadable}),
		decidedBy(replay.Decision{Kind: replay.OlderCode, Way: replay.ByRollback}),
		decidedBy(replay.Decision{Kind: replay.Shadowed}),
		decidedBy(replay.Decision{Kind: replay.IDRenamed, ChangeID: "pay", Version: 1, Instead: "pay-2", Here: true}),
		decidedBy(replay.Decision{Kind: replay.NotAsked, ChangeID: "pay", Version: 1, Here: true}),
		decidedBy(replay.Decision{Kind: replay.AskedEarlier, ChangeID: "pay", Version: -1}),
		decidedBy(replay.Decision{Kind: replay.DefaultBranch, ChangeID: "pay"}),
		decidedBy(replay.Decision{Kind: replay.AskedElsewhere, ChangeID: "pay"}),
		decidedBy(replay.Decision{Kind: replay.PerhapsDefault, ChangeID: "pay"}),
		replay.Cause{Kind: replay.NotCalled, Notice: replay.NoticedAtOnce},
		replay.Cause{Kind: replay.EventUnfit, Failure: &replay.Failure{Subject: "Timer 5"}, Decided: replay.Decision{Kind: replay.Unversioned}},
		replay.Cause{Kind: replay.FlagUnknown, Failure: &replay.Failure{Subject: "9999"}},
		replay.Cause{Kind: replay.Unclassified, Failure: &replay.Failure{Text: "[TMPRL1100] something new"}},
	)
	unread := replay.UnreadSignal{Name: "paid", Events: []int64{6, 10}, Listens: []string{"order-paid"}, Taken: true}
	rejected := unread
	rejected.Rejected = true
	update := replay.UnhandledUpdate{Name: "address", Event: 9, Handlers: []string{"total"}}
	for _, way := range []replay.Way{replay.ByDeploy, replay.ByRollback} {
		add(replay.Nondeterministic,
			replay.Cause{Kind: replay.SignalUnread, Signal: &unread, Notice: replay.LeftUnnoticed, Decided: replay.Decision{Way: way}},
			replay.Cause{Kind: replay.SignalUnread, Signal: &rejected, Decided: replay.Decision{Way: way}},
			replay.Cause{Kind: replay.UpdateUnhandled, Update: &update, Decided: replay.Decision{Way: way}},
			replay.Cause{Kind: replay.UpdateUnhandled, Update: &replay.UnhandledUpdate{Name: "address", Event: 9}, Decided: replay.Decision{Way: way}},
		)
		add(replay.Unregistered, replay.Cause{
			Kind: replay.TypeNotRegistered, Type: &replay.UnknownType{Name: "Order", Registered: []string{"Invoice", "Ship"}},
			Decided: replay.Decision{Way: way},
		})
	}
	for _, way := range []replay.Way{replay.WayUnknown, replay.ByDeploy, replay.ByRollback} {
		marked, unmarked := outside, replay.VersionRange{ChangeID: "pay", Version: -1, Min: 2, Max: 3}
		add(replay.VersionRemoved,
			replay.Cause{Kind: replay.BranchRemoved, Range: &marked, Decided: replay.Decision{Way: way}},
			replay.Cause{Kind: replay.BranchRemoved, Range: &unmarked, Decided: replay.Decision{Way: way}})
	}
	newer := replay.VersionRange{ChangeID: "pay", Version: 4, Marked: true, Min: -1, Max: 3}
	add(replay.VersionUnknown, replay.Cause{Kind: replay.VersionNotKnown, Range: &newer})
	add(replay.Drift, parts(replay.ValuesChanged, replay.Parting{Difference: amount}), parts(replay.OptionsChanged, replay.Parting{Difference: fallback}))
	for _, kind := range []replay.DecisionKind{replay.OwnCode, replay.OwnCodeLast, replay.OlderCode} {
		c := parts(replay.ValuesChanged, replay.Parting{Difference: amount})
		c.Decided = replay.Decision{Kind: kind}
		add(replay.Drift, c)
	}
	for _, hint := range []*replay.NamespaceHint{{Source: "order/ns.go:3"}, {Shown: true, Source: "order/ns.go:3"}} {
		c := parts(replay.ValuesChanged, replay.Parting{Difference: amount})
		c.Namespace = hint
		add(replay.Drift, c)
	}
	for _, of := range []replay.ValueOf{
		replay.OfInput, replay.OfSignal, replay.OfUpdate, replay.OfActivity, replay.OfLocalActivity, replay.OfChildWorkflow,
		replay.OfNexusOperation, replay.OfMarker, replay.OfFailure, replay.OfEvent,
	} {
		value := replay.UnreadValue{Of: of, Name: "Charge", Field: "result", Recorded: `"100"`, Type: "order.Receipt"}
		add(replay.Undecodable, replay.Cause{Kind: replay.ValueUnreadable, Value: &value, Notice: replay.ErrorInCode})
	}
	value := replay.UnreadValue{Of: replay.OfInput, Field: "input", Item: 1, Type: "order.Receipt", Encoding: "binary/encrypted"}
	sent := replay.UnreadValue{Of: replay.OfSignal, Name: "paid", Field: "input", Recorded: "1", Type: "string", Rejected: true}
	ends := replay.UnreadValue{Of: replay.OfActivity, Name: "Charge", Field: "result", Recorded: "1", Type: "string"}
	add(replay.Undecodable,
		replay.Cause{Kind: replay.ValueUnreadable, Value: &value, Notice: replay.FailsExecution},
		replay.Cause{Kind: replay.ValueUnreadable, Value: &sent, Notice: replay.WaitsUnnoticed},
		replay.Cause{Kind: replay.ValueUnreadable, Value: &ends, Notice: replay.ClosesUnnoticed, Parting: &replay.Parting{Now: failed}},
		replay.Cause{Kind: replay.ArgumentMissing, Parameters: &replay.Parameters{Takes: 2, Has: 1}})
	add(replay.Panic,
		replay.Cause{Kind: replay.CodePanics, Failure: &replay.Failure{Text: "no such order"}},
		replay.Cause{Kind: replay.CodePanics, Failure: &replay.Failure{Text: "no such order", FirstTask: true}},
		replay.Cause{Kind: replay.CodeDeadlocks, Failure: &replay.Failure{}})
	lines := []string{"order/pay.go:31", "order/ship.go:12"}
	add(replay.Unstable,
		replay.Cause{Kind: replay.NotDeterministic, Unstable: &replay.Instability{Path: amount.Path, Sources: lines[:1]}, Notice: replay.NoticedByChance},
		replay.Cause{Kind: replay.NotDeterministic, Unstable: &replay.Instability{Sources: lines}},
		replay.Cause{Kind: replay.NotDeterministic, Unstable: &replay.Instability{Ends: true, Sources: lines[:1]}},
		replay.Cause{Kind: replay.NotDeterministic, Unstable: &replay.Instability{Ends: true}})
	add(replay.Unstarted, replay.Cause{Kind: replay.NotBegun})
	return append(list, moved()...)
}

// moved are executions that are pinned to another build.
func moved() (list []replay.Result) {
	for _, pin := range []replay.Pin{
		{Build: "1.0", To: "2.0", By: "VersioningBehaviorPinned", Event: 10, At: 5, Source: "order/pay.go:31"},
		{Build: "1.0", To: "2.0", By: "a versioning override", Event: 11, Override: true},
		{Build: "1.0", To: "2.0", By: "VersioningBehaviorPinned", Event: 10, Closed: true},
	} {
		for _, v := range []replay.Verdict{replay.Nondeterministic, replay.Safe, replay.Unstarted, replay.Unjudged} {
			r := replay.Result{Verdict: replay.NotApplicable, Moved: v, Cause: replay.Cause{Pin: &pin}}
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
		{Kind: replay.Unread, Name: "paid", Signal: &replay.UnreadSignal{Name: "paid", Listens: []string{"order-paid"}}},
		{Kind: replay.Unread, Name: "paid", Signal: &replay.UnreadSignal{Name: "paid", Asked: true}},
		{Kind: replay.Unreadable, Value: &replay.UnreadValue{Of: replay.OfSignal, Name: "paid", Field: "input", Recorded: "1", Type: "string"}},
		{Kind: replay.Unrun, Name: "Charge"},
		{Kind: replay.MissingArgument, Parameters: &replay.Parameters{Takes: 1}},
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
	kinds, decisions := map[replay.CauseKind]bool{}, map[replay.DecisionKind]bool{}
	for _, r := range results() {
		kinds[r.Cause.Kind], decisions[r.Cause.Decided.Kind] = true, true
		x := advice.Explain(r)
		fmt.Fprintf(&b, "%s %s %s %s\n", r.Verdict, r.Moved, r.Cause, r.Cause.Decided.Way)
		for _, part := range []struct{ label, text string }{{"line", advice.Line(r)}, {"what", x.What}, {"do", x.Do}, {"code", x.Code}} {
			if part.text != "" {
				fmt.Fprintf(&b, "  %s\t%s\n", part.label, strings.ReplaceAll(part.text, "\n", "\n\t"))
			}
		}
	}
	for _, info := range replay.Causes() {
		require.True(t, kinds[info.Kind], "%s has no sentence here", info.Kind)
	}
	require.Len(t, decisions, 13, "each kind of decision, and none")
	noted := map[replay.NoteKind]bool{}
	for _, n := range notes() {
		noted[n.Kind] = true
		fmt.Fprintf(&b, "note %s\n\t%s\n", n, advice.Note(n))
	}
	for _, info := range replay.Notes() {
		require.True(t, noted[info.Kind], "%s has no sentence here", info.Kind)
	}
	for _, n := range []replay.Notice{
		replay.NoticedAtOnce, replay.NoticedUnlessClosing, replay.NeverNoticed, replay.ClosesUnnoticed, replay.FailsExecution,
		replay.WaitsUnnoticed, replay.LeftUnnoticed, replay.ErrorInCode, replay.NoticedByChance,
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
	for _, info := range replay.Causes() {
		for _, parting := range []*replay.Parting{nil, {}} {
			r := replay.Result{Verdict: replay.Nondeterministic, Cause: replay.Cause{Kind: info.Kind, Parting: parting}, Evidence: replay.Evidence{Explanation: &replay.Explanation{}}}
			require.NotPanics(t, func() { advice.Line(r); advice.Explain(r) }, "%s", info.Kind)
		}
	}
	for _, info := range replay.Notes() {
		require.NotPanics(t, func() { advice.Note(replay.Note{Kind: info.Kind}) }, "%s", info.Kind)
	}
}
