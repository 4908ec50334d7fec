package runtimechecks

import (
	"errors"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// Failure changes how a workflow ends that fails. No retry policy makes the
// service begin another run.
var Failure = catalogueOf("failure", "Failure",
	"A workflow that fails ends with another failure, or in another way.",
	[]versioning.Scenario{ended},
	whole{"base", "Charges and fails, because the order cannot be delivered.", func(ctx workflow.Context) (string, error) {
		chargeAndWait(ctx)
		return "", temporal.NewApplicationErrorWithOptions("not delivered", "Undelivered", temporal.ApplicationErrorOptions{
			Details: []any{"Main Street"},
		})
	}},
	whole{"other-message", "Fails with another message.", func(ctx workflow.Context) (string, error) {
		chargeAndWait(ctx)
		return "", temporal.NewApplicationErrorWithOptions("nobody at home", "Undelivered", temporal.ApplicationErrorOptions{
			Details: []any{"Main Street"},
		})
	}},
	whole{"other-type", "Fails with another type of error.", func(ctx workflow.Context) (string, error) {
		chargeAndWait(ctx)
		return "", temporal.NewApplicationErrorWithOptions("not delivered", "Refused", temporal.ApplicationErrorOptions{
			Details: []any{"Main Street"},
		})
	}},
	whole{"other-details", "Fails with other details.", func(ctx workflow.Context) (string, error) {
		chargeAndWait(ctx)
		return "", temporal.NewApplicationErrorWithOptions("not delivered", "Undelivered", temporal.ApplicationErrorOptions{
			Details: []any{"Station Road"},
		})
	}},
	whole{"not-retryable", "Fails with an error that must not be retried.", func(ctx workflow.Context) (string, error) {
		chargeAndWait(ctx)
		return "", temporal.NewApplicationErrorWithOptions("not delivered", "Undelivered", temporal.ApplicationErrorOptions{
			Details:      []any{"Main Street"},
			NonRetryable: true,
		})
	}},
	whole{"with-cause", "Fails with an error that has a cause.", func(ctx workflow.Context) (string, error) {
		chargeAndWait(ctx)
		return "", temporal.NewApplicationErrorWithOptions("not delivered", "Undelivered", temporal.ApplicationErrorOptions{
			Details: []any{"Main Street"},
			Cause:   errors.New("nobody at home"),
		})
	}},
	whole{"plain-error", "Fails with an error of Go's own.", func(ctx workflow.Context) (string, error) {
		chargeAndWait(ctx)
		return "", errors.New("not delivered")
	}},
	whole{"completes", "Completes.", func(ctx workflow.Context) (string, error) {
		charged := chargeAndWait(ctx)
		return charged, nil
	}},
	whole{"cancels", "Ends as cancelled, although nobody has asked for it.", func(ctx workflow.Context) (string, error) {
		charged := chargeAndWait(ctx)
		return "", temporal.NewCanceledError(charged)
	}},
	whole{"continues-as-new", "Continues as new.", func(ctx workflow.Context) (string, error) {
		chargeAndWait(ctx)
		return "", workflow.NewContinueAsNewError(ctx, "Failure")
	}},
)
