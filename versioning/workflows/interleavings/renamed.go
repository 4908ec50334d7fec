package interleavings

import (
	"fmt"

	"go.temporal.io/sdk/workflow"
)

// Renamed gives "reserve-after-payment" a better name, and asks for the old one
// where the new one is not recorded.
func Renamed(ctx workflow.Context, in Order) (Status, error) {
	o, err := begin(ctx, in)
	if err != nil {
		return o.Status, err
	}
	if !in.Paid {
		late := workflow.GetVersion(ctx, "reserve-when-paid", workflow.DefaultVersion, 1)
		if late == workflow.DefaultVersion {
			late = workflow.GetVersion(ctx, "reserve-after-payment", workflow.DefaultVersion, 1)
		}
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
		if workflow.GetVersion(ctx, "check-fraud", workflow.DefaultVersion, 1) >= 1 {
			if err := o.checkFraud(ctx); err != nil {
				return o.Status, err
			}
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
