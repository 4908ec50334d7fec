package versioning

import (
	"context"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
)

// An Ending is the state in which a scenario leaves its execution. The closed
// ones are named as Temporal names the status of a closed execution. An execution
// that ends in another way is an error of the recording and is not written.
type Ending string

// The endings that a scenario can have.
const (
	// Open means that nothing but the outside or a timer can move the execution: no workflow
	// task is pending, and no activity, unless NoActivities hold the activities back. To park
	// an execution behind its first activity, let it wait for a signal or a timer there.
	Open Ending = "Open"

	Completed      Ending = "Completed"
	Failed         Ending = "Failed"
	Canceled       Ending = "Canceled"
	Terminated     Ending = "Terminated"
	ContinuedAsNew Ending = "ContinuedAsNew"
	TimedOut       Ending = "TimedOut"

	// Closed is any of those: for stages that differ in how they close it.
	Closed Ending = "Closed"
)

var endings = []Ending{Open, Completed, Failed, Canceled, Terminated, ContinuedAsNew, TimedOut, Closed}

// The scenarios that any workflow with an activity can be driven through.
var (
	// RunsToCompletion is the execution in which nothing goes wrong; it is
	// recorded across each pair of stages too.
	RunsToCompletion = Scenario{
		Name: "completed",
		Doc:  "Every activity succeeds and the workflow completes.",
		Plan: EachStage{Journeys: true},
	}

	// WaitsForActivity is the execution that a deploy finds in the middle of
	// its work: the case that versioning exists for.
	WaitsForActivity = Scenario{
		Name:       "waiting",
		Doc:        "Left open with its activity scheduled and no worker to run it.",
		Activities: NoActivities,
		Plan:       Observed{},
	}

	// IsCancelled asks for cancellation while the activity is outstanding.
	IsCancelled = Scenario{
		Name:       "cancelled",
		Doc:        "Cancelled while its activity is scheduled.",
		Activities: NoActivities,
		Plan:       EachStage{Drive: cancel, Ends: Canceled},
	}
)

// ActivityFails returns the scenario in which each of the named activities,
// if the stage calls it, fails for good, and the workflow fails with it.
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
