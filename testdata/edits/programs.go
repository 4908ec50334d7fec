package edits

import (
	"crypto/rand"
	"errors"
	"time"

	"go.temporal.io/sdk/workflow"
)

// edit is the name of the stage.
type edit string

// waiting is the state of a program that waits to be told to finish.
const waiting = "waiting"

// workflow runs the program, and waits to be told to finish.
func (e edit) workflow(ctx workflow.Context, program string) error {
	state := ""
	answer := func() (string, error) { return state, nil }
	if err := workflow.SetQueryHandler(ctx, "state", answer); err != nil { // edit: function
		return err
	}
	ctx = withOptions(ctx)
	state = "started"
	run := map[string]func(workflow.Context) error{
		"children": e.children, "child": e.child, "timers": e.timers, "activities": e.activities,
		"parallel": e.parallel, "sequence": e.sequence, "deadline": e.deadline, "draw": e.draw,
		"discount": e.discount, "versioned-discount": e.versionedDiscount, "payment": e.payment, "notify": e.notify,
		"reminder": e.reminder, "cancelled-reminder": e.cancelledReminder, "bargain": e.bargain,
		"parcels": e.parcels, "trip": e.trip, "offer": e.offer,
	}[program]
	if err := run(ctx); err != nil {
		return err
	}
	state = waiting
	workflow.GetSignalChannel(ctx, "finish").Receive(ctx, nil)
	return nil
}

// withOptions gives the context what calls of activities need. That of a handler has not got it from elsewhere.
func withOptions(ctx workflow.Context) workflow.Context {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	return workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: time.Minute})
}

func (e edit) children(ctx workflow.Context) error {
	first, second := "left", "right"
	if e == "swaps" {
		first, second = second, first
	}
	left := parcel(ctx, first, "books")
	if e == "sequential" {
		if err := left.GetChildWorkflowExecution().Get(ctx, nil); err != nil {
			return err
		}
	}
	right := parcel(ctx, second, "shoes")
	return errors.Join(left.GetChildWorkflowExecution().Get(ctx, nil), right.GetChildWorkflowExecution().Get(ctx, nil))
}

func (e edit) child(ctx workflow.Context) error {
	name := "left"
	switch e {
	case "renames":
		name = "parcel"
	case "draws":
		name = rand.Text()
	case "replaces":
		return workflow.ExecuteActivity(ctx, Ship, "home").Get(ctx, nil) // edit: child-replaces
	}
	return parcel(ctx, name, "books").GetChildWorkflowExecution().Get(ctx, nil)
}

func parcel(ctx workflow.Context, name, content string) workflow.ChildWorkflowFuture {
	ctx = workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{
		WorkflowID: workflow.GetInfo(ctx).WorkflowExecution.ID + "-" + name,
	})
	return workflow.ExecuteChildWorkflow(ctx, Parcel, content) // edit: parcel
}

func (e edit) timers(ctx workflow.Context) error {
	if e == "swaps" {
		workflow.NewTimer(ctx, 48*time.Hour) // edit: timers
		short := workflow.NewTimer(ctx, time.Millisecond)
		return errors.Join(short.Get(ctx, nil), charge(ctx, 100).Get(ctx, nil))
	}
	cancellable, cancel := workflow.WithCancel(ctx)
	short := workflow.NewTimer(ctx, time.Millisecond)
	if e == "sequential" {
		if err := short.Get(ctx, nil); err != nil {
			return err
		}
	}
	workflow.NewTimer(cancellable, 48*time.Hour) // edit: timers-sequential
	if e == "parallel" {
		charged := workflow.ExecuteActivity(ctx, Charge, 100) // edit: timers-parallel
		return errors.Join(short.Get(ctx, nil), charged.Get(ctx, nil))
	}
	err := short.Get(ctx, nil)
	if e == "cancels" {
		cancel() // edit: timers-cancels
	}
	return errors.Join(err, charge(ctx, 100).Get(ctx, nil))
}

func (e edit) activities(ctx workflow.Context) error {
	if e == "swaps" {
		shipped := workflow.ExecuteActivity(ctx, Ship, "home") // edit: activities
		charged := workflow.ExecuteActivity(ctx, Charge, 100)
		return errors.Join(charged.Get(ctx, nil), shipped.Get(ctx, nil))
	}
	amount := 100
	if e == "draws" {
		amount = int(rand.Text()[0])<<16 | int(rand.Text()[1])<<8 | int(rand.Text()[2])
	}
	charged := workflow.ExecuteActivity(ctx, Charge, amount) // edit: draws
	cancellable, cancel := workflow.WithCancel(ctx)
	shipped := workflow.ExecuteActivity(cancellable, Ship, "home")
	if e == "cancels" {
		err := charged.Get(ctx, nil)
		cancel() // edit: activities-cancels
		return err
	}
	return errors.Join(charged.Get(ctx, nil), shipped.Get(ctx, nil))
}

