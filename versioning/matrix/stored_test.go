package matrix_test

import (
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// TestStored judges recordings and files that are none, and takes each row through
// its stored form: nothing but the kind of an error is lost.
func TestStored(t *testing.T) {
	t.Parallel()
	verdicts := map[replay.Verdict]bool{}
	for _, folder := range []string{"../../histories/patching", "../../testdata/bad"} {
		sources, err := history.Dir(os.DirFS(folder), ".")
		require.NoError(t, err)
		m, err := matrix.Judge(t.Context(), patching.Family, slices.Values(sources), nil)
		require.NoError(t, err)
		for _, row := range m.Rows {
			data, err := matrix.EncodeRow(row)
			require.NoError(t, err)
			got, err := matrix.DecodeRow(data)
			require.NoError(t, err)
			sameText := cmp.Comparer(func(a, b error) bool {
				return (a == nil) == (b == nil) &&
					(a == nil || a.Error() == b.Error())
			})
			if diff := cmp.Diff(row, got, sameText); diff != "" {
				t.Errorf("%s (-want +got):\n%s", row.Recording, diff)
			}
			for _, c := range got.Cells {
				verdicts[c.Verdict] = true
			}
		}
	}
	require.Greater(t, len(verdicts), 3, "the recordings have different verdicts")
}

func TestDecodeRowRefuses(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ data, want, why string }{
		{"", "reading stored verdicts: unexpected end of JSON input", "a file that was cut"},
		{`{"Recording":"a","Errs":{"0":"x"}}`, "reading stored verdicts of a: there is no cell 0",
			"a file of something else"},
		{`{"Recording":"a","Cells":[{"Stage":"v1","Verdict":"fine"}]}`, `reading stored verdicts of a: unknown verdict "fine"`, "no writer knows it"},
		{`{"Recording":"a","Cells":[{"Stage":"v1"}]}`, `reading stored verdicts of a: unknown verdict ""`, "nor nothing"},
		{`{"Recording":"a","Cells":[{"Stage":"v1","Verdict":"not-applicable","Moved":"fine"}]}`, `reading stored verdicts of a: unknown verdict "fine"`, "nor what it would be"},
	} {
		_, err := matrix.DecodeRow([]byte(tt.data))
		require.ErrorContains(t, err, tt.want, tt.why)
	}
}
