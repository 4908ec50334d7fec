// Package sdkerror reads what the SDK's replayer says when it rejects a replay.
//
// No other package reads the text of the SDK's errors. The errors are unexported, so the text is
// all there is. The patterns match from the start of the text, because the rest can quote a user's
// own data. TestClassify of package replay holds the real text of each kind.
package sdkerror

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A Kind is a kind of error that the SDK's replayer gives.
type Kind int

// The kinds. An error that comes from the code, and not from the SDK's text, is Other.
const (
	Other Kind = iota
	// Mismatch is an error whose text says nothing more.
	Mismatch
	// Panicked is an error with the stack of a panic.
	Panicked
	UnknownType
	BelowMinimum
	AboveMaximum
	MissingCommand
	ExtraCommand
	DifferentCommand
	UnexplainedEvent
	UnexpectedSideEffect
	UnexpectedMutableSideEffect
	DifferentLocalActivity
	DifferentEnding
	InvalidTransition
	UnknownFlag
	Deadlock
)

// A Reading is what the text of an SDK error says.
type Reading struct {
	Kind Kind
	// Text is the part of the text that was read. It is empty for Other and Panicked.
	Text string
	// Clues are the named parts of the pattern: type, supported, change,
	// version, bound, event and command (as the SDK prints them), id (of an
	// event), kind and name (of a command).
	Clues map[string]string
	// Err is the error. Its text names the workflow types that the Worker knows in a fixed order.
	Err error
}

// Number returns the clue as a number. It returns 0 if the clue is not a number.
func (r Reading) Number(clue string) int64 {
	n, _ := strconv.ParseInt(r.Clues[clue], 10, 64)
	return n
}

const tmprl1100 = `(?:\[TMPRL1100\] )?`

var readings = []struct {
	kind Kind
	text *regexp.Regexp
}{
	{UnknownType, text(`unable to find workflow type: (?P<type>.*)\. Supported types: \[(?P<supported>.*)\]`)},
	{BelowMinimum, text(tmprl1100 +
		`Workflow code removed support of version (?P<version>-?\d+)\. for "(?P<change>.*)" changeID\. The oldest supported version is (?P<bound>-?\d+)`)},
	{AboveMaximum, text(tmprl1100 +
		`Workflow code is too old to support version (?P<version>-?\d+) for "(?P<change>.*)" changeID\. The maximum supported version is (?P<bound>-?\d+)`)},
	{MissingCommand, text(tmprl1100 + `nondeterministic workflow: missing replay command for (?P<event>.*)`)},
	{ExtraCommand, text(tmprl1100 + `nondeterministic workflow: extra replay command for (?P<command>.*)`)},
	{DifferentCommand, text(tmprl1100 +
		`nondeterministic workflow: history event is (?P<event>.*), replay command is (?P<command>.*)`)},
	{UnexplainedEvent, text(tmprl1100 +
		`lookup failed for scheduledEventID to activityID: scheduleEventID: (?P<id>\d+)`)},
	{UnexplainedEvent, text(tmprl1100 +
		`During replay, a matching (?P<kind>\w+) command was expected in history event position (?P<name>.*)\. However, the replayed code did not produce that`)},
	{UnexplainedEvent, text(tmprl1100 +
		`unable to find nexus operation state machine for event: \w+: \(EventId:(?P<id>\d+)`)},
	{UnexpectedSideEffect, text(tmprl1100 + `No cached result found for side effectID=(?P<name>\d+)`)},
	{UnexpectedMutableSideEffect,
		text(tmprl1100 + `Non deterministic workflow code change detected\. MutableSideEffect API call doesn't have a correspondent event in the workflow history\. MutableSideEffect ID: (?P<name>.*)`)},
	{DifferentLocalActivity,
		text(tmprl1100 + `code executed local activity (?P<command>\S+), but history event found (?P<event>\S+), markerData`)},
	{DifferentEnding, text(`replay workflow doesn't return the same result as the last event`)},
	{InvalidTransition, text(tmprl1100 +
		`invalid state transition: attempt to \w+, CommandType: (?P<kind>\w+), ID: (?P<name>.*), state=`)},
	{UnknownFlag, text(`unknown SDK flag: (?P<name>\d+)`)},
	{Deadlock, text(`\[TMPRL1101\] Potential deadlock detected`)},
	// Everything else that the SDK marks so is a mismatch as well; it comes
	// last because it tells nothing more.
	{Mismatch, text(`\[TMPRL1100\] `)},
}

