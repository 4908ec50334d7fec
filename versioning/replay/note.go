package replay

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// A Note is what a replay has shown beside its verdict: it makes none, because the
// history alone cannot say whether it matters.
type Note struct {
	Kind NoteKind

	// Event is the ID of the event that it is about, 0 if it is about none, and
	// EventType its type, as Temporal's docs spell it.
	Event     int64
	EventType string

	// Name is what the user calls it: the signal, the update, the query, the change
	// ID, or the path of a value.
	Name string

	// Source is the line of workflow code, as in Place, empty where none is known.
	Source string

	// Value is what did not decode, of an Unreadable note, and Signal what was left, of an
	// Unread one.
	Value  *cause.UnreadValue  `json:",omitempty"`
	Signal *cause.UnreadSignal `json:",omitempty"`
	// Parameters are those of a MissingArgument.
	Parameters *cause.Parameters `json:",omitempty"`
	// Version is that of the marker of a VersionReplaced, and Instead the change ID that
	// the code asks for.
	Version int64  `json:",omitempty"`
	Instead string `json:",omitempty"`
	// Recorded and Now are what is written otherwise, of a ServiceDefault or a ZeroValue,
	// and Times how often.
	Recorded, Now string `json:",omitempty"`
	Times         int    `json:",omitempty"`
}

// NoteKind is what a Note is about.
type NoteKind string

// The kinds of notes. Notes describes each of them.
const (
	// Unread is a signal that came and that the code has not received.
	Unread NoteKind = "unread"
	// Unreadable is a value of the history that the code has asked for as a Go type
	// into which it does not decode.
	Unreadable NoteKind = "unreadable"
	// Unrun is a local activity that the code asks for and of which the history has no
	// marker: what the code does after it was not compared.
	Unrun NoteKind = "unrun"
	// MissingArgument is a workflow function that takes more than the input of the execution
	// has values for. The SDK gives it zero values.
	MissingArgument NoteKind = "missing-argument"
	// ServiceDefault is an option that the code leaves open, with what services of
	// other years have filled in.
	ServiceDefault NoteKind = NoteKind(compare.ServiceDefault)
	// ZeroValue is a member of a payload that is absent on one side and zero on the
	// other, where the Go type makes no difference between them.
	ZeroValue NoteKind = NoteKind(compare.ZeroValue)
	// NamespaceUnknown is code that asks for the namespace of an execution of which
	// nobody knows it.
	NamespaceUnknown NoteKind = "namespace-unknown"
	// VersionReplaced is a marker that no GetVersion call asks for, in a Workflow Task in
	// which the code asks for another change ID and finds no marker of it.
	VersionReplaced NoteKind = "version-replaced"
	// Unanswered is a query that the code answered which ran the execution, and that this
	// code does not handle.
	Unanswered NoteKind = "unanswered"
	// Undelivered is a signal that came after the last Workflow Task that completed: no
	// replay brings it to the code.
	Undelivered NoteKind = "undelivered"
)

// NoteInfo is an entry of the catalogue of notes.
type NoteInfo struct {
	Kind NoteKind
	// Doc says in a few words what it means.
	Doc string
	// Finding is whether it can be what breaks an execution, so that a reader has to
	// look at it, and a pipeline may fail on it.
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

// ParseNoteKind returns the kind of notes of that name. The error names all there are.
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
