package trace

import (
	"fmt"
	"iter"
	"strings"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/durationpb"

	commonpb "go.temporal.io/api/common/v1"
	failurepb "go.temporal.io/api/failure/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/sdk/converter"
)

// compare yields the path of each difference within a field of two messages, and
// the values before and after. Payloads are compared by what they hold, as far as
// the converter can read them.
func (d decoder) compare(f protoreflect.FieldDescriptor, recorded, now protoreflect.Message) iter.Seq2[string, [2]string] {
	return func(yield func(string, [2]string) bool) {
		a, b := recorded.Get(f), now.Get(f)
		if f.Message() == nil {
			yield("", [2]string{scalar(f, a), scalar(f, b)})
			return
		}
		r := &reporter{decoder: d}
		cmp.Equal(d.readable(orEmpty(a.Message())), d.readable(orEmpty(b.Message())), protocmp.Transform(),
			protocmp.FilterMessage(&commonpb.Payload{}, cmp.Transformer(payloadStep, func(m protocmp.Message) any {
				payload, _ := m.Unwrap().(*commonpb.Payload)
				return d.value(payload)
			})),
			protocmp.FilterMessage(&durationpb.Duration{}, cmp.Transformer("duration", func(m protocmp.Message) string {
				duration, _ := m.Unwrap().(*durationpb.Duration)
				return duration.AsDuration().String()
			})),
			protocmp.IgnoreFields(&taskqueuepb.TaskQueue{}, "kind", "normal_name"),
			protocmp.IgnoreFields(&failurepb.Failure{}, "stack_trace", "encoded_attributes"),
			cmp.Reporter(r))
		for _, found := range r.found {
			if !yield(found.path, found.values) {
				return
			}
		}
	}
}

// orEmpty returns the message, or an empty one where there is none: they mean the
// same, and what is missing is then told field by field.
func orEmpty(m protoreflect.Message) proto.Message {
	if !m.IsValid() {
		m = m.New()
	}
	return m.Interface()
}

// readable returns failures with what the workers have encoded of them decoded.
func (d decoder) readable(m proto.Message) proto.Message {
	failure, ok := m.(*failurepb.Failure)
	if !ok {
		return m
	}
	failure = proto.CloneOf(failure)
	for f := failure; f != nil; f = f.GetCause() {
		if f.GetEncodedAttributes() != nil {
			func() {
				defer func() { _ = recover() }()
				converter.DecodeCommonFailureAttributes(d.data(), f)
			}()
		}
	}
	return failure
}

const payloadStep = "payload"

type finding struct {
	path   string
	values [2]string
}

// reporter collects the leaves that differ.
type reporter struct {
	decoder
	path  cmp.Path
	found []finding
}

func (r *reporter) PushStep(step cmp.PathStep) { r.path = append(r.path, step) }
func (r *reporter) PopStep()                   { r.path = r.path[:len(r.path)-1] }

func (r *reporter) Report(result cmp.Result) {
	if result.Equal() {
		return
	}
	recorded, now := r.path.Last().Values()
	r.found = append(r.found, finding{pathText(r.path), [2]string{r.text(recorded), r.text(now)}})
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
				b.WriteString("." + camel(key))
			default:
				inMap = key != "payloads"
			}
		case cmp.SliceIndex:
			i, j := s.SplitKeys()
			fmt.Fprintf(&b, "[%d]", max(i, j))
		}
	}
	return b.String()
}

// camel spells the name of a field as the JSON of a history does.
func camel(name string) string {
	words := strings.Split(name, "_")
	for i, word := range words {
		if i > 0 && word != "" {
			words[i] = strings.ToUpper(word[:1]) + word[1:]
		}
	}
	return strings.Join(words, "")
}

func scalar(f protoreflect.FieldDescriptor, v protoreflect.Value) string {
	if f.Enum() != nil {
		if value := f.Enum().Values().ByNumber(v.Enum()); value != nil {
			return string(value.Name())
		}
	}
	return v.String()
}
