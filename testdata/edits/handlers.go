package edits

import (
	"errors"
	"time"

	"go.temporal.io/sdk/workflow"
)

// update is the name that an update of that name is handled under.
func (e edit) update(name string) string {
	if e == "renames" {
		return map[string]string{"discount": "rebate", "offer": "proposal"}[name]
	}
	return name
}

// discount has a handler that takes a while and starts a timer for that.
func (e edit) discount(ctx workflow.Context) error {
	granted := false
	handler := func(ctx workflow.Context, percent int) (int, error) {
		defer func() { granted = true }()
		if e == "handler-at-once" {
			return percent, nil
		}
		if e == "handler-versioned" && workflow.GetVersion(ctx, "grant-faster", workflow.DefaultVersion, 1) == 1 {
			return percent, nil
		}
		err := workflow.Sleep(ctx, time.Millisecond)
		if e == "handler-later" {
			return percent, errors.Join(err, charge(withOptions(ctx), -percent).Get(ctx, nil))
		}
		return percent, err
	}
	if e != "handler-removed" {
		if err := workflow.SetUpdateHandler(ctx, e.update("discount"), handler); err != nil { // edit: handler
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
		err := workflow.Await(ctx, func() bool { return charged })
		if e == "handler-later" {
			return percent, errors.Join(err, workflow.Sleep(ctx, time.Hour)) // edit: bargain-later
		}
		return percent, err
	}
	if e != "handler-removed" {
		if err := workflow.SetUpdateHandler(ctx, e.update("discount"), handler); err != nil { // edit: bargain
			return err
		}
	}
	shipped := workflow.ExecuteActivity(ctx, Ship, "home")
	var paid workflow.Future
	if e == "parallel" {
		paid = workflow.ExecuteActivity(ctx, Charge, 100) // edit: bargain-parallel
	}
	if err := shipped.Get(ctx, nil); err != nil {
		return err
	}
	if e != "parallel" {
		paid = charge(ctx, 100)
	}
	if err := paid.Get(ctx, nil); err != nil {
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
		if e == "handler-at-once" {
			return percent, nil
		}
		if workflow.GetVersion(ctx, "refund", workflow.DefaultVersion, e.upTo(1)) == workflow.DefaultVersion { // edit: versioned-discount-older
			return percent, workflow.ExecuteActivity(ctx, Charge, -percent).Get(ctx, nil)
		}
		err := workflow.ExecuteActivity(ctx, Refund, percent).Get(ctx, nil)
		if e == "handler-later" {
			voucher := workflow.ExecuteChildWorkflow(ctx, Parcel, "voucher") // edit: versioned-discount-later
			return percent, errors.Join(err, voucher.GetChildWorkflowExecution().Get(ctx, nil))
		}
		return percent, err
	}
	if e != "handler-removed" {
		if err := workflow.SetUpdateHandler(ctx, e.update("discount"), handler); err != nil { // edit: versioned-discount
			return err
		}
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
