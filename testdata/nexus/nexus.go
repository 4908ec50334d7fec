// Package nexus is a family of fixtures: a workflow that calls Nexus operations,
// and stages that change one thing about the calls. It is not a reference. Its
// recordings are made in versioning/devserver, whose module has what a handler
// of operations needs.
package nexus

import (
	"time"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// What whoever records the family sets up: two endpoints, and a service with the
// operations Charge and Refund, which answer at once, Deliver, which answers
// later, and Wait, which answers when it is cancelled.
const (
	Endpoint, OtherEndpoint = "payments", "payments-abroad"
	Service, OtherService   = "orders", "purchases"
	Charge, Refund          = "charge", "refund"
	Deliver, Wait           = "deliver", "wait"
)

// Family holds the stages.
var Family = &versioning.Family{
	Name:          "nexus",
	Doc:           "Calls of Nexus operations are removed and made with other values.",
	WorkflowTypes: []string{"Nexus"},
	Catalogue:     true,
	Stages: []versioning.Stage{
		stage("base", "Calls the operation that its input names.", base),
		stage("other-input", "Calls it with other input.", base.with(func(c *call) { c.input = "another book" })),
		stage("other-operation", "Calls another operation.", base.with(func(c *call) { c.charge, c.deliver = Refund, Wait })),
		stage("other-service", "Calls it of another service.", base.with(func(c *call) { c.service = OtherService })),
		stage("other-endpoint", "Calls it at another endpoint.", base.with(func(c *call) { c.endpoint = OtherEndpoint })),
		stage("other-timeout", "Gives it an hour.", base.with(func(c *call) { c.options.ScheduleToCloseTimeout = time.Hour })),
		stage("other-start-timeout", "Gives its start ten seconds.", base.with(func(c *call) { c.options.ScheduleToStartTimeout = 10 * time.Second })),
		stage("other-summary", "Describes it in other words.", base.with(func(c *call) { c.options.Summary = "takes the money" })),
		stage("removed", "Does not call it.", base.with(func(c *call) { c.removed = true })),
	},
	Scenarios: []versioning.Scenario{
		kind("sync", "Calls an operation that answers at once."),
		kind("async", "Calls an operation that answers later."),
		kind("cancelled", "Calls an operation and cancels it when it has started."),
		kind("cancelled-unsent", "Calls an operation and cancels it in the same Workflow Task."),
	},
}

// Recorded are the stages that recordings begin with.
var Recorded = []string{"base", "other-input", "other-endpoint"}

func kind(name, doc string) versioning.Scenario {
	return versioning.Scenario{Name: name, Doc: doc, Input: []any{name}}
}

// call is what a stage does.
type call struct {
	removed         bool
	endpoint        string
	service         string
	charge, deliver string
	input           string
	options         workflow.NexusOperationOptions
}

var base = call{
	endpoint: Endpoint,
	service:  Service,
	charge:   Charge,
	deliver:  Deliver,
	input:    "a book",
	options: workflow.NexusOperationOptions{
		ScheduleToCloseTimeout: time.Minute,
		ScheduleToStartTimeout: 20 * time.Second,
		StartToCloseTimeout:    40 * time.Second,
		Summary:                "charges the card",
	},
}

func (c call) with(change func(*call)) call {
	change(&c)
	return c
}

func stage(name, doc string, c call) versioning.Stage {
	return versioning.Stage{
		Name: name,
		Doc:  doc,
		Register: func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(c.workflow, workflow.RegisterOptions{Name: "Nexus"})
		},
	}
}

// workflow has a timer before and after the operation.
func (c call) workflow(ctx workflow.Context, kind string) (answer string, err error) {
	if err := workflow.Sleep(ctx, time.Millisecond); err != nil {
		return "", err
	}
	if !c.removed {
		if answer, err = c.operation(ctx, kind); err != nil {
			return "", err
		}
	}
	return answer, workflow.Sleep(ctx, 2*time.Millisecond)
}

func (c call) operation(ctx workflow.Context, kind string) (answer string, err error) {
	service := workflow.NewNexusClient(c.endpoint, c.service)
	ctx, cancel := workflow.WithCancel(ctx)
	switch kind {
	case "sync":
		err = service.ExecuteOperation(ctx, c.charge, c.input, c.options).Get(ctx, &answer)
	case "async":
		err = service.ExecuteOperation(ctx, c.deliver, c.input, c.options).Get(ctx, &answer)
	case "cancelled":
		waiting := service.ExecuteOperation(ctx, Wait, c.input, c.options)
		if err := waiting.GetNexusOperationExecution().Get(ctx, nil); err != nil {
			return "", err
		}
		cancel()
		answer = said(waiting.Get(ctx, nil))
	case "cancelled-unsent":
		waiting := service.ExecuteOperation(ctx, Wait, c.input, c.options)
		cancel()
		answer = said(waiting.Get(ctx, nil))
	}
	return answer, err
}

// said is for a call whose error is what is expected.
func said(err error) string {
	if err != nil {
		return "cancelled"
	}
	return "not cancelled"
}
