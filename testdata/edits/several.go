package edits

import (
	"errors"
	"slices"
	"time"

	"go.temporal.io/sdk/workflow"
)

// parcels ships to several cities side by side.
func (e edit) parcels(ctx workflow.Context) error {
	cities := []string{"London", "Paris", "Berlin", "Athens"}
	if e == "reorders" {
		slices.Sort(cities)
	}
	cancellable, cancel := workflow.WithCancel(ctx)
	shipped := make([]workflow.Future, len(cities))
	first := workflow.NewSelector(ctx)
	for i, city := range cities {
		shipped[i] = workflow.ExecuteActivity(cancellable, Ship, city) // edit: parcels
		first.AddFuture(shipped[i], func(workflow.Future) {})
		if e == "sequential" {
			_ = shipped[i].Get(ctx, nil)
		}
	}
	if e == "cancels" {
		first.Select(ctx)
		cancel() // edit: parcels-cancels
		return nil
	}
	var err error
	for _, one := range shipped {
		err = errors.Join(err, one.Get(ctx, nil))
	}
	return err
}

// trip holds a seat until it is paid, and ships the tickets then. It leaves its timer running.
func (e edit) trip(ctx workflow.Context) error {
	reminding, forget := workflow.WithCancel(ctx)
	holding, release := workflow.WithCancel(ctx)
	var luggage workflow.ChildWorkflowFuture
	if e == "reorders" {
		luggage = parcel(ctx, "luggage", "suitcase")
	}
	if e != "moves" {
		note(ctx, "booked") // edit: trip-reorders
	}
	if e != "reorders" {
		workflow.NewTimer(reminding, 48*time.Hour) // edit: trip-moves
	}
	workflow.ExecuteActivity(holding, Ship, "seat")
	if e != "reorders" {
		luggage = parcel(ctx, "luggage", "suitcase")
	}
	if e == "sequential" {
		if err := luggage.GetChildWorkflowExecution().Get(ctx, nil); err != nil {
			return err
		}
	}
	paid := workflow.ExecuteActivity(ctx, Charge, 100) // edit: trip-sequential
	if e == "reorders" {
		workflow.NewTimer(reminding, 48*time.Hour)
	}
	if e == "moves" {
		note(ctx, "booked")
	}
	var tickets workflow.Future
	if e == "parallel" {
		tickets = workflow.ExecuteActivity(ctx, Ship, "tickets") // edit: trip-parallel
	}
	err := errors.Join(luggage.GetChildWorkflowExecution().Get(ctx, nil), paid.Get(ctx, nil))
	if e != "keeps" {
		release()
	}
	if e == "cancels" {
		forget() // edit: trip-cancels
	}
	if e != "parallel" {
		tickets = workflow.ExecuteActivity(ctx, Ship, "tickets") // edit: trip-keeps
	}
	return errors.Join(err, tickets.Get(ctx, nil))
}

func note(ctx workflow.Context, state string) {
	_ = workflow.UpsertMemo(ctx, map[string]any{"state": state}) // edit: note
}

// offer has a handler that draws a number, pays back with a timer behind that, and sends a voucher then.
func (e edit) offer(ctx workflow.Context) error {
	granted := false
	handler := func(ctx workflow.Context, percent int) (int, error) {
		defer func() { granted = true }()
		if e == "handler-at-once" {
			return percent, nil
		}
		return percent, e.grant(withOptions(ctx), percent)
	}
	if e != "handler-removed" {
		if err := workflow.SetUpdateHandler(ctx, e.update("offer"), handler); err != nil { // edit: offer
			return err
		}
	}
	if err := charge(ctx, 100).Get(ctx, nil); err != nil {
		return err
	}
	return workflow.Await(ctx, func() bool { return granted })
}

func (e edit) grant(ctx workflow.Context, percent int) error {
	draw := func() {
		workflow.SideEffect(ctx, func(workflow.Context) any { return 7 }) // edit: offer-draw
	}
	expiring, settle := workflow.WithCancel(ctx)
	if e == "reorders" {
		workflow.NewTimer(expiring, 48*time.Hour) // edit: offer-reorders
	}
	if e != "moves" && e != "reorders" {
		draw()
	}
	refunded := workflow.ExecuteActivity(ctx, Refund, percent) // edit: offer-moves
	if e == "moves" || e == "reorders" {
		draw()
	}
	if e == "sequential" {
		if err := refunded.Get(ctx, nil); err != nil {
			return err
		}
	}
	if e != "reorders" {
		workflow.NewTimer(expiring, 48*time.Hour) // edit: offer-sequential
	}
	var sent workflow.Future
	if e == "parallel" {
		sent = workflow.ExecuteActivity(ctx, Ship, "voucher") // edit: offer-parallel
	}
	err := refunded.Get(ctx, nil)
	if e != "keeps" {
		settle()
	}
	if e != "parallel" {
		sent = workflow.ExecuteActivity(ctx, Ship, "voucher") // edit: offer-keeps
	}
	err = errors.Join(err, sent.Get(ctx, nil))
	if e == "handler-later" {
		return errors.Join(err, charge(ctx, -percent).Get(ctx, nil))
	}
	return err
}
