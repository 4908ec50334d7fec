package judge

import (
	"errors"
	"fmt"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/against"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// gate is what against fails on.
type gate struct {
	deploy, rollback *finding.FailOn
	// byDefault is whether nobody has said what the deploy is to fail on, and open whether somebody
	// has said that it is to fail on nothing.
	byDefault, open bool
	// back is whether the roll back was asked about.
	back bool
}

// gateOf reads --fail-on and --fail-on-rollback. Without the former, the deploy fails on what is
// incompatible: who asks whether to deploy and is told no must not read 0.
func gateOf(deploy, rollback []string) (g gate, err error) {
	g.byDefault, g.open = len(deploy) == 0, isNone(deploy)
	if g.byDefault {
		deploy = []string{incompatible}
	}
	if g.deploy, err = failOn(deploy); err != nil {
		return g, err
	}
	g.rollback, err = failOn(rollback)
	g.back = g.rollback != nil
	return g, err
}

// shown is what formats show as failing: by default also what makes the answer untold.
func (g gate) shown() *finding.FailOn {
	if !g.byDefault {
		return g.deploy
	}
	shown := *g.deploy
	shown.Verdicts = append(slices.Clone(shown.Verdicts), replay.Unjudged)
	return &shown
}

// judge returns an incompatible error if an execution meets a cell to fail on, and else an untold one
// if what was asked could not be told.
func (g gate) judge(comparison *against.Comparison, o *outlook) error {
	err := errors.Join(g.met(comparison, false), g.met(comparison, true))
	if err != nil || g.open {
		return err
	}
	untold := o.deploy.untold()
	if g.back {
		untold = errors.Join(untold, o.rollback.untold())
	}
	return untold
}

// met is about one of both directions.
func (g gate) met(comparison *against.Comparison, rollback bool) error {
	e, f := &occurred{}, g.deploy
	if rollback {
		f = g.rollback
	}
	for _, family := range comparison.Families {
		met := family.Deploy
		if rollback {
			met = family.Rollback
		}
		for _, m := range met {
			e.meet(f, m.Row, m.Cell)
		}
	}
	err := e.orNil()
	switch {
	case err == nil:
		return nil
	case rollback:
		return fmt.Errorf("of the roll back, %w", err)
	case g.byDefault:
		return shell.Incompatible(fmt.Errorf("do not deploy: %s would break or do something else, the first is %s: %s; "+
			"--fail-on names what else to fail on, or none", shell.Counted(e.cells, "execution"), e.first, e.says))
	default:
		return err
	}
}

// untold returns an untold error if the question has no answer for a family, or none at all.
func (q *question) untold() error {
	answered := false
	for _, s := range q.says {
		if s.untold {
			return shell.Untold(fmt.Errorf("cannot tell for %s: %s", q.title, apartAgain(s.String())))
		}
		answered = answered || s.answer != finding.NotAsked
	}
	if answered {
		return nil
	}
	return shell.Untold(fmt.Errorf("cannot tell for %s: there is no recording of an execution that it is about", q.title))
}

// isNone reports whether the values of a --fail-on ask to fail on nothing.
func isNone(names []string) bool { return slices.Equal(names, []string{failOnNone}) }
