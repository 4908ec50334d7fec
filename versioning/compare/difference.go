package compare

import "fmt"

// A Difference is one thing that the code does otherwise than the history says.
type Difference struct {
	// Path names the difference: the type of the event, what the event is about, and the field. An
	// example is "ActivityTaskScheduled(Charge).input[0].amount".
	Path string `json:"path"`
	// Level is the first level at which the difference counts.
	Level Level `json:"level"`
	// Event is the ID of the event, and EventType its type.
	Event     int64  `json:"event"`
	EventType string `json:"eventType"`
	// Source is the line of workflow code that made the call.
	Source string `json:"source,omitempty"`
	// Recorded is what the history says, and Now is what the code does. Both are written as JSON or
	// as people write the value. Either is empty if there is no value.
	Recorded string `json:"recorded"`
	Now      string `json:"now"`
	// Open is whether the code leaves the field open. Now is then what a service of today fills in.
	Open bool `json:"open,omitempty"`
}

// String returns the difference in one line. Long values are shortened.
func (d Difference) String() string {
	if d.Open {
		return fmt.Sprintf("%s: history has %s, the code leaves it open, and services fill in %s", d.Path,
			orNone(d.Recorded), orNone(d.Now))
	}
	return fmt.Sprintf("%s: history has %s, code has %s", d.Path, orNone(d.Recorded), orNone(d.Now))
}

// Shortened returns the value, cut to what fits on one line.
func Shortened(value string) string {
	const longest = 80
	if runes := []rune(value); len(runes) > longest {
		return string(runes[:longest-1]) + "…"
	}
	return value
}

func orNone(value string) string {
	if value == "" {
		return "none"
	}
	return Shortened(value)
}
