package pair_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/edit"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/pair"
)

// TestNew makes the same pair again, whichever pairs were made before.
func TestNew(t *testing.T) {
	t.Parallel()
	kinds := map[edit.Kind]int{}
	for number := range 1000 {
		p := pair.New(3, number)
		again := pair.New(3, number)
		require.Equal(t, p, again)
		require.Equal(t, p.Edits[0] == edit.None, p.Old.String() == p.New.String(), "%s", p.Old)
		for _, kind := range p.Edits {
			kinds[kind]++
		}
	}
	for _, kind := range edit.Kinds {
		require.Greater(t, kinds[kind], 50, "%s", kind)
	}
}

// TestExcuses keeps the list of what nobody can know short.
func TestExcuses(t *testing.T) {
	t.Parallel()
	require.LessOrEqual(t, len(pair.Excuses), 8)
	require.Empty(t, (&pair.Swapped{}).ExcusedBy())
	require.NotEmpty(t, (&pair.Swapped{Untold: true}).ExcusedBy())
}
