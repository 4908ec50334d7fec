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

// A Change is an edited copy of a program, and what was edited.
type Change struct {
	Program *program.Program
	Kind    Kind
	// Inner is the edit in the new branch of a version.
	Inner Kind
	// Steps are the marks of the steps that were edited. A step that was removed has its mark in the
	// program before, all others have theirs in Program.
	Steps []int
}

// An editor edits one program in place.
type editor struct {
	*generate.Generator
	change *Change
	// marks is the number of marks that are given.
	marks int
}

// Apply returns an edited copy of the program, and whether the program has something that such an
// edit can change.
func Apply(r *rand.Rand, kind Kind, p *program.Program) (*Change, bool) {
	e := &editor{Generator: generate.After(r, p)}
	before := p.String()
	const tries = 20
	for range tries {
		e.change, e.marks = &Change{Program: p.Clone(), Kind: kind}, p.Marks()
		if kind == None || e.apply(kind) && e.change.Program.String() != before {
			return e.change, true
		}
	}
	return nil, false
}

// marked gives the step a mark, and those in its blocks, and returns it.
func (e *editor) marked(s program.Step) program.Step {
	steps := []program.Step{s}
	(&program.Program{Steps: steps}).Walk(func(s *program.Step) {
		if s.Mark == 0 {
			e.marks++
			s.Mark = e.marks
		}
	})
	return steps[0]
}

// edited notes the steps of an edit.
func (e *editor) edited(steps ...program.Step) {
	for _, s := range steps {
		e.change.Steps = append(e.change.Steps, s.Mark)
	}
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
	case VersionRaised, MinimumRaised, VersionRemoved:
		e.edited(*at.step())
	}
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
	e.change.Inner = kind
	switch kind {
	case Remove, Move, Retype, Rename, Value:
		e.edited(*at.step())
	}
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
		added = e.marked(added)
		e.edited(added)
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
	e.edited(block[at.index : at.index+2]...)
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
	*at.block = slices.Replace(block, at.index, end, e.marked(program.Step{
		Kind: program.Version, Name: e.Change(), Min: -1, Max: 0, Blocks: [][]program.Step{old, changed}}))
	return true
}

// raise adds a version whose branch is a change of the newest one.
func (e *editor) raise(s *program.Step) bool {
	changed := program.CloneSteps(s.Blocks[len(s.Blocks)-1])
	if len(changed) == 0 {
		changed = e.Block(2, 1)
		changed[0] = e.marked(changed[0])
	} else if !e.plain(generate.Pick(e.Rand, plain), place{&changed, e.IntN(len(changed)), 2}) {
		return false
	}
	s.Max, s.Blocks = s.Max+1, append(s.Blocks, changed)
	return true
}

func text(steps []program.Step) string { return (&program.Program{Steps: steps}).String() }
