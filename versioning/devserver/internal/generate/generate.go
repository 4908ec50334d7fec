// Package generate makes random programs. The same source of random numbers gives the same program.
package generate

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
)

const (
	// Short is about how long a timer runs that fires while a test waits for it.
	Short = 20 * time.Millisecond
	// Long is how long a timer runs that does not fire in a test.
	Long = time.Hour
	// deepest is how many blocks are around a step at most.
	deepest = 2
)

// Sink is the workflow ID of an execution that takes all signals, and Nobody is one of none.
const (
	Sink   = "sink"
	Nobody = "nobody"
)

// change is the format of change IDs.
const change = "change-%d"

// Words that random programs are made of.
var (
	Names     = []string{program.Charge, program.Ship, program.Reserve}
	Signals   = []string{"go", "pay", "note"}
	Updates   = []string{"adjust", "renew"}
	Values    = []string{"yes", "no"}
	Arguments = []string{"a", "b", "c", program.Last, program.Last}
	IDs       = []string{"color", "size"}
)

// A Generator makes steps.
type Generator struct {
	*rand.Rand
	// changes numbers the change IDs.
	changes int
}

// weights say how often a step is of a kind. What a rehearsal must not run is rare, so that few
// pairs end there.
var weights = []struct {
	kind   program.Kind
	weight int
}{
	{program.Activity, 24}, {program.LocalActivity, 2}, {program.Timer, 9}, {program.Child, 18}, {program.Spawn, 7},
	{program.Receive, 14}, {program.Drain, 6}, {program.Select, 10}, {program.Fork, 7},
	{program.Cancelled, 7}, {program.SideEffect, 2}, {program.MutableSideEffect, 2},
	{program.Version, 9}, {program.Upsert, 6}, {program.Memo, 6}, {program.Repeat, 6},
	{program.When, 8}, {program.Notify, 6}, {program.Return, 3}, {program.Fail, 3},
	{program.ContinueAsNew, 4},
}

// Program makes a program. It waits at least once.
func (g *Generator) Program() *program.Program {
	p := &program.Program{}
	if g.OneIn(3) {
		p.Steps = append(p.Steps, program.Step{
			Kind: program.Handle, Name: Pick(g.Rand, Updates), Blocks: [][]program.Step{g.Block(1, 2)},
		})
	}
	handles := len(p.Steps) > 0
	p.Steps = append(p.Steps, g.Block(0, 2+g.IntN(4))...)
	if handles {
		p.Steps = append(p.Steps, program.Step{Kind: program.AwaitUpdates, Count: 1 + g.IntN(2)})
	}
	p.Steps = append(p.Steps, g.step(Pick(g.Rand, []program.Kind{program.Activity, program.Receive}), 0))
	return p
}

// Block makes a block of that many steps with that many blocks around it.
func (g *Generator) Block(depth, steps int) []program.Step {
	var block []program.Step
	for range steps {
		s := g.Step(depth)
		block = append(block, s)
		if ends(s.Kind) {
			break // nothing after it would run
		}
	}
	return block
}

// Step makes a step with that many blocks around it.
func (g *Generator) Step(depth int) program.Step {
	for {
		total := 0
		for _, w := range weights {
			total += w.weight
		}
		n := g.IntN(total)
		for _, w := range weights {
			if n -= w.weight; n >= 0 {
				continue
			}
			if hasBlocks(w.kind) && depth >= deepest || ends(w.kind) && depth == 0 {
				break // draw again
			}
			return g.step(w.kind, depth)
		}
	}
}

// End makes a step that closes the workflow.
func (g *Generator) End() program.Step {
	return g.step(Pick(g.Rand, []program.Kind{program.Return, program.Fail, program.ContinueAsNew}), deepest)
}

func ends(k program.Kind) bool {
	return k == program.Return || k == program.Fail || k == program.ContinueAsNew
}

func hasBlocks(k program.Kind) bool {
	switch k {
	case program.Select, program.Fork, program.Cancelled, program.Version, program.Repeat, program.When:
		return true
	}
	return false
}

