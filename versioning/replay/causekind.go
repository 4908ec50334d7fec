package replay

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// CauseKind is a kind of Cause.
type CauseKind string

// The kinds of causes. Causes describes each of them.
const (
	Unchanged CauseKind = ""

	CallAdded      CauseKind = CauseKind(compare.CallAdded)
	CallRemoved    CauseKind = CauseKind(compare.CallRemoved)
	CallRenamed    CauseKind = CauseKind(compare.CallRenamed)
	CallReplaced   CauseKind = CauseKind(compare.CallReplaced)
	CallsReordered CauseKind = CauseKind(compare.CallsReordered)
	CallMoved      CauseKind = CauseKind(compare.CallMoved)
	ValuesChanged  CauseKind = CauseKind(compare.ValuesChanged)
	OptionsChanged CauseKind = CauseKind(compare.OptionsChanged)
	EndsEarlier    CauseKind = CauseKind(compare.EndsEarlier)
	EndsOtherwise  CauseKind = CauseKind(compare.EndsOtherwise)

	BranchRemoved     CauseKind = "branch-removed"
	VersionNotKnown   CauseKind = "version-not-known"
	TypeNotRegistered CauseKind = "type-not-registered"
	CodePanics        CauseKind = "code-panics"
	CodeDeadlocks     CauseKind = "code-deadlocks"
	NotDeterministic  CauseKind = "not-deterministic"
	ValueUnreadable   CauseKind = "value-unreadable"
	ArgumentMissing   CauseKind = "argument-missing"
	SignalUnread      CauseKind = "signal-unread"
	UpdateUnhandled   CauseKind = "update-unhandled"

	NotCalled        CauseKind = "not-called"
	EventUnexplained CauseKind = "event-unexplained"
	EventUnfit       CauseKind = "event-unfit"
	FlagUnknown      CauseKind = "flag-unknown"
	Unclassified     CauseKind = "unclassified"
	NotBegun         CauseKind = "not-begun"
)

// CauseInfo is an entry of the catalogue of causes.
type CauseInfo struct {
	Kind CauseKind
	// Title is the kind in a few words, without a subject.
	Title string
}

const notTold = "not told"

var causeCatalogue = []CauseInfo{
	{CallAdded, "call added"},
	{CallRemoved, "call removed"},
	{CallRenamed, "call renamed"},
	{CallReplaced, "call replaced by another kind"},
	{CallsReordered, "calls reordered"},
	{CallMoved, "call moved to another Workflow Task"},
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
	{NotCalled, notTold},
	{EventUnexplained, notTold},
	{EventUnfit, notTold},
	{FlagUnknown, notTold},
	{Unclassified, notTold},
	{NotBegun, "not begun"},
}

// Causes returns the catalogue: every kind of cause, in the order of the list of constants.
func Causes() []CauseInfo { return slices.Clone(causeCatalogue) }

// Title is the kind in a few words, "" for Unchanged.
func (k CauseKind) Title() string {
	for _, info := range causeCatalogue {
		if info.Kind == k {
			return info.Title
		}
	}
	return string(k)
}
