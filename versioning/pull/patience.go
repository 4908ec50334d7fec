package pull

import (
	"context"
	"errors"
	"time"

	"go.temporal.io/api/serviceerror"
)

// pauses are waited for one after another while the service limits the rate or is too
// slow. Before each of them the SDK has tried for ten seconds.
var pauses = []time.Duration{time.Second, 2 * time.Second, 5 * time.Second, 10 * time.Second}

// patiently repeats a call that the service refuses because there are too many, or that
// has taken too long, which can be the same: the SDK repeats what is refused, and what
// it tells in the end is that time is up.
func patiently(ctx context.Context, call func() error) error {
	return repeat(ctx, pauses, call)
}

func repeat(ctx context.Context, pauses []time.Duration, call func() error) error {
	for _, pause := range pauses {
		err := call()
		var exhausted *serviceerror.ResourceExhausted
		if !errors.As(err, &exhausted) && !isDeadline(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(pause):
		}
	}
	return call()
}
