package pair

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// Record has the old program run up to a random waiting point, or to its end, and returns the
// recording.
func (b *Bench) Record(ctx context.Context, p Pair) (*history.Recording, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	r := rand.New(rand.NewPCG(^p.Seed, ^uint64(p.Number)))
	x := &execution{Bench: b, ctx: ctx, old: p.Old}
	queue := fmt.Sprintf("recorded/%d/%d", p.Seed, p.Number)
	b.valve.open(queue)
	defer b.valve.close(queue)
	stop, err := startWorker(b.gated, queue, program.Stage("old", p.Old))
	if err != nil {
		return nil, err
	}
	defer stop()
	x.run, err = b.client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: queue, TaskQueue: queue}, program.Type, "begin")
	if err != nil {
		return nil, fmt.Errorf("starting the execution: %w", err)
	}
	defer x.terminate()
	if _, err = x.reach(ctx, r, queue, 1+r.IntN(furthest)); err != nil && !errors.Is(err, errClosed) {
		return nil, err
	}
	events, err := x.history(ctx)
	if err != nil {
		return nil, err
	}
	return x.recording(events, nil), nil
}
