package edits

import (
	"time"

	"go.temporal.io/sdk/workflow"
)

// discount has a handler that takes a while and starts a timer for that.
func (e edit) discount(ctx workflow.Context) error {
	granted := false
	name := "discount"
	if e == "renames" {
		name = "rebate"
	}
	handler := func(ctx workflow.Context, percent int) (int, error) {
		defer func() { granted = true }()
		if e == "handler-at-once" {
			return percent, nil
		}
		if e == "handler-versioned" && workflow.GetVersion(ctx, "grant-faster", workflow.DefaultVersion, 1) == 1 {
			return percent, nil
		}
		return percent, workflow.Sleep(ctx, time.Millisecond)
	}
	if e != "handler-removed" {
		if err := workflow.SetUpdateHandler(ctx, name, handler); err != nil { // edit: handler
			return err
		}
	}
	if err := e.charged(ctx); err != nil {
		return err
	}
	return workflow.Await(ctx, func() bool { return granted })
}

// bargain has a handler that waits for the activities of the workflow function, and sends nothing itself.
func (e edit) bargain(ctx workflow.Context) error {
	charged, granted := false, false
	handler := func(ctx workflow.Context, percent int) (int, error) {
		defer func() { granted = true }()
		if e == "handler-at-once" {
			return percent, nil
		}
		return percent, workflow.Await(ctx, func() bool { return charged })
	}
	if err := workflow.SetUpdateHandler(ctx, "discount", handler); err != nil { // edit: bargain
		return err
	}
	if err := workflow.ExecuteActivity(ctx, Ship, "home").Get(ctx, nil); err != nil {
		return err
	}
	if err := charge(ctx, 100).Get(ctx, nil); err != nil {
		return err
	}
	charged = true
	return workflow.Await(ctx, func() bool { return granted })
}

// versionedDiscount has a handler that asks for a version.
func (e edit) versionedDiscount(ctx workflow.Context) error {
	granted := false
	handler := func(ctx workflow.Context, percent int) (int, error) {
		ctx = withOptions(ctx)
		defer func() { granted = true }()
		if e == "handler-unversioned" {
			return percent, workflow.ExecuteActivity(ctx, Charge, -percent).Get(ctx, nil) // edit: handler-unversioned
		}
		if workflow.GetVersion(ctx, "refund", workflow.DefaultVersion, 1) == workflow.DefaultVersion {
			return percent, workflow.ExecuteActivity(ctx, Charge, -percent).Get(ctx, nil)
		}
		return percent, workflow.ExecuteActivity(ctx, Refund, percent).Get(ctx, nil)
	}
	if err := workflow.SetUpdateHandler(ctx, "discount", handler); err != nil {
		return err
	}
	if err := e.charged(ctx); err != nil {
		return err
	}
	return workflow.Await(ctx, func() bool { return granted })
}

// charged charges, or an edit of that: the version that it asks for beside has nothing to do with it.
func (e edit) charged(ctx workflow.Context) error {
	if e == "also-versioned" {
		if workflow.GetVersion(ctx, "greet", workflow.DefaultVersion, 1) == 1 {
			_ = workflow.UpsertMemo(ctx, map[string]any{"greeting": "hello"})
		}
		return workflow.ExecuteActivity(ctx, Refund, 100).Get(ctx, nil) // edit: also-versioned
	}
	if e == "to-local" {
		return workflow.ExecuteLocalActivity(ctx, Charge, 100).Get(ctx, nil) // edit: activity-to-local
	}
	return charge(ctx, 100).Get(ctx, nil)
}
