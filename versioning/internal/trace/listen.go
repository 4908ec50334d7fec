package trace

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/workflow"
)

// heard is what the SDK has encoded during a call.
type heard struct {
	// payloads are the arguments, and Encoded is what has encoded them: a converter can
	// need the context that it has been given.
	payloads *commonpb.Payloads
	Encoded
	// single is what has encoded values one by one: those of memos.
	single converter.DataConverter
}

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

func typesOf(values []any) []reflect.Type {
	types := make([]reflect.Type, len(values))
	for i, value := range values {
		types[i] = reflect.TypeOf(value)
	}
	return types
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

// listener reads from the SDK's log which ID the command of a call got
// (workflowEnvironmentImpl in internal/internal_event_handlers.go). What the SDK
// logs for a Workflow Task goes to a logger that it has made with the run ID.
type listener struct {
	recorder *Recorder
	next     sdklog.Logger
	ofTask   bool
}

func (l *listener) With(keyvals ...any) sdklog.Logger {
	ofTask := l.ofTask
	for i := 0; i < len(keyvals); i += 2 {
		ofTask = ofTask || keyvals[i] == "RunID"
	}
	next := l.next
	if !ofTask || l.recorder.loud {
		next = sdklog.With(l.next, keyvals...)
	}
	return &listener{l.recorder, next, ofTask}
}

func (l *listener) WithCallerSkip(depth int) sdklog.Logger {
	return &listener{l.recorder, sdklog.Skip(l.next, depth), l.ofTask}
}

func (l *listener) passes() bool { return !l.ofTask || l.recorder.loud }

func (l *listener) Debug(msg string, keyvals ...any) {
	if l.ofTask {
		l.recorder.logged(msg, keyvals)
	}
	if l.passes() {
		l.next.Debug(msg, keyvals...)
	}
}

func (l *listener) Info(msg string, keyvals ...any) {
	if l.passes() {
		l.next.Info(msg, keyvals...)
	}
}

func (l *listener) Warn(msg string, keyvals ...any) {
	if l.passes() {
		l.next.Warn(msg, keyvals...)
	}
}

func (l *listener) Error(msg string, keyvals ...any) {
	if l.passes() {
		l.next.Error(msg, keyvals...)
	}
}

// idKeys are the keys of the IDs in what the SDK logs about a command.
var idKeys = map[string]string{
	"ExecuteActivity":         "ActivityID",
	"NewTimer":                "TimerID",
	"ExecuteChildWorkflow":    "ChildWorkflowID",
	"SideEffect Marker added": "SideEffectID",
	"ScheduleNexusOperation":  "",
	"RequestCancelActivity":   "ActivityID",
	"RequestCancelTimer":      "TimerID",
}

func (r *Recorder) logged(msg string, keyvals []any) {
	key, known := idKeys[msg]
	if !known {
		return
	}
	var id string
	for i := 0; i+1 < len(keyvals); i += 2 {
		if keyvals[i] == key {
			id = fmt.Sprint(keyvals[i+1])
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case strings.HasPrefix(msg, "RequestCancel"):
		r.canceled[msg+" "+strings.Trim(id, "{}")] = true // the ID is in a struct of its own
	case r.current != nil:
		r.current.ID, r.current.Made = id, true
	}
}
