package replay_test

import (
	"time"

	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/types/known/durationpb"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// The faults zero-fields, no-retry-policy and older-service-default are of a workflow
// that calls the activity Charge with a struct, waits for nothing, and then does more.

// charge is what Charge gets in zero-fields.
type charge struct{ ID string }

// charges calls Charge as in zero-fields, and then does more.
func charges(more func(workflow.Context)) any {
	return func(ctx workflow.Context, id string) error {
		calls(ctx, charge{id}, workflow.ActivityOptions{})
		more(ctx)
		workflow.GetSignalChannel(ctx, "never").Receive(ctx, nil)
		return nil
	}
}

// calls calls Charge with the argument; options without a timeout have that of the faults.
func calls(ctx workflow.Context, arg any, options workflow.ActivityOptions) {
	if options.StartToCloseTimeout == 0 {
		options.StartToCloseTimeout = time.Minute
	}
	workflow.ExecuteActivity(workflow.WithActivityOptions(ctx, options), "Charge", arg)
}

func seconds(n int64) *durationpb.Duration { return durationpb.New(time.Duration(n) * time.Second) }

// add adds an event that does not say its Workflow Task.
func add(r *history.Recording, eventType enumspb.EventType, event *historypb.HistoryEvent) {
	event.EventType = eventType
	event.EventId = int64(len(r.History.Events)) + 1
	event.EventTime = r.History.Events[0].EventTime
	r.History.Events = append(r.History.Events, event)
}

var keyword = temporal.NewSearchAttributeKeyKeyword("CustomKeywordField")

// withKeyword adds the event of upsertKeyword.
func withKeyword(value string) func(*history.Recording) {
	return func(r *history.Recording) {
		payload, _ := converter.GetDefaultDataConverter().ToPayload(value)
		payload.Metadata["type"] = []byte("Keyword")
		add(r, enumspb.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES, &historypb.HistoryEvent{
			Attributes: &historypb.HistoryEvent_UpsertWorkflowSearchAttributesEventAttributes{
				UpsertWorkflowSearchAttributesEventAttributes: &historypb.UpsertWorkflowSearchAttributesEventAttributes{
					SearchAttributes: &commonpb.SearchAttributes{IndexedFields: map[string]*commonpb.Payload{keyword.GetName(): payload}},
				},
			},
		})
	}
}

func upsertKeyword(value string) func(workflow.Context) {
	return func(ctx workflow.Context) { _ = workflow.UpsertTypedSearchAttributes(ctx, keyword.ValueSet(value)) }
}

// withTimer adds the event of a timer of so many seconds.
func withTimer(id string, n int64) func(*history.Recording) {
	return func(r *history.Recording) {
		add(r, enumspb.EVENT_TYPE_TIMER_STARTED,
			&historypb.HistoryEvent{Attributes: &historypb.HistoryEvent_TimerStartedEventAttributes{
				TimerStartedEventAttributes: &historypb.TimerStartedEventAttributes{TimerId: id,
					StartToFireTimeout: seconds(n)},
			}})
	}
}
