package judge_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/unnoticed"
)

// TestExplainAsMatrix holds that explain says of a cell what the matrix says, also where that depends on
// what a signal has brought in another recording.
func TestExplainAsMatrix(t *testing.T) {
	t.Parallel()
	const family, cell = "unnoticed/unread-signal", "base.charged@renamed"
	printed := func(args ...string) string {
		var out, errs bytes.Buffer
		command := &cli.Command{Families: []*versioning.Family{unnoticed.UnreadSignal}, Recordings: os.DirFS("../../../histories"),
			Stdout: &out, Stderr: &errs}
		require.Equal(t, cli.ExitOK, command.Run(t.Context(), args), errs.String())
		return out.String()
	}
	const says = `When signal "paid" comes, and then signal "approved", the code does nothing`
	require.Contains(t, printed("matrix", family), says[1:])
	explained := printed("explain", family+"/"+cell)
	require.Contains(t, explained, "NONDET", "the signal is not in this recording, and in others")
	require.Contains(t, strings.Join(strings.Fields(explained), " "), says)
}
