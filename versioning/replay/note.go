package replay

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// A Note is an observation of a replay beside the verdict. A Note does not change the verdict,
// because the history alone cannot say whether the observation matters.
type Note struct {
	Kind NoteKind

	// Event is the ID of the event that the Note is about. It is 0 if the Note is about no event.
	// EventType is the type of the event, as Temporal's docs spell it.
	Event     int64
	EventType string

	// Name is the user's name for the subject of the Note: the name of the signal, the update or
	// the query, the change ID, or the path of a value.
	Name string

	// Source is the line of workflow code, as in Place. It is empty where no line is known.
	Source string

	// Value is set in an Unreadable note: the value that did not decode. Signal is set in an Unread
	// note: the signal that the code left.
	Value  *cause.UnreadValue  `json:",omitempty"`
	Signal *cause.UnreadSignal `json:",omitempty"`
	// Parameters is set in a MissingArgument note: how many values the workflow function takes, and
	// how many the input has.
	Parameters *cause.Parameters `json:",omitempty"`
	// Version and Instead are set in a VersionReplaced note. Version is the version of the marker.
	// Instead is the change ID that the code asks for.
	Version int64  `json:",omitempty"`
	Instead string `json:",omitempty"`
	// Recorded, Now and Times are set in a ServiceDefault or a ZeroValue note. Recorded and Now are
	// the two values that differ. Times is how often they differ.
	Recorded, Now string `json:",omitempty"`
	Times         int    `json:",omitempty"`
}

// NoteKind is what a Note is about.
type NoteKind string

// The kinds of notes. Notes describes each of them.
const (
	// Unread is a signal that came, and the code has not received it.
	Unread NoteKind = "unread"
	// Unreadable is a value of the history that does not decode into the Go type that the code asks
	// for.
	Unreadable NoteKind = "unreadable"
	// Unrun is a local activity that the code asks for. The history has no marker of the local
	// activity. What the code does after the local activity was not compared.
	Unrun NoteKind = "unrun"
	// MissingArgument is a workflow function that takes more parameters than the input of the
	// execution has values. The SDK gives zero values to the remaining parameters.
	MissingArgument NoteKind = "missing-argument"
	// ServiceDefault is an option that the code leaves open. The Temporal Service filled the option
	// in, and services of other years fill in other values.
	ServiceDefault NoteKind = NoteKind(compare.ServiceDefault)
	// ZeroValue is a member of a payload that is absent on one side and zero on the other. The Go
	// type makes no difference between absent and zero.
	ZeroValue NoteKind = NoteKind(compare.ZeroValue)
	// NamespaceUnknown is code that asks for the namespace of the execution. Nobody knows this
	// namespace.
	NamespaceUnknown NoteKind = "namespace-unknown"
	// VersionReplaced is a marker that no GetVersion call asks for. In the same Workflow Task, the
	// code asks for another change ID and finds no marker of that change ID.
	VersionReplaced NoteKind = "version-replaced"
	// Unanswered is a query that this code does not handle. The code that ran the execution handles
	// the query.
	Unanswered NoteKind = "unanswered"
	// Undelivered is a signal that came after the last completed Workflow Task. No replay brings
	// the signal to the code.
	Undelivered NoteKind = "undelivered"
)

// NoteInfo is an entry of the catalogue of notes.
type NoteInfo struct {
	Kind NoteKind
	// Doc says in a few words what the kind means.
	Doc string
	// Finding is true if notes of the kind can show what breaks an execution. A reader has to look
	// at such notes, and a pipeline may fail on them.
	Finding bool
}

var noteCatalogue = []NoteInfo{
	{Unread, "a signal came, and the code does not receive it", true},
	{Unreadable, "the code cannot read a value of the history as the type that it asks for", true},
	{Unrun, "the code asks for a local activity that the history has no marker of, and what comes after it was " +
		"not compared", true},
	{MissingArgument, "the workflow function takes more parameters than the input has values", false},
	{ServiceDefault, "an option that the code leaves open was filled in by the service's default of then", false},
	{ZeroValue, "a member of a value is absent on one side and zero on the other, the same to whoever reads it", false},
	{NamespaceUnknown, "the code asks for the namespace of the execution, and nobody knows it", false},
	{VersionReplaced, "a change ID was retired where another one was added, or was renamed", false},
	{Unanswered, "the code that ran the execution answers a query that this code does not handle", false},
	{Undelivered, "a signal came after the last completed Workflow Task, and no replay brings it to the code", false},
}

// Notes returns the catalogue: every kind of note, in the order of the list of
// constants.
func Notes() []NoteInfo { return slices.Clone(noteCatalogue) }

// ParseNoteKind returns the kind of notes with the name. The error lists the names of all kinds.
func ParseNoteKind(name string) (NoteKind, error) {
	names := make([]string, len(noteCatalogue))
	for i, info := range noteCatalogue {
		if string(info.Kind) == name {
			return info.Kind, nil
		}
		names[i] = string(info.Kind)
	}
	return "", fmt.Errorf("unknown kind of notes %q: the kinds are %s", name, strings.Join(names, ", "))
}

// Info returns the entry of the kind in the catalogue.
func (k NoteKind) Info() NoteInfo {
	for _, info := range noteCatalogue {
		if info.Kind == k {
			return info
		}
	}
	return NoteInfo{Kind: k}
}

// Finding reports whether a reader has to look at notes of the kind.
func (k NoteKind) Finding() bool { return k.Info().Finding }

// String is the kind, the event and the name: "unread at event 11 (paid)".
func (n Note) String() string {
	text := string(n.Kind)
	if n.Event > 0 {
		text += fmt.Sprintf(" at event %d", n.Event)
	}
	if n.Name != "" {
		text += " (" + n.Name + ")"
	}
	return text
}
