package record_test

import (
	"context"
	"fmt"

	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/record"
)

// Sweep records every branch of the GetVersion calls of one stage, and prints what
// could not be recorded.
func Sweep(ctx context.Context, c client.Client, family *versioning.Family) error {
	swept, err := record.Sweep(ctx, family, record.SweepOptions{
		Options:  record.Options{Client: c, Dir: "testdata/histories", Stages: []string{"today"}},
		Versions: map[string][]int{"rates": {20250601}}, // what the code compares with
	})
	if err != nil {
		return err
	}
	for _, b := range swept.Branches {
		if b.Impossible != nil {
			fmt.Println(b)
		}
	}
	return nil
}

func ExampleSweep() {
	_ = Sweep // a service is needed to run it
}
