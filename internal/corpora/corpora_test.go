package corpora_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// TestRecordings finds recordings of every family, from the folder of any package.
func TestRecordings(t *testing.T) {
	t.Parallel()
	for _, c := range corpora.All() {
		sources, err := history.Dir(c.Recordings(), ".")
		require.NoError(t, err)
		require.NotEmpty(t, sources, c.Family.Name)
	}
}
