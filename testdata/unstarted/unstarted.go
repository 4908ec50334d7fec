// Package unstarted is a family of negative fixtures: an execution that waits for its
// first Workflow Task, and stages of which one cannot read its input. It is not a
// reference.
package unstarted

import (
	"time"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// Family holds the stages; its recording is of an execution that was started with a
// delay, and no Worker has seen it.
var Family = &versioning.Family{
	Name:          "unstarted",
	Doc:           "An execution of which no Workflow Task has completed.",
	WorkflowTypes: []string{"In"},
	Catalogue:     true,
	Stages: []versioning.Stage{
		stage("takes-text", "Takes the ID of an order.", TakesText),
		stage("takes-cents", "Takes an amount in place of the ID.", TakesCents),
		stage("panics", "Cannot do anything with the ID.", Panics),
	},
}

func stage(name, doc string, w any) versioning.Stage {
	return versioning.Stage{Name: name, Doc: doc, Register: func(r worker.WorkflowRegistry) {
		r.RegisterWorkflowWithOptions(w, workflow.RegisterOptions{Name: "In"})
	}}
}

// TakesText can begin.
func TakesText(ctx workflow.Context, order string) error { return workflow.Sleep(ctx, time.Hour) }

// TakesCents cannot: a Worker fails the execution for good.
func TakesCents(ctx workflow.Context, price struct{ Cents int }) error {
	return workflow.Sleep(ctx, time.Hour)
}

// Panics begins, and fails its first Workflow Task over and over.
func Panics(ctx workflow.Context, order string) error {
	return []error{nil}[len(order)]
}
