package interleavings

import "go.temporal.io/sdk/workflow"

// Parcel is the child workflow: one parcel on its way to the address, until the
// carrier's signal "delivered". It is the same in every stage.
func Parcel(ctx workflow.Context, address string) error {
	workflow.GetSignalChannel(ctx, "delivered").Receive(ctx, nil)
	return nil
}
