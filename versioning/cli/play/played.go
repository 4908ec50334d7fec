package play

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

// taskQueue is the one that the family's workers and executions share.
func taskQueue(f *versioning.Family) string {
	return strings.ReplaceAll(f.Name, "/", "-") + "-task-queue"
}

func (c commands) defaultFamily() string {
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
	return versioning.Stage{},
		shell.Usage(fmt.Errorf("%s: the stages of %s are %s", fault, f.Name, shell.Joined(f.StageNames())))
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

func scenarioOf(f *versioning.Family, name string) (versioning.Scenario, error) {
	var names []string
	for _, sc := range f.Scenarios {
		if sc.Name == name {
			return sc, nil
		}
		names = append(names, sc.Name)
	}
	if len(names) == 0 {
		return versioning.Scenario{},
			shell.Usage(fmt.Errorf("unknown scenario %q: %s has none; leave --scenario out", name, f.Name))
	}
	return versioning.Scenario{},
		shell.Usage(fmt.Errorf("unknown scenario %q: the scenarios of %s are %s", name, f.Name, shell.Joined(names)))
}

func stages(f *versioning.Family) (words []string) {
	for _, s := range f.Stages {
		words = append(words, shell.Described(s.Name, s.Doc))
	}
	return words
}

func scenarios(f *versioning.Family) (words []string) {
	for _, s := range f.Scenarios {
		words = append(words, shell.Described(s.Name, s.Doc))
	}
	return words
}

// workflowID is the one that the walk-through gives to the execution that a
// stage starts.
func workflowID(stage string) string { return stage + "-workflow-id" }

// defaultQuery is what the stages of the reference families answer.
const defaultQuery = "result"
