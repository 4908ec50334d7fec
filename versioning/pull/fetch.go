package pull

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/caught"
)

// latest names the current run where the execution names none.
func (o *Options) latest(ctx context.Context, x Execution) (Execution, error) {
	if x.RunID != "" {
		return x, nil
	}
	err := patiently(ctx, func() error {
		description, err := o.Client.DescribeWorkflowExecution(ctx, x.WorkflowID, "")
		x.RunID = description.GetWorkflowExecutionInfo().GetExecution().GetRunId()
		return err
	})
	return x, err
}

// fetch downloads the history of the run as the service had it when the first page
// was asked for: the token of the next page holds where it ends.
func (o *Options) fetch(ctx context.Context, x Execution) (*history.Recording, error) {
	r := &history.Recording{
		Name:       RecordingName(x),
		WorkflowID: x.WorkflowID,
		RunID:      x.RunID,
		Namespace:  o.Namespace,
		RecordedAt: time.Now().UTC().Truncate(time.Second),
	}
	err := patiently(ctx, func() (err error) {
		r.History = &historypb.History{}
		// The SDK panics on an answer without a history.
		if panicked := caught.Do("reading the answer", func() { r.History.Events, err = o.events(ctx, x) }); panicked != nil {
			err = fmt.Errorf("the service has answered without a history (%w)", panicked)
		}
		return err
	})
	switch {
	case err != nil:
	case len(r.History.Events) == 0:
		err = errors.New("the service has answered with no events")
	case slices.Contains(r.History.Events, nil):
		err = errors.New("the service has answered with an event that is none")
	}
	r.History.Events = durable(r.History.Events)
	r.SDKVersion = sdkVersion(r.History.Events)
	return r, err
}

// events are those of all pages.
func (o *Options) events(ctx context.Context, x Execution) (all []*historypb.HistoryEvent, err error) {
	events := o.Client.GetWorkflowHistory(ctx, x.WorkflowID, x.RunID, false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for more(events) {
		event, err := events.Next()
		if err != nil {
			return nil, err
		}
		all = append(all, event)
	}
	return all, nil
}

// more asks again where the iterator says that there is nothing more: it says so of an
// empty page, too, that another one follows. Where none follows, asking costs nothing.
func more(events client.HistoryEventIterator) bool {
	const emptyPages = 10
	for range emptyPages {
		if events.HasNext() {
			return true
		}
	}
	return false
}

// durable cuts a Workflow Task off that is tried again. The service shows its
// events to SDK clients and does not store them before the task completes: each
// download would have others.
func durable(events []*historypb.HistoryEvent) []*historypb.HistoryEvent {
	end := len(events)
	if end > 0 && events[end-1].GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED {
		end--
	}
	if end > 0 && events[end-1].GetWorkflowTaskScheduledEventAttributes().GetAttempt() > 1 {
		return events[:end-1]
	}
	return events
}

// sdkVersion is that of the last Worker that has said, if it was one of Go: an SDK
// says it when it has changed.
func sdkVersion(events []*historypb.HistoryEvent) string {
	for _, event := range slices.Backward(events) {
		said := event.GetWorkflowTaskCompletedEventAttributes().GetSdkMetadata()
		if said.GetSdkVersion() == "" {
			continue
		}
		if name := said.GetSdkName(); name != "" && name != "temporal-go" {
			return ""
		}
		return said.GetSdkVersion()
	}
	return ""
}
