package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// TestMemoryFlag holds that each command which reads histories refuses one that takes more than --memory allows, and
// writes nothing.
func TestMemoryFlag(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("REPLAYMATRIX_CACHE", t.TempDir())
	out := filepath.Join(dir, "out")
	require.NoError(t, os.Mkdir(filepath.Join(dir, "patching"), 0o755))
	large := filepath.Join(dir, "patching", "initial.large.json")
	require.NoError(t, os.WriteFile(large, []byte(`{"events":[{"eventId":"1","eventType":"EVENT_TYPE_WORKFLOW_EXECUTION_STARTED",`+
		`"workflowExecutionStartedEventAttributes":{"workflowType":{"name":"PatchingWorkflow"},"input":{"payloads":[`+
		strings.Repeat(`{},`, 15_000)+`{}]}}}]}`), 0o644))
	const refused = "reading it can take 4 MB of memory, more than the 1 MB that all files may take together; raise that with --memory if the machine has more"
	for _, tt := range []struct {
		args string
		code int
		want string
		why  string
	}{
		{"matrix patching --memory 1MiB", cli.ExitOK, refused, "its row cannot be judged, and that is no fault of the call"},
		{"matrix patching --memory 1MiB --fail-on unjudged", cli.ExitIncompatible, refused, "whoever wants to fail on that does"},
		{"matrix patching --memory 8MiB", cli.ExitOK, "", "it fits"},
		{"explain patching/initial.large@initial --memory 1MiB", cli.ExitOK, refused, "what is explained is why it cannot be judged"},
		{"list patching --memory 1MiB", cli.ExitOK, refused, "it is listed as what it is"},
		{"redact patching " + large + " -o " + out + " --memory 1MiB", cli.ExitFailed, refused, "nothing is written"},
		{"matrix patching --memory much", cli.ExitUsage, `"much" is no amount of memory: write it as 512MiB or 2GiB`, "a slip of the hand"},
		{"matrix patching --memory 5", cli.ExitUsage, "name at least 1MiB", "bytes were not meant"},
	} {
		t.Run(tt.args[:min(len(tt.args), 30)], func(t *testing.T) {
			require.NotEmpty(t, tt.why)
			var printed bytes.Buffer
			command := &cli.Command{Families: []*versioning.Family{patching.Family}, Histories: dir, Stdout: &printed, Stderr: &printed}
			code := command.Run(t.Context(), strings.Fields(tt.args))
			said := strings.Join(strings.Fields(printed.String()), " ")
			require.Equal(t, tt.code, code, said)
			if tt.want == "" {
				require.NotContains(t, said, "reading it can take")
				return
			}
			require.Contains(t, said, tt.want, tt.why)
		})
	}
	require.NoFileExists(t, filepath.Join(out, "initial.large.json"))
}
