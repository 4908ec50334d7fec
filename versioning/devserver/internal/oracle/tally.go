package oracle

import (
	"context"
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A Tally counts what was right.
type Tally struct {
	// Cases are all, Unreplayed those whose rendered old source is not safe on its own recording: a
	// fault of package source. Broken are the rest that are incompatible, which are what is counted.
	Cases, Unreplayed, Broken int
	Place, Kind               int
	Patched, Mended           int
	// Wrong are the reports of those that are not right.
	Wrong []string
}

// Explain judges all cases, and holds what is said against what is right. It applies each patch, and
// judges and rehearses again.
func (b Bench) Explain(ctx context.Context, cases []*Case) (*Tally, error) {
	rows, err := b.Judge(ctx, cases, false)
	if err != nil {
		return nil, err
	}
	t := &Tally{Cases: len(cases)}
	var patched []*Case
	said := map[int]Row{}
	for i, r := range rows {
		c := cases[i]
		switch {
		case r.Fault != "" || r.Reference != replay.Safe:
			t.Unreplayed++
			t.Wrong = append(t.Wrong, fmt.Sprintf("-seed %d -pair %d: the source of the old program is %s on its own recording: %s%s\n%s%s",
				c.Seed, c.Number, r.Reference, r.ReferenceWhy, r.Fault, c.Pair.Old, c.Old.Text))
			continue
		case !r.Verdict.Incompatible():
			continue
		}
		t.Broken++
		s := c.Score(r)
		if s.Place {
			t.Place++
		}
		if s.Kind {
			t.Kind++
		}
		if !s.Place || !s.Kind {
			t.Wrong = append(t.Wrong, c.Report(r, s))
		}
		if r.Patch != nil {
			t.Patched++
			text, err := r.Patch.Apply([]byte(c.New.Text))
			if err != nil {
				t.Wrong = append(t.Wrong, c.unmended(r, err.Error()))
				continue
			}
			c.Patched, said[c.Number] = string(text), r
			patched = append(patched, c)
		}
	}
	if len(patched) == 0 {
		return t, nil
	}
	if rows, err = b.Judge(ctx, patched, true); err != nil {
		return nil, err
	}
	for i, r := range rows {
		if r.Settled == replay.Safe {
			t.Mended++
		} else {
			t.Wrong = append(t.Wrong, patched[i].unmended(said[r.Number], strings.TrimSpace(r.Fault+string(r.Settled)+" "+r.SettledWhy)))
		}
	}
	return t, nil
}

// unmended shows a patch that does not mend.
func (c *Case) unmended(r Row, why string) string {
	return fmt.Sprintf("-seed %d -pair %d, %q: the patch does not mend it\n--- before\n%s--- after\n%s--- said: %s, event %d, %s: %s\n--- patch\n%s\n--- then: %s\n",
		c.Seed, c.Number, c.Edits, c.Pair.Old, c.Pair.New, r.Verdict, r.Place.Event, r.Place.Source, r.Line, r.Patch, why)
}

// Percent is how many percent right is of all, 100 where there is none.
func Percent(right, all int) float64 {
	if all == 0 {
		return 100
	}
	return 100 * float64(right) / float64(all)
}

// String is the table.
func (t *Tally) String() string {
	return fmt.Sprintf("%d cases, %d incompatible\nplace right: %d of %d, %.1f %%\nkind right: %d of %d, %.1f %%\nmended: %d of %d patches, %.1f %%\n",
		t.Cases, t.Broken, t.Place, t.Broken, Percent(t.Place, t.Broken), t.Kind, t.Broken, Percent(t.Kind, t.Broken),
		t.Mended, t.Patched, Percent(t.Mended, t.Patched))
}
