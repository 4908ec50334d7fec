package inert

import (
	"context"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"
)

// Value is a recorded value on its way through the SDK, encoded as it is.
type Value struct{ payloads []*commonpb.Payload }

// Converter passes recorded values through the data converter unchanged: its encoding could not be
// taken back without the type. nil stands for the SDK's default converter.
func Converter(dc converter.DataConverter) converter.DataConverter {
	if dc == nil {
		dc = converter.GetDefaultDataConverter()
	}
	return &passing{dc}
}

type passing struct{ converter.DataConverter }

func (p *passing) ToPayload(value any) (*commonpb.Payload, error) {
	if v, ok := value.(Value); ok && len(v.payloads) > 0 {
		return v.payloads[0], nil
	}
	return p.DataConverter.ToPayload(value)
}

func (p *passing) ToPayloads(values ...any) (*commonpb.Payloads, error) {
	if len(values) == 1 {
		if v, ok := values[0].(Value); ok {
			return &commonpb.Payloads{Payloads: v.payloads}, nil
		}
	}
	return p.DataConverter.ToPayloads(values...)
}

func (p *passing) FromPayload(from *commonpb.Payload, to any) error {
	if v, ok := to.(*Value); ok {
		v.payloads = []*commonpb.Payload{from}
		return nil
	}
	return p.DataConverter.FromPayload(from, to)
}

func (p *passing) FromPayloads(from *commonpb.Payloads, to ...any) error {
	if len(to) == 1 {
		if v, ok := to[0].(*Value); ok {
			v.payloads = from.GetPayloads()
			return nil
		}
	}
	return p.DataConverter.FromPayloads(from, to...)
}

func (p *passing) WithSerializationContext(ctx converter.SerializationContext) converter.DataConverter {
	return &passing{converter.WithDataConverterSerializationContext(p.DataConverter, ctx)}
}

func (p *passing) WithWorkflowContext(ctx workflow.Context) converter.DataConverter {
	if aware, ok := p.DataConverter.(workflow.ContextAware); ok {
		return &passing{aware.WithWorkflowContext(ctx)}
	}
	return p
}

func (p *passing) WithContext(ctx context.Context) converter.DataConverter {
	if aware, ok := p.DataConverter.(workflow.ContextAware); ok {
		return &passing{aware.WithContext(ctx)}
	}
	return p
}
