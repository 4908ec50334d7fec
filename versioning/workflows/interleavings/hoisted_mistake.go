package interleavings

import (
	"fmt"

	"go.temporal.io/sdk/workflow"
)

// HoistedMistake is Moved with all its GetVersion calls gathered at the top, where
// "tax-in-quote" is now asked before the stock is reserved and not after. Orders
// that hold its version have it in a later workflow task. Moved is right.
func HoistedMistake(ctx workflow.Context, in Order) (Status, error) {
	o, err := begin(ctx, in)
	if err != nil {
		return o.Status, err
	}
	if !in.Paid {
		// The mistake: asked before orders of Pair had asked for it.
		tax := workflow.GetVersion(ctx, "tax-in-quote", workflow.DefaultVersion, 1)
		quote, invoice := Quote, InvoiceAddingTax
		if tax >= 1 {
			quote, invoice = QuoteWithTax, Invoice
		}
		late := workflow.GetVersion(ctx, "reserve-after-payment", workflow.DefaultVersion, 1)
		if late == workflow.DefaultVersion {
			if err := o.reserve(ctx); err != nil {
				return o.Status, err
			}
		}
		if err := o.quote(ctx, quote); err != nil {
			return o.Status, err
		}
		paid, err := o.awaitPayment(ctx)
		if err != nil || !paid {
			return o.Status, err
		}
		if late >= 1 {
			if err := o.reserve(ctx); err != nil {
				return o.Status, err
			}
		}
		if err := o.invoice(ctx, invoice); err != nil {
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
