package workflows_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

var pointer = regexp.MustCompile("(?m)^>> ( |Workflow Task)")

// TestEveryCellExplains lays history and code side by side for every cell of every
// family.
func TestEveryCellExplains(t *testing.T) {
	t.Parallel()
	for _, c := range corpora.All() {
		m := explained(t, c)
		for cell := range m.Cells() {
			explanation, code := "", advice.Explain(cell.Result).Code
			for _, width := range []int{80, 100} {
				var printed bytes.Buffer
				require.NoError(t, text.Explain(&printed, text.ExplainOptions{Width: width}, cell))
				explanation = printed.String()
				for line := range strings.Lines(explanation) {
					// Code is to be copied and stays whole.
					copied := strings.Contains(code, strings.TrimSpace(line))
					if utf8.RuneCountInString(strings.TrimSuffix(line, "\n")) > width && !copied {
						t.Errorf("%s: %s", cell, line)
					}
				}
			}
			if cell.Explanation == nil || !cell.Verdict.Incompatible() || cell.Verdict == replay.Unregistered {
				continue
			}
			// What the code takes of the history is no call, so nothing need stand beside it.
			aside := cell.Explanation.First == nil && takesNoCall(cell.Cause.Kind)
			if len(pointer.FindAllString(explanation, -1)) != 1 && !aside {
				t.Errorf("%s has no first divergence:\n%s", cell, explanation)
			}
			what := "\nWhat changed"
			if cell.Verdict == replay.Unstable {
				what = "\nWhat differs" // nobody has changed anything
			}
			for _, part := range []string{what, "\nWho notices", "\nWhat to do"} {
				if !strings.Contains(explanation, part) {
					t.Errorf("%s does not say%s", cell, part)
				}
			}
		}
	}
}
