package inert

import (
	"context"
	"reflect"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"
)

// Value is a recorded value on its way through the SDK, encoded as it is.
type Value struct{ payloads []*commonpb.Payload }

// Converter passes recorded values through the data converter unchanged: its encoding could not be
// taken back without the type. nil stands for the SDK's default converter.
func (g *Guard) Converter(dc converter.DataConverter) converter.DataConverter {
	if dc == nil {
		dc = converter.GetDefaultDataConverter()
	}
	return &passing{dc, g, ""}
}

type passing struct {
	converter.DataConverter
	guard *Guard
	// workflowID is that of the execution that the converter is for, empty if it is for all.
	workflowID string
}

func (p *passing) over(dc converter.DataConverter) *passing {
	return &passing{dc, p.guard, p.workflowID}
}

func (p *passing) ToPayload(value any) (*commonpb.Payload, error) {
	if v, ok := value.(Value); ok && len(v.payloads) > 0 {
		return proto.CloneOf(v.payloads[0]), nil
	}
	return p.DataConverter.ToPayload(value)
}

func (p *passing) ToPayloads(values ...any) (*commonpb.Payloads, error) {
	if len(values) == 1 {
		if v, ok := values[0].(Value); ok {
			return proto.CloneOf(&commonpb.Payloads{Payloads: v.payloads}), nil
		}
		if data := p.guard.markerData(p.workflowID, values[0]); data != nil {
			return proto.CloneOf(data), nil
		}
	}
	return p.DataConverter.ToPayloads(values...)
}

func (p *passing) FromPayload(from *commonpb.Payload, to any) error {
	if v, ok := to.(*Value); ok {
		v.payloads = []*commonpb.Payload{from}
		return nil
	}
	return p.noted(p.DataConverter.FromPayload(from, to), from)
}

func (p *passing) FromPayloads(from *commonpb.Payloads, to ...any) error {
	if len(to) == 1 {
		if v, ok := to[0].(*Value); ok {
			v.payloads = from.GetPayloads()
			return nil
		}
	}
	return p.noted(p.DataConverter.FromPayloads(from, to...), from.GetPayloads()...)
}

// noted notes the values if they did not decode, and returns the error.
func (p *passing) noted(err error, values ...*commonpb.Payload) error {
	if err != nil {
		p.guard.ofID(p.workflowID).note(func(n *Notes) { n.Undecoded = append(n.Undecoded, values...) })
	}
	return err
}

func (p *passing) WithSerializationContext(ctx converter.SerializationContext) converter.DataConverter {
	with := p.over(converter.WithDataConverterSerializationContext(p.DataConverter, ctx))
	if execution, ok := ctx.(converter.WorkflowSerializationContext); ok {
		with.workflowID = execution.WorkflowID
	}
	return with
}

func (p *passing) WithWorkflowContext(ctx workflow.Context) converter.DataConverter {
	if aware, ok := p.DataConverter.(workflow.ContextAware); ok {
		return p.over(aware.WithWorkflowContext(ctx))
	}
	return p
}

func (p *passing) WithContext(ctx context.Context) converter.DataConverter {
	if aware, ok := p.DataConverter.(workflow.ContextAware); ok {
		return p.over(aware.WithContext(ctx))
	}
	return p
}

// markerData returns the recorded data of the marker of a local activity for those that the SDK
// makes when the workflow gets the result (ProcessLocalActivityResult in its
// internal/internal_event_handlers.go). They have the time at which it ended, which is the time of
// the workflow from then on. Nil if there are none, or if the value is something else.
func (g *Guard) markerData(workflowID string, value any) *commonpb.Payloads {
	v := reflect.ValueOf(value)
	if v.Kind() != reflect.Struct || v.Type().Name() != "localActivityMarkerData" || g.Acts {
		return nil
	}
	id, activityType := v.FieldByName("ActivityID"), v.FieldByName("ActivityType")
	if id.Kind() != reflect.String || activityType.Kind() != reflect.String {
		return nil
	}
	run := g.ofID(workflowID)
	if run == nil {
		return nil
	}
	if local := run.ends(id.String(), activityType.String()); local != nil {
		return local.data
	}
	return nil
}
