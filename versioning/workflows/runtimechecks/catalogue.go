package runtimechecks

import (
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
	wholes := make([]whole, len(stages))
	for i, s := range stages {
		wholes[i] = whole{s.name, s.doc, s.workflow}
	}
	return catalogueOf(name, method+"Calls", doc, []versioning.Scenario{open, closed}, wholes...)
}

// A whole is a stage whose workflow is written out, for changes of more than
// calls.
type whole struct {
	name     string
	doc      string
	workflow any
}

// catalogueOf is catalogue for whole workflows, which bring their scenarios.
func catalogueOf(name, workflowType, doc string, scenarios []versioning.Scenario, stages ...whole) *versioning.Family {
	f := &versioning.Family{
		Name:          "runtimechecks/" + name,
		Doc:           doc,
		WorkflowTypes: []string{workflowType},
		Catalogue:     true,
		Reference:     true,
		Scenarios:     scenarios,
	}
	for _, s := range stages {
		f.Stages = append(f.Stages, versioning.Stage{
			Name: s.name,
			Doc:  s.doc,
			Register: func(r worker.WorkflowRegistry) {
				r.RegisterWorkflowWithOptions(s.workflow, workflow.RegisterOptions{Name: workflowType})
				registerOthers(r)
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

	ctx = withActivities(ctx)
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
