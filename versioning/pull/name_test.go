package pull_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/pull"
)

const runID = "a1a20225-4e81-7357-abbe-3e61e40070ee"

func TestRecordingName(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ id, want, why string }{
		{"order-4711", "order-4711", "the usual one"},
		{"Order_4711.a", "Order_4711.a", "what every file system takes stays"},
		{"v1.done", "v1.done", "with a run ID behind it is no STAGE.SCENARIO"},
		{"live", "live", "live.json is something else, live_RUNID.json is not"},
		{"orders/2026/4711", "orders-2026-4711", "no folders"},
		{`orders\4711`, "orders-4711", "no folders on Windows"},
		{"../../etc/passwd", "etc-passwd", "no way out of the folder"},
		{"..", "id", "nothing is left"},
		{"", "id", "a service refuses it, and a name is a name"},
		{".hidden", "hidden", "package history skips what begins with a dot"},
		{"_draft", "draft", "and with an underscore"},
		{"-rf", "rf", "no flag of a command that gets the names of all files"},
		{"a b:c|d?e*f<g>h\"i", "a-b-c-d-e-f-g-h-i", "Windows has no such names"},
		{"order@4711", "order-4711", "a cell is FAMILY/RECORDING@STAGE"},
		{"Müller", "M-ller", "file systems write an umlaut in two ways"},
		{"注文", "id", "the ID itself is in the file"},
		{"a\x00b\nc\x1b[31m", "a-b-c-31m", "nothing for a terminal"},
		{"order.json", "order.json", "the extension comes after the run ID"},
		{"con", "id-con", "a device of Windows"},
		{"Aux.2024", "id-Aux.2024", "a device whatever follows the dot"},
		{"console", "console", "no device"},
		{"COM¹", "COM", "a device of Windows, but not without its number"},
		{strings.Repeat("x", 1000), strings.Repeat("x", 80), "file names have 255 bytes, some 143"},
		{strings.Repeat("x", 79) + "/////y", strings.Repeat("x", 79), "no hyphen at the cut"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			got := pull.RecordingName(pull.Execution{WorkflowID: tt.id, RunID: runID})
			require.Equal(t, tt.want+"_"+runID, got, tt.why)
			checkName(t, got)
		})
	}
}

func FuzzRecordingName(f *testing.F) {
	f.Add("v1.done")
	f.Add("../x")
	f.Fuzz(func(t *testing.T, id string) {
		checkName(t, pull.RecordingName(pull.Execution{WorkflowID: id, RunID: runID}))
	})
}

var (
	portable = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)
	devices  = regexp.MustCompile(`(?i)^(con|prn|aux|nul|(com|lpt)[0-9])(\.|$)`)
)

// checkName says what holds of every name: it is a file name everywhere, Dir finds it, and no
// lineage comes of it.
func checkName(t *testing.T, name string) {
	t.Helper()
	require.Regexp(t, portable, name)
	require.NotRegexp(t, devices, name)
	require.LessOrEqual(t, len("."+name+".json.gz.1234567890"), 143)
	require.True(t, strings.HasSuffix(name, "_"+runID))

	data, err := os.ReadFile("../history/testdata/cli.json")
	require.NoError(t, err)
	for _, extension := range []string{".json", ".json.gz"} {
		sources, err := history.Dir(fstest.MapFS{name + extension: {Data: data}}, ".")
		require.NoError(t, err)
		require.Equal(t, name, sources[0].Name)
		r, err := sources[0].Load()
		require.NoError(t, err)
		require.Empty(t, r.Lineage)
		require.Empty(t, r.Scenario)
	}
}

// TestRecordingNameIsAFile writes where the names were thought out for: on a disk.
func TestRecordingNameIsAFile(t *testing.T) {
	t.Parallel()
	name := pull.RecordingName(pull.Execution{WorkflowID: strings.Repeat("ü/", 500), RunID: runID})
	require.NoError(t, os.WriteFile(filepath.Join(t.TempDir(), name+".json.gz"), nil, 0o600))
}
