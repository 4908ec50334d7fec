package workflows_test

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

// TestWidth keeps every line that the command prints within the columns that
// package report promises.
func TestWidth(t *testing.T) {
	t.Parallel()
	var printed bytes.Buffer
	command := &cli.Command{Families: workflows.Families, Recordings: os.DirFS("../../histories"), Stdout: &printed}
	require.Equal(t, cli.ExitOK, command.Run(context.Background(), nil), "whatever the arguments of this process are")
	for line := range strings.Lines(printed.String()) {
		require.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")), text.Width, "%s", line)
	}
}
