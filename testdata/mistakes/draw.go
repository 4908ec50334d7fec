package mistakes

import (
	"math/rand/v2"
	"time"

	"go.temporal.io/sdk/workflow"
)

// draw does something else in each replay: no two draws give the same nanosecond.
func draw(ctx workflow.Context, _ string) error {
	return workflow.Sleep(ctx, rand.N(1000*time.Hour))
}
