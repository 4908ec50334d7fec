package golden_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/golden"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// TestWrite compares with the golden file that go test . -update writes for the family.
func TestWrite(t *testing.T) {
	t.Parallel()
	sources, err := history.Dir(os.DirFS("../../../histories/patching"), ".")
	require.NoError(t, err)
	matrix.Order(patching.Family, sources)
	m, err := matrix.Judge(t.Context(), patching.Family, slices.Values(sources), nil)
	require.NoError(t, err)
	var b bytes.Buffer
	require.NoError(t, golden.Write(&b, m))
	want, err := os.ReadFile("../../../testdata/patching.matrix")
	require.NoError(t, err)
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}

	b.Reset()
	require.NoError(t, golden.Write(&b, &matrix.Matrix{Family: patching.Family}))
	require.Equal(t, "# patching: every recording replayed by every stage. Written by go test with -update; do "+
		"not edit.\n", b.String())
}
