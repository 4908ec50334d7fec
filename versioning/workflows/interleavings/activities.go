package interleavings

import "context"

const (
	pricePerParcel = 50
	taxPercent     = 20
)

// ReserveStock takes the parcels of the order from the stock.
func ReserveStock(context.Context, int) error { return nil }

// Quote prices that many parcels, without tax.
func Quote(_ context.Context, parcels int) (int, error) { return parcels * pricePerParcel, nil }

// QuoteWithTax prices that many parcels. What it returns is sent to the customer
// as it is.
func QuoteWithTax(_ context.Context, parcels int) (int, error) {
	return withTax(parcels * pricePerParcel), nil
}

// InvoiceAddingTax invoices a price that Quote gave, and returns the amount.
func InvoiceAddingTax(_ context.Context, price int) (int, error) { return withTax(price), nil }

// Invoice invoices a price that QuoteWithTax gave, and returns the amount.
func Invoice(_ context.Context, price int) (int, error) { return price, nil }

// CheckFraud looks at the customer's payment.
func CheckFraud(context.Context, int) error { return nil }

// InsureParcel insures the parcel of that number.
func InsureParcel(context.Context, int) error { return nil }

func withTax(price int) int { return price + price*taxPercent/100 }
