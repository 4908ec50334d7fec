package trace

import (
	"context"
	"reflect"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/internal/payload"
)

// decoded notes a decode. More than the pointer is looked at only if it has failed, or
// brings a signal to the code.
func (r *Recorder) decoded(dc converter.DataConverter, from any, pointers []any, err error) {
	d := decode{from: from, err: err, asked: len(pointers)}
	if err != nil {
		if TakenDown() {
			return // the SDK takes the workflow down
		}
		for _, p := range pointers {
			d.wanted = append(d.wanted, pointedAt(p))
		}
		d.item = failing(dc, from, pointers)
		d.place = here(r.interceptors)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.sealed {
		return
	}
	d.task = r.now()
	r.decodes = append(r.decodes, d)
	if s := r.signals.brought(from); s != nil {
		if s.taken == 0 {
			r.take(s)
		}
		if s.call.place == nil {
			s.call.place = here(r.interceptors)
		}
	}
}

func pointedAt(pointer any) reflect.Type {
	if t := reflect.TypeOf(pointer); t != nil && t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return reflect.TypeOf(pointer)
}

// failing is the place of the first payload that does not decode alone.
func failing(dc converter.DataConverter, from any, pointers []any) int {
	payloads, _ := from.(*commonpb.Payloads)
	for i, p := range payloads.GetPayloads() {
		if i >= len(pointers) {
			break
		}
		if t := pointedAt(pointers[i]); t == nil || !payload.Unpack(dc, p, reflect.New(t).Interface()) {
			return i
		}
	}
	return 0
}

// readingConverter notes what the SDK decodes, and nothing else.
type readingConverter struct {
	converter.DataConverter
	recorder *Recorder
}

func (c *readingConverter) FromPayloads(payloads *commonpb.Payloads, pointers ...any) (err error) {
	failed := true
	defer c.recorder.converted(&failed)
	err = c.DataConverter.FromPayloads(payloads, pointers...)
	failed = err != nil
	c.recorder.decoded(c.DataConverter, payloads, pointers, err)
	return err
}

func (c *readingConverter) FromPayload(payload *commonpb.Payload, pointer any) (err error) {
	failed := true
	defer c.recorder.converted(&failed)
	err = c.DataConverter.FromPayload(payload, pointer)
	failed = err != nil
	c.recorder.decoded(c.DataConverter, payload, []any{pointer}, err)
	return err
}

func (c *readingConverter) WithWorkflowContext(ctx workflow.Context) converter.DataConverter {
	if aware, ok := c.DataConverter.(workflow.ContextAware); ok {
		return &readingConverter{aware.WithWorkflowContext(ctx), c.recorder}
	}
	return c
}

func (c *readingConverter) WithContext(ctx context.Context) converter.DataConverter {
	if aware, ok := c.DataConverter.(workflow.ContextAware); ok {
		return &readingConverter{aware.WithContext(ctx), c.recorder}
	}
	return c
}

func (c *readingConverter) WithSerializationContext(ctx converter.SerializationContext) converter.DataConverter {
	if aware, ok := c.DataConverter.(converter.DataConverterWithSerializationContext); ok {
		return &readingConverter{aware.WithSerializationContext(ctx), c.recorder}
	}
	return c
}
