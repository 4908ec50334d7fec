package redact

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"
	"google.golang.org/protobuf/proto"
)

// FuzzPayload redacts payloads of all encodings: what can be read is of the shape that it was, each
// value is either another one or told of, and the result can be redacted again.
func FuzzPayload(f *testing.F) {
	for _, data := range []string{
		`"alice@example.com"`, `{"a":{"b":["x",1,-0.5,1e400,null,true]}}`, `{"2026-03-01":1,"2026-03-02":2,"4711":{}}`,
		`[[],{},""," "]`,
		`{"json":"{\"inner\":\"[\\\"deep\\\"]\"}"}`, `"\ud800 lone"`, `-9223372036854775808`,
		`123456789012345678901234567890`, `"10.0.0.1"`,
		"\xff\xfe", "plain text", `{"a":1,"a":2}`, `0`, `"+02:00"`, `"1h0m"`, `"http://u:p@h/%zz%20"`,
		`"2026-03-01T10:00:00.5+02:00"`, `"2026-13-41T99:99:99Z"`,
		`"東京"`, `"é"`, `1E5`, `0e5`, `-0`, `"::ffff:1.2.3.4"`, `"fe80::1%eth0"`, `{"":""}`, ` {"a" : 1 } `,
	} {
		for kind := range byte(5) {
			f.Add([]byte(data), kind)
		}
	}
	encodings := []string{"json/plain", "binary/plain", "json/protobuf", "binary/protobuf", "binary/encrypted"}
	f.Fuzz(func(t *testing.T, data []byte, kind byte) {
		p := &commonpb.Payload{Metadata: map[string][]byte{
			"encoding": []byte(encodings[int(kind)%len(encodings)]), "messageType": []byte("google.protobuf.Struct"),
			"custom": []byte("of a user")}, Data: data}
		before := leavesOf(p)
		m := newMapper([]byte("salt"), before)
		for _, change := range []func(leaf) string{m.replace, func(l leaf) string {
			if now, ok := m.part(l); ok {
				return now
			}
			return l.value
		}} {
			redacted := proto.CloneOf(p)
			i := 0
			(&walker{visit: func(l leaf) string {
				if l.class == name {
					return l.value
				}
				require.Equal(t, before[i], l, "the leaves come in the same order each time")
				i++
				return change(l)
			}}).payload(redacted)
			if json.Valid(data) && strings.HasPrefix(string(p.GetMetadata()["encoding"]), "json/plain") {
				require.True(t, json.Valid(redacted.GetData()), "%s", redacted.GetData())
				require.Equal(t, skeleton(t, data), skeleton(t, redacted.GetData()), "%s", redacted.GetData())
				require.Len(t, leavesOf(redacted), len(before), "%s", redacted.GetData())
			}
		}
		for _, l := range before {
			if now := m.replace(l); len(l.value) >= 12 && strings.Contains(now, l.value) {
				require.Equal(t, l.value, now, "%s is told of where it is the same, and must not be within another one",
					l.path)
			}
		}
	})
}

func leavesOf(p *commonpb.Payload) (leaves []leaf) {
	(&walker{visit: func(l leaf) string {
		if l.class != name {
			leaves = append(leaves, l)
		}
		return l.value
	}}).payload(proto.CloneOf(p))
	return leaves
}

// skeleton is JSON without its values and keys.
func skeleton(t *testing.T, data []byte) string {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var b strings.Builder
	for {
		token, err := decoder.Token()
		if err != nil {
			return b.String()
		}
		switch v := token.(type) {
		case json.Delim, bool, nil:
			fmt.Fprint(&b, v)
		case string:
			b.WriteString(map[bool]string{true: "s", false: "e"}[v != ""])
		default:
			b.WriteByte('n')
		}
	}
}
