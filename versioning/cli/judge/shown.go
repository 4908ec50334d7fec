package judge

import (
	"context"
	"fmt"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
)

// shownCell is an explained cell, with how it was chosen.
type shownCell struct {
	report.Explained
	chosen
}

// shown explains the cells that the names stand for.
func (c commands) shown(ctx context.Context, names []string, opts *matrix.Options) (list []shownCell, err error) {
	all, err := c.allAsked(ctx, names)
	if err != nil {
		return nil, err
	}
	kept, err := c.openCache(false)
	if err != nil {
		return nil, err
	}
	defer kept.close()
	for _, a := range all {
		var s shownCell
		if a.cell == nil {
			r, err := c.rank(ctx, a.scopes, *opts, kept)
			if err != nil {
				return nil, err
			}
			if len(r.worst) == 0 {
				return nil, fmt.Errorf("there is no cell of %s", a.of)
			}
			a.cell, s.chosen = &r.worst[0].place, c.choice(a, r)
		}
		if s.Explained, err = c.explained(ctx, *a.cell, opts); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// allAsked finds what the names stand for, before anything is judged.
func (c commands) allAsked(ctx context.Context, names []string) (all []asked, err error) {
	find := &finder{commands: c}
	add := func(a asked, err error) error {
		all = append(all, a)
		if err == nil && a.cell == nil {
			for _, m := range find.missing {
				fmt.Fprintf(c.Stderr, "note: %s has no recordings, and is left out\n", m.Family)
			}
		}
		return err
	}
	if len(names) == 0 {
		err = add(find.everything())
		return all, err
	}
	for _, name := range names {
		if err := add(find.find(ctx, name)); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// explained judges one cell. Another recording is read only for what a signal or an update has brought
// in it, as the matrix does.
func (c commands) explained(ctx context.Context, p place, opts *matrix.Options) (e report.Explained, err error) {
	live, err := c.Live(p.family)
	if err != nil {
		return e, err
	}
	of := *opts
	of.Explain = true
	of.Only = func(recording, stage string) bool { return recording == p.recording && stage == p.stage }
	m, err := matrix.Judge(ctx, p.family, slices.Values(p.sources), &of)
	if len(m.Rows) != 1 || err != nil {
		return e, fmt.Errorf("interrupted at %s/%s@%s: %w", p.family.Name, p.recording, p.stage, err)
	}
	m.Live = live.Observations
	e.Cell = m.Rows[0].Cells[0]
	e.Live = m.Observed(e.Cell)
	return e, nil
}
