package interleavings

import (
	"fmt"

	"go.temporal.io/sdk/workflow"
)

// MovedMistake reserves the stock after the payment and no longer before it, with
// no GetVersion: the call is moved. Moved is right.
func MovedMistake(ctx workflow.Context, in Order) (Status, error) {
	o, err := begin(ctx, in)
	if err != nil {
		return o.Status, err
	}
	if !in.Paid {
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
		// The mistake: this call stood before the quote.
		if err := o.reserve(ctx); err != nil {
			return o.Status, err
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
