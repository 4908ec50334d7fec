package report_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

// TestBrief holds that few lines are enough for a long history, and what can be left out of them.
func TestBrief(t *testing.T) {
	t.Parallel()
	c := long(2000, 1000)
	for _, tt := range []struct {
		name  string
		opts  text.BriefOptions
		lines int
		has   []string
		not   []string
		why   string
	}{
		{"all", text.BriefOptions{}, 20, []string{">> ", "What to do: "}, []string{"first divergence"},
			"what is around the divergence"},
		{"known", text.BriefOptions{Cure: "as for finding 1"}, 20, []string{">> ", "What to do: as for finding 1\n"},
			[]string{"GetVersion"}, "said once"},
		{"no table", text.BriefOptions{NoTable: true}, 10, []string{"What to do: "}, []string{">> "}, "no room"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			require.NoError(t, text.Brief(&b, tt.opts, c))
			require.LessOrEqual(t, strings.Count(b.String(), "\n"), tt.lines, "%s:\n%s", tt.why, b.String())
			for _, has := range tt.has {
				require.Contains(t, b.String(), has, tt.why)
			}
			for _, not := range tt.not {
				require.NotContains(t, b.String(), not, tt.why)
			}
		})
	}
	require.Error(t, text.Brief(broken{}, text.BriefOptions{}, c))
}