func (g *Generator) step(kind program.Kind, depth int) program.Step {
	s := program.Step{Kind: kind}
	few := func() []program.Step { return g.Block(depth+1, g.IntN(3)) }
	some := func() []program.Step { return g.Block(depth+1, 1+g.IntN(2)) }
	switch kind {
	case program.Activity:
		s.Name, s.Value = Pick(g.Rand, Names), Pick(g.Rand, Arguments)
	case program.Child, program.Spawn:
		s.Name, s.Value, s.Flag = Pick(g.Rand, Names), Pick(g.Rand, Arguments), g.OneIn(2)
	case program.LocalActivity:
		s.Name, s.Value = Pick(g.Rand, program.Names), Pick(g.Rand, Arguments)
	case program.Timer:
		s.Duration = Short
		if g.OneIn(8) {
			s.Duration = Long
		}
	case program.Receive, program.Drain:
		s.Name = Pick(g.Rand, Signals)
	case program.Select:
		s.Blocks = g.cases(&s, few)
	case program.Fork:
		s.Flag = g.OneIn(2)
		s.Blocks = [][]program.Step{some(), some()}
	case program.Cancelled:
		s.Blocks = [][]program.Step{some()}
		if s.Duration = Long; g.OneIn(2) {
			s.Name, s.Value, s.Duration = Pick(g.Rand, Names), Pick(g.Rand, Arguments), 0
		}
	case program.SideEffect, program.Return, program.Fail:
		s.Value = Pick(g.Rand, Values)
	case program.Upsert:
		s.Value = Pick(g.Rand, Arguments)
	case program.MutableSideEffect:
		s.Name, s.Value = Pick(g.Rand, IDs), Pick(g.Rand, Values)
	case program.Memo:
		s.Name, s.Value = Pick(g.Rand, IDs), Pick(g.Rand, Arguments)
	case program.Version:
		s.Min, s.Max = -1, 0
		s.Name = g.Change()
		if g.OneIn(2) {
			s.Min, s.Max = 1, 2
		}
		s.Blocks = [][]program.Step{few(), some()}
	case program.Repeat:
		s.Count, s.Blocks = 2+g.IntN(2), [][]program.Step{some()}
	case program.When:
		s.Value = Pick(g.Rand, Values)
		s.Blocks = [][]program.Step{some(), few()}
		if depth < deepest && g.OneIn(3) {
			s.Blocks[0] = append(s.Blocks[0], g.End())
		}
	case program.Notify:
		s.Name, s.Value, s.Target = Pick(g.Rand, Signals), Pick(g.Rand, Arguments), Pick(g.Rand, []string{Sink, Sink, Nobody})
	}
	return s
}

// cases chooses at least two cases of a Select.
func (g *Generator) cases(s *program.Step, block func() []program.Step) [][]program.Step {
	without := g.IntN(4)
	blocks := make([][]program.Step, 3)
	if without != 0 {
		s.Duration, s.Flag = Pick(g.Rand, []time.Duration{Short, Long, Long}), g.OneIn(2)
		blocks[0] = block()
	}
	if without != 1 {
		s.Name, blocks[1] = Pick(g.Rand, Signals), block()
	}
	if without != 2 {
		s.Value, blocks[2] = Pick(g.Rand, Names), block()
	}
	return blocks
}

// Change returns a change ID that the program does not have yet.
func (g *Generator) Change() string {
	g.changes++
	return fmt.Sprintf(change, g.changes)
}

// OneIn is true once in n times.
func (g *Generator) OneIn(n int) bool { return g.IntN(n) == 0 }

// Pick returns one of the elements.
func Pick[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

// After returns a Generator of steps for a program that exists. It does not repeat its change IDs.
func After(r *rand.Rand, p *program.Program) *Generator {
	g := &Generator{Rand: r}
	p.Walk(func(s *program.Step) {
		var n int
		if _, err := fmt.Sscanf(s.Name, change, &n); err == nil {
			g.changes = max(g.changes, n)
		}
	})
	return g
}
