package edits

import (
	"errors"
	"time"

	"go.temporal.io/sdk/workflow"
)

// parcels ships to several cities side by side. It has not shipped to as many in versions before.
func (e edit) parcels(ctx workflow.Context) (err error) {
	cities := []string{"London", "Paris", "Berlin", "Athens"}
	switch workflow.GetVersion(ctx, "cities", workflow.DefaultVersion, e.upTo(2)) { // edit: parcels-older
	case workflow.DefaultVersion:
		cities = cities[:1]
	case 1:
		cities = cities[:2]
	}
	var shipped []workflow.Future
	for _, city := range cities {
		shipped = append(shipped, workflow.ExecuteActivity(ctx, Ship, city))
	}
	for _, one := range shipped {
		err = errors.Join(err, one.Get(ctx, nil))
	}
	return err
}

// trip holds a seat until it is confirmed, and ships the tickets then. It leaves its timer running.
func (e edit) trip(ctx workflow.Context) error {
	reminding, forget := workflow.WithCancel(ctx)
	holding, release := workflow.WithCancel(ctx)
	var paid workflow.Future
	if e == "swaps" || e == "reorders" {
		paid = workflow.ExecuteActivity(ctx, Charge, 100) // edit: trip-swaps
	}
	if e == "reorders" {
		workflow.ExecuteActivity(holding, Ship, "seat")
	}
	if e != "swaps" {
		note(ctx, "booked")
	}
	workflow.NewTimer(reminding, 48*time.Hour)
	if e != "reorders" {
		workflow.ExecuteActivity(holding, Ship, "seat")
	}
	luggage := parcel(ctx, "luggage", "suitcase")
	if e == "sequential" {
		if err := luggage.GetChildWorkflowExecution().Get(ctx, nil); err != nil {
			return err
		}
	}
	if e == "swaps" {
		note(ctx, "booked")
	} else if e != "reorders" {
		paid = workflow.ExecuteActivity(ctx, Charge, 100) // edit: trip-sequential
	}
	var tickets workflow.Future
	if e == "parallel" {
		tickets = workflow.ExecuteActivity(ctx, Ship, "tickets") // edit: trip-parallel
	}
	err := errors.Join(luggage.GetChildWorkflowExecution().Get(ctx, nil), paid.Get(ctx, nil))
	confirmed := "confirmed"
	if e == "renames" {
		confirmed = "accepted"
	}
	workflow.GetSignalChannel(ctx, confirmed).Receive(ctx, nil) // edit: trip-renames
	if e != "keeps" {
		release()
	}
	if e == "cancels" {
		forget() // edit: trip-cancels
	}
	if e != "parallel" {
		tickets = workflow.ExecuteActivity(ctx, Ship, "tickets")
	}
	return errors.Join(err, tickets.Get(ctx, nil))
}

// upTo is the highest version that the code knows, where the base knows that one.
func (e edit) upTo(version workflow.Version) workflow.Version {
	if e == "older" {
		return version - 1
	}
	return version
}

func note(ctx workflow.Context, state string) {
	_ = workflow.UpsertMemo(ctx, map[string]any{"state": state})
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
		workflow.SideEffect(ctx, func(workflow.Context) any { return 7 })
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
	if workflow.GetVersion(ctx, "voucher", workflow.DefaultVersion, e.upTo(1)) == workflow.DefaultVersion { // edit: offer-older
		return err
	}
	if e != "parallel" {
		sent = workflow.ExecuteActivity(ctx, Ship, "voucher")
	}
	err = errors.Join(err, sent.Get(ctx, nil))
	if e == "handler-later" {
		return errors.Join(err, charge(ctx, -percent).Get(ctx, nil))
	}
	return err
}
