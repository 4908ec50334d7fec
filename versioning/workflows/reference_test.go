package workflows_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

// TestReference holds that nobody who looks at the reference families is told not to deploy them.
func TestReference(t *testing.T) {
	t.Parallel()
	for _, f := range workflows.Families {
		require.True(t, f.Reference, f.Name)
	}
}
