package workflows_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

// named are lines that end with the name of a cell, which is not broken.
var named = regexp.MustCompile(`@\S+\n$`)

// TestWidth keeps every line that the command writes of all families and fixtures within the columns
// of the screen, but for what a person copies: the name of a cell, and a rule.
func TestWidth(t *testing.T) {
	t.Parallel()
	var matrices []*matrix.Matrix
	for _, c := range corpora.All() {
		matrices = append(matrices, judged(t, c))
	}
	for _, width := range []int{80, 100} {
		t.Run(fmt.Sprintf("%d columns", width), func(t *testing.T) {
			t.Parallel()
			var written bytes.Buffer
			require.NoError(t, text.Overview(&written, text.OverviewOptions{Width: width, Command: "replaymatrix"}, matrices...))
			require.NoError(t, text.Write(&written, text.Options{Width: width}, matrices...))
			for line := range strings.Lines(written.String()) {
				if strings.Contains(line, "{Path: ") || !strings.Contains(strings.TrimSpace(line), " ") || named.MatchString(line) {
					continue
				}
				require.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")), width, "%s", line)
			}
		})
	}
}
