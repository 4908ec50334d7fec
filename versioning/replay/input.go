package replay

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"
)

// inputReader notes why the input of an execution does not decode into the parameters
// of its workflow function. The SDK decodes it before it calls any interceptor, and
// what it makes of the error is the failure of the execution (workflowExecutor.Execute
// in internal/internal_worker.go).
type inputReader struct {
	mu sync.Mutex
	// done is whether the workflow function was reached: what fails after that is not
	// the input.
	done bool
	// err is that of the converter, nil as long as nothing has failed.
	err error
	// value is the argument that failed, as far as it is readable, number its place,
	// counted from 1, and wanted the type of that parameter. number is 0 where only
	// the arguments together do not decode; wanted has all types then.
	value, encoding, wanted string
	number, parameters      int
}

// tell takes the first failure.
func (r *inputReader) tell(c converter.DataConverter, payloads *commonpb.Payloads, into []any, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.done || r.err != nil {
		return
	}
	r.err, r.parameters = err, len(into)
	var types []string
	for i, pointer := range into {
		t := reflect.TypeOf(pointer).Elem()
		types = append(types, t.String())
		if r.number > 0 || i >= len(payloads.GetPayloads()) {
			continue
		}
		payload := payloads.GetPayloads()[i]
		if single := c.FromPayload(payload, reflect.New(t).Interface()); single != nil {
			r.err, r.number, r.wanted = single, i+1, t.String()
			r.encoding, r.value = string(payload.GetMetadata()[converter.MetadataEncoding]), shown(payload)
		}
	}
	if r.number == 0 {
		r.wanted = strings.Join(types, ", ")
	}
}

func (r *inputReader) reached() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done = true
}

const failsForGood = "the execution is Failed in its first Workflow Task, for good"

// detail says what does not decode, what becomes of the execution, and what to do.
func (r *inputReader) detail() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	what := "the input"
	if r.number > 0 && r.parameters > 1 {
		what = fmt.Sprintf("argument %d of the input", r.number)
	}
	if errors.Is(r.err, converter.ErrEncodingIsNotSupported) || errors.Is(r.err, converter.ErrEncodingIsNotSet) || errors.Is(r.err, converter.ErrMetadataIsNotSet) {
		encoding := "no encoding"
		if r.encoding != "" {
			encoding = fmt.Sprintf("the encoding %q", r.encoding)
		}
		return fmt.Sprintf("%s has %s, which the data converter of this replay does not know: give it that of your Workers; if theirs is the same, %s", what, encoding, failsForGood)
	}
	if r.value != "" {
		what += " " + r.value
	}
	return fmt.Sprintf("%s does not decode into %s (%s): %s; let the new type read it, or register the new code under another workflow type",
		what, r.wanted, firstLine(r.err.Error()), failsForGood)
}

// shown is the payload for people, empty where it is not text.
func shown(p *commonpb.Payload) string {
	const most = 80
	if string(p.GetMetadata()[converter.MetadataEncoding]) != converter.MetadataEncodingJSON {
		return ""
	}
	text := []rune(strings.ToValidUTF8(firstLine(string(p.GetData())), "?"))
	if len(text) > most {
		return string(text[:most]) + "…"
	}
	return string(text)
}

// readingConverter tells the reader what does not decode.
type readingConverter struct {
	converter.DataConverter
	reader *inputReader
}

func (c *readingConverter) FromPayloads(payloads *commonpb.Payloads, into ...any) error {
	err := c.DataConverter.FromPayloads(payloads, into...)
	if err != nil {
		c.reader.tell(c.DataConverter, payloads, into, err)
	}
	return err
}

// The SDK asks for these by type, and leaves a converter as it is that does not have
// them.

func (c *readingConverter) WithWorkflowContext(ctx workflow.Context) converter.DataConverter {
	if aware, ok := c.DataConverter.(workflow.ContextAware); ok {
		return &readingConverter{aware.WithWorkflowContext(ctx), c.reader}
	}
	return c
}

func (c *readingConverter) WithContext(ctx context.Context) converter.DataConverter {
	if aware, ok := c.DataConverter.(workflow.ContextAware); ok {
		return &readingConverter{aware.WithContext(ctx), c.reader}
	}
	return c
}

func (c *readingConverter) WithSerializationContext(ctx converter.SerializationContext) converter.DataConverter {
	if aware, ok := c.DataConverter.(converter.DataConverterWithSerializationContext); ok {
		return &readingConverter{aware.WithSerializationContext(ctx), c.reader}
	}
	return c
}
