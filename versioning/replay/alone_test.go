package replay_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

const nilPointer = "runtime error: invalid memory address or nil pointer dereference"

// refunds is the code of fail-workflow.failed-by-panic. It does that when the signal has come, and
// panics as the recorded code did.
func refunds(approved func(workflow.Context), queries ...string) any {
	return func(ctx workflow.Context) error {
		for _, query := range queries {
			if err := workflow.SetQueryHandler(ctx, query, func() (string, error) { return "refunding", nil }); err != nil {
				return err
			}
		}
		if err := workflow.ExecuteActivity(withActivity(ctx), "Charge", -100).Get(ctx, nil); err != nil {
			return err
		}
		approved(ctx)
		panic(nilPointer)
	}
}

func leaves(ctx workflow.Context) {
	approved := workflow.GetSignalChannel(ctx, "approved")
	_ = workflow.Await(ctx, func() bool { return approved.Len() > 0 })
}

func takes(ctx workflow.Context) {
	var by string
	workflow.GetSignalChannel(ctx, "approved").Receive(ctx, &by)
}

// TestAlone judges a cell without the code that ran the execution, and after it. Each way that code
// is the reference, and the Result is the same.
func TestAlone(t *testing.T) {
	t.Parallel()
	failed := func(t *testing.T) *history.Recording {
		return unchangedRecording(t, "fail-workflow.failed-by-panic")
	}
	waiting := func(t *testing.T) *history.Recording { return recording(t, "patching/initial.waiting") }
	adds := func(ctx workflow.Context) (string, error) {
		workflow.NewTimer(ctx, time.Hour)
		return "", workflow.ExecuteActivity(withActivity(ctx), "PrePatchActivity").Get(ctx, nil)
	}
	for _, tt := range []struct {
		name     string
		r        func(*testing.T) *history.Recording
		was, now any
		opts     replay.Options
		want     replay.Verdict
		decided  cause.DecisionKind
		notes    []replay.NoteKind
		why      string
	}{
		{"both leave the signal, and panic", failed, refunds(leaves), refunds(leaves), replay.Options{},
			replay.Safe, "", nil, "nothing has changed"},
		{"the signal is left, before the panic", failed, refunds(takes), refunds(leaves), replay.Options{},
			replay.Nondeterministic, "", nil, "the code that ran had taken it before it panicked"},
		{"a query is gone, before the panic", failed, refunds(takes, "state"), refunds(takes), replay.Options{},
			replay.Safe, "", []replay.NoteKind{replay.Unanswered}, "the code that ran answered it"},
		{"both part in one way", waiting, adds, adds, replay.Options{}, replay.Nondeterministic, cause.ReferenceParts, nil,
			"something of the Workers is to blame"},
		{"both part in one way, at the level of commands", waiting, adds, adds,
			replay.Options{Config: replay.Config{Level: compare.Commands}}, replay.Nondeterministic,
			cause.ReferenceParts, nil, "less is known of the calls"},
	} {
		for _, explain := range []bool{false, true} {
			t.Run(tt.name+map[bool]string{true: ", explained"}[explain], func(t *testing.T) {
				t.Parallel()
				r := tt.r(t)
				r.Lineage = []string{"was"}
				stages := []versioning.Stage{running(r, "was", tt.was), running(r, "now", tt.now)}
				opts := tt.opts
				opts.Stages, opts.Explain = stages, explain
				alone := replay.Judge(t.Context(), stages[1], r, &opts)
				var replayer replay.Replayer
				defer replayer.Close()
				beside := replayer.JudgeAll(t.Context(), stages, r, &opts)[1]
				require.Equal(t, tt.want, alone.Verdict, tt.why)
				require.Equal(t, tt.decided, alone.Cause.Decided.Kind, tt.why)
				var notes []replay.NoteKind
				for _, n := range alone.Notes {
					notes = append(notes, n.Kind)
				}
				require.Equal(t, tt.notes, notes, tt.why)
				alone.Explanation, beside.Explanation = nil, nil
				if diff := cmp.Diff(alone, beside, sameErrors); diff != "" {
					t.Errorf("%s (-alone +beside the code that ran):\n%s", tt.why, diff)
				}
			})
		}
	}
}

// TestAnswersAfterSilence judges an execution whose code answers queries and panics as it did, alone
// and after one whose code answers none: a Replayer does not ask a stage that had no handlers last.
func TestAnswersAfterSilence(t *testing.T) {
	t.Parallel()
	quiet, failed := fault(t, "signal-renamed"), unchangedRecording(t, "fail-workflow.failed-by-panic")
	stages := []versioning.Stage{running(failed, "both", refunds(takes, "state"))}
	register := stages[0].Register
	stages[0].Register = func(registry worker.WorkflowRegistry) {
		register(registry)
		running(quiet, "both", listens("paid")).Register(registry)
	}
	alone := replay.Judge(t.Context(), stages[0], failed, nil)
	require.Equal(t, []replay.Answer{{Query: "state", Value: `"refunding"`}}, alone.Answers)
	var replayer replay.Replayer
	defer replayer.Close()
	require.Equal(t, replay.Safe, replayer.JudgeAll(t.Context(), stages, quiet, nil)[0].Verdict)
	if diff := cmp.Diff(alone, replayer.JudgeAll(t.Context(), stages, failed, nil)[0], sameErrors); diff != "" {
		t.Errorf("(-alone +after one without handlers):\n%s", diff)
	}
}