func text(pattern string) *regexp.Regexp { return regexp.MustCompile(`(?s)^` + pattern) }

// Read reads the first error of the chain whose text comes from the SDK, because a plugin may have
// wrapped the error. If no text comes from the SDK, an error with the stack of a panic is a panic
// of the workflow code. Any other error says nothing about the code.
func Read(err error) Reading {
	for e := err; e != nil; e = errors.Unwrap(e) {
		message := e.Error()
		for _, r := range readings {
			if m := r.text.FindStringSubmatch(message); m != nil {
				return Reading{r.kind, m[0], named(r.text, m), err}.sorted()
			}
		}
	}
	if stackOf(err) != "" {
		return Reading{Kind: Panicked, Err: err}
	}
	return Reading{Kind: Other, Err: err}
}

// sorted is the reading with the workflow types that the Worker knows in one order.
func (r Reading) sorted() Reading {
	supported := r.Clues["supported"]
	types := strings.Split(supported, ", ")
	if len(types) < 2 {
		return r
	}
	slices.Sort(types)
	r.Clues["supported"] = strings.Join(types, ", ")
	r.Err = &sortedError{strings.Replace(r.Err.Error(), "["+supported+"]", "["+r.Clues["supported"]+"]", 1), r.Err}
	return r
}

// A sortedError says what the SDK's error says, with the workflow types that the Worker
// knows in one order: the SDK takes them from a map, another one each time.
type sortedError struct {
	text string
	err  error
}

func (e *sortedError) Error() string { return e.text }

func (e *sortedError) Unwrap() error { return e.err }

func named(re *regexp.Regexp, match []string) map[string]string {
	clues := map[string]string{}
	for i, name := range re.SubexpNames() {
		if name != "" {
			clues[name] = match[i]
		}
	}
	return clues
}

// stackOf returns the stack trace of a panic in workflow code: the SDK's
// unexported error has it, behind a method.
func stackOf(err error) string {
	var panicked interface{ StackTrace() string }
	if errors.As(err, &panicked) {
		return panicked.StackTrace()
	}
	return ""
}

var (
	printedType  = regexp.MustCompile(`^(\w+): `)
	printedField = regexp.MustCompile(`\b(ActivityId|TimerId|MarkerName|EventId|ScheduledEventId|WorkflowTaskCompletedEventId):([^,()]+)`)
	printedName  = regexp.MustCompile(`\b(?:ActivityType:\(Name|MarkerName|TimerId):([^,()]+)|\b(?:workflow_type:\{name|signal_name):\s*"([^"]*)"`)
)

// Printed is an event or a command as the SDK prints it: "ActivityTaskScheduled:
// (ActivityId:5, ActivityType:(Name:Charge), …)", or for some types with the
// attributes as protobuf text.
type Printed string

// TypeName returns the type of the event or the command. It returns "" if there is none.
func (p Printed) TypeName() string {
	if m := printedType.FindStringSubmatch(string(p)); m != nil {
		return m[1]
	}
	return ""
}

// Field returns the first value of the field with this name. The SDK prints the fields that
// identify an event before any fields that hold a user's data.
func (p Printed) Field(name string) string {
	for _, m := range printedField.FindAllStringSubmatch(string(p), -1) {
		if m[1] == name {
			return m[2]
		}
	}
	return ""
}

// Name returns the user's name for the event or the command. It returns "" if the SDK does not
// print a name.
func (p Printed) Name() string {
	if m := printedName.FindStringSubmatch(string(p)); m != nil {
		return m[1] + m[2]
	}
	return ""
}
