package versioning_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

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
		want     versioning.Registered
		why      string
	}{
		{"function", func(r worker.WorkflowRegistry) { r.RegisterWorkflow(orderV1) },
			versioning.Registered{Names: []string{"orderV1"}}, "a function goes by its name"},
		{"method value", func(r worker.WorkflowRegistry) { r.RegisterWorkflow(orders{}.Value) },
			versioning.Registered{Names: []string{"Value"}}, "the compiler's suffix -fm is no part of the name"},
		{"pointer method value", func(r worker.WorkflowRegistry) { r.RegisterWorkflow((&orders{}).Pointer) },
			versioning.Registered{Names: []string{"Pointer"}}, "the receiver is no part of the name"},
		{"alias", register(orderV1, "Order"), versioning.Registered{Names: []string{"Order"}, Aliases: []string{"orderV1"}}, "the alias replaces the name"},
		{"named as itself", register(orderV1, "orderV1"), versioning.Registered{Names: []string{"orderV1"}}, "that is no other name"},
		{"closure", func(r worker.WorkflowRegistry) {
			r.RegisterWorkflow(func(workflow.Context) error { return nil })
		}, versioning.Registered{Names: []string{"1"}}, "the compiler's number is what the SDK takes as well"},
		{"generic function", func(r worker.WorkflowRegistry) { r.RegisterWorkflow(generic[int]) },
			versioning.Registered{Names: []string{"]"}}, "what is after the last dot of generic[...], as the SDK has it"},
		{"several", func(r worker.WorkflowRegistry) {
			r.RegisterWorkflow(orderV2)
			register(orderV1, "Order")(r)
			r.RegisterWorkflow(orderV1)
		}, versioning.Registered{Names: []string{"Order", "orderV1", "orderV2"}, Aliases: []string{"orderV1"}}, "sorted, whatever the order of the calls"},
		{"replaced", func(r worker.WorkflowRegistry) {
			register(orderV1, "Order")(r)
			r.RegisterWorkflowWithOptions(orderV2, workflow.RegisterOptions{Name: "Order", DisableAlreadyRegisteredCheck: true})
		}, versioning.Registered{Names: []string{"Order"}, Aliases: []string{"orderV1", "orderV2"}}, "the SDK lets the second take the place of the first"},
		{"dynamic", func(r worker.WorkflowRegistry) {
			r.RegisterDynamicWorkflow(dynamic, workflow.DynamicRegisterOptions{})
		}, versioning.Registered{Dynamic: true}, "it has no name and takes all"},
		{"nothing", func(worker.WorkflowRegistry) {}, versioning.Registered{}, "an empty list, not an error"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			got, err := versioning.Stage{Register: tt.register}.Registers()
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
		{"nil", nil, "panics in Register: runtime error: invalid memory address or nil pointer dereference", "Validate says it better"},
		{"worker wanted", func(r worker.WorkflowRegistry) { _ = r.(worker.Worker) },
			"panics in Register: interface conversion: *versioning.registrationList is not worker.Worker",
			"Register gets a registry of workflows and may not reach for more"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			_, err := versioning.Stage{Register: tt.register}.Registers()
			require.ErrorContains(t, err, tt.want, tt.why)
		})
	}
}

func TestFamilyStages(t *testing.T) {
	t.Parallel()
	f := order()
	require.Equal(t, []string{"v1", "v2"}, f.StageNames())
	s, ok := f.Stage("v2")
	require.True(t, ok)
	require.Equal(t, "Reserves, then charges.", s.Doc)
	_, ok = f.Stage("v3")
	require.False(t, ok)
}
