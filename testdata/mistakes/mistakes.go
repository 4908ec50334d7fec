// Package mistakes is a family of negative fixtures: a workflow that makes each kind of call, and stages that change
// one thing about it, so that every kind of error the SDK's replayer has is produced by a real replay of a real
// recording. It is not a reference: no stage here is how a workflow should be changed.
package mistakes

import (
	"context"
	"time"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// WorkflowType is the type that the recordings were started under.
const WorkflowType = "MistakesWorkflow"

// OtherType is what the stage unregistered registers instead.
const OtherType = "OtherWorkflow"

// Family holds the stages; only "base" is recorded, once for each kind of call.
var Family = &versioning.Family{
	Name:          "mistakes",
	Doc:           "Each kind of call that a workflow makes, and each way to break its replay.",
	WorkflowTypes: []string{WorkflowType, OtherType},
	Catalogue:     true,
	Stages: []versioning.Stage{
		stage("base", "Makes the call that its input names, then sleeps.", change{}),
		stage("removed", "Does not make the call.", change{removed: true}),
		stage("does-not-cancel", "Makes the call and does not cancel it.", change{uncancelled: true}),
		stage("adds-activity", "Calls an activity at the end.", change{after: addActivity}),
		stage("adds-side-effect", "Calls SideEffect at the end.", change{after: addSideEffect}),
		stage("adds-mutable-side-effect", "Calls MutableSideEffect at the end.", change{after: addMutableSideEffect}),
		stage("renames", "Calls another activity, local activity and child workflow.", change{renamed: true}),
		stage("adds-child", "Runs a child workflow at the end.", change{after: addChild}),
		stage("never-ends", "Waits for a signal at the end.", change{after: waitForever}),
		stage("panics", "Dereferences a nil pointer at the end.", change{after: dereferenceNil}),
		stage("deadlocks", "Blocks the thread at the end or the beginning, for some inputs.",
			change{before: blockFirst, after: block}),
		stage("draws", "Sleeps at the end for a time that it draws.", change{after: draw}),
		{
			Name: "unregistered",
			Doc:  "Registers another workflow type only.",
			Register: func(r worker.WorkflowRegistry) {
				r.RegisterWorkflowWithOptions(change{}.workflow, workflow.RegisterOptions{Name: OtherType})
			},
			RegisterActivities: registerActivities,
		},
	},
	Scenarios: []versioning.Scenario{
		kind("nothing", "Makes no call and sleeps."),
		kind("activity", "Calls an activity."),
		kind("cancelled-activity", "Calls an activity and cancels it."),
		kind("local-activity", "Calls a local activity."),
		kind("timer", "Starts a second timer."),
		kind("cancelled-timer", "Starts a second timer and cancels it."),
		kind("child", "Runs a child workflow."),
		kind("signal-external", "Signals another workflow, which does not exist."),
		kind("cancel-external", "Cancels another workflow, which does not exist."),
		kind("side-effect", "Calls SideEffect."),
		kind("late-side-effect", "Calls SideEffect after the sleep."),
		kind("late-memo", "Upserts a memo after the sleep."),
		kind("mutable-side-effect", "Calls MutableSideEffect."),
		kind("memo", "Upserts a memo."),
	},
}

func kind(name, doc string) versioning.Scenario {
	return versioning.Scenario{Name: name, Doc: doc, Input: []any{name}}
}

func stage(name, doc string, c change) versioning.Stage {
	return versioning.Stage{
		Name: name,
		Doc:  doc,
		Register: func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(c.workflow, workflow.RegisterOptions{Name: WorkflowType})
			r.RegisterWorkflow(Child)
			r.RegisterWorkflow(OtherChild)
		},
		RegisterActivities: registerActivities,
	}
}

func registerActivities(r worker.ActivityRegistry) {
	r.RegisterActivity(Activity)
	r.RegisterActivity(OtherActivity)
}

// change is what a stage does unlike the base.
type change struct {
	removed     bool
	renamed     bool
	uncancelled bool
	before      func(kind string)
	after       func(ctx workflow.Context, kind string) error
}

