package interleavings

import (
	"fmt"

	"go.temporal.io/sdk/workflow"
)

// Loop insures the parcels, and asks for a change ID of its own for each of them:
// an order that Base had begun to ship has its next parcel insured.
func Loop(ctx workflow.Context, in Order) (Status, error) {
	o, err := begin(ctx, in)
	if err != nil {
		return o.Status, err
	}
	if !in.Paid {
		if err := o.reserve(ctx); err != nil {
			return o.Status, err
		}
		if err := o.quote(ctx, Quote); err != nil {
			return o.Status, err
		}
		paid, err := o.awaitPayment(ctx)
		if err != nil || !paid {
			return o.Status, err
		}
		if err := o.invoice(ctx, InvoiceAddingTax); err != nil {
			return o.Status, err
		}
	}
	for _, n := range o.parcels() {
		changeID := fmt.Sprintf("insure-parcel-%d", n)
		if workflow.GetVersion(ctx, changeID, workflow.DefaultVersion, 1) >= 1 {
			if err := o.insure(ctx, n); err != nil {
				return o.Status, err
			}
		}
		if err := o.ship(ctx, n); err != nil {
			return o.Status, err
		}
	}
	return o.end(ctx)
}
