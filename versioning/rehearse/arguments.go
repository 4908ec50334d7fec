package rehearse

import (
	"slices"

	commonpb "go.temporal.io/api/common/v1"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// Arguments are what signals and updates of a family have brought, by their names. None is ever
// invented.
type Arguments struct{ Signals, Updates map[string]Argument }

// An Argument is what a signal or an update has brought.
type Argument = *commonpb.Payloads

// Of returns the argument of the signal or update.
func (a Arguments) Of(news News) (Argument, bool) {
	of := a.Signals
	if news.Kind == UpdateCame {
		of = a.Updates
	}
	argument, ok := of[news.Name]
	return argument, ok
}

// Add takes the arguments that are not there yet.
func (a *Arguments) Add(other Arguments) {
	a.Signals, a.Updates = added(a.Signals, other.Signals), added(a.Updates, other.Updates)
}

func added(to, from map[string]Argument) map[string]Argument {
	if to == nil {
		to = map[string]Argument{}
	}
	for name, argument := range from {
		if _, ok := to[name]; !ok {
			to[name] = argument
		}
	}
	return to
}

// ArgumentsOf are those that the recording has: the last ones of each name.
func ArgumentsOf(recording *history.Recording) Arguments {
	a := Arguments{map[string]Argument{}, map[string]Argument{}}
	for _, e := range recording.History.GetEvents() {
		if signal := e.GetWorkflowExecutionSignaledEventAttributes(); signal != nil {
			a.Signals[signal.GetSignalName()] = signal.GetInput()
		}
		if input := events.Update(e).GetInput(); input != nil {
			a.Updates[input.GetName()] = input.GetArgs()
		}
	}
	return a
}

// arguments are those of the recording, and then those of the family, for the names.
func (q Request) arguments(signals, updates []string) (found Arguments, borrowed bool) {
	own := ArgumentsOf(q.Recording)
	found = Arguments{Signals: map[string]Argument{}, Updates: map[string]Argument{}}
	for _, of := range []struct {
		kind     NewsKind
		names    []string
		own, all map[string]Argument
	}{{SignalCame, signals, own.Signals, found.Signals}, {UpdateCame, updates, own.Updates, found.Updates}} {
		for _, name := range of.names {
			input, ok := of.own[name]
			if !ok && q.Argument != nil {
				input, ok = q.Argument(News{of.kind, name})
				borrowed = true
			}
			if ok {
				of.all[name] = input
			}
		}
	}
	return found, borrowed
}

// union has the names of both lists, each once, sorted.
func union(a, b []string) []string {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}
