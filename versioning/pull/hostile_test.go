package pull_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	workflowpb "go.temporal.io/api/workflow/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning/pull"
)

// hostile is a service that lists one execution and gives a history for any. It counts how often it is asked for one.
type hostile struct {
	client.Client
	id, run string
	events  client.HistoryEventIterator
	asked   int
}

func (h *hostile) ListWorkflow(context.Context, *workflowservice.ListWorkflowExecutionsRequest) (*workflowservice.ListWorkflowExecutionsResponse, error) {
	return &workflowservice.ListWorkflowExecutionsResponse{Executions: []*workflowpb.WorkflowExecutionInfo{
		{Execution: &commonpb.WorkflowExecution{WorkflowId: h.id, RunId: h.run}},
	}}, nil
}

func (h *hostile) DescribeWorkflowExecution(context.Context, string, string) (*workflowservice.DescribeWorkflowExecutionResponse, error) {
	return &workflowservice.DescribeWorkflowExecutionResponse{WorkflowExecutionInfo: &workflowpb.WorkflowExecutionInfo{
		Execution: &commonpb.WorkflowExecution{WorkflowId: h.id, RunId: h.run}}}, nil
}

func (h *hostile) GetWorkflowHistory(context.Context, string, string, bool, enumspb.HistoryEventFilterType) client.HistoryEventIterator {
	h.asked++
	return h.events
}

// panicking is the SDK's iterator at an answer without a History, which it does not look at before it uses it.
type panicking struct{ late bool }

func (p panicking) HasNext() bool {
	if p.late {
		return true
	}
	panic("nil history")
}

func (panicking) Next() (*historypb.HistoryEvent, error) { panic("nil history") }

type given []*historypb.HistoryEvent

func (g *given) HasNext() bool { return len(*g) > 0 }
func (g *given) Next() (*historypb.HistoryEvent, error) {
	first := (*g)[0]
	*g = (*g)[1:]
	return first, nil
}

// TestHostileService pulls from a service that answers what none should: nothing is written, least of all outside of the
// folder, and each fault is one line.
func TestHostileService(t *testing.T) {
	t.Parallel()
	const run = "01234567-89ab-cdef-0123-456789abcdef"
	started := &historypb.HistoryEvent{EventId: 1, EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED,
		Attributes: &historypb.HistoryEvent_WorkflowExecutionStartedEventAttributes{
			WorkflowExecutionStartedEventAttributes: &historypb.WorkflowExecutionStartedEventAttributes{
				WorkflowType: &commonpb.WorkflowType{Name: "Order"}}}}
	for _, tt := range []struct {
		name    string
		service hostile
		named   []pull.Execution
		want    string
		asked   int
		why     string
	}{
		{"run ID that is a path", hostile{id: "order-1", run: "../../x", events: &given{started}}, nil,
			`the service calls the run "../../x", which is no run ID`, 0, "it becomes the name of a file"},
		{"run ID of a named execution", hostile{id: "order-1", run: "../../x", events: &given{started}}, []pull.Execution{{WorkflowID: "order-1"}},
			`the service calls the run "../../x", which is no run ID`, 0, "the service names the latest run"},
		{"no IDs", hostile{}, nil, "the service lists an execution without a workflow ID", 0, "nothing can be asked for"},
		{"workflow ID that the SDK cannot ask for", hostile{id: "Müller", run: run, events: &given{started}}, nil,
			"the Go SDK does not ask for a workflow ID that is not printable ASCII", 0, "each try takes the SDK ten seconds"},
		{"answer without a history", hostile{id: "order-1", run: run, events: panicking{}}, nil,
			"the service has answered without a history", 1, "the SDK panics"},
		{"page without a history", hostile{id: "order-1", run: run, events: panicking{late: true}}, nil,
			"the service has answered without a history", 1, "wherever it does"},
		{"no events", hostile{id: "order-1", run: run, events: &given{}}, nil,
			"the service has answered with no events", 1, "such a file would be refused when it is read"},
		{"an event that is none", hostile{id: "order-1", run: run, events: &given{nil}}, nil,
			"the service has answered with an event that is none", 1, "such a file too"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			folder := filepath.Join(dir, "a", "b")
			summary, err := pull.Histories(t.Context(), pull.Options{Client: &tt.service, Namespace: "default", Dir: folder, Executions: tt.named})
			require.Error(t, err)
			require.NotZero(t, summary.Failed)
			require.ErrorContains(t, err, tt.want, tt.why)
			require.NotContains(t, err.Error(), "\n")
			require.Equal(t, tt.asked, tt.service.asked, tt.why)
			require.NoError(t, filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
				require.True(t, err != nil || entry.IsDir(), "%s was written", path)
				return err
			}))
		})
	}
}
