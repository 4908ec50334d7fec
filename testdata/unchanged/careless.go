package unchanged

import (
	"time"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// careless executes nothing: it is there for what a replay does not show, because it is still ahead, or
// because nobody is told of it.
var careless = versioning.Stage{
	Name: "careless",
	Doc: "Panics where an order is delivered, a basket is checked out or an import was seen; takes in other workflows " +
		"what executions were not started with.",
	Register: func(r worker.WorkflowRegistry) {
		r.RegisterWorkflowWithOptions(carelessOrder, workflow.RegisterOptions{Name: "Order"})
		r.RegisterWorkflowWithOptions(carelessBasket, workflow.RegisterOptions{Name: "Basket"})
		r.RegisterWorkflowWithOptions(carelessImport, workflow.RegisterOptions{Name: "Import"})
		r.RegisterWorkflowWithOptions(closingAfter, workflow.RegisterOptions{Name: "Closing"})
		r.RegisterWorkflowWithOptions(reportOf, workflow.RegisterOptions{Name: "Report"})
		r.RegisterWorkflowWithOptions(invoiceTo, workflow.RegisterOptions{Name: "Invoice"})
	},
	RegisterActivities: registerActivities,
}

// carelessOrder divides by the number of days that it took, which is 0 for a fast one.
func carelessOrder(ctx workflow.Context) (string, error) {
	began := workflow.Now(ctx)
	delivered, err := order(ctx, func() {})
	if err != nil {
		return "", err
	}
	days := int(workflow.Now(ctx).Sub(began) / (24 * time.Hour))
	return delivered, workflow.UpsertMemo(ctx, map[string]any{"cost per day": 100 / days})
}

// carelessBasket counts the items in a map that nobody has made.
func carelessBasket(ctx workflow.Context) (string, error) {
	state, err := answering(ctx)
	if err != nil {
		return "", err
	}
	var counts map[string]int
	for {
		checkout := false
		workflow.NewSelector(ctx).
			AddReceive(workflow.GetSignalChannel(ctx, "item"), func(c workflow.ReceiveChannel, _ bool) { c.Receive(ctx, state) }).
			AddReceive(workflow.GetSignalChannel(ctx, "checkout"), func(c workflow.ReceiveChannel, _ bool) {
				c.Receive(ctx, nil)
				checkout = true
			}).
			Select(ctx)
		if checkout {
			err := workflow.ExecuteLocalActivity(withOptions(ctx), Count, 500*time.Millisecond).Get(ctx, nil)
			if err != nil || workflow.GetSignalChannel(ctx, "item").Len() == 0 {
				counts[*state]++
				return *state, err
			}
		}
	}
}

// carelessImport looks at the first of the rows that it has imported, of which there are none.
func carelessImport(ctx workflow.Context) error {
	ctx = withOptions(ctx)
	if err := workflow.ExecuteLocalActivity(ctx, Count, 4*taskTimeout).Get(ctx, nil); err != nil {
		return err
	}
	var rows []string
	workflow.GetSignalChannel(ctx, "seen").Receive(ctx, &rows)
	return workflow.ExecuteActivity(ctx, Ship, rows[0]).Get(ctx, nil)
}

func closingAfter(ctx workflow.Context, _ time.Duration) error { return Closing(ctx) }

func reportOf(ctx workflow.Context, _ string) (string, error) { return Report(ctx) }

func invoiceTo(ctx workflow.Context, customer string, amount int) error { return Invoice(ctx) }
