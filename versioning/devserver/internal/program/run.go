package program

import (
	"errors"
	"fmt"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// again is the input of a run that was continued as new: it does not do so once more.
const again = "again"

// errReturn ends a block of steps without an error of the workflow.
var errReturn = errors.New("returns")

// A run is one execution of a Program by one Worker.
type run struct {
	program *Program
	input   string
	// last is the last value that the code got.
	last string
	// taken are all the values that the code got. The result has them, so that a value that differs
	// shows.
	taken []string
	// updates is the number of updates that are done.
	updates int
	// ended is the step that has ended the workflow function, nil if it got past its steps.
	ended *Step
}

// Run is the workflow function.
func (p *Program) Run(ctx workflow.Context, input string) (string, error) {
	r := &run{program: p, input: input, last: input}
	err := r.steps(ctx, p.Steps)
	if err != nil && !errors.Is(err, errReturn) {
		r.ends(ctx, Call{Does: Fails, Value: err.Error()})
		return "", err
	}
	result := strings.Join(r.taken, " ")
	r.ends(ctx, Call{Does: Completes, Value: result})
	return result, nil
}

// steps runs a block. An error of errReturn says that the block, and what is around it, is done.
func (r *run) steps(ctx workflow.Context, steps []Step) error {
	for i := range steps {
		if err := r.step(ctx, &steps[i]); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) step(ctx workflow.Context, s *Step) error {
	switch s.Kind {
	case Activity:
		r.get(s, r.activity(ctx, s, s.Name, r.value(s)))
	case LocalActivity:
		r.get(s, r.local(ctx, s))
	case Timer:
		r.called(ctx, s, Call{Does: StartsTimer, Value: s.Duration.String()})
		r.note("slept", workflow.Sleep(ctx, s.Duration))
	case Child:
		r.get(s, r.child(ctx, s, enumspb.PARENT_CLOSE_POLICY_TERMINATE))
	case Spawn:
		child := r.child(ctx, s, enumspb.PARENT_CLOSE_POLICY_ABANDON)
		r.note("spawned", child.future.(workflow.ChildWorkflowFuture).GetChildWorkflowExecution().Get(ctx, nil))
	case Receive:
		r.called(ctx, s, Call{Does: Asks, Name: s.Name})
		r.take(s, func(to any) { workflow.GetSignalChannel(ctx, s.Name).Receive(ctx, to) })
	case Drain:
		r.called(ctx, s, Call{Does: Asks, Name: s.Name})
		for received := true; received; {
			r.takeIf(s, func(to any) bool {
				received = workflow.GetSignalChannel(ctx, s.Name).ReceiveAsync(to)
				return received
			})
		}
	case Handle:
		return r.handle(ctx, s)
	case AwaitUpdates:
		r.called(ctx, s, Call{Does: Asks})
		r.note("updated", workflow.Await(ctx, func() bool { return r.updates >= s.Count }))
	case Select:
		return r.choose(ctx, s)
	case Fork:
		r.fork(ctx, s)
	case Cancelled:
		return r.cancelled(ctx, s)
	case SideEffect:
		r.called(ctx, s, Call{Does: CallsSideEffect, Value: s.Value})
		r.get(s, workflow.SideEffect(ctx, r.effect(s)))
	case MutableSideEffect:
		r.called(ctx, s, Call{Does: CallsMutableSideEffect, Name: s.Name, Value: s.Value})
		r.get(s, workflow.MutableSideEffect(ctx, s.Name, r.effect(s), func(a, b any) bool { return a == b }))
	case Version:
		r.called(ctx, s, Call{Does: AsksVersion, Name: s.Name, Option: fmt.Sprint(s.Min, s.Max)})
		v := int(workflow.GetVersion(ctx, s.Name, workflow.Version(s.Min), workflow.Version(s.Max)))
		return r.steps(ctx, s.Blocks[v-s.Min])
	case Upsert:
		r.called(ctx, s, Call{Does: Upserts, Value: r.value(s)})
		return workflow.UpsertTypedSearchAttributes(ctx, keyword.ValueSet(r.value(s)))
	case Memo:
		r.called(ctx, s, Call{Does: SetsMemo, Value: s.Name + "=" + r.value(s)})
		return workflow.UpsertMemo(ctx, map[string]any{s.Name: r.value(s)})
	case Repeat:
		for range s.Count {
			if err := r.steps(ctx, s.Blocks[0]); err != nil {
				return err
			}
		}
	case When:
		if r.last == s.Value {
			return r.steps(ctx, s.Blocks[0])
		}
		return r.steps(ctx, s.Blocks[1])
	case Notify:
		r.called(ctx, s, Call{Does: Signals, Name: s.Name, Value: r.value(s), Option: s.Target})
		err := workflow.SignalExternalWorkflow(ctx, s.Target, "", s.Name, r.value(s)).Get(ctx, nil)
		r.note("notified", err)
	case Return:
		r.taken = append(r.taken, s.Value)
		r.ended = s
		return errReturn
	case Fail:
		r.ended = s
		return temporal.NewNonRetryableApplicationError(s.Value, "Failed", nil)
	case ContinueAsNew:
		if r.input != again {
			r.ended = s
			return workflow.NewContinueAsNewError(ctx, Type, again)
		}
	default:
		panic(fmt.Sprintf("a program with a step of unknown kind %q", s.Kind))
	}
	return nil
}

// effect is the function of a side effect.
func (r *run) effect(s *Step) func(workflow.Context) any {
	return func(ctx workflow.Context) any {
		r.ran(ctx, s)
		return s.Value
	}
}

func (r *run) ran(ctx workflow.Context, s *Step) {
	if !workflow.IsReplaying(ctx) {
		r.program.tell(s.Kind)
	}
}

func (r *run) value(s *Step) string {
	if s.Value == Last {
		return r.last
	}
	return s.Value
}

// keyword is a search attribute that a new service has (customAttributes of the devserver).
var keyword = temporal.NewSearchAttributeKeyKeyword("CustomKeywordField")

// note notes what a wait without a value has come to.
func (r *run) note(what string, err error) {
	if err != nil {
		what = "not " + what
	}
	r.taken = append(r.taken, what)
}
