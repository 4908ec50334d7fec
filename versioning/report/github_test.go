package report_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/pipeline"
)

func TestGitHubLimit(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 9, 10, 11, 60} {
		m := &matrix.Matrix{Family: &versioning.Family{Name: "x", Stages: []versioning.Stage{{Name: "s"}}}}
		for i := range n {
			name := fmt.Sprintf("r%c%c", 'a'+i/26, 'a'+i%26)
			v := replay.Drift
			if i == n-1 {
				v = replay.Nondeterministic
			}
			m.Rows = append(m.Rows,
				matrix.Row{Recording: name, Cells: []matrix.Cell{{Family: "x", Recording: name, Stage: "s",
					Result: resultOf(v, "line\nof "+name)}}})
		}
		got := written(t, pipeline.GitHub, report.CIOptions{FailOn: failsOn(replay.Drift, replay.Nondeterministic)}, m)
		require.Equal(t, min(n, 10), strings.Count(got, "::error "), "GitHub shows ten")
		require.Contains(t, strings.SplitN(got, "\n", 2)[0], "nondeterministic", "the worst comes first")
		for i := range n {
			require.Contains(t, got, fmt.Sprintf("x/r%c%c@s", 'a'+i/26, 'a'+i%26), "what GitHub does not show is in the log")
		}
		for line := range strings.Lines(got) {
			command := strings.HasPrefix(strings.TrimSpace(line), "::")
			require.Equal(t, command, regexp.MustCompile(`^::(error title=|group::|endgroup::)`).MatchString(line),
				"%s", line)
		}
	}
}
