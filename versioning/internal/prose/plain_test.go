package prose

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
)

func TestPlain(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want, why string }{
		{"Charge é 注文 1/2", "Charge é 注文 1/2", "what can be seen stays"},
		{"a\nb\tc\r", `a\nb\tc\x0d`, "lines and tabs would break the table"},
		{"\x1b[2J\a", `\x1b[2J\x07`, "terminals obey these"},
		{"\u009b31m\u202e", `\u009b31m\u202e`, "and these: C1 controls, the direction of text"},
		{"\U000e0041", `\U000e0041`, "tags are not to be seen"},
		{"\xff\xfe", `\xff\xfe`, "no text at all"},
		{"\ufffd\xff", "\ufffd" + `\xff`, "somebody else has replaced what was no text"},
	} {
		require.NotEmpty(t, tt.why)
		require.Equal(t, tt.want, Plain(tt.text), tt.why)
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		text  string
		width int
		want  []string
		why   string
	}{
		{"ExecuteActivity Charge", 30, []string{"ExecuteActivity Charge"}, "it fits"},
		{"ExecuteActivity Charge", 20, []string{"ExecuteActivity", "  Charge"}, "at a space first"},
		{"WorkflowExecutionUpdateCompleted", 20, []string{"WorkflowExecution", "  UpdateCompleted"},
			"before a capital letter"},
		{"billing.v1.internal.Charge", 16, []string{"billing.v1.", "  internal.", "  Charge"}, "after a sign"},
		{strings.Repeat("x", 25), 10, []string{"xxxxxxxxxx", "  xxxxxxxx", "  xxxxxxx"}, "anywhere, if it must be"},
		{strings.Repeat("x", 20) + strings.Repeat("y", 20), 10, []string{"xxxxxxxxxx", "  xx…yyyyy", "  yyyyyyyy"},
			"the two ends tell it from others"},
		{"", 10, []string{""}, "nothing is a line too"},
	} {
		require.NotEmpty(t, tt.why)
		got := Fold(tt.text, tt.width, 3)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.why, diff)
		}
		for _, line := range got {
			require.LessOrEqual(t, utf8.RuneCountInString(line), tt.width, tt.why)
		}
	}
}

// TestHarmless holds what is left of a document that nobody has escaped.
func TestHarmless(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ text, want, why string }{
		{"a\tb\n– 注文 🎁\u00a0", "a\tb\n– 注文 🎁\u00a0", "what a terminal shows"},
		{"\x1b[2J\u009b\x7f\r", `\x1b[2J\u009b\x7f\x0d`, "what it obeys"},
		{"\u202egnp.exe", `\u202egnp.exe`, "what turns it round"},
	} {
		require.Equal(t, tt.want, Harmless(tt.text), tt.why)
	}
}
