package versioning_test

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

func orderV1(workflow.Context) error { return nil }
func orderV2(workflow.Context) error { return nil }

func dynamic(workflow.Context, converter.EncodedValues) (string, error) { return "", nil }

// register returns a Register function for one workflow under that name.
func register(w any, name string) func(worker.WorkflowRegistry) {
	return func(r worker.WorkflowRegistry) {
		r.RegisterWorkflowWithOptions(w, workflow.RegisterOptions{Name: name})
	}
}

// order returns a family without a fault, for a test to spoil.
func order() *versioning.Family {
	return &versioning.Family{
		Name:          "order",
		Doc:           "An order is reserved and paid.",
		WorkflowTypes: []string{"Order"},
		Stages: []versioning.Stage{
			{Name: "v1", Doc: "Charges.", Register: register(orderV1, "Order")},
			{Name: "v2", Doc: "Reserves, then charges.", Register: register(orderV2, "Order")},
		},
		Scenarios: []versioning.Scenario{versioning.RunsToCompletion},
	}
}

func scenario(s versioning.Scenario) func(*versioning.Family) {
	return func(f *versioning.Family) { f.Scenarios = append(f.Scenarios, s) }
}

func TestValidateFaults(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		spoil func(*versioning.Family)
		want  string // one fault per line
		why   string
	}{
		{"sound", func(*versioning.Family) {}, "", "the family that the others spoil has no fault"},
		{"groups", func(f *versioning.Family) { f.Name = "runtime-checks/activity/2" }, "",
			"many families are kept in groups"},
		{"no scenarios", func(f *versioning.Family) { f.Scenarios = nil }, "", "recordings can come from elsewhere"},
		{"dynamic", func(f *versioning.Family) {
			f.Stages[1].Register = func(r worker.WorkflowRegistry) {
				r.RegisterDynamicWorkflow(dynamic, workflow.DynamicRegisterOptions{})
			}
		}, "", "a dynamic workflow takes every type"},

		{"empty family name", func(f *versioning.Family) { f.Name = "" },
			`family "": the name must be lower-case words joined by hyphens, in groups separated by slashes`,
			"the name is a folder"},
		{"upper-case family name", func(f *versioning.Family) { f.Name = "Order" },
			`family "Order": the name must be lower-case words joined by hyphens, in groups separated by slashes`,
			"folders differ by case on some systems only"},
		{"family name out of the folder", func(f *versioning.Family) { f.Name = "../order" },
			`family "../order": the name must be lower-case words joined by hyphens, in groups separated by slashes`,
			"recordings are written into the folder of that name"},
		{"no doc", func(f *versioning.Family) { f.Doc = "" },
			`family "order": is undocumented: set Doc to one sentence`, "the doc is printed over the matrix"},
		{"no workflow types", func(f *versioning.Family) { f.WorkflowTypes = nil },
			`family "order": has no WorkflowTypes: name the workflow type that its stages register
			 family "order": stage "v1" registers workflow type "Order", want none: stages of one family share their workflow type
			 family "order": stage "v2" registers workflow type "Order", want none: stages of one family share their workflow type`,
			"nothing tells what a stage must register"},
		{"no stages", func(f *versioning.Family) { f.Stages = nil },
			`family "order": has no stages`, "a matrix without columns proves nothing"},

		{"duplicate stage", func(f *versioning.Family) { f.Stages[1].Name = "v1" },
			`family "order": duplicate stage: v1`, "cells are told apart by the stage's name"},
		{"stage with a dot", func(f *versioning.Family) { f.Stages[1].Name = "v1.1" },
			`family "order": stage "v1.1" must be named with lower-case words or numbers joined by hyphens`,
			"the dot ends the stages in the name of a recording"},
		{"stage with a plus", func(f *versioning.Family) { f.Stages[1].Name = "v1+v2" },
			`family "order": stage "v1+v2" must be named with lower-case words or numbers joined by hyphens`,
			"the plus joins the stages of a journey"},
		{"undocumented stage", func(f *versioning.Family) { f.Stages[0].Doc = "" },
			`family "order": stage "v1" is undocumented: set Doc to one sentence`, "list prints it"},
		{"nil Register", func(f *versioning.Family) { f.Stages[1].Register = nil },
			`family "order": stage "v2" has nil Register`, "it would be a nil pointer in the middle of a replay"},
		{"registers nothing", func(f *versioning.Family) { f.Stages[1].Register = func(worker.WorkflowRegistry) {} },
			`family "order": stage "v2" registers workflow type none, want "Order": stages of one family share their workflow type`,
			"every cell would be unregistered"},
		{"another workflow type", func(f *versioning.Family) {
			f.WorkflowTypes = append(f.WorkflowTypes, "OldOrder")
			f.Stages[1].Register = func(r worker.WorkflowRegistry) {
				register(orderV1, "Invoice")(r)
				register(orderV2, "Basket")(r)
			}
		}, `family "order": stage "v2" registers workflow type "Basket", "Invoice", want "Order", "OldOrder": stages of one family share their workflow type`,
			"it is no change of the workflow"},
		{"forgotten alias", func(f *versioning.Family) {
			f.Stages[1].Register = func(r worker.WorkflowRegistry) { r.RegisterWorkflow(orderV2) }
		}, `family "order": stage "v2" registers workflow type "orderV2", want "Order": stages of one family share their workflow type`,
			"the commonest mistake: stages are differently named functions"},
		{"registered twice", func(f *versioning.Family) {
			f.Stages[0].Register = func(r worker.WorkflowRegistry) {
				register(orderV1, "Order")(r)
				register(orderV2, "Order")(r)
			}
		}, `family "order": stage "v1" panics in Register: workflow name "Order" is already registered`,
			"the SDK panics, and so would the live worker"},
		{"not a workflow", func(f *versioning.Family) { f.Stages[0].Register = register(context.Background, "Order") },
			`family "order": stage "v1" panics in Register: expected at least one argument of type workflow.Context in function, found 0 input arguments`,
			"the SDK panics on a function that is none"},
		{"panic of its own", func(f *versioning.Family) {
			f.Stages[0].Register = func(worker.WorkflowRegistry) { panic("no configuration") }
		}, `family "order": stage "v1" panics in Register: no configuration`, "it must not end the process"},

		{"duplicate scenario", scenario(versioning.RunsToCompletion),
			`family "order": duplicate scenario: completed`, "both would write the same file"},
		{"badly named scenario", scenario(versioning.Scenario{Name: "Is Done", Doc: "x"}),
			`family "order": scenario "Is Done" must be named with lower-case words or numbers joined by hyphens`,
			"it is a part of file names"},
		{"undocumented scenario", scenario(versioning.Scenario{Name: "x"}),
			`family "order": scenario "x" is undocumented: set Doc to one sentence`, "list prints it"},
		{"foreign workflow type", scenario(versioning.Scenario{Name: "x", Doc: "x", WorkflowType: "Basket"}),
			`family "order": scenario "x" starts workflow type "Basket", which is not one of the family's "Order"`,
			"no stage could run it"},
		{"build twice", func(f *versioning.Family) {
			for i := range f.Stages {
				f.Stages[i].BuildID = "1.0"
			}
			f.Stages = f.Stages[:2]
		},
			`family "order": stages "v1" and "v2" have the build ID "1.0": a Worker Deployment Version is one build`,
			"the service could not tell them apart"},
		{"build for one", func(f *versioning.Family) { f.Stages[0].BuildID = "1.0" },
			`family "order": gives some stages a build ID and others none`,
			"a stage without one would never get an execution"},

		{"everything at once", func(f *versioning.Family) {
			*f = versioning.Family{Name: "-", Stages: []versioning.Stage{{}}, Scenarios: []versioning.Scenario{{}}}
		}, `family "-": the name must be lower-case words joined by hyphens, in groups separated by slashes
			family "-": is undocumented: set Doc to one sentence
			family "-": has no WorkflowTypes: name the workflow type that its stages register
			family "-": stage "" must be named with lower-case words or numbers joined by hyphens
			family "-": stage "" is undocumented: set Doc to one sentence
			family "-": stage "" has nil Register
			family "-": scenario "" must be named with lower-case words or numbers joined by hyphens
			family "-": scenario "" is undocumented: set Doc to one sentence`,
			"one run tells all there is to mend"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			f := order()
			tt.spoil(f)
			if diff := cmp.Diff(lines(tt.want), faults(f.Validate())); diff != "" {
				t.Errorf("%s\nfaults (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

func TestValidateFamilies(t *testing.T) {
	t.Parallel()
	nameless := func() *versioning.Family { f := order(); f.Doc = ""; return f }
	for _, tt := range []struct {
		name     string
		families []*versioning.Family
		want     string
		why      string
	}{
		{"sound", []*versioning.Family{order()}, "", "nothing to say"},
		{"none", nil, "no families", "an empty list proves nothing"},
		{"nil", []*versioning.Family{order(), nil}, "family 1 is nil", "it has no name, so its place names it"},
		{"duplicate", []*versioning.Family{order(), order()}, "duplicate family: order", "they would share a folder"},
		{"faults of all", []*versioning.Family{nil, nameless(), nameless()}, `family 0 is nil
			family "order": is undocumented: set Doc to one sentence
			duplicate family: order
			family "order": is undocumented: set Doc to one sentence`, "the first fault does not hide the others"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			if diff := cmp.Diff(lines(tt.want), faults(versioning.Validate(tt.families...))); diff != "" {
				t.Errorf("%s\nfaults (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

func TestValidateNilFamily(t *testing.T) {
	t.Parallel()
	var f *versioning.Family
	require.EqualError(t, f.Validate(), "family 0 is nil")
}

func noDrive(context.Context, client.Client, client.WorkflowRun) error { return nil }

func TestTransition(t *testing.T) {
	t.Parallel()
	f := order()
	f.Stages = append(f.Stages, f.Stages[1])
	f.Stages[2].Name = "v3"
	for _, tt := range []struct {
		from, to           string
		release, catalogue bool
	}{
		{"v1", "v2", true, true}, {"v2", "v1", true, true}, {"v2", "v2", true, true},
		{"v2", "v3", true, false}, {"v3", "v2", true, false},
	} {
		f.Catalogue = false
		require.Equal(t, tt.release, f.Transition(tt.from, tt.to), "releases: %s to %s", tt.from, tt.to)
		f.Catalogue = true
		require.Equal(t, tt.catalogue, f.Transition(tt.from, tt.to), "catalogue: %s to %s", tt.from, tt.to)
	}
}

func faults(err error) []string {
	if err == nil {
		return nil
	}
	return strings.Split(err.Error(), "\n")
}

func lines(text string) (lines []string) {
	for line := range strings.Lines(text) {
		lines = append(lines, strings.TrimSpace(line))
	}
	return lines
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
