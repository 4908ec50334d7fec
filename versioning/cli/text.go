package cli

import (
	"fmt"
	"strconv"
	"strings"
)

// joined lists names.
func joined(names []string) string { return strings.Join(names, ", ") }

// counted is "1 file" or "3 files".
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// firstLine is the first line of a text that others have written, without a colon at its end.
func firstLine(text string) string {
	text, _, _ = strings.Cut(strings.TrimSpace(text), "\n")
	return strings.TrimSuffix(strings.TrimSpace(text), ":")
}

// printable quotes a name that would do something to a terminal: it comes from a
// file.
func printable(name string) string {
	if quoted := strconv.Quote(name); name == "" || quoted != `"`+name+`"` {
		return quoted
	}
	return name
}
