package pull

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// run makes the file of one run what it should be, and names the runs before and
// after it.
func (p *puller) run(ctx context.Context, x Execution) (o Run, next []Execution) {
	o = Run{Execution: x, State: Failed}
	file, err := p.look(x)
	if err != nil {
		o.Err = err
		return o, nil
	}
	if file.there {
		o.Path = file.path
	}
	keep := p.keeps(file)
	if keep && file.recording.Closed() {
		o.State = There
		return o, neighbours(x, file.recording)
	}
	r, err := p.fetch(ctx, x)
	if err != nil {
		o.Err = file.stays(asked(x, err))
		return o, nil
	}
	next = neighbours(x, r)
	if p.stays(file, r, keep) {
		o.State = There
		return o, next
	}
	if r, o.Err = p.transformed(ctx, r); o.Err != nil {
		o.Err = file.stays(o.Err)
		return o, next
	}
	if keep && file.unchanged(r) {
		o.State = There
		return o, next
	}
	if o.Err = store(file.path, r); o.Err != nil {
		return o, next
	}
	o.Path, o.State = file.path, Pulled
	if file.there {
		o.State = Refreshed
	}
	return o, next
}

func (p *puller) transformed(ctx context.Context, r *history.Recording) (*history.Recording, error) {
	// Errors of encoding call the recording by these.
	r.Family = filepath.Base(p.Dir)
	if p.Transform == nil {
		return r, nil
	}
	t, err := p.Transform(ctx, r)
	if err == nil && t == nil {
		err = errors.New("the transform has given no recording")
	}
	if err != nil {
		return nil, fmt.Errorf("nothing is written: %w", err)
	}
	return t, nil
}

// store takes what the disk says for what it will say of the next one too.
func store(path string, r *history.Recording) error {
	err := write(path, r)
	var format *history.FormatError
	if err == nil || errors.As(err, &format) {
		return err
	}
	return &fatalError{err}
}
