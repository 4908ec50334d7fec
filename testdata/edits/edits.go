// Package edits is a family of negative fixtures: small programs, and stages that each make one kind of edit to them,
// so that what the edit was can be told from a replay. It is not a reference: no stage here is how a workflow should
// be changed. Each program is recorded twice, left open and closed, and both have to be explained alike.
//
// A comment "edit: NAME" marks the line that an edit is about. The test that asks for the line finds it by that.
package edits

import (
	"context"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// WorkflowType is the type that the recordings were started under.
const WorkflowType = "EditedWorkflow"

// Family holds the stages; only "base" is recorded, twice for each program.
var Family = &versioning.Family{
	Name:          "edits",
	Doc:           "Each kind of edit to a workflow, in small programs.",
	WorkflowTypes: []string{WorkflowType},
	Catalogue:     true,
	Stages: []versioning.Stage{
		stage("base", "Runs the program that its input names."),
		stage("swaps", "Makes two calls in the places of each other."),
		stage("moves", "Makes one call before or after others."),
		stage("reorders", "Makes all calls in another order."),
		stage("replaces", "Makes a call of another kind in the place of one."),
		stage("sequential", "Waits for each call before it makes the next one."),
		stage("parallel", "Makes all calls before it waits for one."),
		stage("renames", "Calls, receives and handles things of other names."),
		stage("handler-removed", "Handles no update any more."),
		stage("handler-at-once", "Answers the update without waiting for anything."),
		stage("handler-later", "Makes one more call in the handler of the update before it answers."),
		stage("handler-versioned", "Asks for a version in the handler of the update."),
		stage("older", "Does not know the newest version of what it asks for."),
		stage("handler-unversioned", "Asks for no version in the handler of the update."),
		stage("to-mutable", "Calls MutableSideEffect where it called SideEffect."),
		stage("to-local", "Calls a local activity where it called SideEffect or an activity."),
		stage("cancels", "Cancels what it has not cancelled."),
		stage("keeps", "Does not cancel what it has cancelled."),
		stage("also-versioned", "Calls another activity, and asks for a version of something else."),
		stage("draws", "Passes on a value that is new in each replay."),
	},
	Scenarios: scenarios(
		program{"children", "Runs two Child Workflows side by side, each with an ID of its own.", nil},
		program{"child", "Runs a Child Workflow with an ID of its own.", nil},
		program{"timers", "Starts a short and a long timer side by side, and charges after the short one.", nil},
		program{"activities", "Charges and ships side by side.", nil},
		program{"parallel", "Charges and ships side by side, and the shipment takes longer.", nil},
		program{"sequence", "Charges, and ships then.", nil},
		program{"deadline", "Charges and ships side by side, with a timer behind them.", nil},
		program{"draw", "Draws a number before it charges.", nil},
		program{"discount", "Charges, and grants a discount by an update that takes a while.", grant},
		program{"bargain", "Ships and charges, and grants a discount by an update that waits for both.", grant},
		program{"versioned-discount", "Charges, and grants a discount by an update with a version.", grant},
		program{"payment", "Waits for the signal that it is paid, and ships.", pay},
		program{"notify", "Signals another workflow, which does not exist.", nil},
		program{"reminder", "Starts a timer and cancels nothing.", nil},
		program{"cancelled-reminder", "Starts a timer and cancels it.", nil},
		program{"parcels", "Ships to four cities side by side.", nil},
		program{"trip", "Makes calls of four kinds in one Workflow Task, and cancels one of them once confirmed.", confirm},
		program{"offer", "Charges, and grants an offer by an update that makes calls of three kinds at once.", grantOffer},
	),
}

// program is one of base, with what drives it before it is told to finish.
type program struct {
	name, doc string
	drive     versioning.Drive
}

func scenarios(programs ...program) (list []versioning.Scenario) {
	for _, p := range programs {
		settled := versioning.UntilQuery("state", func(state string) bool { return state == waiting })
		drives := []versioning.Drive{settled}
		if p.drive != nil {
			ready := versioning.UntilQuery("state", func(state string) bool { return state != "" })
			drives = []versioning.Drive{ready, p.drive, settled}
		}
		list = append(list,
			versioning.Scenario{Name: p.name + "-open", Doc: p.doc + " Left open.", Input: []any{p.name},
				Plan: versioning.EachStage{Drive: versioning.InOrder(drives...), Ends: versioning.Open}},
			versioning.Scenario{Name: p.name + "-closed", Doc: p.doc + " Then it is told to finish.",
				Input: []any{p.name},
				Plan:  versioning.EachStage{Drive: versioning.InOrder(append(drives, finish)...)}})
	}
	return list
}

func finish(ctx context.Context, c client.Client, run client.WorkflowRun) error {
	return c.SignalWorkflow(ctx, run.GetID(), run.GetRunID(), "finish", nil)
}

func pay(ctx context.Context, c client.Client, run client.WorkflowRun) error {
	return c.SignalWorkflow(ctx, run.GetID(), run.GetRunID(), "paid", 100)
}

func confirm(ctx context.Context, c client.Client, run client.WorkflowRun) error {
	return c.SignalWorkflow(ctx, run.GetID(), run.GetRunID(), "confirmed", nil)
}

var (
	grant      = versioning.Update("discount-1", "discount", 20)
	grantOffer = versioning.Update("offer-1", "offer", 20)
)

func stage(name, doc string) versioning.Stage {
	return versioning.Stage{
		Name: name,
		Doc:  doc,
		Register: func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(edit(name).workflow, workflow.RegisterOptions{Name: WorkflowType})
			r.RegisterWorkflow(Parcel)
		},
		RegisterActivities: func(r worker.ActivityRegistry) {
			r.RegisterActivity(Charge)
			r.RegisterActivity(Ship)
			r.RegisterActivity(Refund)
			r.RegisterActivity(Draw)
		},
	}
}

// Charge is an activity that ends at once.
func Charge(_ context.Context, amount int) (int, error) { return amount, nil }

// Refund ends at once.
func Refund(_ context.Context, amount int) (int, error) { return amount, nil }

// Ship takes a while, so that it never ends before Charge.
func Ship(context.Context, string) error {
	time.Sleep(300 * time.Millisecond)
	return nil
}

// Draw draws a number.
func Draw(context.Context) (int, error) { return 7, nil }

// Parcel waits until it is cancelled.
func Parcel(ctx workflow.Context, _ string) error {
	ctx.Done().Receive(ctx, nil)
	return ctx.Err()
}
