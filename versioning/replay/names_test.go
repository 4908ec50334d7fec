package replay_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/cutover"
)

// TestLastPartOfName gives the activity or the child workflow of a history
// another type than the code calls. The SDK compares what follows the last dot.
func TestLastPartOfName(t *testing.T) {
	t.Parallel()
	activity := func(e []*historypb.HistoryEvent, name string) {
		e[4].GetActivityTaskScheduledEventAttributes().ActivityType.Name = name
	}
	child := func(e []*historypb.HistoryEvent, name string) {
		e[10].GetStartChildWorkflowExecutionInitiatedEventAttributes().WorkflowType.Name = name
	}
	for _, tt := range []struct {
		recorded func([]*historypb.HistoryEvent, string)
		name     string
		want     replay.Verdict
		why      string
	}{
		{activity, "billing.v2.Charge", replay.Safe, "billing.v1.Charge has the same last part"},
		{activity, "insurance.Charge", replay.Safe, "all that comes before is ignored, however different"},
		{activity, "Charge", replay.Safe, "a name without a dot is its own last part"},
		{activity, "billing.v1.Charge.", replay.Nondeterministic,
			"with nothing after the last dot it is compared whole"},
		{activity, "billing.v1.ChargeCustomer", replay.Nondeterministic, "the last part differs"},
		{activity, "ChargeCustomer", replay.Nondeterministic, "the last part differs"},
		{child, "reminders.v2.Remind", replay.Safe, "reminders.v1.Remind has the same last part"},
		{child, "reminders.v1.RemindTwice", replay.Nondeterministic, "the last part differs"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := recording(t, "cutover/before.waiting")
			tt.recorded(r.History.Events, tt.name)
			got := replay.Judge(t.Context(), cutoverStage(t, "before"), r,
				&replay.Options{Config: replay.Config{Level: compare.Commands}})
			require.Equal(t, tt.want, got.Verdict, tt.why)
		})
	}
}

// TestWorkflowTypeAliases finds a workflow by the name of its function, although
// it is registered under another one, and also in place of the function that is
// registered under that name.
func TestWorkflowTypeAliases(t *testing.T) {
	t.Parallel()
	named := func(name string) workflow.RegisterOptions { return workflow.RegisterOptions{Name: name} }
	newCode := cutover.V2{}.MyWorkflow
	for _, tt := range []struct {
		name     string
		register func(worker.WorkflowRegistry)
		disabled bool
		want     replay.Verdict
		why      string
	}{
		{"shadowed", cutoverStage(t, "shadowed").Register, false, replay.Nondeterministic,
			"the new code's function is named MyWorkflow"},
		{"shadowed, aliasing disabled", cutoverStage(t, "shadowed").Register, true, replay.Safe,
			"only the registered name counts"},
		{"renamed", cutoverStage(t, "renamed").Register, false, replay.Safe, "its function is still named MyWorkflow"},
		{"renamed, aliasing disabled", cutoverStage(t, "renamed").Register, true, replay.Unregistered,
			"only the registered name counts"},
		{"shadowed, the old type gone", func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(newCode, named(cutover.TypeV2))
		}, false, replay.Nondeterministic, "a worker that should not know the type runs the new code for it"},
		{"shadowed, registered in the other order", func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(newCode, named(cutover.TypeV2))
			r.RegisterWorkflow(cutover.MyWorkflow)
		}, false, replay.Nondeterministic, "a function without an explicit name has no alias to win with"},
		{"both named, the old one last", func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(newCode, named(cutover.TypeV2))
			r.RegisterWorkflowWithOptions(cutover.MyWorkflow, named(cutover.TypeV1))
		}, false, replay.Safe, "the last alias wins"},
		{"both named, the new one last", func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(cutover.MyWorkflow, named(cutover.TypeV1))
			r.RegisterWorkflowWithOptions(newCode, named(cutover.TypeV2))
		}, false, replay.Nondeterministic, "the last alias wins"},
		{"registered under both names", func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(cutover.MyWorkflow, named(cutover.TypeV1))
			r.RegisterWorkflowWithOptions(cutover.MyWorkflow, named(cutover.TypeRenamed))
		}, true, replay.Safe, "the way to rename, which needs no alias"},
		{"the same last part of the name", func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(cutover.MovedInPlace, named(cutover.TypeRenamed))
		}, false, replay.Unregistered, "a workflow type is looked up whole"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			stage := versioning.Stage{Name: "aliased", Register: tt.register}
			got := replay.Judge(t.Context(), stage, recording(t, "cutover/before.waiting"), &replay.Options{
				Config: replay.Config{Worker: worker.WorkflowReplayerOptions{DisableRegistrationAliasing: tt.disabled}},
			})
			require.Equal(t, tt.want, got.Verdict, tt.why)
		})
	}
}

// TestRanShadow is about the other direction: another function than the registered one has run the
// execution, so that neither older nor newer code without it replays what it recorded.
func TestRanShadow(t *testing.T) {
	t.Parallel()
	stages := cutover.Family.Stages
	for _, tt := range []struct {
		stage string
		want  cause.DecisionKind
		why   string
	}{
		{"before", cause.RanShadow, "an older stage, but a rollback is not what breaks it"},
		{"renamed", cause.RanShadow, "a newer stage: a GetVersion call would not mend it"},
		{"shadowed", "", "the stage that ran it replays it"},
	} {
		t.Run(tt.stage, func(t *testing.T) {
			t.Parallel()
			got := replay.Judge(t.Context(), cutoverStage(t, tt.stage), recording(t, "cutover/shadowed.waiting"),
				&replay.Options{Stages: stages})
			require.Equal(t, tt.want, got.Cause.Decided.Kind, tt.why)
			require.Equal(t, tt.want == "", got.Verdict == replay.Safe, tt.why)
		})
	}
}
