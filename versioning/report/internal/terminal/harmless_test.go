package terminal_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
)

// TestHarmless holds what reaches a terminal, and the log of a pipeline, of texts that nobody has escaped.
func TestHarmless(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text, want, why string
		colored         bool
	}{
		{"a\tb\n  c", "a\tb\n  c", "letters, and what moves them", true},
		{"Bestellung – 注文 🎁\n", "Bestellung – 注文 🎁\n", "of all scripts", false},
		{"\x1b[31mred\x1b[0m\n", "\x1b[31mred\x1b[0m\n", "our colours", true},
		{"\x1b[31mred\x1b[0m\n", `\x1b[31mred\x1b[0m` + "\n", "if somebody asked for them", false},
		{"\x1b[31m\x1b[2Jgone\x07\n", "\x1b[31m" + `\x1b[2Jgone\x07` + "\n", "and no other sequence", true},
		{"a\u009b2J\x7f\u202eb\r\n", `a\u009b2J\x7f\u202eb\x0d` + "\n", "C1 controls, and what turns the text round", true},
		{"bad \xff bytes\n", `bad \xff bytes` + "\n", "no UTF-8", true},
		{"x\n  ::error::boo\n##[error]boo\n", "x\n  \\::error::boo\n\\##[error]boo\n", "a pipeline takes that for a command", false},
		{"a::b ##[c]\n", "a::b ##[c]\n", "but not within a line", false},
	} {
		for _, size := range []int{1, 3, len(tt.text)} {
			var b strings.Builder
			w := terminal.New(&b, tt.colored, 0)
			for rest := tt.text; rest != ""; rest = rest[min(size, len(rest)):] {
				w.Printf("%s", rest[:min(size, len(rest))])
				require.NoError(t, w.Writer.Flush())
			}
			require.NoError(t, w.Flush())
			require.Equal(t, tt.want, b.String(), tt.why)
		}
	}
}
