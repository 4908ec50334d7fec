package cli

import (
	"context"
	"fmt"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
)

// played is an execution and what foretells its answers.
type played struct {
	id           string
	workflowType string
	// recording is the one of an execution that was started and left as this one.
	recording string
}

// start starts the execution. One that an earlier walk-through has left open
// under its ID is terminated.
func (s *story) start(ctx context.Context, x played) error {
	if err := s.clear(ctx, x); err != nil {
		return err
	}
	flags := append([]string{"--start-workflow", x.id}, s.familyFlag()...)
	if x.workflowType != s.family.WorkflowTypes[0] {
		flags = append(flags, "--workflow-type", x.workflowType)
	}
	said, err := s.starter(ctx, flags...)
	if err != nil {
		return err
	}
	prefix := fmt.Sprintf("Started workflow with ID %s and run ID ", x.id)
	runID, ok := strings.CutPrefix(said, prefix)
	if !ok {
		return fmt.Errorf("%s was not started", x.id)
	}
	s.started[x.id] = runID
	return nil
}

func (s *story) clear(ctx context.Context, x played) error {
	state, err := s.service.state(ctx, x.id)
	if isUnknown(err) {
		return nil
	}
	if err != nil {
		return s.service.explain(err)
	}
	info := state.description.GetWorkflowExecutionInfo()
	if info.GetStatus() != enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING ||
		info.GetTaskQueue() != taskQueue(s.family) || info.GetType().GetName() != x.workflowType {
		return nil
	}
	s.comment("An earlier walk-through has left %s open: it is terminated.", x.id)
	return s.service.TerminateWorkflow(ctx, x.id, info.GetExecution().GetRunId(), "left open by an earlier walk-through")
}
