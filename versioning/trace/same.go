package trace

import "fmt"

// A Comparison says how a trace is compared with its history.
type Comparison struct {
	// Level is how much is compared.
	Level Level
}

// Same is what is written otherwise than the history has it, and means the same.
type Same struct {
	Difference
	Why Sameness
}

// Sameness is why it means the same.
type Sameness string

// ServiceDefault is an option that the code leaves open, with what services of other
// years have filled in.
const ServiceDefault Sameness = "service-default"

// String says it in one line; long values are shortened.
func (s Same) String() string {
	return fmt.Sprintf("%s: history has %s, which services have filled in; the code leaves it open", s.Path, orNone(s.Recorded))
}
