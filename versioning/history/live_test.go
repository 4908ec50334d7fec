package history_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

func TestLiveRoundTrip(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	want := &history.Live{Version: 1, SDKVersion: "1.50.0", ServerVersion: "1.32.1",
		Observations: []history.Observation{
			{Scenario: "waiting", From: "a", To: "b", Task: history.ClosingTask, Outcome: history.Closed,
				Ending: "Completed", Result: json.RawMessage(`"x < y"`)},
			{Scenario: "waiting", From: "a", To: "c", Task: history.ClosingTask, Outcome: history.Closed,
				Ending: "Completed", Result: json.RawMessage(`{"steps":["a","b"]}`)},
			{Scenario: "waiting", From: "a", To: "b", Task: history.OtherTask, Outcome: history.TaskFailed,
				Cause: "NonDeterministicError", Message: "[TMPRL1100] …"},
		}}
	require.NoError(t, history.WriteLive(filepath.Join(dir, history.LiveFile), want))
	got, err := history.ReadLive(os.DirFS(dir))
	require.NoError(t, err)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 1, "no temporary file is left")
	_, err = history.Dir(os.DirFS(dir), ".")
	require.ErrorIs(t, err, history.ErrNoRecordings, "it is no recording")
}

func TestLiveErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, file, want, why string }{
		{"truncated", `{"version": 1, "observations": [`,
			"reading what live workers did: live.json: unexpected EOF; record it again", "a crash of another program"},
		{"newer", `{"version": 2}`,
			"reading what live workers did: live.json has version 2, this program reads version 1",
			"made by a newer release"},
		{"unknown field", `{"version": 1, "colour": "red"}`,
			`reading what live workers did: live.json: json: unknown field "colour"; record it again`,
			"nothing is dropped in silence"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := history.ReadLive(fstest.MapFS{"live.json": {Data: []byte(tt.file)}})
			require.EqualError(t, err, tt.want, tt.why)
		})
	}
	live, err := history.ReadLive(fstest.MapFS{})
	require.NoError(t, err, "a family need not have been observed")
	require.Empty(t, live.Observations)
	err = history.WriteLive(filepath.Join(t.TempDir(), "missing", "live.json"), live)
	require.ErrorIs(t, err, os.ErrNotExist)
	require.ErrorContains(t, err, "writing what live workers did to ")
}

func TestObservationString(t *testing.T) {
	t.Parallel()
	for want, o := range map[string]history.Observation{
		`completed with "x"`: {Outcome: history.Closed, Ending: "Completed", Result: json.RawMessage(`"x"`)},
		"failed: no stock":   {Outcome: history.Closed, Ending: "Failed", Message: "no stock"},
		"went on":            {Outcome: history.WentOn},
		"Workflow Task failed (NonDeterministicError)": {Outcome: history.TaskFailed, Cause: "NonDeterministicError",
			Message: "long"},
		"stuck: no Worker takes its Workflow Task": {Outcome: history.Stuck,
			Message: "no Worker takes its Workflow Task"},
	} {
		require.Equal(t, want, o.String())
	}
}