func (c change) workflow(ctx workflow.Context, kind string) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Minute})
	if c.before != nil {
		c.before(kind)
	}
	if !c.removed {
		if err := c.call(ctx, kind); err != nil {
			return err
		}
	}
	if err := workflow.Sleep(ctx, time.Second); err != nil {
		return err
	}
	if !c.removed {
		if err := c.lateCall(ctx, kind); err != nil {
			return err
		}
	}
	if c.after != nil {
		return c.after(ctx, kind)
	}
	return nil
}

func (c change) call(ctx workflow.Context, kind string) error {
	activity, child := any(Activity), any(Child)
	if c.renamed {
		activity, child = OtherActivity, OtherChild
	}
	switch kind {
	case "activity":
		return workflow.ExecuteActivity(ctx, activity).Get(ctx, nil)
	case "cancelled-activity":
		cancellable, cancel := workflow.WithCancel(ctx)
		// No worker polls that queue, so the activity is still scheduled when
		// it is cancelled.
		cancellable = workflow.WithTaskQueue(cancellable, "nobody")
		workflow.ExecuteActivity(cancellable, activity)
		err := workflow.Sleep(ctx, time.Millisecond)
		if !c.uncancelled {
			cancel()
		}
		return err
	case "local-activity":
		return workflow.ExecuteLocalActivity(ctx, activity).Get(ctx, nil)
	case "timer":
		return workflow.Sleep(ctx, time.Millisecond)
	case "cancelled-timer":
		cancellable, cancel := workflow.WithCancel(ctx)
		workflow.NewTimer(cancellable, time.Hour)
		err := workflow.Sleep(ctx, time.Millisecond)
		if !c.uncancelled {
			cancel()
		}
		return err
	case "child":
		return workflow.ExecuteChildWorkflow(ctx, child).Get(ctx, nil)
	case "signal-external":
		return ignore(workflow.SignalExternalWorkflow(ctx, "nobody", "", "hello", nil).Get(ctx, nil))
	case "cancel-external":
		return ignore(workflow.RequestCancelExternalWorkflow(ctx, "nobody", "").Get(ctx, nil))
	case "side-effect":
		workflow.SideEffect(ctx, func(workflow.Context) any { return 1 })
	case "mutable-side-effect":
		workflow.MutableSideEffect(ctx, "limit", func(workflow.Context) any { return 1 }, equal)
	case "memo":
		return workflow.UpsertMemo(ctx, map[string]any{"note": "x"})
	}
	return nil
}

func (c change) lateCall(ctx workflow.Context, kind string) error {
	switch kind {
	case "late-side-effect":
		workflow.SideEffect(ctx, func(workflow.Context) any { return 1 })
	case "late-memo":
		return workflow.UpsertMemo(ctx, map[string]any{"note": "x"})
	}
	return nil
}

// ignore is for calls to a workflow that does not exist: it is the call that is
// recorded.
func ignore(error) error { return nil }

func equal(a, b any) bool { return a == b }

func addActivity(ctx workflow.Context, _ string) error {
	return workflow.ExecuteActivity(ctx, Activity).Get(ctx, nil)
}

func addChild(ctx workflow.Context, _ string) error {
	return workflow.ExecuteChildWorkflow(ctx, Child).Get(ctx, nil)
}

func addSideEffect(ctx workflow.Context, _ string) error {
	workflow.SideEffect(ctx, func(workflow.Context) any { return 1 })
	return nil
}

func addMutableSideEffect(ctx workflow.Context, _ string) error {
	workflow.MutableSideEffect(ctx, "another limit", func(workflow.Context) any { return 1 }, equal)
	return nil
}

func waitForever(ctx workflow.Context, _ string) error {
	workflow.GetSignalChannel(ctx, "never").Receive(ctx, nil)
	return nil
}

func dereferenceNil(workflow.Context, string) error {
	var order *struct{ total int }
	order.total++
	return nil
}

// Activity does nothing.
func Activity(context.Context) error { return nil }

// OtherActivity does nothing.
func OtherActivity(context.Context) error { return nil }

// Child does nothing.
func Child(workflow.Context) error { return nil }

// OtherChild does nothing.
func OtherChild(workflow.Context) error { return nil }
