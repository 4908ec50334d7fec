// Package edit changes programs as people change code.
package edit

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/generate"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
)

// A Kind says what an edit changes.
type Kind string

// The kinds of edits.
const (
	// None changes nothing: the control.
	None Kind = "no edit"
	// Add adds a step.
	Add Kind = "add"
	// Remove removes a step.
	Remove Kind = "remove"
	// Swap swaps two neighbours.
	Swap Kind = "swap"
	// Move moves a step over one that waits.
	Move Kind = "move over a wait"
	// Retype makes another kind of a step, or another Go type of a value.
	Retype Kind = "retype"
	// Rename gives an activity, a signal, a child or the like another name.
	Rename Kind = "rename"
	// Value changes an argument, a duration, a result or the like.
	Value Kind = "change a value"
	// VersionAdded makes one of the edits above, in the new branch of a GetVersion.
	VersionAdded Kind = "version added"
	// VersionMoved moves a GetVersion over a neighbour, with its branches.
	VersionMoved Kind = "version moved"
	// VersionRaised adds a branch to a GetVersion.
	VersionRaised Kind = "version raised"
	// MinimumRaised removes the oldest branch of a GetVersion.
	MinimumRaised Kind = "minimum raised"
	// VersionRemoved leaves one branch of a GetVersion, and no call.
	VersionRemoved Kind = "version removed"
)

// Kinds are all kinds.
var Kinds = []Kind{None, Add, Remove, Swap, Move, Retype, Rename, Value,
	VersionAdded, VersionMoved, VersionRaised, MinimumRaised, VersionRemoved}

// plain are the edits that can be in a new branch.
var plain = []Kind{Add, Remove, Swap, Retype, Rename, Value}

// An editor edits one program in place.
type editor struct {
	*generate.Generator
	program *program.Program
}

// Apply returns an edited copy of the program, and whether the program has something that such an
// edit can change.
func Apply(r *rand.Rand, kind Kind, p *program.Program) (*program.Program, bool) {
	e := &editor{generate.After(r, p), p.Clone()}
	before := p.String()
	if kind == None {
		return e.program, true
	}
	const tries = 20
	for range tries {
		if e.apply(kind) && e.program.String() != before {
			return e.program, true
		}
		e.program = p.Clone()
	}
	return nil, false
}

func (e *editor) apply(kind Kind) bool {
	places := e.places()
	if kind == VersionMoved || kind == VersionRaised || kind == MinimumRaised || kind == VersionRemoved {
		places = slices.DeleteFunc(places, func(at place) bool { return at.step().Kind != program.Version })
	}
	if len(places) == 0 {
		return false
	}
	// What comes early is more often behind the waiting point, where an edit can break something.
	at := places[min(e.IntN(len(places)), e.IntN(len(places)))]
	switch kind {
	case VersionAdded:
		return e.honest(at)
	case VersionMoved:
		return e.swap(at) || e.swap(place{at.block, at.index - 1, at.depth})
	case VersionRaised:
		return e.raise(at.step())
	case MinimumRaised:
		s := at.step()
		if len(s.Blocks) < 2 {
			return false
		}
		s.Min, s.Blocks = s.Min+1, s.Blocks[1:]
		return true
	case VersionRemoved:
		s := at.step()
		left := s.Blocks[len(s.Blocks)-1]
		if e.OneIn(4) {
			left = s.Blocks[0]
		}
		*at.block = slices.Replace(*at.block, at.index, at.index+1, left...)
		return true
	}
	return e.plain(kind, at)
}

func (e *editor) plain(kind Kind, at place) bool {
	switch kind {
	case Add:
		// A handler stays first: a person sets it before anything can come.
		if at.step().Kind == program.Handle || e.OneIn(2) {
			at.index++
		}
		added := e.Step(max(at.depth, 1))
		// An early end is what a service refuses most: commands that it knows come with it again.
		if e.OneIn(4) {
			added = e.End()
		}
		*at.block = slices.Insert(*at.block, at.index, added)
		return true
	case Remove:
		*at.block = slices.Delete(*at.block, at.index, at.index+1)
		return true
	case Swap:
		return e.swap(at)
	case Move:
		return e.move(at)
	case Retype:
		return e.retype(at.step())
	case Rename:
		return e.rename(at.step())
	case Value:
		return e.value(at.step())
	}
	panic(fmt.Sprintf("%q is no plain edit", kind))
}

// swap swaps the step with the one after it.
func (e *editor) swap(at place) bool {
	block := *at.block
	if at.index < 0 || at.index+1 >= len(block) {
		return false
	}
	block[at.index], block[at.index+1] = block[at.index+1], block[at.index]
	return true
}

// move moves the step behind the next one that waits.
func (e *editor) move(at place) bool {
	block := *at.block
	for i := at.index + 1; i < len(block); i++ {
		if block[i].Waits() {
			moved := block[at.index]
			copy(block[at.index:i], block[at.index+1:i+1])
			block[i] = moved
			return true
		}
	}
	return false
}

// honest changes a block of one or two steps, and leaves the old one in the branch of
// DefaultVersion.
func (e *editor) honest(at place) bool {
	block := *at.block
	end := min(at.index+1+e.IntN(2), len(block))
	old := program.CloneSteps(block[at.index:end])
	if slices.ContainsFunc(old, func(s program.Step) bool { return s.Kind == program.Handle }) {
		return false
	}
	changed := program.CloneSteps(old)
	inside := place{&changed, e.IntN(len(changed)), at.depth + 1}
	if !e.plain(generate.Pick(e.Rand, plain), inside) || text(changed) == text(old) {
		return false
	}
	*at.block = slices.Replace(block, at.index, end, program.Step{
		Kind: program.Version, Name: e.Change(), Min: -1, Max: 0, Blocks: [][]program.Step{old, changed}})
	return true
}

// raise adds a version whose branch is a change of the newest one.
func (e *editor) raise(s *program.Step) bool {
	changed := program.CloneSteps(s.Blocks[len(s.Blocks)-1])
	if len(changed) == 0 {
		changed = e.Block(2, 1)
	} else if !e.plain(generate.Pick(e.Rand, plain), place{&changed, e.IntN(len(changed)), 2}) {
		return false
	}
	s.Max, s.Blocks = s.Max+1, append(s.Blocks, changed)
	return true
}

func text(steps []program.Step) string { return (&program.Program{Steps: steps}).String() }
