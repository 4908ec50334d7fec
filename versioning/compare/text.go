package compare

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/durationpb"

	commonpb "go.temporal.io/api/common/v1"
)

// text writes what was compared for people: as JSON, with payloads decoded.
func (d decoder) text(v reflect.Value) string {
	if !v.IsValid() || !v.CanInterface() {
		return ""
	}
	return asJSON(d.plain(v.Interface()))
}

// plain makes values of what go-cmp has made of messages.
func (d decoder) plain(value any) any {
	switch v := value.(type) {
	case protocmp.Enum:
		return v.String()
	case protocmp.Message:
		switch m := v.Unwrap().(type) {
		case *commonpb.Payload:
			return d.value(m)
		case *durationpb.Duration:
			return m.AsDuration().String()
		}
		fields := map[string]any{}
		for name, field := range v {
			if !strings.HasPrefix(name, "@") {
				fields[camel(name)] = d.plain(field)
			}
		}
		return fields
	}
	switch v := reflect.ValueOf(value); {
	case v.Kind() == reflect.Map && v.Type().Key().Kind() == reflect.String:
		entries := map[string]any{}
		for iter := v.MapRange(); iter.Next(); {
			entries[iter.Key().String()] = d.plain(iter.Value().Interface())
		}
		return entries
	case v.Kind() == reflect.Slice && v.Type().Elem().Kind() != reflect.Uint8:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = d.plain(v.Index(i).Interface())
		}
		return list
	}
	return value
}

func asJSON(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case raw:
		encoding, data, _ := strings.Cut(string(v), "\x00")
		if !utf8.ValidString(data) {
			data = base64.StdEncoding.EncodeToString([]byte(data))
		}
		return fmt.Sprintf("%q (%s)", data, encoding)
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return fmt.Sprint(value)
	}
	return strings.TrimSpace(b.String())
}
