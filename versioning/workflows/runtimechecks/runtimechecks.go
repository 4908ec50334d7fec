// Package runtimechecks has a family for each method that the Go SDK's runtime
// check is documented to guard: a call of it is added, removed, reordered or
// made with other values, and the matrix shows what a replay makes of that. More
// families do the same for what the check does not compare: options, other calls,
// update handlers and endings.
//
// Each family is a catalogue: a base, and stages that change one thing about it.
// One file holds all of it and reads from top to bottom. Every stage
//
//   - makes its calls, as a rule a call of the method, one of another kind, and a
//     second call of the method, each waited for before the next is made;
//   - answers the query "result" with what they gave, and
//   - completes with that when the signal "finish" arrives, which is how a deploy
//     finds it: with all calls in the history and none outstanding.
//
// Stages whose handlers or endings are changed are whole workflows. All of them
// make one call, and each ends in its own way.
//
// # Adding a change
//
// Write one more stage in the file of the method: its name, a sentence and its
// calls. Its recordings and its cells follow from that with
// go test . -record=runtimechecks -update, and its row in docs/runtime-checks.md
// with go test ./docs -update. A change that needs another base is a catalogue of
// two stages.
//
// # Traps
//
// Whether a call is waited for decides what a live worker does with a change,
// and not what a replay says: code that waits for a call which the history does
// not have cannot close the workflow, so the worker compares and gets stuck; code
// that does not wait closes it in the same workflow task, and then nothing is
// compared. The stages "added-not-awaited" are there for that, and NewTimer beside
// Sleep, which is a NewTimer that is waited for.
package runtimechecks

import "github.com/replaymatrix/replaymatrix/versioning"

// Families holds the catalogues: the methods that the SDK's documentation lists,
// in its order, and then what it does not mention.
var Families = []*versioning.Family{
	Activity,
	ChildWorkflow,
	Timer,
	CancelExternal,
	SideEffect,
	SignalExternal,
	Sleep,
	ActivityOptions,
	ChildOptions,
	SignalChild,
	LocalActivity,
	MutableSideEffect,
	SearchAttributes,
	Memo,
	Update,
	Completion,
	Failure,
	Cancellation,
	ContinueAsNew,
}
