package unchanged

import (
	"context"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// taskTimeout is the shortest time that a Workflow Task may be given.
const taskTimeout = time.Second

var (
	base = []string{"base"}

	approve  = signal("approved", nil)
	deliver  = signal("delivered", nil)
	checkout = signal("checkout", nil)

	untilCharged = until("charged")
	untilShipped = until("shipped")
)

var scenarios = []versioning.Scenario{
	// Workflow Tasks that failed, or were not answered.
	{Name: "failed-attempt", Doc: "The first attempt at a Workflow Task panics, the next one is of good code.",
		Start: shortTasks,
		Plan: versioning.InTurn{Turns: []versioning.Turn{
			{Stage: "buggy", Drive: versioning.InOrder(untilCharged, approve), Fails: true},
			{Stage: "base", Drive: versioning.InOrder(untilShipped, deliver)},
		}}},
	{Name: "failed-attempt-open", Doc: "The first attempt at a Workflow Task panics, and the order waits until it is delivered.",
		Start: shortTasks,
		Plan: versioning.InTurn{Ends: versioning.Open, Turns: []versioning.Turn{
			{Stage: "buggy", Drive: versioning.InOrder(untilCharged, approve), Fails: true},
			{Stage: "base", Drive: untilShipped},
		}}},
	{Name: "timed-out-attempt", Doc: "The first attempt at a Workflow Task is not answered in time.",
		Start: shortTasks,
		Plan: versioning.InTurn{Turns: []versioning.Turn{
			{Stage: "stalled", Drive: versioning.InOrder(untilCharged, approve), Fails: true},
			{Stage: "base", Drive: versioning.InOrder(untilShipped, deliver)},
		}}},
	{Name: "unhandled-command", Doc: "A signal that nobody takes arrives while the workflow completes.",
		WorkflowType: "Closing",
		Plan: versioning.EachStage{
			Stages: base,
			Drive:  versioning.InOrder(signal("close", nil), untilTaskRuns, signal("note", "too late")),
		}},
	{Name: "unhandled-command-taken", Doc: "An item arrives while the basket completes, which takes it and waits again.",
		WorkflowType: "Basket",
		Plan: versioning.EachStage{
			Stages: base,
			Drive:  versioning.InOrder(checkout, untilTaskRuns, signal("item", "pen"), until("pen")),
			Ends:   versioning.Open,
		}},
	{Name: "unhandled-command-closed", Doc: "An item arrives while the basket completes, which takes it, and is told again.",
		WorkflowType: "Basket",
		Plan: versioning.EachStage{
			Stages: base,
			Drive:  versioning.InOrder(checkout, untilTaskRuns, signal("item", "pen"), until("pen"), checkout),
		}},

	// Workflow Tasks that were completed to get more time.
	{Name: "heartbeats", Doc: "A local activity takes longer than a Workflow Task may, then the import waits.",
		WorkflowType: "Import", Start: shortTasks,
		Plan: versioning.EachStage{Stages: base, Drive: untilMarker, Ends: versioning.Open}},
	{Name: "heartbeats-closed", Doc: "A local activity takes longer than a Workflow Task may, then the import completes.",
		WorkflowType: "Import", Start: shortTasks,
		Plan: versioning.EachStage{Stages: base, Drive: versioning.InOrder(untilMarker, signal("seen", nil))}},
	{Name: "heartbeats-signalled", Doc: "The signal that the import will wait for arrives during its local activity.",
		WorkflowType: "Import", Start: shortTasks,
		Plan: versioning.EachStage{Stages: base, Drive: signal("seen", nil)}},
	{Name: "heartbeats-terminated", Doc: "Terminated during its local activity.",
		WorkflowType: "Import", Start: shortTasks,
		Plan: versioning.EachStage{
			Stages: base,
			Drive:  versioning.InOrder(after(2*taskTimeout), terminate),
			Ends:   versioning.Terminated,
		}},

	// Runs that the service terminated for what a Worker sent.
	oversized("activity", "an activity"),
	oversized("child", "a Child Workflow"),
	oversized("result", "the result of the workflow"),
	oversized("failure", "the failure of the workflow"),
	oversized("continue-as-new", "the input of the run that it continues as"),

	// Runs that another run follows.
	{Name: "cron-completed", Doc: "Completes, and a cron schedule begins the next run.",
		WorkflowType: "Report", Start: everySecond, Plan: versioning.EachStage{Stages: base, Ends: versioning.Closed}},
	{Name: "cron-failed", Doc: "Fails, and a cron schedule begins the next run.",
		WorkflowType: "Invoice", Start: everySecond,
		Plan: versioning.EachStage{Stages: base, Ends: versioning.Closed}},
	{Name: "retried", Doc: "Fails, and a retry policy begins the next run.",
		WorkflowType: "Invoice", Start: tryTwice, Plan: versioning.EachStage{Stages: base, Ends: versioning.Closed}},
	{Name: "retried-last", Doc: "Fails again, and no other run follows.",
		WorkflowType: "Invoice", Start: tryTwice,
		Plan: versioning.EachStage{Stages: base, Drive: untilSecondAttempt, LastRun: true, Ends: versioning.Failed}},

	// Code that panics as it did.
	{Name: "failed-by-panic", Doc: "Panics, and the Worker's policy fails the workflow for it.",
		WorkflowType: "Refund",
		Plan:         versioning.EachStage{Drive: versioning.InOrder(untilCharged, approve), Ends: versioning.Failed}},

	// What comes after the last Workflow Task that has completed.
	{Name: "late-signal", Doc: "Approved while no Worker runs.",
		Plan: versioning.Unattended{Stages: base, Drive: untilCharged, WithoutWorker: approve}},
	{Name: "late-signals", Doc: "Delivered, approved and cancelled while no Worker runs.",
		Plan: versioning.Unattended{
			Stages:        base,
			Drive:         untilCharged,
			WithoutWorker: versioning.InOrder(deliver, approve, cancel),
		}},
	{Name: "late-cancel", Doc: "Cancelled while no Worker runs.",
		Plan: versioning.Unattended{
			Stages:        base,
			Drive:         versioning.InOrder(untilCharged, approve, untilShipped),
			WithoutWorker: cancel,
		}},
	{Name: "late-activity", Doc: "Its activity completes while no Worker runs.",
		Activities: versioning.NoActivities,
		Plan:       versioning.Unattended{Stages: base, WithoutWorker: completeActivity}},
	{Name: "late-timer", Doc: "Its timer fires while no Worker runs.",
		Plan: versioning.Unattended{
			Stages:        base,
			Drive:         versioning.InOrder(untilCharged, approve, untilShipped),
			WithoutWorker: untilEvent(enumspb.EVENT_TYPE_TIMER_FIRED),
		}},

	// Closed from the outside, where the code waits.
	{Name: "terminated", Doc: "Terminated where it waits for approval.",
		Plan: versioning.EachStage{
			Stages: base,
			Drive:  versioning.InOrder(untilCharged, terminate),
			Ends:   versioning.Terminated,
		}},
	{Name: "terminated-in-activity", Doc: "Terminated where it waits for its activity.",
		Activities: versioning.NoActivities,
		Plan:       versioning.EachStage{Stages: base, Drive: terminate, Ends: versioning.Terminated}},
	{Name: "timed-out", Doc: "Timed out where it waits for approval.",
		Start: func(o *client.StartWorkflowOptions) { o.WorkflowRunTimeout = 2 * time.Second },
		Plan:  versioning.EachStage{Stages: base, Ends: versioning.TimedOut}},
}

func oversized(way, what string) versioning.Scenario {
	return versioning.Scenario{
		Name:         "oversized-" + way,
		Doc:          "Terminated by the service, because " + what + " is too large.",
		WorkflowType: "Archive",
		Input:        []any{"as " + way},
		Plan:         versioning.EachStage{Stages: base, Drive: signal("archive", nil), Ends: versioning.Closed},
	}
}

func shortTasks(o *client.StartWorkflowOptions) { o.WorkflowTaskTimeout = taskTimeout }

func everySecond(o *client.StartWorkflowOptions) { o.CronSchedule = "@every 1s" }

func tryTwice(o *client.StartWorkflowOptions) {
	o.RetryPolicy = &temporal.RetryPolicy{InitialInterval: time.Second, MaximumAttempts: 2}
}

func signal(name string, with any) versioning.Drive {
	return func(ctx context.Context, c client.Client, run client.WorkflowRun) error {
		return c.SignalWorkflow(ctx, run.GetID(), run.GetRunID(), name, with)
	}
}

func cancel(ctx context.Context, c client.Client, run client.WorkflowRun) error {
	return c.CancelWorkflow(ctx, run.GetID(), run.GetRunID())
}

func terminate(ctx context.Context, c client.Client, run client.WorkflowRun) error {
	return c.TerminateWorkflow(ctx, run.GetID(), run.GetRunID(), "no longer wanted")
}

func completeActivity(ctx context.Context, c client.Client, run client.WorkflowRun) error {
	const scheduled = "5" // the first command of the first Workflow Task
	return c.CompleteActivityByID(ctx, client.DefaultNamespace, run.GetID(), run.GetRunID(), scheduled, "charged", nil)
}

func until(state string) versioning.Drive {
	return versioning.UntilQuery("state", func(s string) bool { return s == state })
}

func after(d time.Duration) versioning.Drive {
	return func(context.Context, client.Client, client.WorkflowRun) error {
		time.Sleep(d)
		return nil
	}
}
