package report

// A Mending is what helps a person to mend a cell that breaks: what explain says of it, without the why.
type Mending struct {
	// Do says what to do, in sentences. Code is the Go code for it. Code is empty if no code helps, and
	// where nobody knows the source.
	Do, Code string
	// SideBySide is history and code side by side, as lines of text. It is empty if nothing was replayed.
	SideBySide string
}
