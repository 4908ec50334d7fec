package observer

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/workflow"
)

// maxAnswer is the greatest length of an Answer.Value in bytes.
const maxAnswer = 4096

// ask makes a coroutine that calls the query handlers when the SDK takes the
// workflow down after the replay. The SDK ends coroutines one by one, the first
// one first, and lets their deferred functions run (dispatcherImpl.Close in
// internal/internal_workflow.go). This one begins before the workflow's own and
// does nothing until then, so the handlers see the state that a live worker
// would keep, and no deferred function changes it meanwhile. Only the handler of
// an update that is in the middle of its work is ended before.
func (out *observedOutbound) ask(ctx workflow.Context) {
	o := out.observer
	if o.answered != nil {
		return // a coroutine of the workflow's own has the name of the first one
	}
	done := make(chan struct{})
	o.answered = done
	out.Next.Go(ctx, "query handlers", func(ctx workflow.Context) {
		defer close(done)
		defer func() {
			var handlers []queryHandler
			o.note(func(o *Observer) { handlers = slices.Clone(o.handlers) })
			for _, h := range handlers {
				answer := h.call(o.converter)
				o.note(func(o *Observer) { o.answers = append(o.answers, answer) })
			}
		}()
		workflow.NewChannel(ctx).Receive(ctx, nil)
	})
}

// AwaitAnswers returns the answers to the queries after a replay. If a handler takes too long,
// AwaitAnswers returns the answers until then, and an Answer with an error for this handler.
func (o *Observer) AwaitAnswers() (answers []Answer) {
	if !o.Asking {
		return nil
	}
	o.await()
	o.note(func(o *Observer) {
		answers = slices.Clone(o.answers)
		for _, h := range o.handlers[len(answers):] {
			answers = append(answers, Answer{Query: h.query, Err: fmt.Sprintf("no answer within %v", handlerTime)})
			break // those after it were not asked
		}
	})
	slices.SortFunc(answers, func(a, b Answer) int { return strings.Compare(a.Query, b.Query) })
	return answers
}

// await returns when the handlers have answered or have had their time.
func (o *Observer) await() {
	timer := time.NewTimer(tick)
	defer timer.Stop()
	for p, since := (patience{}), time.Now(); ; since = time.Now() {
		select {
		case <-o.answered:
			return
		case <-timer.C:
		}
		answers := 0
		o.note(func(o *Observer) { answers = len(o.answers) })
		if p.over(time.Since(since), answers) {
			return
		}
		timer.Reset(tick)
	}
}

// noteHandler keeps the handler if it can be called without arguments. A second
// one for the same query replaces the first, as it does in the SDK.
func (o *Observer) noteHandler(query string, handler any) {
	function := reflect.ValueOf(handler)
	o.note(func(o *Observer) {
		o.handlers = slices.DeleteFunc(o.handlers, func(h queryHandler) bool { return h.query == query })
		if delete(o.takeArguments, query); function.Type().NumIn() == 0 {
			o.handlers = append(o.handlers, queryHandler{query, function})
			return
		}
		if o.takeArguments == nil {
			o.takeArguments = map[string]bool{}
		}
		o.takeArguments[query] = true
	})
}

// HasHandlers reports whether a query handler can be called without arguments.
func (o *Observer) HasHandlers() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.handlers) > 0
}

// Handled returns the names of the queries. without has the queries whose handlers can be called
// without arguments, and with has the other queries.
func (o *Observer) Handled() (without, with []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, h := range o.handlers {
		without = append(without, h.query)
	}
	for query := range o.takeArguments {
		with = append(with, query)
	}
	return without, with
}

// Queries returns the names of the queries that the code handles, sorted.
func (o *Observer) Queries() (names []string) {
	o.note(func(o *Observer) {
		names = slices.Collect(maps.Keys(o.takeArguments))
		for _, h := range o.handlers {
			names = append(names, h.query)
		}
	})
	slices.Sort(names)
	return names
}

func (h queryHandler) call(dc converter.DataConverter) (answer Answer) {
	answer.Query = h.query
	defer func() {
		if p := recover(); p != nil {
			answer.Err = firstLine(fmt.Sprintf("panic: %v", p))
		}
	}()
	// The SDK has checked that a handler returns a value and an error.
	results := h.function.Call(nil)
	if err, _ := results[1].Interface().(error); err != nil {
		answer.Err = firstLine(err.Error())
		return answer
	}
	if dc == nil {
		dc = converter.GetDefaultDataConverter()
	}
	payload, err := dc.ToPayload(results[0].Interface())
	if err != nil {
		answer.Err = firstLine(err.Error())
		return answer
	}
	answer.Value = dc.ToString(payload)
	if len(answer.Value) > maxAnswer {
		answer.Value = fmt.Sprintf(`"%d bytes, sha256 %x"`, len(answer.Value), sha256.Sum256([]byte(answer.Value)))
	}
	return answer
}

func (out *observedOutbound) SetQueryHandler(ctx workflow.Context, query string, handler any) error {
	err := out.Next.SetQueryHandler(ctx, query, handler)
	if err == nil {
		out.observer.noteHandler(query, handler)
	}
	return err
}

func (out *observedOutbound) SetQueryHandlerWithOptions(ctx workflow.Context, query string, handler any,
	options workflow.QueryHandlerOptions) error {
	err := out.Next.SetQueryHandlerWithOptions(ctx, query, handler, options)
	if err == nil {
		out.observer.noteHandler(query, handler)
	}
	return err
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
