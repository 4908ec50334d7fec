package rehearse_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
)

// TestAsRecorded needs every point, and nothing that breaks.
func TestAsRecorded(t *testing.T) {
	t.Parallel()
	recorded := rehearse.Effect{Point: 4, Kind: rehearse.AsRecorded}
	for _, tt := range []struct {
		rehearsed int
		list      []rehearse.Effect
		want      bool
		why       string
	}{
		{1, []rehearse.Effect{recorded}, true, "all that was recorded comes"},
		{0, []rehearse.Effect{recorded}, false, "nothing is claimed of a point that was not rehearsed"},
		{1, nil, false, "nothing is claimed of none"},
		{1, []rehearse.Effect{recorded, {Kind: rehearse.Otherwise}}, false, "another thing comes"},
		{1, []rehearse.Effect{recorded, {Kind: rehearse.Waits, News: rehearse.News{Kind: rehearse.SignalCame}}}, true,
			"nobody says what it should do after a signal that was not recorded"},
		{1, []rehearse.Effect{recorded, {Kind: rehearse.Stuck, News: rehearse.News{Kind: rehearse.SignalCame}}}, false,
			"but stuck it should not be"},
		{1, []rehearse.Effect{recorded, {Kind: rehearse.AsRecorded, Rejects: "discount"}}, false, "an update is lost"},
	} {
		require.Equal(t, tt.want, rehearse.Effects{Points: 1, Rehearsed: tt.rehearsed, List: tt.list}.AsRecorded(), tt.why)
	}
}
