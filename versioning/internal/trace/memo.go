package trace

import (
	"reflect"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
)

// memoOf encodes the memo of the current call once more: the SDK has encoded its
// values in no order. In executions that an older SDK has begun it did so with the
// default converter (GetWorkflowMemo in internal/internal_workflow_client.go), and
// then the recorder has heard nothing.
func (r *Recorder) memoOf(memo map[string]any) (encoded EncodedMemo) {
	if len(memo) == 0 {
		return EncodedMemo{}
	}
	defer func() {
		if recover() != nil {
			encoded = EncodedMemo{failed: true}
		}
	}()
	r.mu.Lock()
	by := r.heard.single
	r.mu.Unlock()
	by = converter.MakeTransferAware(by)
	fields, types := map[string]*commonpb.Payload{}, map[string]reflect.Type{}
	for key, value := range memo {
		payload, err := by.ToPayload(value)
		if err != nil {
			return EncodedMemo{failed: true}
		}
		fields[key], types[key] = payload, reflect.TypeOf(value)
	}
	return EncodedMemo{memo: &commonpb.Memo{Fields: fields}, By: by, Types: types}
}
