package interleavings

import (
	"fmt"

	"go.temporal.io/sdk/workflow"
)

// Moved reserves the stock after the payment: one change ID, obeyed at both
// places. "tax-in-quote" is asked where Pair asks for it.
func Moved(ctx workflow.Context, in Order) (Status, error) {
	o, err := begin(ctx, in)
	if err != nil {
		return o.Status, err
	}
	if !in.Paid {
		late := workflow.GetVersion(ctx, "reserve-after-payment", workflow.DefaultVersion, 1)
		if late == workflow.DefaultVersion {
			if err := o.reserve(ctx); err != nil {
				return o.Status, err
			}
		}
		tax := workflow.GetVersion(ctx, "tax-in-quote", workflow.DefaultVersion, 1)
		quote, invoice := Quote, InvoiceAddingTax
		if tax >= 1 {
			quote, invoice = QuoteWithTax, Invoice
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
