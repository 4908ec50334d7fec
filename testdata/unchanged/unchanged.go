// Package unchanged is a family of fixtures: executions whose histories are
// unusual, because Workflow Tasks failed, the service had a hand in how they
// ended, or something came that no Worker has seen. The code that replays them is
// the code that ran, so nothing about them may be blamed. The stage careless alone is there
// to be blamed.
package unchanged

import (
	"time"

	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// Family holds the code, and the Workers on which a Workflow Task goes wrong.
var Family = &versioning.Family{
	Name:          "unchanged",
	Doc:           "Unusual histories, replayed by the code that ran.",
	WorkflowTypes: []string{"Order", "Basket", "Closing", "Import", "Archive", "Report", "Invoice", "Refund"},
	Catalogue:     true,
	Stages: []versioning.Stage{
		{
			Name: "base",
			Doc:  "Runs all workflows as they should be.",
			Register: func(r worker.WorkflowRegistry) {
				r.RegisterWorkflow(Order)
				r.RegisterWorkflow(Basket)
				r.RegisterWorkflow(Closing)
				r.RegisterWorkflow(Import)
				r.RegisterWorkflow(Archive)
				r.RegisterWorkflow(Report)
				r.RegisterWorkflow(Invoice)
			},
			RegisterActivities: registerActivities,
			// The SDK would refuse what is too large before the service sees it.
			WorkerOptions: func(o *worker.Options) { o.DisablePayloadErrorLimit = true },
		},
		{
			Name: "buggy",
			Doc:  "Dereferences a nil pointer once an order is approved.",
			Register: func(r worker.WorkflowRegistry) {
				r.RegisterWorkflowWithOptions(buggyOrder, workflow.RegisterOptions{Name: "Order"})
			},
			RegisterActivities: registerActivities,
		},
		{
			Name: "stalled",
			Doc:  "Runs orders on a machine that stops for longer than a Workflow Task may take.",
			Register: func(r worker.WorkflowRegistry) {
				r.RegisterWorkflow(Order)
			},
			RegisterActivities: registerActivities,
			WorkerOptions: func(o *worker.Options) {
				o.DeadlockDetectionTimeout = time.Minute
				o.Interceptors = append(o.Interceptors, &stalling{})
			},
		},
		{
			Name: "fail-workflow",
			Doc:  "Dereferences a nil pointer, on a Worker that fails the workflow for it.",
			Register: func(r worker.WorkflowRegistry) {
				r.RegisterWorkflow(Refund)
			},
			RegisterActivities: registerActivities,
			WorkerOptions:      func(o *worker.Options) { o.WorkflowPanicPolicy = worker.FailWorkflow },
		},
		careless,
	},
	Scenarios: scenarios,
}

// stalling stops the machine when a signal is to be handled.
type stalling struct {
	interceptor.WorkerInterceptorBase
}

func (*stalling) InterceptWorkflow(_ workflow.Context, next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	return &stallingInbound{interceptor.WorkflowInboundInterceptorBase{Next: next}}
}

type stallingInbound struct {
	interceptor.WorkflowInboundInterceptorBase
}

func (i *stallingInbound) HandleSignal(ctx workflow.Context, in *interceptor.HandleSignalInput) error {
	if !workflow.IsReplaying(ctx) {
		time.Sleep(3 * taskTimeout)
	}
	return i.Next.HandleSignal(ctx, in)
}
