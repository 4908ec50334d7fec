package compare

import "fmt"

// A Comparison says how a trace is compared with its history.
type Comparison struct {
	// Level is how much is compared.
	Level Level
	// StrictPayloads makes a member that is absent on one side and zero on the other a
	// Difference.
	StrictPayloads bool
}

// Same is a Difference that means nothing: history and code write the same in two ways.
type Same struct {
	Difference
	Why Sameness
}

// Sameness is why both mean the same.
type Sameness string

const (
	// ServiceDefault is an option that the code leaves open, with what services of
	// other years have filled in.
	ServiceDefault Sameness = "service-default"
	// ZeroValue is a member of a payload that is absent on one side and zero on the
	// other, where the type of the value makes no difference between them.
	ZeroValue Sameness = "zero-value"
)

// String says it in one line; long values are shortened.
func (s Same) String() string {
	if s.Why == ZeroValue {
		return s.Difference.String() + ": the same to whoever reads it"
	}
	return fmt.Sprintf("%s: history has %s, which services have filled in; the code leaves it open", s.Path,
		orNone(s.Recorded))
}
