package interleavings

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"go.temporal.io/sdk/workflow"
)

// ParcelsPerRun is how many parcels one run of the workflow ships before it
// continues as new.
const ParcelsPerRun = 2

// Order is the input of the workflow, and what a run hands to the one that it
// continues as.
type Order struct {
	Parcels      int
	Address      string
	PaymentLimit time.Duration
	// Paid and Shipped are what earlier runs have done.
	Paid    bool
	Shipped int
}

// Status is the result of the workflow, and what it answers to the query
// "status".
type Status struct {
	Address string `json:"address"`
	// Steps are what this run has done, in order: "reserve quote(100) pay".
	Steps string `json:"steps"`
}

// order is the state of a run. Its methods are the steps that all stages share;
// which of them happen when is what the stages differ in.
type order struct {
	Order
	Status Status
	price  int
}

// begin sets the handlers of the query "status" and of the update
// "change-address".
func begin(ctx workflow.Context, in Order) (*order, error) {
	o := &order{Order: in, Status: Status{Address: in.Address}}
	err := workflow.SetQueryHandler(ctx, "status", func() (Status, error) { return o.Status, nil })
	if err != nil {
		return o, err
	}
	changeAddress := func(_ workflow.Context, address string) error {
		o.Order.Address, o.Status.Address = address, address
		return nil
	}
	notEmpty := func(address string) error {
		if address == "" {
			return errors.New("the address is empty")
		}
		return nil
	}
	return o, workflow.SetUpdateHandlerWithOptions(ctx, "change-address", changeAddress,
		workflow.UpdateHandlerOptions{Validator: notEmpty})
}

func (o *order) reserve(ctx workflow.Context) error {
	return o.after(call(ctx, ReserveStock, o.Parcels, nil), "reserve")
}

// quote calls Quote or QuoteWithTax.
func (o *order) quote(ctx workflow.Context, activity any) error {
	err := call(ctx, activity, o.Parcels, &o.price)
	return o.after(err, fmt.Sprintf("quote(%d)", o.price))
}

// awaitPayment waits for the signal "paid", as long as the order's PaymentLimit.
func (o *order) awaitPayment(ctx workflow.Context) (bool, error) {
	limited, cancelTimer := workflow.WithCancel(ctx)
	defer cancelTimer()
	var err error
	workflow.NewSelector(ctx).
		AddFuture(workflow.NewTimer(limited, o.PaymentLimit), func(timer workflow.Future) {
			err = o.after(timer.Get(ctx, nil), "give-up")
		}).
		AddReceive(workflow.GetSignalChannel(ctx, "paid"), func(payments workflow.ReceiveChannel, _ bool) {
			payments.Receive(ctx, nil)
			o.Paid = true
			err = o.after(nil, "pay")
		}).
		Select(ctx)
	return o.Paid, err
}

func (o *order) checkFraud(ctx workflow.Context) error {
	return o.after(call(ctx, CheckFraud, o.price, nil), "check")
}

// invoice calls Invoice or InvoiceAddingTax.
func (o *order) invoice(ctx workflow.Context, activity any) error {
	var amount int
	err := call(ctx, activity, o.price, &amount)
	return o.after(err, fmt.Sprintf("invoice(%d)", amount))
}

// parcels are the numbers of those that this run ships.
func (o *order) parcels() (numbers []int) {
	for n := o.Shipped + 1; n <= min(o.Parcels, o.Shipped+ParcelsPerRun); n++ {
		numbers = append(numbers, n)
	}
	return numbers
}

func (o *order) insure(ctx workflow.Context, n int) error {
	return o.after(call(ctx, InsureParcel, n, nil), fmt.Sprintf("insure(%d)", n))
}

// ship sends parcel n and returns when it has arrived.
func (o *order) ship(ctx workflow.Context, n int) error {
	ctx = workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{
		WorkflowID: parcelID(workflow.GetInfo(ctx).WorkflowExecution.ID, n),
	})
	parcel := workflow.ExecuteChildWorkflow(ctx, Parcel, o.Order.Address)
	err := parcel.GetChildWorkflowExecution().Get(ctx, nil)
	if err := o.after(err, fmt.Sprintf("ship(%d)", n)); err != nil {
		return err
	}
	return parcel.Get(ctx, nil)
}

// end completes the workflow, or continues it as new if there are parcels left.
func (o *order) end(ctx workflow.Context) (Status, error) {
	rest := o.Order
	rest.Shipped += len(o.parcels())
	if rest.Shipped < rest.Parcels {
		return o.Status, workflow.NewContinueAsNewError(ctx, WorkflowType, rest)
	}
	return o.Status, nil
}

// after notes a step if it had no error.
func (o *order) after(err error, step string) error {
	if err == nil {
		o.Status.Steps = strings.TrimLeft(o.Status.Steps+" "+step, " ")
	}
	return err
}

func call(ctx workflow.Context, activity any, argument int, result any) error {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	return workflow.ExecuteActivity(ctx, activity, argument).Get(ctx, result)
}

func parcelID(orderID string, n int) string { return fmt.Sprintf("%s/parcel-%d", orderID, n) }
