package cause_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// TestWithoutRunID holds that two recordings of one execution have one cause: the SDK makes the
// IDs of Child Workflows of the run ID.
func TestWithoutRunID(t *testing.T) {
	t.Parallel()
	const run, child = "0195f7a2-1111-7222-8333-444455556666", "0195f7a2-1111-7222-8333-444455556666_5"
	for _, tt := range []struct {
		name string
		of   cause.Cause
		why  string
	}{
		{"side", cause.Cause{Parting: &cause.Parting{Now: &compare.Side{To: child}}}, "a child is cancelled"},
		{"value", cause.Cause{Parting: &cause.Parting{Difference: &compare.Difference{Now: child}}}, "it is a value"},
		{"path", cause.Cause{Parting: &cause.Parting{Difference: &compare.Difference{Path: child}}}, "a path names it"},
		{"unstable", cause.Cause{Unstable: &cause.Instability{Path: child}}, "so does that of a value that changes"},
		{"panic", cause.Cause{Failure: &cause.Failure{Text: child}}, "the code says it"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.of.WithoutRunID(run)
			text, err := json.Marshal(tt.of)
			require.NoError(t, err)
			require.NotContains(t, string(text), run, tt.why)
			require.Contains(t, string(text), "RUN-ID_5", tt.why)
		})
	}
}
