package play

import (
	"context"
	"fmt"
	"strings"
)

// ask queries the execution under the stage whose worker runs, and compares the
// answer with the one that the replay gives. A stage that is not safe for the
// execution is not compared with anything: what it says is shown.
func (s *story) ask(ctx context.Context, x played, stage string) error {
	cell, err := s.proof.judge(ctx, x.recording, stage)
	if err != nil {
		return err
	}
	flags := []string{"--query-workflow", x.id}
	if s.query != defaultQuery {
		flags = append(flags, "--query", s.query)
	}
	said, err := s.starter(ctx, flags...)
	if err != nil {
		return err
	}
	got, answered := strings.CutPrefix(said, fmt.Sprintf("Query result for ID %s: ", x.id))
	if !cell.safe() {
		s.shown++
		if !answered {
			s.hearFirst(ctx)
		}
		s.comment("foretold: %s", cell)
		if answered {
			s.comment("A query is answered all the same, because it compares no commands with the history.")
		}
		return nil
	}
	want, ok := cell.answer(s.query)
	if !ok {
		return fmt.Errorf("the replay of %s has no answer to query %q", cell.cell, s.query)
	}
	if !answered || got != want {
		return s.shared(ctx,
			fmt.Errorf("%s under %s: the replay of %s answers %q, and the live worker said: %s", x.id, stage, cell.cell,
				want, said))
	}
	s.compared++
	s.comment("foretold: %s is safe and answers %s", cell.cell, want)
	return nil
}
