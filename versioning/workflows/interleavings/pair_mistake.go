package interleavings

import (
	"fmt"

	"go.temporal.io/sdk/workflow"
)

// PairMistake has the quote include the tax, and so the invoice no longer adds
// it: one change with two change IDs, each asked where it is needed. An order
// that is between the two takes the old quote and the new invoice. Pair is right.
func PairMistake(ctx workflow.Context, in Order) (Status, error) {
	o, err := begin(ctx, in)
	if err != nil {
		return o.Status, err
	}
	if !in.Paid {
		if err := o.reserve(ctx); err != nil {
			return o.Status, err
		}
		quote := Quote
		if workflow.GetVersion(ctx, "quote-with-tax", workflow.DefaultVersion, 1) >= 1 {
			quote = QuoteWithTax
		}
		if err := o.quote(ctx, quote); err != nil {
			return o.Status, err
		}
		paid, err := o.awaitPayment(ctx)
		if err != nil || !paid {
			return o.Status, err
		}
		// The mistake: a second change ID for the other half of the change.
		invoice := InvoiceAddingTax
		if workflow.GetVersion(ctx, "invoice-as-quoted", workflow.DefaultVersion, 1) >= 1 {
			invoice = Invoice
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
