package versioning

import (
	"context"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
)

// An Ending is the state in which a scenario leaves its execution. An Ending of a closed execution
// has the name that Temporal gives to that status. If an execution ends in another way, the
// recording fails and is not written.
type Ending string

// The endings that a scenario can have.
const (
	// Open means that only a timer or something outside can move the execution. No Workflow Task is
	// pending. No activity is pending either, unless NoActivities holds the activities back. To
	// park an execution behind its first activity, let the workflow wait there for a signal or a
	// timer.
	Open Ending = "Open"

	Completed      Ending = "Completed"
	Failed         Ending = "Failed"
	Canceled       Ending = "Canceled"
	Terminated     Ending = "Terminated"
	ContinuedAsNew Ending = "ContinuedAsNew"
	TimedOut       Ending = "TimedOut"

	// Closed is any Ending but Open. It is for stages that close the execution in different ways.
	Closed Ending = "Closed"
)

var endings = []Ending{Open, Completed, Failed, Canceled, Terminated, ContinuedAsNew, TimedOut, Closed}

// The scenarios that any workflow with an activity can be driven through.
var (
	// RunsToCompletion is the execution in which nothing goes wrong. It is also recorded as a
	// journey from each stage to each later stage (see EachStage.Journeys).
	RunsToCompletion = Scenario{
		Name: "completed",
		Doc:  "Every activity succeeds and the workflow completes.",
		Plan: EachStage{Journeys: true},
	}

	// WaitsForActivity is an execution in the middle of its work when a deploy comes. Versioning
	// exists for this case.
	WaitsForActivity = Scenario{
		Name:       "waiting",
		Doc:        "Left open with its activity scheduled and no worker to run it.",
		Activities: NoActivities,
		Plan:       Observed{},
	}

	// IsCancelled requests cancellation while the activity is outstanding.
	IsCancelled = Scenario{
		Name:       "cancelled",
		Doc:        "Cancelled while its activity is scheduled.",
		Activities: NoActivities,
		Plan:       EachStage{Drive: cancel, Ends: Canceled},
	}
)

// ActivityFails returns a scenario in which the named activities fail and are not retried. If the
// stage calls one of them, the workflow fails too.
func ActivityFails(activityNames ...string) Scenario {
	return Scenario{
		Name: "failed",
		Doc:  "The activity fails for good, and the workflow with it.",
		Activities: func(r worker.ActivityRegistry) {
			for _, name := range activityNames {
				r.RegisterActivityWithOptions(failForGood, activity.RegisterOptions{Name: name})
			}
		},
		Plan: EachStage{Ends: Failed},
	}
}

func cancel(ctx context.Context, c client.Client, run client.WorkflowRun) error {
	return c.CancelWorkflow(ctx, run.GetID(), run.GetRunID())
}

func failForGood(context.Context) (string, error) {
	return "", temporal.NewNonRetryableApplicationError("refused by the scenario", "ScenarioRefusal", nil)
}
