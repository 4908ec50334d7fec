package cause

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// Kind is a kind of Cause.
type Kind string

// The kinds of causes. Kinds describes each of them.
const (
	Unchanged Kind = ""

	CallAdded    Kind = Kind(compare.CallAdded)
	CallRemoved  Kind = Kind(compare.CallRemoved)
	CallRenamed  Kind = Kind(compare.CallRenamed)
	CallReplaced Kind = Kind(compare.CallReplaced)
	CallRetyped  Kind = Kind(compare.CallRetyped)

	CallsSwapped         Kind = Kind(compare.CallsSwapped)
	CallMovedInTask      Kind = Kind(compare.CallMovedInTask)
	CallMoved            Kind = Kind(compare.CallMoved)
	CallsReordered       Kind = Kind(compare.CallsReordered)
	CallsMadeSequential  Kind = Kind(compare.CallsMadeSequential)
	CallsMadeParallel    Kind = Kind(compare.CallsMadeParallel)
	CancellationAdded    Kind = Kind(compare.CancellationAdded)
	CancellationRemoved  Kind = Kind(compare.CancellationRemoved)
	UpdateAnsweredAtOnce Kind = Kind(compare.UpdateAnsweredAtOnce)
	UpdateAnsweredLater  Kind = Kind(compare.UpdateAnsweredLater)

	ValuesChanged  Kind = Kind(compare.ValuesChanged)
	OptionsChanged Kind = Kind(compare.OptionsChanged)
	EndsEarlier    Kind = Kind(compare.EndsEarlier)
	EndsOtherwise  Kind = Kind(compare.EndsOtherwise)

	BranchRemoved     Kind = "branch-removed"
	VersionNotKnown   Kind = "version-not-known"
	TypeNotRegistered Kind = "type-not-registered"
	CodePanics        Kind = "code-panics"
	CodeDeadlocks     Kind = "code-deadlocks"
	NotDeterministic  Kind = "not-deterministic"
	ValueUnreadable   Kind = "value-unreadable"
	ArgumentMissing   Kind = "argument-missing"
	SignalUnread      Kind = "signal-unread"
	UpdateUnhandled   Kind = "update-unhandled"
	SignalRenamed     Kind = "signal-renamed"
	UpdateRenamed     Kind = "update-renamed"

	// What a rehearsal shows, where a replay shows nothing.
	StuckAhead  Kind = "stuck-ahead"
	ClosesAhead Kind = "closes-ahead"
	HangsAhead  Kind = "hangs-ahead"

	NotCalled        Kind = "not-called"
	EventUnexplained Kind = "event-unexplained"
	EventUnfit       Kind = "event-unfit"
	FlagUnknown      Kind = "flag-unknown"
	Unclassified     Kind = "unclassified"
	NotBegun         Kind = "not-begun"
)

// Info is an entry of the catalogue of causes.
type Info struct {
	Kind Kind
	// Title describes the kind in a few words, without a subject.
	Title string
}

const notTold = "not told"

var catalogue = []Info{
	{CallAdded, "call added"},
	{CallRemoved, "call removed"},
	{CallRenamed, "call renamed"},
	{CallReplaced, "call replaced by another kind"},
	{CallRetyped, "call made by another function"},
	{CallsSwapped, "calls swapped"},
	{CallMovedInTask, "call moved within its Workflow Task"},
	{CallMoved, "call moved to another Workflow Task"},
	{CallsReordered, "calls reordered"},
	{CallsMadeSequential, "calls made sequential"},
	{CallsMadeParallel, "calls made parallel"},
	{CancellationAdded, "cancellation added"},
	{CancellationRemoved, "cancellation removed"},
	{UpdateAnsweredAtOnce, "update answered at once"},
	{UpdateAnsweredLater, "update answered later"},
	{ValuesChanged, "values changed"},
	{OptionsChanged, "options changed"},
	{EndsEarlier, "ends earlier"},
	{EndsOtherwise, "ends otherwise"},
	{BranchRemoved, "branch removed too early"},
	{VersionNotKnown, "version not known yet"},
	{TypeNotRegistered, "workflow type not registered"},
	{CodePanics, "workflow code panics"},
	{CodeDeadlocks, "workflow code panics"},
	{NotDeterministic, "not deterministic"},
	{ValueUnreadable, "value not readable"},
	{ArgumentMissing, "value not readable"},
	{SignalUnread, "signal not received"},
	{UpdateUnhandled, "update not handled"},
	{SignalRenamed, "signal renamed"},
	{UpdateRenamed, "update renamed"},
	{StuckAhead, "gets stuck in the next Workflow Task"},
	{ClosesAhead, "ends otherwise in the next Workflow Task"},
	{HangsAhead, "waits for nothing after the next Workflow Task"},
	{NotCalled, notTold},
	{EventUnexplained, notTold},
	{EventUnfit, notTold},
	{FlagUnknown, notTold},
	{Unclassified, notTold},
	{NotBegun, "not begun"},
}

// Kinds returns the catalogue: every kind of cause except Unchanged, in the order of the list of
// constants.
func Kinds() []Info { return slices.Clone(catalogue) }

// Title describes the kind in a few words. It is "" for Unchanged.
func (k Kind) Title() string {
	for _, info := range catalogue {
		if info.Kind == k {
			return info.Title
		}
	}
	return string(k)
}
