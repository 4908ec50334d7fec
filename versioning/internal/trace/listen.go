package trace

import (
	"context"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"
)

// listeningConverter notes what the SDK encodes: the arguments are then those
// that a command would hold, and nothing is encoded twice.
type listeningConverter struct {
	readingConverter
}

func (r *Recorder) listening(dc converter.DataConverter) converter.DataConverter {
	return &listeningConverter{readingConverter{dc, r}}
}

func (c *listeningConverter) ToPayloads(values ...any) (payloads *commonpb.Payloads, err error) {
	failed := true
	defer c.recorder.converted(&failed)
	payloads, err = c.DataConverter.ToPayloads(values...)
	if failed = err != nil; !failed {
		c.recorder.hear(payloads, c.DataConverter, values)
	}
	return payloads, err
}

func (c *listeningConverter) ToPayload(value any) (payload *commonpb.Payload, err error) {
	failed := true
	defer c.recorder.converted(&failed)
	payload, err = c.DataConverter.ToPayload(value)
	if failed = err != nil; !failed {
		c.recorder.hearSingle(payload, c.DataConverter, value)
	}
	return payload, err
}

// The SDK asks for these by type, and they leave a converter that does not have
// them as it is.

func (c *listeningConverter) WithWorkflowContext(ctx workflow.Context) converter.DataConverter {
	if aware, ok := c.DataConverter.(workflow.ContextAware); ok {
		return c.recorder.listening(aware.WithWorkflowContext(ctx))
	}
	return c
}

func (c *listeningConverter) WithContext(ctx context.Context) converter.DataConverter {
	if aware, ok := c.DataConverter.(workflow.ContextAware); ok {
		return c.recorder.listening(aware.WithContext(ctx))
	}
	return c
}

func (c *listeningConverter) WithSerializationContext(ctx converter.SerializationContext) converter.DataConverter {
	aware, ok := c.DataConverter.(converter.DataConverterWithSerializationContext)
	if !ok {
		return c
	}
	in := aware.WithSerializationContext(ctx)
	// The first one is that of the execution (newWorkflowExecutionEventHandler in
	// internal/internal_event_handlers.go).
	if _, ok := ctx.(converter.WorkflowSerializationContext); ok {
		c.recorder.mu.Lock()
		if c.recorder.ofWorkflow == nil {
			c.recorder.ofWorkflow = in
		}
		c.recorder.mu.Unlock()
	}
	return c.recorder.listening(in)
}

// hear takes what was encoded all at once: arguments, which come first, and results.
func (r *Recorder) hear(payloads *commonpb.Payloads, by converter.DataConverter, values []any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.current != nil:
		if r.heard.payloads == nil && r.current.Kind != NexusOperation {
			r.heard.payloads, r.heard.Encoded = payloads, Encoded{by, typesOf(values)}
		}
	case r.pending != nil:
		if !r.sealed {
			r.pending.setResult(payloads)
			r.pending.Encoded = Encoded{by, typesOf(values)}
		}
		r.pending = nil
	}
}

// hearSingle takes what was encoded alone: the argument of a Nexus Operation, and
// later on memos and summaries.
func (r *Recorder) hearSingle(payload *commonpb.Payload, by converter.DataConverter, value any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case r.current == nil:
	case r.heard.payloads == nil && r.current.Kind == NexusOperation:
		r.heard.payloads = &commonpb.Payloads{Payloads: []*commonpb.Payload{payload}}
		r.heard.Encoded = Encoded{by, typesOf([]any{value})}
	case r.heard.single == nil:
		r.heard.single = by
	}
}

// encode encodes what the SDK does not, nil if the converter cannot: it is not asked
// for that by a Worker either, so it may panic.
func (r *Recorder) encode(values []any) (payloads *commonpb.Payloads) {
	defer func() {
		if recover() != nil {
			payloads = nil
		}
	}()
	payloads, _ = converter.MakeTransferAware(r.workflowConverter()).ToPayloads(values...)
	return payloads
}
