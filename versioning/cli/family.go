package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// taskQueue is the one that the family's workers and executions share.
func taskQueue(f *versioning.Family) string {
	return strings.ReplaceAll(f.Name, "/", "-") + "-task-queue"
}

// family returns the family of that name, the first one if it is empty.
func (c *Command) family(name string) (*versioning.Family, error) {
	if name == "" {
		return c.Families[0], nil
	}
	var group []string
	for _, f := range c.Families {
		if f.Name == name {
			return f, nil
		}
		if strings.HasPrefix(f.Name, name+"/") {
			group = append(group, f.Name)
		}
	}
	if len(group) > 0 {
		return nil, &usageError{fmt.Errorf("--family: %s is a group of families, name one of them: %s", name, joined(group))}
	}
	return nil, c.unknownFamily(name)
}

// unknownFamily says what there is instead. The command of this library is built with
// the reference families alone, which is no mistake that another spelling mends.
func (c *Command) unknownFamily(name string) error {
	fault := fmt.Sprintf("unknown family %q: the families are %s", name, nearest(name, c.familyNames()))
	if c.name() == defaultName {
		fault += fmt.Sprintf("; for workflows of yours use a command of your own, which %q writes", defaultName+" init ./PACKAGE --command")
	}
	return &usageError{errors.New(fault)}
}

func (c *Command) defaultFamily() string {
	return fmt.Sprintf(" (default %q)", c.Families[0].Name)
}

func stageOf(f *versioning.Family, name string) (versioning.Stage, error) {
	if stage, ok := f.Stage(name); ok {
		return stage, nil
	}
	fault := fmt.Sprintf("unknown stage %q", name)
	if name == "" {
		fault = "--workflow is missing"
	}
	return versioning.Stage{}, &usageError{fmt.Errorf("%s: the stages of %s are %s", fault, f.Name, joined(f.StageNames()))}
}

// firstOf returns the first scenario of the workflow type, without what it does
// after the start.
func firstOf(f *versioning.Family, workflowType string) versioning.Scenario {
	first := versioning.Scenario{WorkflowType: workflowType}
	for _, sc := range f.Scenarios {
		if f.TypeOf(sc) == workflowType {
			first.Input = sc.Input
			break
		}
	}
	return first
}

// driveOf returns what acts on an execution of the scenario once its first workflow
// task has completed, nil if nothing does or if stages execute it in turn.
func driveOf(sc versioning.Scenario) versioning.Drive {
	switch plan := sc.Plan.(type) {
	case versioning.EachStage:
		return plan.Drive
	case versioning.Unattended:
		return plan.Drive
	case versioning.Observed:
		return plan.Drive
	}
	return nil
}

// finishOf returns what closes an open execution of the scenario, nil if it does not
// say that.
func finishOf(sc versioning.Scenario) versioning.Drive {
	plan, _ := sc.Plan.(versioning.Observed)
	return plan.Finish
}

func scenarioOf(f *versioning.Family, name string) (versioning.Scenario, error) {
	var names []string
	for _, sc := range f.Scenarios {
		if sc.Name == name {
			return sc, nil
		}
		names = append(names, sc.Name)
	}
	if len(names) == 0 {
		return versioning.Scenario{}, &usageError{fmt.Errorf("unknown scenario %q: %s has none; leave --scenario out", name, f.Name)}
	}
	return versioning.Scenario{}, &usageError{fmt.Errorf("unknown scenario %q: the scenarios of %s are %s", name, f.Name, joined(names))}
}
