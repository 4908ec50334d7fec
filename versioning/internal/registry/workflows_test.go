package registry_test

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/internal/registry"
)

func orderV1(workflow.Context) error { return nil }
func orderV2(workflow.Context) error { return nil }

// register returns a Register function for one workflow under that name.
func register(w any, name string) func(worker.WorkflowRegistry) {
	return func(r worker.WorkflowRegistry) {
		r.RegisterWorkflowWithOptions(w, workflow.RegisterOptions{Name: name})
	}
}

type orders struct{}

func (orders) Value(workflow.Context) error    { return nil }
func (*orders) Pointer(workflow.Context) error { return nil }

func generic[T any](workflow.Context, T) error { return nil }

func dynamic(workflow.Context, converter.EncodedValues) (string, error) { return "", nil }

// TestRegisters compares each name with the one under which the SDK's replayer
// finds the workflow: a name that only the list has would be a lie.
func TestRegisters(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		register func(worker.WorkflowRegistry)
		want     registry.Workflows
		why      string
	}{
		{"function", func(r worker.WorkflowRegistry) { r.RegisterWorkflow(orderV1) },
			registry.Workflows{Names: []string{"orderV1"}}, "a function goes by its name"},
		{"method value", func(r worker.WorkflowRegistry) { r.RegisterWorkflow(orders{}.Value) },
			registry.Workflows{Names: []string{"Value"}}, "the compiler's suffix -fm is no part of the name"},
		{"pointer method value", func(r worker.WorkflowRegistry) { r.RegisterWorkflow((&orders{}).Pointer) },
			registry.Workflows{Names: []string{"Pointer"}}, "the receiver is no part of the name"},
		{"alias", register(orderV1, "Order"),
			registry.Workflows{Names: []string{"Order"}, Aliases: []string{"orderV1"}}, "the alias replaces the name"},
		{"named as itself", register(orderV1, "orderV1"), registry.Workflows{Names: []string{"orderV1"}},
			"that is no other name"},
		{"closure", func(r worker.WorkflowRegistry) {
			r.RegisterWorkflow(func(workflow.Context) error { return nil })
		}, registry.Workflows{Names: []string{"1"}}, "the compiler's number is what the SDK takes as well"},
		{"generic function", func(r worker.WorkflowRegistry) { r.RegisterWorkflow(generic[int]) },
			registry.Workflows{Names: []string{"]"}}, "what is after the last dot of generic[...], as the SDK has it"},
		{"several", func(r worker.WorkflowRegistry) {
			r.RegisterWorkflow(orderV2)
			register(orderV1, "Order")(r)
			r.RegisterWorkflow(orderV1)
		}, registry.Workflows{Names: []string{"Order", "orderV1", "orderV2"}, Aliases: []string{"orderV1"}},
			"sorted, whatever the order of the calls"},
		{"replaced", func(r worker.WorkflowRegistry) {
			register(orderV1, "Order")(r)
			r.RegisterWorkflowWithOptions(orderV2,
				workflow.RegisterOptions{Name: "Order", DisableAlreadyRegisteredCheck: true})
		}, registry.Workflows{Names: []string{"Order"}, Aliases: []string{"orderV1", "orderV2"}},
			"the SDK lets the second take the place of the first"},
		{"dynamic", func(r worker.WorkflowRegistry) {
			r.RegisterDynamicWorkflow(dynamic, workflow.DynamicRegisterOptions{})
		}, registry.Workflows{Dynamic: true}, "it has no name and takes all"},
		{"nothing", func(worker.WorkflowRegistry) {}, registry.Workflows{}, "an empty list, not an error"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			got, err := registry.OfWorkflows(tt.register)
			require.NoError(t, err)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
			require.Equal(t, tt.want.Dynamic, got.Has("AnyOther"))
			for _, name := range tt.want.Names {
				require.True(t, got.Has(name))
				require.NotContains(t, sdkSays(t, tt.register, name), "unable to find workflow type")
			}
		})
	}
}

func TestRegistersPanic(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		register func(worker.WorkflowRegistry)
		want     string
		why      string
	}{
		{"nil", nil, "panics in Register: runtime error: invalid memory address or nil pointer dereference",
			"Validate says it better"},
		{"worker wanted", func(r worker.WorkflowRegistry) { _ = r.(worker.Worker) },
			"panics in Register: interface conversion: *registry.workflowList is not worker.Worker",
			"Register gets a registry of workflows and may not reach for more"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			_, err := registry.OfWorkflows(tt.register)
			require.ErrorContains(t, err, tt.want, tt.why)
		})
	}
}

// TestFunctionOf holds that the name is one that code can say, and none where there is no such name.
func TestFunctionOf(t *testing.T) {
	t.Parallel()
	one := func(w any) func(worker.WorkflowRegistry) { return register(w, "Order") }
	for _, tt := range []struct {
		name       string
		register   func(worker.WorkflowRegistry)
		want, file string
		why        string
	}{
		{"function", one(orderV1), "orderV1", "workflows_test.go", "it has a name and a place"},
		{"own name", func(r worker.WorkflowRegistry) { r.RegisterWorkflow(orderV2); one(orderV1)(r) }, "orderV1",
			"workflows_test.go", "another one is registered first"},
		{"replaced", func(r worker.WorkflowRegistry) {
			one(orderV1)(r)
			r.RegisterWorkflowWithOptions(orderV2, workflow.RegisterOptions{Name: "Order", DisableAlreadyRegisteredCheck: true})
		}, "orderV2", "workflows_test.go", "the second takes the place of the first"},
		{"method value", one(orders{}.Value), "orders.Value", "", "the compiler makes the function that is registered"},
		{"pointer method value", one((&orders{}).Pointer), "orders.Pointer", "", "as a person would name it"},
		{"closure", one(func(workflow.Context) error { return nil }), "", "", "func1 is no name that code can say"},
		{"generic function", one(generic[int]), "", "", "its type parameters are not known"},
		{"other type", register(orderV1, "Invoice"), "", "", "it takes no execution of the type"},
		{"alias", register(orderV1, "orders.Order"), "", "", "a function of another name does not take the type"},
		{"dynamic", func(r worker.WorkflowRegistry) {
			r.RegisterDynamicWorkflow(dynamic, workflow.DynamicRegisterOptions{})
		}, "", "", "it is not registered for the type"},
		{"panics", nil, "", "", "what panics registers nothing that one could name"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			got, file, line := registry.FunctionOf(tt.register, "Order")
			require.Equal(t, tt.want, got, tt.why)
			require.Equal(t, tt.file != "", line > 0, tt.why)
			if tt.file != "" {
				require.Equal(t, tt.file, filepath.Base(file), tt.why)
			}
		})
	}
}
