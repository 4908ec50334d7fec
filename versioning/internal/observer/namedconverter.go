package observer

import (
	"context"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// namedConverter gives a data converter the namespace in the contexts that it gets.
type namedConverter struct {
	converter.DataConverter
	namespace string
}

// namedConverters wrap converters that have a context, and leave others as they are.
func (o *Observer) namedConverters(data converter.DataConverter,
	failures converter.FailureConverter) (converter.DataConverter, converter.FailureConverter) {
	if o.Namespace == "" {
		return data, failures
	}
	if _, ok := data.(converter.DataConverterWithSerializationContext); ok {
		data = &namedConverter{data, o.Namespace}
	}
	if _, ok := failures.(converter.FailureConverterWithSerializationContext); ok {
		failures = &namedFailures{failures, o.Namespace}
	}
	return data, failures
}

func (c *namedConverter) WithSerializationContext(ctx converter.SerializationContext) converter.DataConverter {
	return &namedConverter{converter.WithDataConverterSerializationContext(c.DataConverter,
		namedContext(ctx, c.namespace)), c.namespace}
}

func (c *namedConverter) WithWorkflowContext(ctx workflow.Context) converter.DataConverter {
	if aware, ok := c.DataConverter.(workflow.ContextAware); ok {
		return &namedConverter{aware.WithWorkflowContext(ctx), c.namespace}
	}
	return c
}

func (c *namedConverter) WithContext(ctx context.Context) converter.DataConverter {
	if aware, ok := c.DataConverter.(workflow.ContextAware); ok {
		return &namedConverter{aware.WithContext(ctx), c.namespace}
	}
	return c
}

type namedFailures struct {
	converter.FailureConverter
	namespace string
}

func (c *namedFailures) WithSerializationContext(ctx converter.SerializationContext) converter.FailureConverter {
	return &namedFailures{converter.WithFailureConverterSerializationContext(c.FailureConverter,
		namedContext(ctx, c.namespace)), c.namespace}
}

// namedContext is the context with the namespace, where it has the replayer's.
func namedContext(ctx converter.SerializationContext, namespace string) converter.SerializationContext {
	switch c := ctx.(type) {
	case converter.WorkflowSerializationContext:
		if c.Namespace == trace.ReplayNamespace {
			c.Namespace = namespace
		}
		return c
	case converter.ActivitySerializationContext:
		if c.Namespace == trace.ReplayNamespace {
			c.Namespace = namespace
		}
		return c
	}
	return ctx
}
