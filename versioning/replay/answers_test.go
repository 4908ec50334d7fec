package replay_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// answersTo returns a query of every stage's, which the cases below add to.
func answersTo(extra ...replay.Answer) []replay.Answer {
	return append([]replay.Answer{{Query: "result", Value: `""`}}, extra...)
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	query := func(ctx workflow.Context, handler any) {
		if err := workflow.SetQueryHandler(ctx, "state", handler); err != nil {
			panic(err)
		}
	}
	for _, tt := range []struct {
		name string
		do   func(workflow.Context)
		want []replay.Answer
		why  string
	}{
		{"none", func(workflow.Context) {}, answersTo(), "what the stage has set itself"},
		{"structure", func(ctx workflow.Context) {
			query(ctx, func() (map[string]int, error) { return map[string]int{"b": 2, "a": 1}, nil })
		}, answersTo(replay.Answer{Query: "state", Value: `{"a":1,"b":2}`}), "as a client would get it"},
		{"with options", func(ctx workflow.Context) {
			if err := workflow.SetQueryHandlerWithOptions(ctx, "state", func() (int, error) { return 7, nil },
				workflow.QueryHandlerOptions{}); err != nil {
				panic(err)
			}
		}, answersTo(replay.Answer{Query: "state", Value: "7"}), "the other way to set one"},
		{"set twice", func(ctx workflow.Context) {
			query(ctx, func() (int, error) { return 1, nil })
			query(ctx, func() (int, error) { return 2, nil })
		}, answersTo(replay.Answer{Query: "state", Value: "2"}), "the SDK keeps the last one"},
		{"with an argument", func(ctx workflow.Context) {
			query(ctx, func(key string) (string, error) { return key, nil })
		}, answersTo(), "nobody knows what to ask"},
		{"error", func(ctx workflow.Context) {
			query(ctx, func() (string, error) { return "", errors.New("not yet\nat all") })
		}, answersTo(replay.Answer{Query: "state", Err: "not yet"}), "a client would get the error"},
		{"panic", func(ctx workflow.Context) {
			query(ctx, func() (string, error) { panic("no such state") })
		}, answersTo(replay.Answer{Query: "state", Err: "panic: no such state"}),
			"it must not end the process"},
		{"long", func(ctx workflow.Context) {
			query(ctx, func() (string, error) { return strings.Repeat("x", 4096), nil })
		}, answersTo(replay.Answer{Query: "state",
			Value: fmt.Sprintf(`"4098 bytes, sha256 %x"`, sha256.Sum256([]byte(`"`+strings.Repeat("x", 4096)+`"`)))}),
			"a matrix holds the answers of all its cells"},
		{"deferred", func(ctx workflow.Context) {
			state := "working"
			query(ctx, func() (string, error) { return state, nil })
			workflow.Go(ctx, func(ctx workflow.Context) {
				defer func() { state = "gone" }()
				_ = workflow.Sleep(ctx, 0) // makes no command
				workflow.GetSignalChannel(ctx, "never").Receive(ctx, nil)
			})
		}, answersTo(replay.Answer{Query: "state", Value: `"working"`}),
			"the SDK runs deferred functions when it takes an open execution down, which a live worker has not done"},
		{"coroutine named root", func(ctx workflow.Context) {
			workflow.GoNamed(ctx, "root", func(workflow.Context) {})
		}, answersTo(), "the SDK gives the name to the first one"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := replay.Judge(t.Context(), before(tt.do), recording(t, "patching/initial.waiting"), nil)
			got.Offers = nil // another test's
			if diff := cmp.Diff(replay.Result{Verdict: replay.Safe, Evidence: replay.Evidence{Answers: tt.want}},
				got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

// TestAnswersAreOfTheBranch is what the answers are for: the verdict is the same,
// the branch is not.
func TestAnswersAreOfTheBranch(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"patching/initial.completed": `"pre-patch"`,
		"patching/patched.completed": `"post-patch"`,
		"patching/patched.waiting":   `""`,
	} {
		got := replay.Judge(t.Context(), patchingStage(t, "patched"), recording(t, name), nil)
		require.Equal(t, safe(want).Answers, got.Answers, name)
	}
	got := replay.Judge(t.Context(), patchingStage(t, "initial"), recording(t, "patching/patched.completed"), nil)
	require.Equal(t, replay.Nondeterministic, got.Verdict)
	require.Empty(t, got.Answers, "code that does not replay has no state to tell of")
}

// TestAnswerThatNeverComes is about a handler that hangs: the verdict stands.
func TestAnswerThatNeverComes(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	t.Cleanup(func() { close(release) })
	stage := stageOf(patching.WorkflowType, func(ctx workflow.Context) (string, error) {
		for _, name := range []string{"a", "b", "c"} {
			err := workflow.SetQueryHandler(ctx, name, func() (string, error) {
				if name == "b" {
					<-release
				}
				return name, nil
			})
			if err != nil {
				return "", err
			}
		}
		return patching.Initial(ctx)
	})
	start := time.Now()
	got := replay.Judge(t.Context(), stage, recording(t, "patching/initial.waiting"), nil)
	require.Less(t, time.Since(start), 10*time.Second)
	got.Offers = nil
	require.Equal(t, replay.Result{Verdict: replay.Safe, Evidence: replay.Evidence{Answers: []replay.Answer{
		{Query: "a", Value: `"a"`}, {Query: "b", Err: "no answer within 1s"},
	}}}, got)
}

// TestAnswersThroughTheDataConverter is about workers whose payloads are not
// JSON: the answer is what their converter shows people.
func TestAnswersThroughTheDataConverter(t *testing.T) {
	t.Parallel()
	stage := before(func(ctx workflow.Context) {
		if err := workflow.SetQueryHandler(ctx, "state", func() (string, error) { return "x", nil }); err != nil {
			panic(err)
		}
	})
	got := replay.Judge(t.Context(), stage, recording(t, "patching/initial.waiting"), &replay.Options{
		Config: replay.Config{Worker: worker.WorkflowReplayerOptions{DataConverter: shouting{converter.GetDefaultDataConverter()}}},
	})
	require.Equal(t, []replay.Answer{{Query: "result", Value: "SHOWN \"\""}, {Query: "state", Value: `SHOWN "x"`}},
		got.Answers)
}

type shouting struct{ converter.DataConverter }

func (c shouting) ToString(p *commonpb.Payload) string {
	return fmt.Sprintf("SHOWN %s", c.DataConverter.ToString(p))
}

// TestAnswersOfSome is about a workflow that sets its query handlers in some
// executions only. A Replayer does not ask a stage that had none the last time,
// and must not miss the next one that has.
func TestAnswersOfSome(t *testing.T) {
	t.Parallel()
	stage := stageOf(patching.WorkflowType, func(ctx workflow.Context) (result string, err error) {
		if strings.Contains(workflow.GetInfo(ctx).WorkflowExecution.ID, "waiting") {
			return patching.Initial(ctx)
		}
		err = workflow.ExecuteActivity(withActivity(ctx), patching.PrePatchActivity).Get(ctx, &result)
		return result, err
	})
	var replayer replay.Replayer
	defer replayer.Close()
	for range 2 {
		for name, want := range map[string]int{"patching/initial.completed": 0, "patching/initial.waiting": 1} {
			results := replayer.JudgeAll(t.Context(), []versioning.Stage{stage}, recording(t, name), nil)
			require.Equal(t, replay.Safe, results[0].Verdict)
			require.Len(t, results[0].Answers, want, name)
		}
	}
}
