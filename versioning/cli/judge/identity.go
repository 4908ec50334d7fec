package judge

import (
	"context"
	"runtime"
	"sync"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/budget"
)

// identity is what a recording says of itself.
type identity struct {
	family                              *versioning.Family
	recording, workflowType, workflowID string
}

// identify reads all recordings, once. One that cannot be read has no identity.
func (f *finder) identify(ctx context.Context) error {
	if f.identities != nil {
		return nil
	}
	all, err := f.everything()
	if err != nil {
		return err
	}
	f.identities = []identity{}
	progress := shell.NewProgress(f.Stderr)
	defer progress.Clear()
	memory := budget.New(f.Memory())
	for _, s := range all.scopes {
		progress.Show("reading the recordings of %s", s.family.Name)
		f.identities = append(f.identities, s.identities(ctx, memory)...)
		if ctx.Err() != nil {
			return shell.ErrInterrupted
		}
	}
	return nil
}

// identities are in the order of the recordings.
func (s scope) identities(ctx context.Context, memory *budget.Budget) (list []identity) {
	read := make([]*identity, len(s.sources))
	var reading sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, source := range s.sources {
		slots <- struct{}{}
		reading.Go(func() {
			defer func() { <-slots }()
			if ctx.Err() != nil {
				return
			}
			read[i] = s.identityOf(ctx, source, memory)
		})
	}
	reading.Wait()
	for _, i := range read {
		if i != nil {
			list = append(list, *i)
		}
	}
	return list
}

func (s scope) identityOf(ctx context.Context, source history.Source, memory *budget.Budget) *identity {
	r, release, err := memory.Load(ctx, source)
	defer release()
	if err != nil || r == nil {
		return nil
	}
	return &identity{s.family, source.Name, r.WorkflowType(), r.WorkflowID}
}
