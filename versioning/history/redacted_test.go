package history_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// TestRedacted keeps whether a recording is redacted in its file, and says nothing of others.
func TestRedacted(t *testing.T) {
	t.Parallel()
	r := recording()
	plain, err := history.Encode(r)
	require.NoError(t, err)
	require.NotContains(t, string(plain), "redacted")
	r.Redacted = true
	data, err := history.Encode(r)
	require.NoError(t, err)
	read, err := history.Decode("f/x.json", data)
	require.NoError(t, err)
	require.True(t, read.Redacted)
}
