package unnoticed

import (
	"context"
	"errors"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

var results = []*versioning.Family{ActivityType, LocalActivityType, ChildType, SideEffectType, MutableSideEffectType, FailureType, MemoType}

// ActivityType reads the result of an activity as another type.
var ActivityType = otherType("activity-type", "ActivityType", "the result of an activity", typed, func(ctx workflow.Context) value {
	charged := workflow.ExecuteActivity(withActivities(ctx), Charge, 100)
	return func(pointer any) error { return charged.Get(ctx, pointer) }
})

// LocalActivityType reads the result of a local activity as another type.
var LocalActivityType = otherType("local-activity-type", "LocalActivityType", "the result of a local activity", typed, func(ctx workflow.Context) value {
	charged := workflow.ExecuteLocalActivity(withActivities(ctx), Charge, 100)
	return func(pointer any) error { return charged.Get(ctx, pointer) }
})

// ChildType reads the result of a Child Workflow as another type.
var ChildType = otherType("child-type", "ChildType", "the result of a Child Workflow", typed, func(ctx workflow.Context) value {
	weighed := workflow.ExecuteChildWorkflow(ctx, Weigh, "a book")
	return func(pointer any) error { return weighed.Get(ctx, pointer) }
})

// SideEffectType reads the value of a SideEffect as another type.
var SideEffectType = otherType("side-effect-type", "SideEffectType", "the value of a SideEffect", typed, func(ctx workflow.Context) value {
	return workflow.SideEffect(ctx, func(workflow.Context) any { return "order 17" }).Get
})

// MutableSideEffectType reads the value of a MutableSideEffect as another type.
var MutableSideEffectType = otherType("mutable-side-effect-type", "MutableSideEffectType", "the value of a MutableSideEffect", typed, func(ctx workflow.Context) value {
	never := func(any, any) bool { return true }
	return workflow.MutableSideEffect(ctx, "limit", func(workflow.Context) any { return "limit 17" }, never).Get
})

// FailureType reads the details of an activity's failure as another type.
var FailureType = otherType("failure-type", "FailureType", "the details of an activity's failure", typed, func(ctx workflow.Context) value {
	err := workflow.ExecuteActivity(withActivities(ctx), Refuse).Get(ctx, nil)
	return func(pointer any) error {
		var refusal *temporal.ApplicationError
		if !errors.As(err, &refusal) {
			return err
		}
		return refusal.Details(pointer)
	}
})

// MemoType reads the memo as another type.
var MemoType = otherType("memo-type", "MemoType", "the memo", withMemo(typed), func(ctx workflow.Context) value {
	note := workflow.GetInfo(ctx).Memo.GetFields()["note"]
	return func(pointer any) error { return converter.GetDefaultDataConverter().FromPayload(note, pointer) }
})

// withMemo starts the executions of the scenarios with a memo.
func withMemo(scenarios []versioning.Scenario) (list []versioning.Scenario) {
	for _, sc := range scenarios {
		sc.Start = func(o *client.StartWorkflowOptions) { o.Memo = map[string]any{"note": "a gift"} }
		list = append(list, sc)
	}
	return list
}

// Weigh is a Child Workflow that completes at once.
func Weigh(_ workflow.Context, item string) (string, error) { return item + " weighed", nil }

// Refuse is an activity that fails for good.
func Refuse(context.Context) error {
	return temporal.NewNonRetryableApplicationError("refused", "Refused", nil, "no money")
}
