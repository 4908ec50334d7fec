package replay_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	failurepb "go.temporal.io/api/failure/v1"
	"go.temporal.io/api/proxy"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

var zlib = converter.NewZlibCodec(converter.ZlibCodecOptions{AlwaysEncode: true})

// zipped encodes every payload as a worker with the codec would have: results,
// and the details of GetVersion's markers too.
func zipped(t *testing.T, r *history.Recording) *history.Recording {
	t.Helper()
	encoded := 0
	require.NoError(t, proxy.VisitPayloads(t.Context(), r.History, proxy.VisitPayloadsOptions{
		SkipSearchAttributes: true,
		Visitor: func(_ *proxy.VisitPayloadsContext, p []*commonpb.Payload) ([]*commonpb.Payload, error) {
			encoded += len(p)
			return zlib.Encode(p)
		},
	}))
	require.Positive(t, encoded)
	return r
}

// TestDataConverter is about histories whose payloads a codec has encoded. The
// codec must change no verdict and no advice.
func TestDataConverter(t *testing.T) {
	t.Parallel()
	opts := replay.Options{Config: replay.Config{Worker: worker.WorkflowReplayerOptions{
		DataConverter: converter.NewCodecDataConverter(converter.GetDefaultDataConverter(), zlib),
	}}}
	for _, name := range []string{"initial.completed", "patched.completed", "patched.waiting",
		"patch-complete.completed"} {
		for _, stage := range patching.Family.Stages {
			t.Run(name+"@"+stage.Name, func(t *testing.T) {
				t.Parallel()
				plain := replay.Judge(t.Context(), stage, recording(t, "patching/"+name), nil)
				got := replay.Judge(t.Context(), stage, zipped(t, recording(t, "patching/"+name)), &opts)
				if diff := cmp.Diff(plain, got, ignoreErr); diff != "" {
					t.Errorf("the codec makes a difference (-plain +zipped):\n%s", diff)
				}
			})
		}
	}
}

// TestWithoutDataConverter is about the same histories where the caller forgot
// the codec: no verdict is right then, and nothing wrong may be said about
// versions that could not be read.
func TestWithoutDataConverter(t *testing.T) {
	t.Parallel()
	r := zipped(t, recording(t, "patching/patched.waiting"))
	const unreadable = "history took a version that the data converter in Options does not read"

	got := replay.Judge(t.Context(), patchingStage(t, "initial"), r, nil)
	require.Equal(t, replay.Nondeterministic, got.Verdict)
	require.Contains(t, advice.Line(got), "history has ActivityTaskScheduled (PostPatchActivity), code calls "+
		"ExecuteActivity PrePatchActivity: "+unreadable)

	got = replay.Judge(t.Context(), patchingStage(t, "patched"), r, nil)
	require.NotEqual(t, replay.Safe, got.Verdict)
	require.NotContains(t, advice.Line(got), "no marker", "there is one")
	require.NotContains(t, advice.Line(got), "no GetVersion decides it", "something does")
}

// TestFailureConverter is about a workflow that branches on the failure of its
// activity, which only its own converter gives back as it was.
func TestFailureConverter(t *testing.T) {
	t.Parallel()
	stage := stageOf(patching.WorkflowType, func(ctx workflow.Context) (string, error) {
		var result string
		err := workflow.ExecuteActivity(withActivity(ctx), patching.PrePatchActivity).Get(ctx, &result)
		if refused := (*refusal)(nil); errors.As(err, &refused) {
			return "", workflow.Sleep(ctx, 1)
		}
		return result, err
	})
	r := recording(t, "patching/initial.failed")
	require.Equal(t, replay.Safe, replay.Judge(t.Context(), stage, r, nil).Verdict)
	got := replay.Judge(t.Context(), stage, r, &replay.Options{
		Config: replay.Config{Worker: worker.WorkflowReplayerOptions{FailureConverter: refusing{temporal.GetDefaultFailureConverter()}}},
	})
	require.Equal(t, replay.Nondeterministic, got.Verdict, "the converter was not asked")
}

type refusal struct{ error }

type refusing struct{ converter.FailureConverter }

func (c refusing) FailureToError(f *failurepb.Failure) error {
	return &refusal{c.FailureConverter.FailureToError(f)}
}
