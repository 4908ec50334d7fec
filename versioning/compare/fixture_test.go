package compare_test

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/api/proxy"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/testdata/coroutines"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// recording reads a real recording of the fixtures, "coroutines/base.loop".
func recording(t testing.TB, name string) *history.Recording {
	t.Helper()
	r, err := history.ReadFile(os.DirFS("../../testdata/histories"), name+".json")
	require.NoError(t, err)
	return r
}

type register func(worker.WorkflowRegistry)

// stage is one of the family whose recordings the tests replay.
func stage(t testing.TB, name string) register {
	t.Helper()
	s, ok := coroutines.Family.Stage(name)
	require.True(t, ok)
	return s.Register
}

// code registers the function in the place of the family's workflow.
func code(w any) register {
	return func(r worker.WorkflowRegistry) {
		r.RegisterWorkflowWithOptions(w, workflow.RegisterOptions{Name: "Coroutines"})
		r.RegisterWorkflow(coroutines.Child)
	}
}

var silent = sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler))

// replay replays the recording, without and with a recorder, which must make no
// difference to the SDK, and returns the trace.
func replay(t testing.TB, run register, r *history.Recording,
	options worker.WorkflowReplayerOptions) (*compare.SideBySide, error) {
	t.Helper()
	once := func(options worker.WorkflowReplayerOptions) error {
		replayer, err := worker.NewWorkflowReplayerWithOptions(options)
		require.NoError(t, err)
		run(replayer)
		return replayer.ReplayWorkflowHistoryWithOptions(silent, proto.CloneOf(r.History),
			worker.ReplayWorkflowHistoryOptions{
				OriginalExecution: workflow.Execution{ID: r.WorkflowID, RunID: r.RunID},
			})
	}
	plain := once(options)
	recorder := trace.NewRecorder(options)
	err := once(recorder.Options())
	if (plain == nil) != (err == nil) {
		t.Errorf("the recorder makes a difference: without it %v, with it %v", plain, err)
	}
	return compare.Align(recorder.Trace(), r.History.GetEvents(), err == nil), err
}

func compared(side *compare.SideBySide) []compare.Difference {
	differences, _ := side.Compare(compare.Comparison{Level: compare.Values})
	return differences
}

func paths(tr *compare.SideBySide) (list []string) {
	for _, d := range compared(tr) {
		list = append(list, fmt.Sprintf("%d %s %s", d.Event, d.Path, d.Source))
	}
	return list
}

// differences are all of them, with the values.
func differences(tr *compare.SideBySide) (list []string) {
	for _, d := range compared(tr) {
		list = append(list, d.String())
	}
	return list
}

// requireAligned fails if there is a call whose event is not known.
func requireAligned(t testing.TB, tr *compare.SideBySide) {
	t.Helper()
	for _, c := range tr.Calls {
		if c.NotAligned() {
			t.Errorf("%s %s %s at %s is not aligned", c.Kind, c.Name, c.ID, c.Source())
		}
	}
	for _, e := range tr.Unexplained {
		t.Errorf("no call explains event %d, %s", e.GetEventId(), tr.Describe(e))
	}
}

// writer writes a payload as other Workers would have written it.
type writer func(*proxy.VisitPayloadsContext, *commonpb.Payload) (*commonpb.Payload, error)

// rewritten returns the recording with every payload written anew, as other Workers
// would have written it.
func rewritten(t testing.TB, r *history.Recording, write writer) *history.Recording {
	t.Helper()
	count := 0
	require.NoError(t, proxy.VisitPayloads(t.Context(), r.History, proxy.VisitPayloadsOptions{
		SkipSearchAttributes: true,
		Visitor: func(ctx *proxy.VisitPayloadsContext, payloads []*commonpb.Payload) (written []*commonpb.Payload,
			err error) {
			for _, p := range payloads {
				count++
				p, err := write(ctx, p)
				if err != nil {
					return nil, err
				}
				written = append(written, p)
			}
			return written, nil
		},
	}))
	require.Positive(t, count)
	return r
}

// nonce makes two encodings of one value differ.
func nonce() []byte {
	bytes := make([]byte, 8)
	_, _ = rand.Read(bytes)
	return bytes
}
