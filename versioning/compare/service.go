package compare

import (
	"maps"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/fillin"
)

// fillIn makes the attributes what the service would write in an execution that
// began with the event, and notes what it changes. For what services of other years
// wrote see open.go.
func (c *Call) fillIn(started *historypb.WorkflowExecutionStartedEventAttributes) {
	if c.filledIn {
		return
	}
	c.filledIn = true
	for _, change := range fillin.Attributes(c.Attributes, started) {
		c.completions = append(c.completions, completion{change.Path, durationText(change.Coded)})
	}
}

// unsetAsRecorded takes the search attributes that the call unsets from the event,
// where there are as many of them.
func (c *Call) unsetAsRecorded() {
	now, ok := c.Attributes.(*historypb.UpsertWorkflowSearchAttributesEventAttributes)
	if !ok || c.unset == 0 {
		return
	}
	fields := map[string]*commonpb.Payload{}
	for name, payload := range c.Event.GetUpsertWorkflowSearchAttributesEventAttributes().GetSearchAttributes().GetIndexedFields() {
		if payload.GetData() == nil {
			fields[name] = payload
		}
	}
	if len(fields) != c.unset {
		return
	}
	maps.Copy(fields, now.GetSearchAttributes().GetIndexedFields())
	now.SearchAttributes = &commonpb.SearchAttributes{IndexedFields: fields}
	c.unset = 0
}
