package program

import (
	"strconv"

	"go.temporal.io/sdk/workflow"
)

// valued is what a value comes from: a future, or the value of a side effect.
type valued interface{ Get(to any) error }

// getter has a future as valued.
type getter struct {
	ctx    workflow.Context
	future workflow.Future
}

func (g getter) Get(to any) error { return g.future.Get(g.ctx, to) }

// get waits for a value and notes it. A failure is noted too: the code goes on.
func (r *run) get(s *Step, from valued) {
	text, err := decode(s, from.Get)
	if err != nil {
		text = "failed"
	}
	r.got(text)
}

func (r *run) got(text string) {
	r.last = text
	r.taken = append(r.taken, text)
}

// take receives a value. The SDK drops a signal that does not decode, and waits for the next one.
func (r *run) take(s *Step, receive func(to any)) {
	r.takeIf(s, func(to any) bool { receive(to); return true })
}

func (r *run) takeIf(s *Step, receive func(to any) bool) {
	var received bool
	text, _ := decode(s, func(to any) error { received = receive(to); return nil })
	if received {
		r.got(text)
	}
}

// decode reads a value into the Go type that the step wants.
func decode(s *Step, get func(to any) error) (string, error) {
	if s.Target == Decimal {
		var number int
		err := get(&number)
		return strconv.Itoa(number), err
	}
	var text string
	err := get(&text)
	return text, err
}
