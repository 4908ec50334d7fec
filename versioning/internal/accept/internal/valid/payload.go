package valid

import (
	commonpb "go.temporal.io/api/common/v1"
)

// isNil reports whether the service takes a payload for none: common/payload/payload.go, isNilPayload.
func isNil(p *commonpb.Payload) bool {
	switch string(p.GetData()) {
	case "", "null", "[]":
		return true
	}
	return false
}

// Merged is MergeMapOfPayload of common/payload/payload.go.
func Merged(of, with map[string]*commonpb.Payload) map[string]*commonpb.Payload {
	result := map[string]*commonpb.Payload{}
	for name, payload := range of {
		result[name] = payload
	}
	for name, payload := range with {
		if isNil(payload) {
			delete(result, name)
		} else {
			result[name] = payload
		}
	}
	return result
}

// Memo is the memo without empty values, nil if none is left: FilterNilMemo.
func Memo(m *commonpb.Memo) *commonpb.Memo {
	if fields := Merged(nil, m.GetFields()); len(fields) > 0 {
		return &commonpb.Memo{Fields: fields}
	}
	return nil
}

// Attributes are the search attributes without empty values, nil if none is left:
// FilterNilSearchAttributes.
func Attributes(a *commonpb.SearchAttributes) *commonpb.SearchAttributes {
	if fields := Merged(nil, a.GetIndexedFields()); len(fields) > 0 {
		return &commonpb.SearchAttributes{IndexedFields: fields}
	}
	return nil
}
