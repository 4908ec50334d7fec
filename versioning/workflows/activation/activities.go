package activation

import "context"

// SendInvoice is the activity that the change replaces. It returns "invoice".
func SendInvoice(_ context.Context, order string) (string, error) {
	return "invoice", nil
}

// ChargeCard is the activity that the change brings in. It returns "card".
func ChargeCard(_ context.Context, order string) (string, error) {
	return "card", nil
}
