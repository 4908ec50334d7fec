package report_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/document"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/deployments"
)

// versioned replays the real recordings of deployments, in which one lineage has
// pinned executions and others.
func versioned(t *testing.T) *matrix.Matrix {
	t.Helper()
	sources, err := history.Dir(os.DirFS("../../histories/deployments"), ".")
	require.NoError(t, err)
	matrix.Order(deployments.Family, sources)
	m, err := matrix.Judge(t.Context(), deployments.Family, slices.Values(sources), nil)
	require.NoError(t, err)
	return m
}

// TestPinnedText is about what somebody reads who must decide in the middle of
// the night: which executions a deploy breaks, which it does not touch, and
// which may be moved.
func TestPinnedText(t *testing.T) {
	t.Parallel()
	compareGolden(t, "deployments.txt", asText(t, text.Options{}, versioned(t)))
}

func TestPinnedJSON(t *testing.T) {
	t.Parallel()
	var doc document.Document
	require.NoError(t, json.Unmarshal([]byte(asJSON(t, versioned(t))), &doc))
	f := doc.Families[0]
	builds := map[string][]string{}
	for _, r := range f.Recordings {
		builds[r.Name] = r.Builds
	}
	require.Equal(t, []string{"1.0", "1.1", "1.0"}, builds["v1-0+v1-1+v1-0.auto-upgrade-rollback"])
	moved := map[string]replay.Verdict{}
	for _, c := range f.Cells {
		require.Equal(t, c.Verdict == replay.NotApplicable, c.Moved != "", "%s@%s", c.Recording, c.Stage)
		if c.Recording == "v1-0.pinned-open" {
			moved[c.Stage] = c.Moved
		}
	}
	want := map[string]replay.Verdict{"v1-0": "", "v1-1": replay.Safe, "v2-0": replay.Nondeterministic}
	if diff := cmp.Diff(want, moved); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	require.NotContains(t, asJSON(t, real(t)), `"builds"`,
		"the builds of a family without Worker Versioning are its stages")
}
