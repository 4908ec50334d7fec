package history

import (
	"fmt"
	"regexp"
	"strings"
)

// FormatError says why bytes are not a recording that can be replayed. Decode, Encode, ReadFile,
// WriteFile and the Load of a Source return it, always as a pointer: find it with errors.As.
type FormatError struct {
	// Path names the file as it was given to Decode, or the recording that Encode was given.
	Path string
	// Kind says what is wrong. Programs can branch on Kind.
	Kind Kind
	// Event is the ID of the event that is wrong. If the file has no usable ID, Event is the place
	// of the event in the file, counted from 1. Event is 0 if no single event is to blame.
	Event int64
	// Detail says what is wrong, for people. It is a clause without a full stop.
	Detail string
	// Err is the underlying error, nil if there is none.
	Err error
}

// Error says which file and event, what is wrong, and what to do next.
func (e *FormatError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "recording %s: ", e.Path)
	if e.Event > 0 {
		fmt.Fprintf(&b, "event %d: ", e.Event)
	}
	b.WriteString(e.Detail)
	if advice := e.Kind.Advice(); advice != "" {
		b.WriteString("; ")
		b.WriteString(advice)
	}
	return b.String()
}

// Unwrap returns Err.
func (e *FormatError) Unwrap() error { return e.Err }

// noise is what protojson puts around its reasons: its own name, a position that counts from the
// start of the event instead of the file, and the source file that raised it.
var noise = regexp.MustCompile(`^(temporal)?proto:[\s\x{a0}]+|(syntax error )?\(line \d+:\d+\): |\s*\(in [^()]*:\d+\)`)

// reason gives the text of an error of a protobuf decoder in the words of this package.
func reason(err error) string {
	return noise.ReplaceAllString(err.Error(), "")
}
