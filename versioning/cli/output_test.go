package cli

import (
	"bytes"
	"errors"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// full is a disk without space.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

// TestLostOutput is about what cannot be written: the command has not done what it
// was asked for, whichever part of it wrote.
func TestLostOutput(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--help"}, {"matrix", "--help"}, {"list"}} {
		var stderr bytes.Buffer
		c := &Command{Families: []*versioning.Family{patching.Family}, Recordings: fstest.MapFS{
			"patching/initial.bad.json": {Data: []byte("{}")},
		}, Stdout: full{}, Stderr: &stderr}
		require.Equal(t, ExitFailed, c.Run(t.Context(), args), "%v", args)
		require.Contains(t, stderr.String(), "no space left on device", "%v", args)
	}
}
