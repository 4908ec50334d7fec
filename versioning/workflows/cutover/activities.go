package cutover

import (
	"context"
	"fmt"
	"strings"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
)

// BillingV1 is the billing system that MyWorkflow uses.
type BillingV1 struct{}

// Charge returns the receipt "v1/receipt".
func (*BillingV1) Charge(context.Context) (string, error) { return "v1/receipt", nil }

// Refund pays back what Charge of the same system took.
func (*BillingV1) Refund(_ context.Context, receipt string) (string, error) {
	return refund("v1", receipt)
}

// BillingV2 is the billing system that replaces it. Its receipts are its own.
type BillingV2 struct{}

// Charge returns the receipt "v2/receipt".
func (*BillingV2) Charge(context.Context) (string, error) { return "v2/receipt", nil }

// Refund pays back what Charge of the same system took.
func (*BillingV2) Refund(_ context.Context, receipt string) (string, error) {
	return refund("v2", receipt)
}

func refund(system, receipt string) (string, error) {
	if !strings.HasPrefix(receipt, system+"/") {
		return "", temporal.NewNonRetryableApplicationError(
			fmt.Sprintf("billing.%s has no receipt %q", system, receipt), "UnknownReceipt", nil)
	}
	return "refunded by billing." + system, nil
}

// Reserve takes the order's goods out of the stock.
func Reserve(context.Context) (string, error) { return "reserved", nil }

func registerActivities(r worker.ActivityRegistry) {
	r.RegisterActivityWithOptions(&BillingV1{}, activity.RegisterOptions{Name: "billing.v1."})
	r.RegisterActivityWithOptions(&BillingV2{}, activity.RegisterOptions{Name: "billing.v2."})
	r.RegisterActivityWithOptions(Reserve, activity.RegisterOptions{Name: "stock.Reserve"})
}
