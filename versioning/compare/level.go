package compare

import (
	"fmt"
	"slices"
)

// A Level is how much of what code does is compared with the history.
type Level string

// The levels. Each includes those before it.
const (
	// Commands is the SDK's own check, and that the execution ends in the same
	// way, whichever it is.
	Commands Level = "commands"
	// Shape is also what a command asks for, apart from its values: full type
	// names, IDs, task queues, timeouts, retry policies, parent close policies.
	Shape Level = "shape"
	// Values is also what a command carries: inputs, durations of timers, search
	// attributes and memos, and the result or failure of updates and of the
	// workflow. The empty Level means Values.
	Values Level = "values"
)

// Levels returns the levels, the one that compares least first.
func Levels() []Level { return []Level{Commands, Shape, Values} }

// Includes reports whether a comparison at this level sees what differs at the
// other one.
func (l Level) Includes(other Level) bool {
	return slices.Index(Levels(), other.orDefault()) <= slices.Index(Levels(), l.orDefault())
}

func (l Level) orDefault() Level {
	if l == "" {
		return Values
	}
	return l
}

func (l Level) String() string { return string(l.orDefault()) }

// Validate returns the error of ParseLevel for a level that is none.
func (l Level) Validate() error {
	_, err := ParseLevel(l.String())
	return err
}

// ParseLevel returns the level of that name. The error lists the names.
func ParseLevel(name string) (Level, error) {
	if l := Level(name); slices.Contains(Levels(), l) {
		return l, nil
	}
	return "", fmt.Errorf("unknown level %q: the levels are commands, shape, values", name)
}
