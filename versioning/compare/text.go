package compare

import (
	"reflect"
	"strings"

	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/durationpb"

	commonpb "go.temporal.io/api/common/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
)

// text writes what was compared for people: as JSON, with payloads decoded.
func text(d payload.Decoder, v reflect.Value) string {
	if !v.IsValid() || !v.CanInterface() {
		return ""
	}
	return payload.JSON(plain(d, v.Interface()))
}

// plain makes values of what go-cmp has made of messages.
func plain(d payload.Decoder, value any) any {
	switch v := value.(type) {
	case protocmp.Enum:
		return v.String()
	case protocmp.Message:
		switch m := v.Unwrap().(type) {
		case *commonpb.Payload:
			return d.Value(m)
		case *durationpb.Duration:
			return m.AsDuration().String()
		}
		fields := map[string]any{}
		for name, field := range v {
			if !strings.HasPrefix(name, "@") {
				fields[events.JSONName(name)] = plain(d, field)
			}
		}
		return fields
	}
	switch v := reflect.ValueOf(value); {
	case v.Kind() == reflect.Map && v.Type().Key().Kind() == reflect.String:
		entries := map[string]any{}
		for iter := v.MapRange(); iter.Next(); {
			entries[iter.Key().String()] = plain(d, iter.Value().Interface())
		}
		return entries
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = plain(d, v.Index(i).Interface())
		}
		return list
	}
	return value
}
