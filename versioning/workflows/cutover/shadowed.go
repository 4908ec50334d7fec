package cutover

import "go.temporal.io/sdk/workflow"

// V2 is what not to do: the new code is a function of the old name, here a
// method, elsewhere a function in a package v2. Registered under the name
// MyWorkflowV2, it also answers to its own name, and takes the executions of
// MyWorkflow from the function that is registered under exactly that name.
type V2 struct{}

// MyWorkflow is the new code.
func (V2) MyWorkflow(ctx workflow.Context) (string, error) {
	return MyWorkflowV2(ctx)
}
