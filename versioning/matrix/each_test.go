package matrix_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// TestEach holds that every cell is handed over once, explained, in the order of
// the matrix, and that what is changed then is what the matrix has.
func TestEach(t *testing.T) {
	t.Parallel()
	list, _ := counted(realSources(t))
	var got []string
	m, err := matrix.Judge(t.Context(), family, slices.Values(list), &matrix.Options{
		Explain: true,
		Each: func(c *matrix.Cell) { // of one goroutine: -race would see two
			require.NotNil(t, c.Explanation, c)
			c.Explanation = nil
			got = append(got, c.String())
		},
	})
	require.NoError(t, err)
	var want []string
	for c := range m.Cells() {
		require.Nil(t, c.Explanation)
		want = append(want, c.String())
	}
	require.Len(t, want, len(list)*len(family.Stages))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestEachOfCancelled holds that no cell of a row that is left out is handed over.
func TestEachOfCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cells := 0
	m, err := matrix.Judge(ctx, family, slices.Values(realSources(t)), &matrix.Options{
		Each:     func(*matrix.Cell) { cells++ },
		Progress: func(int) { cancel() },
	})
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, len(slices.Collect(m.Cells())), cells)
}
