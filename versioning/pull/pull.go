package pull

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Histories downloads the histories that the options choose. The Summary counts what became of the
// runs. A history that cannot be downloaded is reported to Options.Progress and does not stop the
// others.
//
// If some histories could not be downloaded, the error is an *IncompleteError. If the list was
// empty, the error wraps ErrNothingFound. Any other error has stopped the call early. Its reasons
// are: the options are wrong, the service does not answer, the service refuses the caller
// (serviceerror.PermissionDenied), the service does not know the Namespace
// (serviceerror.NamespaceNotFound), the service rejects the query (serviceerror.InvalidArgument),
// the folder cannot be written to, or the context has ended. The files that were written before the
// error are complete. The same call continues from there.
func Histories(ctx context.Context, o Options) (Summary, error) {
	if err := o.validate(); err != nil {
		return Summary{}, err
	}
	if err := os.MkdirAll(o.Dir, 0o755); err != nil {
		return Summary{}, fmt.Errorf("making the folder of the recordings: %w", err)
	}
	if err := o.sweep(); err != nil {
		return Summary{}, fmt.Errorf("reading the folder of the recordings: %w", err)
	}
	p := &puller{Options: &o, seen: map[[16]byte]struct{}{}}
	err := p.all(ctx)
	switch {
	case ctx.Err() != nil:
		return p.summary, fmt.Errorf("pulling: %w", context.Cause(ctx))
	case err != nil:
		return p.summary, err
	case p.summary.Failed > 0:
		return p.summary, &IncompleteError{p.summary.Failed, p.first}
	}
	return p.summary, nil
}

// puller is one call of Histories.
type puller struct {
	*Options

	mu      sync.Mutex
	seen    map[[16]byte]struct{}
	summary Summary
	first   error // of the runs that have failed
}

func (p *puller) all(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	queue := make(chan Execution)
	g.Go(func() error {
		defer close(queue)
		return p.executions(ctx, func(x Execution) error {
			select {
			case queue <- x:
				return nil
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		})
	})
	for range cmp.Or(p.Concurrency, DefaultConcurrency) {
		g.Go(func() error {
			for x := range queue {
				if err := p.chain(ctx, x); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// claim reports whether nobody has had the run yet: an execution that closes while
// the list is read can be on two of its pages, and the runs of a chain name each other.
func (p *puller) claim(x Execution) bool {
	sum := sha256.Sum256([]byte(x.RunID + x.WorkflowID))
	key := [16]byte(sum[:16])
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, met := p.seen[key]; met {
		return false
	}
	p.seen[key] = struct{}{}
	return true
}

// chain downloads the run, and those that it leads to if that is asked for. Its error ends
// everything.
func (p *puller) chain(ctx context.Context, x Execution) error {
	if err := askable(x); err != nil {
		return p.report(ctx, Run{Execution: x, State: Failed, Err: err})
	}
	chosen, err := p.latest(ctx, x)
	if err = asked(x, err); err == nil && !runIDs.MatchString(chosen.RunID) {
		err = fmt.Errorf("the service calls the run %q, which is no run ID, and no name of a file", chosen.RunID)
	}
	if err != nil {
		return p.report(ctx, Run{Execution: x, State: Failed, Err: err})
	}
	for runs := []Execution{chosen}; len(runs) > 0; {
		x, runs = runs[0], runs[1:]
		if !p.claim(x) {
			continue
		}
		run, next := p.run(ctx, x)
		if run.State == Failed && x != chosen && isMissing(run.Err) {
			run.State = Gone
			run.Err = fmt.Errorf("the service does not have this run of the chain any more: its retention " +
				"period is over, or it was deleted")
		}
		if err := p.report(ctx, run); err != nil {
			return err
		}
		if p.Chain {
			runs = append(runs, next...)
		}
	}
	return nil
}

// report counts the run and passes it on. It returns the error of one that ends
// everything.
func (p *puller) report(ctx context.Context, o Run) error {
	if o.Err != nil && ctx.Err() != nil {
		return context.Cause(ctx) // It has been interrupted, and has not failed.
	}
	var fatal *fatalError
	if errors.As(o.Err, &fatal) {
		return fmt.Errorf("pulling %s: %w", o.Execution, fatal.error)
	}
	if o.Err != nil {
		o.Err = fmt.Errorf("%s: %w", o.Execution, o.Err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.summary.add(o.State)
	if o.State == Failed && p.first == nil {
		p.first = o.Err
	}
	if p.Progress != nil {
		p.Progress(o)
	}
	return nil
}
