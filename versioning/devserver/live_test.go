package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/record"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

// TestLive swaps the workers under open executions of every family again, and
// compares what happens with what is stored beside the recordings. It runs alone,
// and the families follow each other: each keeps the machine busy by itself, and
// that nothing happens to an execution is told by the time in which it does not.
func TestLive(t *testing.T) {
	c := dial(t, start(t, Options{Address: "127.0.0.1:0"}))
	for _, f := range workflows.Families {
		if !slices.ContainsFunc(f.Scenarios, func(s versioning.Scenario) bool { return s.Live }) {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			got, err := record.Live(t.Context(), f, record.Options{Client: c, Timeout: patience})
			require.NoError(t, err)
			want, err := history.ReadLive(os.DirFS(filepath.Join("../../histories", filepath.FromSlash(f.Name))))
			require.NoError(t, err)
			require.NotEmpty(t, want.Observations, "go test . -record=%s", f.Name)
			if diff := cmp.Diff(want.Observations, got.Observations); diff != "" {
				t.Errorf("live workers do something else than what histories/%s/live.json holds; if that is meant, go test . -record=%s (-stored +now):\n%s",
					f.Name, f.Name, diff)
			}
		})
	}
}
