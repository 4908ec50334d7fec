package runtimechecks

import (
	"time"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// A stage is a name, a sentence, and the calls that the workflow makes. They
// return what came of them in words, which is the workflow's result.
type stage struct {
	name  string
	doc   string
	calls func(workflow.Context) string
}

// catalogue makes a family of stages: the first is the base, each of the others
// one change of it. The name is the last part of the family's, the workflow type
// is made from the method.
func catalogue(name, method, doc string, stages ...stage) *versioning.Family {
	f := &versioning.Family{
		Name:          "runtimechecks/" + name,
		Doc:           doc,
		WorkflowTypes: []string{method + "Calls"},
		Catalogue:     true,
		Scenarios:     []versioning.Scenario{open, closed},
	}
	for _, s := range stages {
		f.Stages = append(f.Stages, versioning.Stage{
			Name: s.name,
			Doc:  s.doc,
			Register: func(r worker.WorkflowRegistry) {
				r.RegisterWorkflowWithOptions(s.workflow, workflow.RegisterOptions{Name: method + "Calls"})
				registerChildren(r)
			},
			RegisterActivities: registerActivities,
		})
	}
	return f
}

// workflow makes the stage's calls and completes with their result when it is
// told to.
func (s stage) workflow(ctx workflow.Context) (string, error) {
	var result string
	err := workflow.SetQueryHandler(ctx, "result", func() (string, error) { return result, nil })
	if err != nil {
		return "", err
	}

	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	result = s.calls(ctx)
	workflow.GetSignalChannel(ctx, "finish").Receive(ctx, nil)
	return result, nil
}

// outcome waits for the call and returns what came of it in words. An error is
// one of them: it is the call that a catalogue is about.
func outcome(ctx workflow.Context, call workflow.Future) string {
	var result string
	if err := call.Get(ctx, &result); err != nil {
		return err.Error()
	}
	return result
}
