package trace

import (
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/temporal"
)

// converters are those of the replayer, after all plugins.
type converters struct {
	converter converter.DataConverter
	// ofWorkflow is what the converter became for the execution.
	ofWorkflow converter.DataConverter
	failures   converter.FailureConverter
}

// workflowConverter is what the SDK encodes markers and memos with.
func (c converters) workflowConverter() converter.DataConverter {
	if c.ofWorkflow != nil {
		return c.ofWorkflow
	}
	return c.converter
}

// failureConverter is that of the workers. The SDK's default one has nothing to do
// with their data converter (ensureRequiredParams in internal/internal_worker.go).
func (c converters) failureConverter() converter.FailureConverter {
	if c.failures != nil {
		return c.failures
	}
	return temporal.GetDefaultFailureConverter()
}
