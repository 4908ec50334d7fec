package replay_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/cutover"
)

// TestPlaceFile is about the whole path of the line, by which an editor or a
// pull request finds it, however the line was found out.
func TestPlaceFile(t *testing.T) {
	t.Parallel()
	_, self, _, _ := runtime.Caller(0)
	root := filepath.Join(filepath.Dir(self), "..", "..")
	inPlace, ok := cutover.Family.Stage("moved-in-place")
	require.True(t, ok)
	for _, tt := range []struct {
		name, file string
		stage      versioning.Stage
		recording  string
		level      compare.Level
		verdict    replay.Verdict
		why        string
	}{
		{"call", "versioning/workflows/patching/patch_complete.go", patchingStage(t, "patch-complete"),
			"patching/initial.waiting", "", replay.Nondeterministic,
			"found beside the event"},
		{"range", "versioning/workflows/patching/patch_deprecated.go", patchingStage(t, "patch-deprecated"),
			"patching/initial.waiting", "", replay.VersionRemoved,
			"noted at the call"},
		{"range, at the lowest level", "versioning/workflows/patching/patch_deprecated.go",
			patchingStage(t, "patch-deprecated"), "patching/initial.waiting", compare.Commands, replay.VersionRemoved,
			"noted at the call"},
		{"panic", "versioning/replay/lines_test.go", before(panicOne), "patching/initial.completed", "", replay.Panic,
			"noted as it passes"},
		{"drift", "versioning/workflows/cutover/moved_in_place.go", inPlace, "cutover/before.waiting", "", replay.Drift,
			"found at the difference"},
		{"call, at the lowest level", "", patchingStage(t, "patch-complete"), "patching/initial.waiting",
			compare.Commands, replay.Nondeterministic,
			"the calls are not noted, and nothing is claimed"},
		{"safe", "", patchingStage(t, "initial"), "patching/initial.waiting", "", replay.Safe, "there is no line"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			got := replay.Judge(t.Context(), tt.stage, recording(t, tt.recording),
				&replay.Options{Config: replay.Config{Level: tt.level}})
			require.Equal(t, tt.verdict, got.Verdict)
			d := got.Place
			if tt.file == "" {
				require.Empty(t, d.File)
				require.Zero(t, d.Line)
				require.Empty(t, d.Source)
				return
			}
			require.Equal(t, filepath.Join(filepath.Base(filepath.Dir(tt.file)), filepath.Base(tt.file))+":"+
				fmt.Sprint(d.Line), d.Source,
				"Source is the end of the same path")
			if filepath.IsAbs(d.File) { // and not with -trimpath
				require.Equal(t, filepath.Join(root, tt.file), d.File)
				_, err := os.Stat(d.File)
				require.NoError(t, err)
			} else {
				require.Equal(t, "github.com/replaymatrix/replaymatrix/"+tt.file, d.File)
			}
		})
	}
}
