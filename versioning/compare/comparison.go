package compare

import "fmt"

// A Comparison says how a trace is compared with its history.
type Comparison struct {
	// Level is how much is compared.
	Level Level
	// StrictPayloads makes a Difference of a payload member that is absent on one side and zero on
	// the other side.
	StrictPayloads bool
}

// Same is a Difference that means nothing. History and code write the same thing in two ways.
type Same struct {
	Difference
	Why Sameness
}

// Sameness is the reason why history and code mean the same.
type Sameness string

const (
	// ServiceDefault is an option that the code leaves open. The history has a value that services
	// of other years have filled in.
	ServiceDefault Sameness = "service-default"
	// ZeroValue is a member of a payload that is absent on one side and zero on the other side. The
	// type of the value does not distinguish absent from zero.
	ZeroValue Sameness = "zero-value"
)

// String returns the result in one line. Long values are shortened.
func (s Same) String() string {
	if s.Why == ZeroValue {
		return s.Difference.String() + ": the same to whoever reads it"
	}
	return fmt.Sprintf("%s: history has %s, which services have filled in; the code leaves it open", s.Path,
		orNone(s.Recorded))
}
