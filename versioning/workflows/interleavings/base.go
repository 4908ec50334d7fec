package interleavings

import "go.temporal.io/sdk/workflow"

// Base is the workflow before all changes: it knows no GetVersion.
func Base(ctx workflow.Context, in Order) (Status, error) {
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
		if err := o.ship(ctx, n); err != nil {
			return o.Status, err
		}
	}
	return o.end(ctx)
}
