package sidebyside

import (
	"fmt"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
)

// What a table shows of a long history without View.All.
const (
	// wholeTable is the number of lines up to which nothing is left out.
	wholeTable = 60
	// mostDivergent is the number of lines with a divergence that are shown, the
	// first one among them.
	mostDivergent = 12
	// around is the number of lines shown before and after a divergence, and at
	// both ends of the history.
	around = 3
	// worthHiding is the number of lines from which on it is shorter to say that
	// they are left out.
	worthHiding = 3
	// wholeBrief and aroundBrief are wholeTable and around of a table that shows the first
	// divergence only.
	wholeBrief  = 10
	aroundBrief = 2
)

// A Block is a Workflow Task with its lines.
type Block struct {
	number int
	task   compare.TaskRows
	Lines  []Line
	// First is whether the first divergence is in the task but its line is not known.
	First bool
	// Hidden says for each line whether it is left out. A task without lines has one value, for its
	// heading.
	Hidden []bool
}

func (b Block) wholeHidden() bool {
	for _, hidden := range b.Hidden {
		if !hidden {
			return false
		}
	}
	return true
}

// Blocks are the Workflow Tasks of the cell. They say which lines are left out.
func (v *View) Blocks() (blocks []Block) {
	first := v.firstTask()
	for i, task := range v.Cell.Explanation.Tasks {
		lines := v.sides(task)
		blocks = append(blocks, Block{
			number: i + 1, task: task, Lines: lines, First: i == first,
			Hidden: make([]bool, max(1, len(lines))),
		})
	}
	switch {
	case v.All:
	case v.Brief:
		collapseToFirst(blocks)
	default:
		collapse(blocks)
	}
	return blocks
}

// A slot is a line, or the heading of a task without lines, that can be hidden.
type slot struct {
	hidden      *bool
	loud, first bool
}

func slotsOf(blocks []Block) (slots []slot) {
	for i := range blocks {
		for j := range blocks[i].Hidden {
			s := slot{hidden: &blocks[i].Hidden[j], loud: blocks[i].First, first: blocks[i].First}
			if j < len(blocks[i].Lines) {
				line := blocks[i].Lines[j]
				s.loud, s.first = s.loud || !line.quiet() || line.First, s.first || line.First
			}
			slots = append(slots, s)
		}
	}
	return slots
}

// show shows the slot in the middle with those around it.
func show(slots []slot, middle, around int) {
	for i := max(0, middle-around); i <= min(len(slots)-1, middle+around); i++ {
		*slots[i].hidden = false
	}
}

// collapseToFirst hides what is far from the first divergence.
func collapseToFirst(blocks []Block) {
	slots := slotsOf(blocks)
	if len(slots)+len(blocks) <= wholeBrief {
		return
	}
	for i := range slots {
		*slots[i].hidden = true
	}
	middle := slices.IndexFunc(slots, func(s slot) bool { return s.first })
	if middle < 0 {
		middle = max(0, slices.IndexFunc(slots, func(s slot) bool { return s.loud }))
	}
	show(slots, middle, aroundBrief)
}

// collapse hides what is the same and far from any divergence, and divergences
// that are too many to read.
func collapse(blocks []Block) {
	slots := slotsOf(blocks)
	if len(slots)+len(blocks) <= wholeTable {
		return
	}
	for i := range slots {
		*slots[i].hidden = true
	}
	show(slots, 0, around)
	show(slots, len(slots)-1, around)
	shown := 0
	for i, s := range slots {
		if s.first || s.loud && shown < mostDivergent {
			show(slots, i, around)
			shown++
		}
	}
	// What is between is shown where it takes no more room than to say that it is not.
	for i := 0; i < len(slots); {
		n := i
		for n < len(slots) && *slots[n].hidden {
			n++
		}
		for ; n-i < worthHiding && i < n; i++ {
			*slots[i].hidden = false
		}
		i = max(n, i+1)
	}
}

// LeftOut says what is hidden in these lines.
func LeftOut(lines []Line) string {
	commands, differ, unknown := 0, 0, 0
	for _, line := range lines {
		if line.command() {
			commands++
		}
		switch {
		case line.Mark == markUnknown:
			unknown++
		case !line.quiet():
			differ++
		}
	}
	text := "no commands"
	if commands > 0 {
		text = prose.Plural(commands, "command")
	}
	switch {
	case differ == 0 && unknown == 0:
		return "the same, " + text
	case differ == 0 && unknown == commands:
		return text + ", not compared"
	}
	if differ > 0 {
		text += fmt.Sprintf(", %s of them not the same", prose.Thousands(differ))
	}
	if unknown > 0 {
		text += fmt.Sprintf(", %s not compared", prose.Thousands(unknown))
	}
	return text
}
