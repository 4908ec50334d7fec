// Package pair swaps the Worker of a random program under an execution, and says what happened.
//
// The old program runs on a real Temporal Service up to a random waiting point. There the execution
// gets news. Then a Worker of the new program takes the next Workflow Task.
package pair

import (
	"math/rand/v2"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/edit"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/generate"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
)

// A Pair is a program, and the program that it becomes.
type Pair struct {
	// Seed and Number make the Pair.
	Seed     uint64
	Number   int
	Old, New *program.Program
	Edits    []edit.Kind
}

// The streams of random numbers of one pair. What one draws must not change what the other does.
const (
	streamOfPrograms = iota
	streamOfRuns
	streams
)

func (p Pair) random(stream int) *rand.Rand {
	return rand.New(rand.NewPCG(p.Seed, uint64(p.Number*streams+stream)))
}

// A Single is a pair of one edit, which is known.
type Single struct {
	Pair
	Change *edit.Change
}

// NewSingle makes the pair of that number with one edit.
func NewSingle(seed uint64, number int) Single {
	r := rand.New(rand.NewPCG(^seed, uint64(number)))
	for kind := edit.Kinds[1+number%(len(edit.Kinds)-1)]; ; {
		old := (&generate.Generator{Rand: r}).Program()
		old.Mark()
		if change, ok := edit.Apply(r, kind, old); ok {
			return Single{Pair{Seed: seed, Number: number, Old: old, New: change.Program, Edits: []edit.Kind{kind}}, change}
		}
	}
}

// New makes the pair of that number.
func New(seed uint64, number int) Pair {
	p := Pair{Seed: seed, Number: number}
	r := p.random(streamOfPrograms)
	first := generate.Pick(r, edit.Kinds)
	for {
		g := &generate.Generator{Rand: r}
		p.Old, p.Edits = g.Program(), []edit.Kind{first}
		changed, ok := edit.Apply(r, first, p.Old)
		if !ok {
			continue // another program may have what the edit changes
		}
		p.New = changed.Program
		if first != edit.None && g.OneIn(4) {
			second := generate.Pick(r, edit.Kinds[1:])
			// The second one may undo the first.
			if changed, ok := edit.Apply(r, second, p.New); ok && changed.Program.String() != p.Old.String() {
				p.New, p.Edits = changed.Program, append(p.Edits, second)
			}
		}
		return p
	}
}
