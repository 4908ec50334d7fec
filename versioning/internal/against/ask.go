package against

import (
	"context"
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// explain has the tests explain cells of the findings. They run once more for it, and only if there is
// something to explain: what is worth explaining is known when both sides have judged, since findings, and
// what a side misses that the other one took, are of both.
func (r *run) explain(ctx context.Context, c *Comparison, pairs []*pair) error {
	chosen := r.worth(c)
	if len(chosen) == 0 {
		return nil
	}
	r.tell("replaying once more what breaks")
	byCell := map[string]judgedBy{}
	for i, p := range pairs {
		for cell, by := range r.judges(p, c.Families[i].Matrix.Family.Name) {
			byCell[cell.String()] = by
		}
	}
	goOn := c.goOn()
	// The revision is asked first: its code goes on with the executions that the work tree breaks.
	first, second := &questions{run: r, side: r.there}, &questions{run: r, side: r.here}
	for _, cell := range chosen {
		by := byCell[cell.String()]
		if by.side == r.there {
			first.add(cell, by, exchange.Asked{}, func(e exchange.Explained) { c.Explained[cell.String()] = e })
			continue
		}
		there, ok := byCell[goOn[cell.String()]]
		if by.test == nil {
			continue
		}
		was := &[]replay.Near{}
		if ok {
			first.add(cell, there, exchange.Asked{Near: true}, func(e exchange.Explained) { *was = e.Near })
		}
		second.later = append(second.later, func() {
			second.add(cell, by, exchange.Asked{Was: *was, WasStage: r.there.name},
				func(e exchange.Explained) { c.Explained[cell.String()] = e })
		})
	}
	for _, q := range []*questions{first, second} {
		for _, add := range q.later {
			add()
		}
		if err := q.ask(ctx); ctx.Err() != nil {
			return context.Cause(ctx)
		} else if err != nil {
			// The answer stands without it.
			r.note(fmt.Sprintf("the answer stands, but without the code to write and without a side by side: %v", err))
			return nil
		}
	}
	return nil
}

// goOn has for cells of the work tree's code the cell of the revision's code, where that replays an execution
// of the revision.
func (c *Comparison) goOn() map[string]string {
	cells := map[string]string{}
	for _, f := range c.Families {
		for _, met := range f.Deploy {
			if met.own.Verdict == replay.Safe {
				cells[met.Cell.String()] = met.own.String()
			}
		}
	}
	return cells
}

// questions are what the tests of a side are asked, by package and by the ID of the test.
type questions struct {
	*run
	side  *side
	asked map[*testPackage]map[string][]exchange.Asked
	// answers take what the tests say, in the order of asked.
	answers map[*testPackage]map[string][]func(exchange.Explained)
	later   []func()
	failed  error
}

func (q *questions) add(cell matrix.Cell, of judgedBy, a exchange.Asked, answer func(exchange.Explained)) {
	if q.asked == nil {
		q.asked = map[*testPackage]map[string][]exchange.Asked{}
		q.answers = map[*testPackage]map[string][]func(exchange.Explained){}
	}
	in, id := of.test.in, of.test.ID
	if q.asked[in] == nil {
		q.asked[in], q.answers[in] = map[string][]exchange.Asked{}, map[string][]func(exchange.Explained){}
	}
	if err := a.Ask(cell); err != nil {
		q.failed = err
		return
	}
	a.Folder, a.Recording, a.Stage = of.folder, of.recording.Name, of.stage
	q.asked[in][id] = append(q.asked[in][id], a)
	q.answers[in][id] = append(q.answers[in][id], answer)
}

func (q *questions) ask(ctx context.Context) error {
	if q.failed != nil {
		return q.failed
	}
	for _, in := range q.side.packages {
		if len(q.asked[in]) == 0 {
			continue
		}
		request := exchange.Request{Phase: exchange.Judge, Explain: q.asked[in]}
		if _, err := q.execute(ctx, q.side, in, request); err != nil {
			return err
		}
		for id, answers := range q.answers[in] {
			explained, err := exchange.ReadExplained(in.exchange, id)
			if err != nil {
				return err
			}
			for i, e := range explained[:min(len(explained), len(answers))] {
				answers[i](e)
			}
		}
	}
	return nil
}
