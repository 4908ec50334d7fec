package compare

import (
	"fmt"
	"slices"
)

// A Level says how much of what the code does is compared with the history.
type Level string

// The levels. Each includes those before it.
const (
	// Commands is the SDK's own check. In addition, the execution must end in the same way as in
	// the history, whichever way that is.
	Commands Level = "commands"
	// Shape also compares what a command asks for, apart from its values: full type names, IDs,
	// Task Queues, timeouts, Retry Policies, Parent Close Policies.
	Shape Level = "shape"
	// Values also compares what a command carries: inputs, durations of timers, Search Attributes
	// and Memos, and the result or failure of Updates and of the workflow. The empty Level means
	// Values.
	Values Level = "values"
)

// Levels returns all levels. The level that compares least comes first.
func Levels() []Level { return []Level{Commands, Shape, Values} }

// Includes reports whether a comparison at this level sees the differences of the other level.
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

// Validate returns the error of ParseLevel if l is not a level.
func (l Level) Validate() error {
	_, err := ParseLevel(l.String())
	return err
}

// ParseLevel returns the level with that name. If there is none, the error lists the names.
func ParseLevel(name string) (Level, error) {
	if l := Level(name); slices.Contains(Levels(), l) {
		return l, nil
	}
	return "", fmt.Errorf("unknown level %q: the levels are commands, shape, values", name)
}
