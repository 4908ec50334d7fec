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
// that package report promises.
func TestWidth(t *testing.T) {
	t.Parallel()
	var matrices []*matrix.Matrix
	for _, c := range corpora.All() {
		matrices = append(matrices, judged(t, c))
	}
	var written bytes.Buffer
	require.NoError(t, text.Write(&written, text.Options{}, matrices...))
	for line := range strings.Lines(written.String()) {
		require.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")), text.Width, "%s", line)
	}
}
