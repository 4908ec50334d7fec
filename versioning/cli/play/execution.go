package play

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// start starts the execution. One that an earlier walk-through has left open
// under its ID is terminated.
func (s *story) start(ctx context.Context, x played) error {
	if err := s.clear(ctx, x); err != nil {
		return err
	}
	flags := append([]string{"--start-workflow", x.id}, s.familyFlag()...)
	if s.acts(x.scenario) {
		s.comment("Scenario %s: %s", x.scenario.Name, x.scenario.Doc)
		flags = append(flags, "--scenario", x.scenario.Name)
	}
	said, err := s.starter(ctx, flags...)
	if err != nil {
		return err
	}
	runID, ok := strings.CutPrefix(said, fmt.Sprintf("Started workflow with ID %s and run ID ", x.id))
	if !ok {
		return fmt.Errorf("%s was not started as its scenario says", x.id)
	}
	s.started[x.id] = runID
	return nil
}

// acts reports a scenario that is more than a start of the workflow.
func (s *story) acts(sc versioning.Scenario) bool {
	usual := firstOf(s.family, s.family.WorkflowTypes[0])
	return driveOf(sc) != nil || s.family.TypeOf(sc) != s.family.TypeOf(usual) ||
		!reflect.DeepEqual(sc.Input, usual.Input)
}

func (s *story) clear(ctx context.Context, x played) error {
	state, err := s.service.state(ctx, x.id)
	if isUnknown(err) {
		return nil
	}
	if err != nil {
		return s.service.Explain(err)
	}
	info := state.description.GetWorkflowExecutionInfo()
	if info.GetStatus() != enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING ||
		info.GetTaskQueue() != taskQueue(s.family) || info.GetType().GetName() != s.family.TypeOf(x.scenario) {
		return nil
	}
	s.comment("An earlier walk-through has left %s open: it is terminated.", x.id)
	return s.service.TerminateWorkflow(ctx, x.id, info.GetExecution().GetRunId(),
		"left open by an earlier walk-through")
}
