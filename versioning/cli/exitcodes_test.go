package cli_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/histories"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// panics is a data converter, or a workflow function, that panics.
type panics struct{ converter.DataConverter }

func (panics) FromPayloads(*commonpb.Payloads, ...any) error { panic("the key is gone") }

// TestExitCodes holds that what panics, what ends its goroutine and what is no history change the exit code to what
// docs/command.md says, and to nothing else: never to that of a Go panic, which is the code of a mistake in the arguments.
func TestExitCodes(t *testing.T) {
	t.Parallel()
	whole, err := fs.ReadFile(histories.FS, "patching/initial.completed.json")
	require.NoError(t, err)
	torn := whole[:len(whole)/2]
	noTask := bytes.ReplaceAll(whole, []byte(`"workflowTaskCompletedEventId": "4"`), []byte(`"workflowTaskCompletedEventId": "999999999999"`))
	require.NotEqual(t, whole, noTask)
	ends := func(workflow.Context) (string, error) { runtime.Goexit(); return "", nil }
	broken := func(workflow.Context) (string, error) { panic("not today") }
	running := func(function any) []*versioning.Family {
		f := *patching.Family
		f.Stages = []versioning.Stage{{Name: "initial", Doc: "Today.", Register: func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(function, workflow.RegisterOptions{Name: patching.WorkflowType})
		}}}
		return []*versioning.Family{&f}
	}
	good := []*versioning.Family{patching.Family}
	key := worker.WorkflowReplayerOptions{DataConverter: panics{converter.GetDefaultDataConverter()}}
	for _, fault := range []struct {
		name     string
		file     []byte
		families []*versioning.Family
		config   worker.WorkflowReplayerOptions
		// codes are those of matrix, of matrix --fail-on unjudged, of matrix --fail-on incompatible, of explain, list and redact.
		codes [6]int
		why   string
	}{
		{"none", whole, good, worker.WorkflowReplayerOptions{}, [6]int{0, 0, 3, 0, 0, 0}, "patch-complete breaks it"},
		{"half a file", torn, good, worker.WorkflowReplayerOptions{}, [6]int{0, 3, 0, 0, 0, 1}, "nothing is known of it"},
		{"events that no service writes", noTask, good, worker.WorkflowReplayerOptions{}, [6]int{0, 3, 0, 0, 0, 1}, "nothing is known of it"},
		{"a converter panics", whole, good, key, [6]int{0, 0, 3, 0, 0, 1}, "as it would within a Workflow Task"},
		{"the code panics", whole, running(broken), worker.WorkflowReplayerOptions{}, [6]int{0, 0, 3, 0, 0, 0}, "that is a verdict, and the same after it is redacted"},
		{"the code ends its goroutine", whole, running(ends), worker.WorkflowReplayerOptions{}, [6]int{0, 0, 3, 0, 0, 0}, "the execution ends without a result"},
	} {
		for i, args := range []string{
			"matrix patching", "matrix patching --fail-on unjudged", "matrix patching --fail-on incompatible",
			"explain patching/initial.completed@initial", "list patching", "redact patching FILE -o OUT",
		} {
			t.Run(fault.name+"/"+args[:min(len(args), 40)], func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				require.NoError(t, os.Mkdir(filepath.Join(dir, "patching"), 0o755))
				file := filepath.Join(dir, "patching", "initial.completed.json")
				require.NoError(t, os.WriteFile(file, fault.file, 0o644))
				var printed bytes.Buffer
				command := &cli.Command{Families: fault.families, Histories: dir, Replayer: fault.config, Stdout: &printed, Stderr: &printed}
				words := strings.Fields(strings.NewReplacer("FILE", file, "OUT", filepath.Join(dir, "out")).Replace(args))
				require.Equal(t, fault.codes[i], command.Run(t.Context(), words), "%s\n%s", fault.why, printed.String())
			})
		}
	}
}