func (e edit) parallel(ctx workflow.Context) error {
	charged := workflow.ExecuteActivity(ctx, Charge, 100)
	if e == "sequential" {
		if err := charged.Get(ctx, nil); err != nil {
			return err
		}
	}
	shipped := workflow.ExecuteActivity(ctx, Ship, "home") // edit: sequential
	return errors.Join(charged.Get(ctx, nil), shipped.Get(ctx, nil))
}

func (e edit) sequence(ctx workflow.Context) error {
	if e == "replaces" {
		return errors.Join(
			workflow.Sleep(ctx, time.Hour), // edit: replaces
			workflow.ExecuteActivity(ctx, Ship, "home").Get(ctx, nil))
	}
	charged := workflow.ExecuteActivity(ctx, Charge, 100)
	if e != "parallel" {
		if err := charged.Get(ctx, nil); err != nil {
			return err
		}
	}
	shipped := workflow.ExecuteActivity(ctx, Ship, "home") // edit: parallel
	return errors.Join(charged.Get(ctx, nil), shipped.Get(ctx, nil))
}

func (e edit) deadline(ctx workflow.Context) error {
	if e == "reorders" {
		workflow.NewTimer(ctx, 48*time.Hour) // edit: reorders
		shipped := workflow.ExecuteActivity(ctx, Ship, "home")
		charged := workflow.ExecuteActivity(ctx, Charge, 100)
		return errors.Join(charged.Get(ctx, nil), shipped.Get(ctx, nil))
	}
	if e == "moves" {
		workflow.NewTimer(ctx, 48*time.Hour) // edit: deadline
	}
	charged := workflow.ExecuteActivity(ctx, Charge, 100)
	shipped := workflow.ExecuteActivity(ctx, Ship, "home")
	cancellable, cancel := workflow.WithCancel(ctx)
	if e != "moves" {
		workflow.NewTimer(cancellable, 48*time.Hour)
	}
	err := errors.Join(charged.Get(ctx, nil), shipped.Get(ctx, nil))
	if e == "cancels" {
		cancel() // edit: deadline-cancels
	}
	return err
}

func (e edit) draw(ctx workflow.Context) error {
	seven := func(workflow.Context) any { return 7 }
	switch e {
	case "replaces":
		if err := workflow.UpsertMemo(ctx, map[string]any{"number": 7}); err != nil { // edit: draw-replaces
			return err
		}
	case "moves":
		charged := charge(ctx, 100) // edit: draw
		workflow.SideEffect(ctx, seven)
		return charged.Get(ctx, nil)
	case "to-mutable":
		workflow.MutableSideEffect(ctx, "number", seven, func(a, b any) bool { return a == b }) // edit: to-mutable
	case "to-local":
		if err := workflow.ExecuteLocalActivity(ctx, Draw).Get(ctx, nil); err != nil { // edit: to-local
			return err
		}
	default:
		workflow.SideEffect(ctx, seven)
	}
	return charge(ctx, 100).Get(ctx, nil)
}

func (e edit) payment(ctx workflow.Context) error {
	name := "paid"
	if e == "renames" {
		name = "payment"
	}
	workflow.GetSignalChannel(ctx, name).Receive(ctx, nil) // edit: payment
	if e == "replaces" {
		return workflow.SignalExternalWorkflow(ctx, "shipper", "", "ship", "home").Get(ctx, nil) // edit: payment-replaces
	}
	return workflow.ExecuteActivity(ctx, Ship, "home").Get(ctx, nil)
}

func (e edit) notify(ctx workflow.Context) error {
	name := "shipped"
	if e == "renames" {
		name = "sent"
	}
	if e == "replaces" {
		return workflow.ExecuteActivity(ctx, Ship, "note").Get(ctx, nil) // edit: notify-replaces
	}
	var at any
	if e == "draws" {
		at = time.Now()
	}
	_ = workflow.SignalExternalWorkflow(ctx, "nobody", "", name, at).Get(ctx, nil) // edit: notify
	return nil
}

func charge(ctx workflow.Context, amount int) workflow.Future {
	return workflow.ExecuteActivity(ctx, Charge, amount) // edit: charge
}
