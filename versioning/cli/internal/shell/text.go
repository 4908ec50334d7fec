package shell

import (
	"fmt"
	"strconv"
	"strings"
)

// Joined joins the names with commas.
func Joined(names []string) string { return strings.Join(names, ", ") }

// Counted is "1 file" or "3 files".
func Counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// FirstLine is the first line of a text that others have written. A colon at the end of the line is
// removed.
func FirstLine(text string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	return strings.TrimSuffix(strings.TrimSpace(text), ":")
}

// Printable returns the name as it is, or quoted if it could drive a terminal. It also quotes an
// empty name, and a name with a quotation mark or a backslash. The name comes from a file.
func Printable(name string) string {
	if quoted := strconv.Quote(name); name == "" || quoted != `"`+name+`"` {
		return quoted
	}
	return name
}
