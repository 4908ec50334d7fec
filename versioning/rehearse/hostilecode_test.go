package rehearse_test

import (
	"context"
	"errors"
	"strings"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

const theCode = "workflow functions, their coroutines, deferred functions and handlers"

func (h *hostile) charge(context.Context) (string, error) { h.acts("local activity"); return "ok", nil }

// Charge is called as a method value, and by its name.
func (h *hostile) Charge(context.Context) (string, error) {
	h.acts("local activity")
	return strings.Repeat("a large receipt", 30<<10), nil
}

func (h *hostile) fail(context.Context) error {
	h.acts("local activity")
	return temporal.NewApplicationError("no", "No")
}

// onlyLive acts as code does that knows that it does not replay.
func (h *hostile) onlyLive(ctx workflow.Context) {
	if !workflow.IsReplaying(ctx) {
		h.acts("code that does not replay")
	}
}

// workflow does everything, and then what the version of the code does.
func (h *hostile) workflow(then func(workflow.Context) error) func(workflow.Context, string) (string, error) {
	return func(ctx workflow.Context, _ string) (string, error) {
		h.acts(theCode)
		ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
		ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{
			ScheduleToCloseTimeout: time.Minute,
			RetryPolicy:            &temporal.RetryPolicy{MaximumAttempts: 3, InitialInterval: time.Millisecond},
		})
		defer func() { h.acts(theCode); h.onlyLive(ctx) }()
		h.onlyLive(ctx)
		workflow.GetLogger(ctx).Error("told")
		workflow.GetMetricsHandler(ctx).Counter("told").Inc(1)
		_ = workflow.GetVersion(ctx, "change", workflow.DefaultVersion, 1)
		_ = workflow.SetUpdateHandlerWithOptions(ctx, "change", func(ctx workflow.Context) error {
			h.onlyLive(ctx)
			return nil
		}, workflow.UpdateHandlerOptions{Validator: func(ctx workflow.Context) error { h.onlyLive(ctx); return nil }})
		_ = workflow.SetQueryHandler(ctx, "state", func() (string, error) { return "", nil })
		workflow.Go(ctx, func(ctx workflow.Context) {
			workflow.GetSignalChannel(ctx, "other").Receive(ctx, nil)
			h.onlyLive(ctx)
		})

		workflow.GetSignalChannel(ctx, "go").Receive(ctx, nil)
		if err := h.effects(ctx); err != nil {
			return "", err
		}
		if then != nil {
			if err := then(ctx); err != nil {
				return "", err
			}
		}
		_ = workflow.Sleep(ctx, time.Hour)
		_ = workflow.ExecuteActivity(ctx, "Ship", strings.Repeat("x", 300<<10))
		_ = workflow.ExecuteChildWorkflow(ctx, "Child", "a")
		s := workflow.NewSelector(ctx)
		s.AddReceive(workflow.GetSignalChannel(ctx, "again"), func(c workflow.ReceiveChannel, _ bool) { c.Receive(ctx, nil) })
		s.AddReceive(ctx.Done(), func(workflow.ReceiveChannel, bool) {})
		s.Select(ctx)
		h.onlyLive(ctx)
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		return "", errors.Join(h.effects(ctx), workflow.Sleep(ctx, 2*time.Hour))
	}
}

// effects are what a history has values of.
func (h *hostile) effects(ctx workflow.Context) error {
	var s string
	for _, a := range []any{h.charge, h.Charge, "Charge"} {
		if err := workflow.ExecuteLocalActivity(ctx, a).Get(ctx, &s); err != nil {
			return err
		}
	}
	if workflow.ExecuteLocalActivity(ctx, h.fail).Get(ctx, nil) == nil {
		return errors.New("it does not fail")
	}
	workflow.SideEffect(ctx, h.draw)
	workflow.SideEffectWithOptions(ctx, workflow.SideEffectOptions{}, h.draw)
	for range 2 {
		workflow.MutableSideEffect(ctx, "rate", h.rate, h.equal)
		workflow.MutableSideEffectWithOptions(ctx, "rate", workflow.MutableSideEffectOptions{}, h.rate, h.equal)
	}
	return nil
}

