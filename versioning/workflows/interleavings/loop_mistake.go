package interleavings

import "go.temporal.io/sdk/workflow"

// LoopMistake insures the parcels, and asks for one change ID in every turn of
// the loop. The first answer holds for the whole run: an order that Base had
// begun to ship ships its other parcels without insurance. Loop is right.
func LoopMistake(ctx workflow.Context, in Order) (Status, error) {
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
		// The mistake: the same change ID in every turn.
		if workflow.GetVersion(ctx, "insure-parcel", workflow.DefaultVersion, 1) >= 1 {
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
