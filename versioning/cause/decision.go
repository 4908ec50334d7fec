package cause

// A Decision says whether a GetVersion call or marker explains why history and code part, as
// far as that is certain, and whether a deploy or a rollback brings the execution to the code.
type Decision struct {
	Kind DecisionKind `json:"kind,omitempty"`
	// ChangeID and Version are those of a marker of the history, or ChangeID is one that
	// the code asks for without a marker.
	ChangeID string `json:"changeId,omitempty"`
	Version  int64  `json:"version,omitempty"`
	// Instead is the change ID that the code asks for in the place of ChangeID.
	Instead string `json:"instead,omitempty"`
	// Here is true if the marker that the code does not ask for was recorded in the Workflow
	// Task in which history and code part.
	Here bool `json:"here,omitempty"`
	// Way is how the execution would come to the code.
	Way Way `json:"way,omitempty"`
}

// DecisionKind is a kind of Decision.
type DecisionKind string

// The kinds of decisions.
const (
	// OwnCode is that of the stage which alone ran the execution, and OwnCodeLast that of
	// the stage which ran it last.
	OwnCode     DecisionKind = "own-code"
	OwnCodeLast DecisionKind = "own-code-last"
	// MarkerUnreadable is a marker that the data converter does not read.
	MarkerUnreadable DecisionKind = "marker-unreadable"
	// OlderCode is code that is older than the execution.
	OlderCode DecisionKind = "older-code"
	// Shadowed is another function with the name of the workflow type.
	Shadowed DecisionKind = "shadowed"
	// IDRenamed is a marker of ChangeID that the code does not ask for, where it asks for
	// Instead and gets DefaultVersion.
	IDRenamed DecisionKind = "id-renamed"
	// NotAsked is a marker of ChangeID that the code has not asked for by then.
	NotAsked DecisionKind = "not-asked"
	// AskedEarlier is a call for ChangeID in an earlier Workflow Task than that of its marker.
	AskedEarlier DecisionKind = "asked-earlier"
	// DefaultBranch is a call for ChangeID without a marker, which gets DefaultVersion there.
	DefaultBranch DecisionKind = "default-branch"
	// AskedElsewhere is a call for ChangeID on another line, after the marker was asked for.
	AskedElsewhere DecisionKind = "asked-elsewhere"
	// PerhapsDefault is as Unversioned, unless the call for ChangeID without a marker
	// in an earlier Workflow Task decides it.
	PerhapsDefault DecisionKind = "perhaps-default"
	// Unversioned is where no GetVersion call decides it.
	Unversioned DecisionKind = "unversioned"
)

// Way is how an execution would come to the code, as far as lineage and order of release
// are known.
type Way string

// The ways.
const (
	WayUnknown Way = ""
	ByDeploy   Way = "deploy"
	ByRollback Way = "rollback"
)
