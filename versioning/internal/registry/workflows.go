// Package registry finds out what a stage registers. It calls the stage's functions Register and
// RegisterActivities with registries of its own.
package registry

import (
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// Workflows are what a stage registers with its function Register.
type Workflows struct {
	// Names are the workflow type names, sorted, each once.
	Names []string
	// Aliases are the own names of functions that are registered under another name, sorted. A
	// Worker finds such a function by its own name too, unless the Worker's options set
	// DisableRegistrationAliasing (getWorkflowDefinition in the SDK's internal/internal_worker.go).
	Aliases []string
	// Dynamic reports whether a dynamic workflow takes every other type.
	Dynamic bool
}

// Has reports whether the stage registers the workflow type.
func (w Workflows) Has(workflowType string) bool {
	return w.Dynamic || slices.Contains(w.Names, workflowType)
}

// OfWorkflows calls a stage's Register and returns what it registered. If Register panics, the
// error says so. The SDK panics if a function is not a workflow, or if a name is registered twice.
func OfWorkflows(register func(worker.WorkflowRegistry)) (registered Workflows, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panics in Register: %v", p)
		}
	}()
	// A real replayer behind the list makes the SDK's own checks apply.
	list := &workflowList{WorkflowRegistry: worker.NewWorkflowReplayer()}
	register(list)
	slices.Sort(list.Names)
	list.Names = slices.Compact(list.Names)
	slices.Sort(list.Aliases)
	list.Aliases = slices.Compact(list.Aliases)
	return list.Workflows, nil
}

// workflowList notes the names of what passes through it to a registry.
type workflowList struct {
	worker.WorkflowRegistry
	Workflows
}

func (l *workflowList) RegisterWorkflow(w any) {
	l.RegisterWorkflowWithOptions(w, workflow.RegisterOptions{})
}

func (l *workflowList) RegisterWorkflowWithOptions(w any, options workflow.RegisterOptions) {
	l.WorkflowRegistry.RegisterWorkflowWithOptions(w, options)
	if options.Name == "" {
		l.Names = append(l.Names, functionName(w))
		return
	}
	l.Names = append(l.Names, options.Name)
	if reflect.TypeOf(w).Kind() != reflect.Func {
		return
	}
	if own := functionName(w); own != options.Name {
		l.Aliases = append(l.Aliases, own)
	}
}

func (l *workflowList) RegisterDynamicWorkflow(w any, options workflow.DynamicRegisterOptions) {
	l.WorkflowRegistry.RegisterDynamicWorkflow(w, options)
	l.Dynamic = true
}

// functionName is the name that the SDK gives a workflow function registered
// without one (getFunctionName in internal/internal_worker.go): what follows
// the last dot, without the suffix of a method value.
func functionName(w any) string {
	full := runtime.FuncForPC(reflect.ValueOf(w).Pointer()).Name()
	return strings.TrimSuffix(full[strings.LastIndex(full, ".")+1:], "-fm")
}
