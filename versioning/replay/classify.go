package replay

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// This file is the only place that reads the SDK's prose. The SDK's mismatch
// errors are unexported, so their text is all there is; the patterns are
// anchored at the start of the text, because the rest of it can quote a user's
// own data. classify_test.go holds the real text of each kind, from replays.

// mismatch is a kind of error that the SDK's replayer gives.
type mismatch int

const (
	other mismatch = iota
	unknownType
	belowMinimum
	aboveMaximum
	missingCommand
	extraCommand
	differentCommand
	unexplainedEvent
	unexpectedSideEffect
	unexpectedMutableSideEffect
	differentLocalActivity
	differentEnding
	invalidTransition
	unknownFlag
	deadlock
)

// reading is what the text of an SDK error tells.
type reading struct {
	kind    mismatch
	verdict Verdict
	// clues are the named parts of the pattern: type, supported, change,
	// version, bound, event and command (as the SDK prints them), id (of an
	// event), kind and name (of a command).
	clues map[string]string
}

func (r reading) number(clue string) int64 {
	n, _ := strconv.ParseInt(r.clues[clue], 10, 64)
	return n
}

const tmprl1100 = `(?:\[TMPRL1100\] )?`

var readings = []struct {
	kind    mismatch
	verdict Verdict
	text    *regexp.Regexp
}{
	{unknownType, Unregistered,
		text(`unable to find workflow type: (?P<type>.*)\. Supported types: \[(?P<supported>.*)\]`)},
	{belowMinimum, VersionRemoved,
		text(tmprl1100 + `Workflow code removed support of version (?P<version>-?\d+)\. for "(?P<change>.*)" changeID\. The oldest supported version is (?P<bound>-?\d+)`)},
	{aboveMaximum, VersionUnknown,
		text(tmprl1100 + `Workflow code is too old to support version (?P<version>-?\d+) for "(?P<change>.*)" changeID\. The maximum supported version is (?P<bound>-?\d+)`)},
	{missingCommand, Nondeterministic,
		text(tmprl1100 + `nondeterministic workflow: missing replay command for (?P<event>.*)`)},
	{extraCommand, Nondeterministic,
		text(tmprl1100 + `nondeterministic workflow: extra replay command for (?P<command>.*)`)},
	{differentCommand, Nondeterministic,
		text(tmprl1100 + `nondeterministic workflow: history event is (?P<event>.*), replay command is (?P<command>.*)`)},
	{unexplainedEvent, Nondeterministic,
		text(tmprl1100 + `lookup failed for scheduledEventID to activityID: scheduleEventID: (?P<id>\d+)`)},
	{unexplainedEvent, Nondeterministic,
		text(tmprl1100 + `During replay, a matching (?P<kind>\w+) command was expected in history event position (?P<name>.*)\. However, the replayed code did not produce that`)},
	{unexplainedEvent, Nondeterministic,
		text(tmprl1100 + `unable to find nexus operation state machine for event: \w+: \(EventId:(?P<id>\d+)`)},
	{unexpectedSideEffect, Nondeterministic,
		text(tmprl1100 + `No cached result found for side effectID=(?P<name>\d+)`)},
	{unexpectedMutableSideEffect, Nondeterministic,
		text(tmprl1100 + `Non deterministic workflow code change detected\. MutableSideEffect API call doesn't have a correspondent event in the workflow history\. MutableSideEffect ID: (?P<name>.*)`)},
	{differentLocalActivity, Nondeterministic,
		text(tmprl1100 + `code executed local activity (?P<command>\S+), but history event found (?P<event>\S+), markerData`)},
	{differentEnding, Nondeterministic,
		text(`replay workflow doesn't return the same result as the last event`)},
	{invalidTransition, Nondeterministic,
		text(tmprl1100 + `invalid state transition: attempt to \w+, CommandType: (?P<kind>\w+), ID: (?P<name>.*), state=`)},
	{unknownFlag, Nondeterministic,
		text(`unknown SDK flag: (?P<name>\d+)`)},
	{deadlock, Panic,
		text(`\[TMPRL1101\] Potential deadlock detected`)},
	// Everything else that the SDK marks so is a mismatch as well; it comes
	// last because it tells nothing more.
	{other, Nondeterministic,
		text(`\[TMPRL1100\] `)},
}

func text(pattern string) *regexp.Regexp { return regexp.MustCompile(`(?s)^` + pattern) }

// classify reads the first error of the chain whose text is the SDK's: a
// plugin may have wrapped it. What is not the SDK's own is a panic of the
// workflow code if it carries the stack of one, and otherwise says nothing
// about the code.
func classify(err error) reading {
	for e := err; e != nil; e = errors.Unwrap(e) {
		message := e.Error()
		for _, r := range readings {
			if m := r.text.FindStringSubmatch(message); m != nil {
				return reading{r.kind, r.verdict, named(r.text, m)}
			}
		}
	}
	var escaped *escapedPanic
	if stackOf(err) != "" && !errors.As(err, &escaped) {
		return reading{other, Panic, nil}
	}
	return reading{other, Unjudged, nil}
}

// rejection is the SDK's error with what its text tells. The text is read once.
type rejection struct {
	reading
	err error
}

// read returns nil where the SDK has accepted the replay.
func read(err error) *rejection {
	if err == nil {
		return nil
	}
	r := &rejection{classify(err), err}
	if types := strings.Split(r.clues["supported"], ", "); len(types) > 1 {
		supported := r.clues["supported"]
		slices.Sort(types)
		r.clues["supported"] = strings.Join(types, ", ")
		r.err = &sortedError{strings.Replace(err.Error(), "["+supported+"]", "["+r.clues["supported"]+"]", 1), err}
	}
	return r
}

// deadlocked reports whether the workflow code did not yield.
func (r *rejection) deadlocked() bool { return r != nil && r.kind == deadlock }

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

// printed is an event or a command as the SDK prints it: "ActivityTaskScheduled:
// (ActivityId:5, ActivityType:(Name:Charge), …)", or for some types with the
// attributes as protobuf text.
type printed string

func (p printed) typeName() string {
	if m := printedType.FindStringSubmatch(string(p)); m != nil {
		return m[1]
	}
	return ""
}

// field returns the first value of the field of that name: the SDK prints the
// fields that identify an event before any that hold a user's data.
func (p printed) field(name string) string {
	for _, m := range printedField.FindAllStringSubmatch(string(p), -1) {
		if m[1] == name {
			return m[2]
		}
	}
	return ""
}
