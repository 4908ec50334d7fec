package redact

import (
	"slices"

	commonpb "go.temporal.io/api/common/v1"
	failurepb "go.temporal.io/api/failure/v1"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// namesWithData are the fields that are names to Temporal and can hold data all the same, as reports call them.
var namesWithData = map[protoreflect.Name]string{
	"fairness_key": "fairness keys", "operation_token": "operation tokens of Nexus", "control": "the control field of older SDKs",
	"cron_schedule": "cron schedules",
}

// keysWithData are the same for the keys of maps, by the message that has the map.
var keysWithData = map[protoreflect.FullName]string{
	"temporal.api.common.v1.Memo":             "keys of memos",
	"temporal.api.common.v1.Header":           "keys of headers",
	"temporal.api.common.v1.SearchAttributes": "keys of search attributes",
}

// ofSDK are the keys and values that every SDK writes, which say nothing of anybody.
var ofSDK = map[string]bool{"encoding": true, "messageType": true, "type": true, "GoSDK": true}

// namesIn are the kinds of names in the history that can hold data, sorted. TestNames has one of each.
func namesIn(h *historypb.History) []string {
	found := map[string]bool{}
	for _, e := range h.GetEvents() {
		namesOf(e.ProtoReflect(), found)
	}
	var list []string
	for kind := range found {
		list = append(list, kind)
	}
	slices.Sort(list)
	return list
}

func namesOf(m protoreflect.Message, found map[string]bool) {
	switch v := m.Interface().(type) {
	case *failurepb.Failure:
		if v.GetSource() != "" && !ofSDK[v.GetSource()] {
			found["sources of failures"] = true
		}
	case *failurepb.ApplicationFailureInfo:
		if v.GetType() != "" {
			found["types of failures"] = true
		}
	case *commonpb.Payload:
		for key := range v.GetMetadata() {
			if !ofSDK[key] {
				found["keys of the metadata of payloads"] = true
			}
		}
	case *historypb.MarkerRecordedEventAttributes:
		for key := range v.GetDetails() {
			if !own[v.GetMarkerName()][key] {
				found["keys of the details of markers"] = true
			}
		}
	}
	m.Range(func(fd protoreflect.FieldDescriptor, value protoreflect.Value) bool {
		if kind := namesWithData[fd.Name()]; kind != "" && fd.Kind() == protoreflect.StringKind {
			found[kind] = true
		}
		if kind := keysWithData[m.Descriptor().FullName()]; kind != "" && fd.IsMap() && value.Map().Len() > 0 {
			found[kind] = true
		}
		switch {
		case fd.IsMap() && fd.MapValue().Message() != nil:
			value.Map().Range(func(_ protoreflect.MapKey, inner protoreflect.Value) bool {
				namesOf(inner.Message(), found)
				return true
			})
		case fd.IsList() && fd.Message() != nil:
			for i := range value.List().Len() {
				namesOf(value.List().Get(i).Message(), found)
			}
		case fd.Message() != nil && !fd.IsMap():
			namesOf(value.Message(), found)
		}
		return true
	})
}