func (h *hostile) draw(workflow.Context) any { h.acts("side effect"); return 1 }

func (h *hostile) rate(workflow.Context) any { h.acts("mutable side effect"); return 1 }

func (h *hostile) equal(a, b any) bool { h.acts("mutable side effect"); return a == b }

// stage is the code that ran the execution.
func (h *hostile) stage() versioning.Stage { return h.version("base", nil) }

// stages are versions of the code, most of which ask for what nobody knows.
func (h *hostile) stages() []versioning.Stage {
	return []versioning.Stage{
		h.stage(),
		h.version("ends", func(workflow.Context) error { return errors.New("ends") }),
		h.version("panics", func(workflow.Context) error { panic("it panics") }),
		h.deadlocked(),
		h.version("new-local-activity", func(ctx workflow.Context) error {
			return workflow.ExecuteLocalActivity(ctx, h.Charge).Get(ctx, nil)
		}),
		h.version("new-side-effect", func(ctx workflow.Context) error {
			workflow.SideEffect(ctx, h.draw)
			return nil
		}),
		h.version("new-mutable-side-effect", func(ctx workflow.Context) error {
			workflow.MutableSideEffect(ctx, "other rate", h.rate, h.equal)
			return nil
		}),
		h.version("endless", func(ctx workflow.Context) error {
			for workflow.ExecuteLocalActivity(ctx, h.Charge).Get(ctx, nil) != nil {
			}
			return nil
		}),
		h.version("retries", func(ctx workflow.Context) error {
			ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{
				StartToCloseTimeout: time.Minute, RetryPolicy: &temporal.RetryPolicy{InitialInterval: time.Millisecond},
			})
			return workflow.ExecuteLocalActivity(ctx, h.fail).Get(ctx, nil)
		}),
		h.version("version", func(ctx workflow.Context) error {
			_ = workflow.GetVersion(ctx, "new", workflow.DefaultVersion, 1)
			return nil
		}),
		h.version("by-hand", func(ctx workflow.Context) error { // a deferred function that asks again
			defer workflow.ExecuteLocalActivity(ctx, h.Charge)
			_ = workflow.ExecuteLocalActivity(ctx, "Charge").Get(ctx, nil)
			workflow.SideEffect(ctx, h.draw)
			return nil
		}),
	}
}

// deadlocked blocks without a word to the SDK, and comes to its end after that.
func (h *hostile) deadlocked() versioning.Stage {
	s := h.version("deadlock", nil)
	s.Register = func(r worker.WorkflowRegistry) {
		r.RegisterWorkflowWithOptions(func(ctx workflow.Context, _ string) (string, error) {
			workflow.GetSignalChannel(ctx, "go").Receive(ctx, nil)
			time.Sleep(500 * time.Millisecond)
			return "", nil
		}, workflow.RegisterOptions{Name: "Hostile"})
	}
	s.WorkerOptions = func(o *worker.Options) { h.options(o); o.DeadlockDetectionTimeout = 200 * time.Millisecond }
	return s
}

func (h *hostile) version(name string, then func(workflow.Context) error) versioning.Stage {
	const sets = "Register, RegisterActivities and WorkerOptions of the stage"
	return versioning.Stage{
		Name: name,
		Register: func(r worker.WorkflowRegistry) {
			h.acts(sets)
			r.RegisterWorkflowWithOptions(h.workflow(then), workflow.RegisterOptions{Name: "Hostile"})
		},
		RegisterActivities: func(r worker.ActivityRegistry) {
			h.acts(sets)
			r.RegisterActivity(h.Charge)
		},
		WorkerOptions: func(o *worker.Options) { h.acts(sets); h.options(o) },
	}
}
