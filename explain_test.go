package replaymatrix_test

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
)

var pointer = regexp.MustCompile("(?m)^>> ( |Workflow Task)")

// TestEveryCellExplains lays history and code side by side for every cell of every
// family.
func TestEveryCellExplains(t *testing.T) {
	t.Parallel()
	for _, c := range corpora() {
		sources, err := history.Dir(c.recordings(), ".")
		require.NoError(t, err)
		m, err := matrix.Judge(t.Context(), c.family, slices.Values(sources), matrix.Options{Replay: replay.Options{Explain: true}})
		require.NoError(t, err)
		for cell := range m.Cells() {
			var printed bytes.Buffer
			require.NoError(t, report.Explain(&printed, report.ExplainOptions{}, cell))
			text := printed.String()
			for line := range strings.Lines(text) {
				// Code is to be copied and stays whole.
				code := cell.Explanation != nil && strings.Contains(cell.Explanation.Code, strings.TrimSpace(line))
				if utf8.RuneCountInString(strings.TrimSuffix(line, "\n")) > report.Width && !code {
					t.Errorf("%s: %s", cell, line)
				}
			}
			if cell.Explanation == nil || !cell.Verdict.Incompatible() {
				continue
			}
			if len(pointer.FindAllString(text, -1)) != 1 {
				t.Errorf("%s has no first divergence:\n%s", cell, text)
			}
			for _, part := range []string{"\nWhat changed", "\nWho notices", "\nWhat to do"} {
				if !strings.Contains(text, part) {
					t.Errorf("%s does not say%s", cell, part)
				}
			}
		}
	}
}
