package workflows_test

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
)

// texts reads a file without any package of this module: what stands in payloads and messages, and
// what stands elsewhere.
type texts struct {
	converter converter.DataConverter
	// data are the texts of at least four bytes in payloads that are not the SDK's own, and the
	// messages of failures, by event.
	data map[int64]map[string]bool
	// events is all text of each event; 0 has what is beside them.
	events map[int64]string
	// names is all text that is no data, and here is all text of an event.
	names, here strings.Builder
	event       int64
}

func readTexts(t *testing.T, data []byte, dc converter.DataConverter) *texts {
	var file struct {
		Replaymatrix json.RawMessage
		Events       []map[string]any
	}
	require.NoError(t, json.Unmarshal(data, &file))
	x := &texts{converter: dc, data: map[int64]map[string]bool{},
		events: map[int64]string{0: string(file.Replaymatrix)}}
	for i, event := range file.Events {
		x.here.Reset()
		x.event = int64(i + 1)
		x.data[x.event] = map[string]bool{}
		for key, value := range event {
			x.value(key, value, false)
		}
		x.events[x.event] = x.here.String()
	}
	return x
}

func (x *texts) values() map[string]bool {
	all := map[string]bool{}
	for _, data := range x.data {
		maps.Copy(all, data)
	}
	return all
}

func (x *texts) value(key string, value any, own bool) {
	switch v := value.(type) {
	case map[string]any:
		if _, ok := v["metadata"].(map[string]any); ok {
			x.payload(v, own || strings.HasPrefix(key, "Temporal"))
			return
		}
		marker, _ := v["markerName"].(string)
		for k, inner := range v {
			x.name(k)
			if details, ok := inner.(map[string]any); ok && k == "details" && marker != "" {
				for name, detail := range details {
					if payloads, _ := detail.(map[string]any)["payloads"].([]any); name == "data" &&
						marker == "MutableSideEffect" {
						x.value(name, payloads[0], true)
						x.value(name, payloads[1], false)
						continue
					}
					x.value(name, detail, marker == "Version" || name == "side-effect-id" ||
						name == "mutable-side-effect-call-counter" || marker == "LocalActivity" && name == "data")
				}
				continue
			}
			x.value(k, inner, own)
		}
	case []any:
		for _, inner := range v {
			x.value(key, inner, own)
		}
	case string:
		if fixed := v == "activity error" || v == "child workflow execution error" || v == "canceled" ||
			v == "Encoded failure" ||
			strings.HasPrefix(v, "activity ") && strings.HasSuffix(v, " timeout") ||
			v == "nexus operation completed unsuccessfully"; key == "message" && !fixed {
			x.text(v)
			return
		}
		if key == "eventTime" || strings.HasPrefix(v, "EVENT_TYPE") {
			return
		}
		x.name(v)
	}
}

func (x *texts) name(s string) {
	x.here.WriteString(s + "\n")
	x.names.WriteString(s + "\n")
}

func (x *texts) text(s string) {
	x.here.WriteString(s + "\n")
	if len(s) >= 4 {
		x.data[x.event][s] = true
	}
}

func (x *texts) payload(v map[string]any, own bool) {
	p := &commonpb.Payload{Metadata: map[string][]byte{}}
	for key, value := range v["metadata"].(map[string]any) {
		p.Metadata[key], _ = base64.StdEncoding.DecodeString(value.(string))
	}
	if data, ok := v["data"].(string); ok {
		p.Data, _ = base64.StdEncoding.DecodeString(data)
	}
	var inner converter.RawValue
	if x.converter != nil && x.converter.FromPayload(p, &inner) == nil {
		p = inner.Payload()
	}
	var value any
	switch err := json.Unmarshal(p.GetData(), &value); {
	case own:
		x.name(string(p.GetData()))
	case err != nil:
		x.text(string(p.GetData()))
	default:
		x.decoded(value)
	}
}

func (x *texts) decoded(value any) {
	switch v := value.(type) {
	case map[string]any:
		if _, ok := v["metadata"].(map[string]any); ok {
			x.payload(v, false)
			return
		}
		for key, inner := range v {
			x.name(key)
			x.decoded(inner)
		}
	case []any:
		for _, inner := range v {
			x.decoded(inner)
		}
	case string:
		if v == "Sleep" || v == "AwaitWithTimeout" {
			x.name(v) // the SDK's
			return
		}
		x.text(v)
	}
}
