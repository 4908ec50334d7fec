package accept

import (
	"strconv"

	"google.golang.org/protobuf/proto"

	commandpb "go.temporal.io/api/command/v1"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/accept/internal/valid"
)

// recordMarker is handleCommandRecordMarker.
func (t *taking) recordMarker(a *commandpb.RecordMarkerCommandAttributes) (*historypb.HistoryEvent, *Refusal) {
	const cause = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_RECORD_MARKER_ATTRIBUTES
	name := a.GetMarkerName()
	switch {
	case a == nil:
		return nil, refuse(cause, "RecordMarkerCommandAttributes is not set on RecordMarkerCommand.")
	case name == "":
		return nil, refuse(cause, "MarkerName is not set on RecordMarkerCommand.")
	case len(name) > valid.LongestID:
		return nil, refuse(cause,
			"MarkerName on RecordMarkerCommand exceeds length limit. MarkerName=%s Length=%d Limit=%d",
			name, len(name), valid.LongestID)
	}
	size := 0 // common/util.go, GetPayloadsMapSize
	for key, payloads := range a.GetDetails() {
		size += len(key) + proto.Size(payloads)
	}
	if err := blob(cause, size, "RecordMarkerCommandAttributes.Details exceeds size limit."); err != nil {
		return nil, err
	}
	return t.add(&historypb.MarkerRecordedEventAttributes{
		WorkflowTaskCompletedEventId: t.completed, MarkerName: name, Details: a.GetDetails(),
		Header: a.GetHeader(), Failure: a.GetFailure(),
	}), nil
}

// upsert is handleCommandUpsertWorkflowSearchAttributes.
func (t *taking) upsert(a *commandpb.UpsertWorkflowSearchAttributesCommandAttributes) (*historypb.HistoryEvent,
	*Refusal) {
	const (
		cause = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_SEARCH_ATTRIBUTES
		on    = "on UpsertWorkflowSearchAttributesCommand"
	)
	fields := a.GetSearchAttributes().GetIndexedFields()
	switch {
	case a == nil:
		return nil, refuse(cause, "UpsertWorkflowSearchAttributesCommandAttributes is not set %s.", on)
	case a.GetSearchAttributes() == nil:
		return nil, refuse(cause, "SearchAttributes is not set %s.", on)
	case len(fields) == 0:
		return nil, refuse(cause, "IndexedFields is not set %s.", on)
	}
	if err := validAttributes(a.GetSearchAttributes()); err != "" {
		return nil, refuse(cause, "%s", err)
	}
	if err := blob(cause, sizeOf(fields),
		"UpsertWorkflowSearchAttributesCommandAttributes exceeds size limit."); err != nil {
		return nil, err
	}
	all := t.before.attributes
	for _, e := range t.events {
		all = valid.Merged(all, e.GetUpsertWorkflowSearchAttributesEventAttributes().GetSearchAttributes().GetIndexedFields())
	}
	if err := attributesSize(cause, &commonpb.SearchAttributes{IndexedFields: valid.Merged(all, fields)}); err != nil {
		return nil, err
	}
	return t.add(&historypb.UpsertWorkflowSearchAttributesEventAttributes{
		WorkflowTaskCompletedEventId: t.completed, SearchAttributes: a.GetSearchAttributes(),
	}), nil
}

// banned are search attributes that nobody sets: common/searchattribute/sadefs/constants.go, system,
// and predefined without predefinedWhiteList.
var banned = map[string]bool{
	"WorkflowId": true, "RunId": true, "WorkflowType": true, "StartTime": true, "ExecutionTime": true,
	"CloseTime": true, "ExecutionStatus": true, "TaskQueue": true, "HistoryLength": true,
	"ExecutionDuration": true, "StateTransitionCount": true, "HistorySizeBytes": true, "ParentWorkflowId": true,
	"ParentRunId": true, "RootWorkflowId": true, "RootRunId": true,
	"TemporalWorkerDeploymentVersion": true, "TemporalWorkflowVersioningBehavior": true,
	"TemporalWorkerDeployment": true, "TemporalUsedWorkerDeploymentVersions": true,
	"TemporalExternalPayloadCount": true, "TemporalExternalPayloadSizeBytes": true,
}

// validAttributes says what is wrong with search attributes, as far as it can be known:
// common/searchattribute/validator.go, Validate.
func validAttributes(a *commonpb.SearchAttributes) string {
	fields := a.GetIndexedFields()
	if len(fields) > mostAttributes {
		return "number of search attributes " + strconv.Itoa(len(fields)) + " exceeds limit " +
			strconv.Itoa(mostAttributes)
	}
	for name := range fields {
		if banned[name] {
			return name + " attribute can't be set in SearchAttributes"
		}
	}
	return ""
}

// attributesSize refuses search attributes that are too large: ValidateSize of that file.
func attributesSize(cause enumspb.WorkflowTaskFailedCause, a *commonpb.SearchAttributes) *Refusal {
	for name, payload := range a.GetIndexedFields() {
		if size := len(payload.GetData()); size > largestAttribute {
			return terminate(cause, "search attribute %s value size %d exceeds size limit %d", name, size,
				largestAttribute)
		}
	}
	if size := proto.Size(a); size > largestOfAttributes {
		return terminate(cause, "total size of search attributes %d exceeds size limit %d", size, largestOfAttributes)
	}
	return nil
}

// modify is handleCommandModifyWorkflowProperties.
func (t *taking) modify(a *commandpb.ModifyWorkflowPropertiesCommandAttributes) (*historypb.HistoryEvent, *Refusal) {
	const (
		cause = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_MODIFY_WORKFLOW_PROPERTIES_ATTRIBUTES
		on    = "on ModifyWorkflowPropertiesCommand"
	)
	fields := a.GetUpsertedMemo().GetFields()
	switch {
	case a == nil:
		return nil, refuse(cause, "ModifyWorkflowPropertiesCommandAttributes is not set %s.", on)
	case a.GetUpsertedMemo() == nil:
		return nil, refuse(cause, "UpsertedMemo is not set %s.", on)
	case len(fields) == 0:
		return nil, refuse(cause, "UpsertedMemo.Fields is not set %s.", on)
	}
	if err := blob(cause, sizeOf(fields), "ModifyWorkflowPropertiesCommandAttributes exceeds size limit."); err != nil {
		return nil, err
	}
	all := t.before.memo
	for _, e := range t.events {
		all = valid.Merged(all, e.GetWorkflowPropertiesModifiedEventAttributes().GetUpsertedMemo().GetFields())
	}
	if err := memo(cause, &commonpb.Memo{Fields: valid.Merged(all, fields)},
		"ModifyWorkflowPropertiesCommandAttributes. Memo exceeds size limit."); err != nil {
		return nil, err
	}
	return t.add(&historypb.WorkflowPropertiesModifiedEventAttributes{
		WorkflowTaskCompletedEventId: t.completed, UpsertedMemo: a.GetUpsertedMemo(),
	}), nil
}
