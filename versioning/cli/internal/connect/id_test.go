package connect

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestCheckID(t *testing.T) {
	t.Parallel()
	const must = ": a workflow ID must be printable ASCII, at most 1000 characters"
	for _, tt := range []struct{ name, id, want, why string }{
		{"usual", "order/42 (b)~", "", "the service takes any of these"},
		{"empty", "", "is empty: give a workflow ID", "an unset variable of a shell"},
		{"longest", strings.Repeat("x", 1000), "", "the limit itself"},
		{"too long", strings.Repeat("x", 1001), `"` + strings.Repeat("x", 40) + `"…` + must,
			"one line that a person can read"},
		{"control", "a\x1b[2Jb", `"a\x1b[2Jb"` + must, "it would clear the terminal"},
		{"newline", "a\n", `"a\n"` + must, "two lines"},
		{"delete", "a\x7f", `"a\x7f"` + must, "the last of ASCII is a control character"},
		{"non-ASCII", "füll", `"f\u00fcll"` + must, "two IDs can look the same"},
		{"broken", "a\xff", `"a\xff"` + must, "no UTF-8: gRPC refuses it"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := checkID(tt.id)
			if tt.want == "" {
				require.NoError(t, err, tt.why)
			} else {
				require.EqualError(t, err, tt.want, tt.why)
			}
		})
	}
}
