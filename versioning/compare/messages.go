package compare

import (
	"fmt"
	"iter"
	"reflect"
	"strings"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/durationpb"

	commonpb "go.temporal.io/api/common/v1"
	failurepb "go.temporal.io/api/failure/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
)

// compareField yields the path of each difference within a field of two messages, and
// the values before and after. Payloads are compared by what they hold, as far as
// the converter can read them.
func compareField(d payload.Decoder, f protoreflect.FieldDescriptor, recorded,
	now protoreflect.Message) iter.Seq2[string, [2]string] {
	return func(yield func(string, [2]string) bool) {
		a, b := recorded.Get(f), now.Get(f)
		if f.Message() == nil {
			yield("", [2]string{scalar(f, a), scalar(f, b)})
			return
		}
		r := &reporter{Decoder: d}
		r.messages(orEmpty(a.Message()), orEmpty(b.Message()))
		for _, found := range r.found {
			if !yield(found.path, found.values) {
				return
			}
		}
	}
}

// messages compares arguments by their places: cmp would take the second one for
// the first one if the first is gone.
func (r *reporter) messages(recorded, now proto.Message) {
	a, isPayloads := recorded.(*commonpb.Payloads)
	b, _ := now.(*commonpb.Payloads)
	if !isPayloads {
		r.equal(r.Readable(recorded), r.Readable(now))
		return
	}
	for i := range max(len(a.GetPayloads()), len(b.GetPayloads())) {
		r.prefix = fmt.Sprintf("[%d]", i)
		switch {
		case i >= len(a.GetPayloads()):
			r.add("", "", payload.JSONOrNull(r.Value(b.GetPayloads()[i])))
		case i >= len(b.GetPayloads()):
			r.add("", payload.JSONOrNull((r.Value(a.GetPayloads()[i]))), "")
		default:
			r.equal(a.GetPayloads()[i], b.GetPayloads()[i])
		}
	}
}

func (r *reporter) equal(recorded, now proto.Message) {
	cmp.Equal(recorded, now, protocmp.Transform(),
		protocmp.FilterMessage(&commonpb.Payload{}, cmp.Transformer(payloadStep, func(m protocmp.Message) any {
			payload, _ := m.Unwrap().(*commonpb.Payload)
			return r.Value(payload)
		})),
		protocmp.FilterMessage(&durationpb.Duration{}, cmp.Transformer("duration", func(m protocmp.Message) string {
			duration, _ := m.Unwrap().(*durationpb.Duration)
			return duration.AsDuration().String()
		})),
		protocmp.IgnoreFields(&taskqueuepb.TaskQueue{}, "kind", "normal_name"),
		protocmp.IgnoreFields(&failurepb.Failure{}, "stack_trace", "encoded_attributes"),
		// A converter gives what it wants for a value of any type.
		cmp.Exporter(func(reflect.Type) bool { return true }),
		cmp.Reporter(r))
}

// orEmpty returns the message, or an empty one where there is none: they mean the
// same, and what is missing is then told field by field.
func orEmpty(m protoreflect.Message) proto.Message {
	if !m.IsValid() {
		m = m.New()
	}
	return m.Interface()
}

const payloadStep = "payload"

type finding struct {
	path   string
	values [2]string
}

// reporter collects the leaves that differ.
type reporter struct {
	payload.Decoder
	prefix string
	path   cmp.Path
	found  []finding
}

func (r *reporter) PushStep(step cmp.PathStep) { r.path = append(r.path, step) }

func (r *reporter) PopStep() { r.path = r.path[:len(r.path)-1] }

func (r *reporter) Report(result cmp.Result) {
	if !result.Equal() {
		recorded, now := r.path.Last().Values()
		r.add(pathText(r.path), text(r.Decoder, recorded), text(r.Decoder, now))
	}
}

// add puts together what cmp takes for one value that is gone and another one
// that came in its place.
func (r *reporter) add(path, recorded, now string) {
	path = r.prefix + path
	if n := len(r.found); n > 0 && r.found[n-1].path == path {
		last := &r.found[n-1].values
		if last[1] == "" && recorded == "" {
			last[1] = now
			return
		}
		if last[0] == "" && now == "" {
			last[0] = recorded
			return
		}
	}
	r.found = append(r.found, finding{path, [2]string{recorded, now}})
}

// between are fields of messages that only hold others.
var between = map[string]bool{"payloads": true, "fields": true, "indexed_fields": true}

func pathText(path cmp.Path) string {
	var b strings.Builder
	decoded, inMap := false, false
	for _, step := range path {
		switch s := step.(type) {
		case cmp.Transform:
			decoded = decoded || s.Name() == payloadStep
		case cmp.MapIndex:
			switch key := fmt.Sprint(s.Key().Interface()); {
			case decoded || inMap:
				b.WriteString("." + key)
				inMap = false
			case !between[key]:
				b.WriteString("." + events.JSONName(key))
			default:
				inMap = key != "payloads"
			}
		case cmp.SliceIndex:
			i, j := s.SplitKeys()
			fmt.Fprintf(&b, "[%d]", max(i, j))
		case cmp.StructField:
			if decoded {
				b.WriteString("." + s.Name())
			}
		}
	}
	return b.String()
}

func scalar(f protoreflect.FieldDescriptor, v protoreflect.Value) string {
	if f.Enum() != nil {
		if value := f.Enum().Values().ByNumber(v.Enum()); value != nil {
			return string(value.Name())
		}
	}
	return v.String()
}
