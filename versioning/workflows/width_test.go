package workflows_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

// TestWidth keeps every line that the command writes of all families and fixtures within the columns
// that package report promises, but for what a person copies: the name of a cell, and a rule.
func TestWidth(t *testing.T) {
	t.Parallel()
	var matrices []*matrix.Matrix
	for _, c := range corpora.All() {
		matrices = append(matrices, judged(t, c))
	}
	var written bytes.Buffer
	require.NoError(t, text.Write(&written, text.Options{}, matrices...))
	for line := range strings.Lines(written.String()) {
		if strings.Contains(line, "{Path: ") || !strings.Contains(strings.TrimSpace(line), " ") {
			continue
		}
		require.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")), text.Width, "%s", line)
	}
}
