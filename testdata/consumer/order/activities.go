package order

import "context"

// Reserve keeps the goods for the order.
func Reserve(ctx context.Context, orderID string) error { return nil }

// Charge takes the money.
func Charge(ctx context.Context, orderID string, cents int) error { return nil }

// Ship gives the goods to the carrier and returns the tracking number.
func Ship(ctx context.Context, orderID, email string) (string, error) {
	return "track-" + orderID, nil
}

// A Customer is what CheckFraud knows of one.
type Customer struct {
	Risky bool `json:"risky"`
}

// CheckFraud refuses customers who do not pay.
func CheckFraud(ctx context.Context, email string) (*Customer, error) { return &Customer{}, nil }

// Insure insures what a risky customer has ordered.
func Insure(ctx context.Context, orderID string) error { return nil }
