package cause

// A Decision says whether a GetVersion call or marker explains why history and code part, as far as
// the explanation is certain. It also says whether a deploy or a rollback brings the execution to
// the code.
type Decision struct {
	Kind DecisionKind `json:"kind,omitempty"`
	// ChangeID is the change ID of a marker of the history, or a change ID that the code asks for
	// without a marker. Version is the version of the marker. Version is not set for
	// AskedElsewhere.
	ChangeID string `json:"changeId,omitempty"`
	Version  int64  `json:"version,omitempty"`
	// Instead is the change ID that the code asks for in the place of ChangeID.
	Instead string `json:"instead,omitempty"`
	// Here is true if the code does not ask for a marker, and the marker was recorded in the same
	// Workflow Task in which history and code part.
	Here bool `json:"here,omitempty"`
	// Name is the encoding of the value that is not read, for ValueEncoded. For HeaderUnread, OwnCode
	// and ReferenceParts it names the header fields that nothing in the replay reads, if there are any.
	Name string `json:"name,omitempty"`
	// Way is how the execution would come to the code.
	Way Way `json:"way,omitempty"`
}

// DecisionKind is a kind of Decision.
type DecisionKind string

// The kinds of decisions.
const (
	// OwnCode is the code of the only stage that ran the execution. OwnCodeLast is the code of the
	// stage that ran the execution last, after other stages.
	OwnCode     DecisionKind = "own-code"
	OwnCodeLast DecisionKind = "own-code-last"
	// MarkerUnreadable is a marker that the data converter cannot read.
	MarkerUnreadable DecisionKind = "marker-unreadable"
	// ValueEncoded is a value of the history in an encoding that the data converter does not know. The
	// value may be the same.
	ValueEncoded DecisionKind = "value-encoded"
	// ReferenceParts means that the code that ran the execution parts from the history too, here or
	// before: something of the Workers is missing in the replay.
	ReferenceParts DecisionKind = "reference-parts"
	// HeaderUnread is a header of the history that no interceptor and no context propagator reads,
	// where nobody knows whether the code that ran the execution replays without one.
	HeaderUnread DecisionKind = "header-unread"
	// DrawnAnew is a UUID or a time that is another one each time the program starts.
	DrawnAnew DecisionKind = "drawn-anew"
	// OlderCode is code that is older than the execution.
	OlderCode DecisionKind = "older-code"
	// Shadowed is another function with the name of the workflow type.
	Shadowed DecisionKind = "shadowed"
	// RanShadow is the function that the workflow type is registered for, where another one of that
	// name ran the execution.
	RanShadow DecisionKind = "ran-shadow"
	// IDRenamed is a marker of ChangeID that the code does not ask for. The code asks for Instead
	// there, and gets DefaultVersion.
	IDRenamed DecisionKind = "id-renamed"
	// NotAsked is a marker of ChangeID. The code has not asked for ChangeID up to the point where
	// history and code part.
	NotAsked DecisionKind = "not-asked"
	// AskedEarlier is a call for ChangeID in an earlier Workflow Task than the Workflow Task of the
	// marker.
	AskedEarlier DecisionKind = "asked-earlier"
	// DefaultBranch is a call for ChangeID without a marker. The call gets DefaultVersion in the
	// Workflow Task in which history and code part.
	DefaultBranch DecisionKind = "default-branch"
	// AskedElsewhere is a call for ChangeID in a later Workflow Task than the marker, on another
	// line than the first call.
	AskedElsewhere DecisionKind = "asked-elsewhere"
	// PerhapsDefault is like Unversioned, with one doubt. The code called GetVersion for ChangeID
	// in an earlier Workflow Task, and found no marker. Perhaps this call explains why history and
	// code part.
	PerhapsDefault DecisionKind = "perhaps-default"
	// Unversioned means that no GetVersion call explains why history and code part.
	Unversioned DecisionKind = "unversioned"
)

// Way is how an execution would come to the code, as far as the lineage and the order of release
// are known.
type Way string

// The ways.
const (
	WayUnknown Way = ""
	ByDeploy   Way = "deploy"
	ByRollback Way = "rollback"
)

// CuringWay returns the Way if a deploy and a rollback ask for different cures, and WayUnknown if
// the cure is the same either way.
func (c Cause) CuringWay() Way {
	way := c.Decided.Way
	switch c.Kind {
	case BranchRemoved:
		if c.Range != nil && !c.Range.Marked {
			return way
		}
	case TypeNotRegistered, SignalUnread, UpdateUnhandled, SignalRenamed, UpdateRenamed:
		if way == ByRollback {
			return way // a deploy has the cure of an unknown way
		}
	}
	return WayUnknown
}

// Elsewhere reports whether something else than a change of the code explains it, so that no GetVersion
// call helps.
func (d Decision) Elsewhere() bool {
	switch d.Kind {
	case MarkerUnreadable, ValueEncoded, ReferenceParts, HeaderUnread, DrawnAnew:
		return true
	}
	return false
}
