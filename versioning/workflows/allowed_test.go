package workflows_test

import (
	"regexp"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

var printedRule = regexp.MustCompile(`(?m)^// \{Path: (".*"), Reason: (".*")\},$`)

// TestPrintedRules gives the Allow rules that are printed for a drift to the replay: with them the cell
// does not drift.
func TestPrintedRules(t *testing.T) {
	t.Parallel()
	tested := 0
	for _, c := range corpora.All() {
		cells := map[string][]compare.Allow{}
		for cell := range explained(t, c).Cells() {
			for _, rule := range printedRule.FindAllStringSubmatch(advice.Explain(cell.Result).Code, -1) {
				path, err := strconv.Unquote(rule[1])
				require.NoError(t, err)
				cells[cell.Name()] = append(cells[cell.Name()], compare.Allow{Path: path, Reason: "it is meant"})
			}
		}
		if len(cells) == 0 {
			continue
		}
		sources, err := history.Dir(c.Recordings(), ".")
		require.NoError(t, err)
		for _, source := range sources {
			recording, err := source.Load()
			require.NoError(t, err)
			for _, stage := range c.Family.Stages {
				rules := cells[recording.Name+"@"+stage.Name]
				if rules == nil {
					continue
				}
				config := configOf(c)
				config.Allow = append(config.Allow, rules...)
				got := replay.Judge(t.Context(), stage, recording,
					&replay.Options{Config: config, Stages: c.Family.Stages, Catalogue: c.Family.Catalogue})
				require.NotEqual(t, replay.Drift, got.Verdict, "%s/%s@%s: %s", c.Family.Name, recording.Name, stage.Name,
					advice.Line(got))
				tested++
			}
		}
	}
	require.Greater(t, tested, 50, "drifts whose rule was tried")
}
