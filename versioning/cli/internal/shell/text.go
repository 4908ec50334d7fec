package shell

import (
	"fmt"
	"strconv"
	"strings"
)

// Joined lists names.
func Joined(names []string) string { return strings.Join(names, ", ") }

// Counted is "1 file" or "3 files".
func Counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// FirstLine is the first line of a text that others have written, without a colon at its end.
func FirstLine(text string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	return strings.TrimSuffix(strings.TrimSpace(text), ":")
}

// Printable quotes a name that would do something to a terminal: it comes from a
// file.
func Printable(name string) string {
	if quoted := strconv.Quote(name); name == "" || quoted != `"`+name+`"` {
		return quoted
	}
	return name
}
