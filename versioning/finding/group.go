package finding

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// A Group is what a stage does to the executions of one lineage. Executions of unknown lineage
// form one Group for each answer.
type Group struct {
	Lineage Lineage
	// Recordings is the number of recordings in the Group. Of is the number of all recordings of
	// the transition whose lineage is unknown; it is 0 where the Lineage is known.
	Recordings, Of int
	// Open and Closed count the recordings that break or change, by whether the execution was open when it
	// was recorded. OpenFates and ClosedFates count the same by what becomes of them, the worst first.
	Open, Closed           int
	OpenFates, ClosedFates []FateCount
	// Answer is the worst answer for the executions that get to the stage. It is NotAsked if no
	// execution gets there.
	Answer Answer
	// Pinned is whether Worker Versioning keeps some of the executions on another build. These
	// executions are not broken, and a replay does not show that they are safe. Moved is the worst
	// answer for these executions if they were moved to the stage.
	Pinned bool
	Moved  Answer
	// Rolled is the number of recordings of which it is known what a Worker of the stage before does
	// with the execution after a Workflow Task under this one. StuckBack is the number of those on
	// which that Worker gets stuck, and ClosedBack that of those that it closes.
	Rolled, StuckBack, ClosedBack int
}

// groups are those of one transition.
type groups struct {
	list []Group
	// at is the place of each in the list: those of unknown lineage have one for each
	// answer, as they have nothing else in common.
	at map[groupKey]int
	// unstarted is the number of executions of which no Workflow Task has completed: whatever
	// their lineage, they prove nothing.
	unstarted int
}

type groupKey struct {
	lineage       string
	answer, moved Answer
}

// add counts a cell, whose answer is that of AnswerTo.
func (g *groups) add(row matrix.Row, c matrix.Cell, from origin, answer Answer) {
	moved := NotAsked
	if answer == Unbegun {
		g.unstarted += row.Count()
		return
	}
	if answer == Pinned {
		moved = movedAnswer(c)
	}
	key := groupKey{lineage: from.key}
	if !from.Known() {
		key = groupKey{answer: answer, moved: moved}
	}
	i, ok := g.at[key]
	if !ok {
		if g.at == nil {
			g.at = map[groupKey]int{}
		}
		i = len(g.list)
		g.at[key] = i
		g.list = append(g.list, Group{Lineage: from.Lineage})
	}
	group := &g.list[i]
	n := row.Count()
	group.Recordings += n
	if answer == Pinned {
		group.Pinned, group.Moved = true, max(group.Moved, moved)
		return
	}
	group.Answer = max(group.Answer, answer)
	switch {
	case answer < Changes:
	case row.Closed:
		group.Closed += n
		group.ClosedFates = CountFate(group.ClosedFates, FateOf(c), n)
	default:
		group.Open += n
		group.OpenFates = CountFate(group.OpenFates, FateOf(c), n)
	}
	asked, stuck, closed := rolled(c)
	if asked {
		group.Rolled += n
	}
	if stuck {
		group.StuckBack += n
	}
	if closed {
		group.ClosedBack += n
	}
}

// rolled reports whether it is known what a Worker of the stage before does with the execution, and
// whether it gets stuck, or closes it.
func rolled(c matrix.Cell) (asked, stuck, closed bool) {
	for _, e := range c.Effects.List {
		if e.Roll != nil {
			asked, stuck, closed = true, stuck || e.Roll.Stuck, closed || e.Roll.Ending != ""
		}
	}
	return asked, stuck, closed
}

// all returns the groups, each with how many others are of unknown lineage.
func (g groups) all() []Group {
	unknown := 0
	for _, group := range g.list {
		if !group.Lineage.Known() {
			unknown += group.Recordings
		}
	}
	list := slices.Clone(g.list)
	for i := range list {
		list[i].Of = unknown
	}
	return list
}

func (g groups) transition(kind TransitionKind, stage string) Transition {
	return Transition{Kind: kind, Stage: stage, Groups: g.all(), Unstarted: g.unstarted}
}

func (g groups) empty() bool { return len(g.list) == 0 && g.unstarted == 0 }

// outcomes are the groups of executions that get to one stage, by the stage that ran them.
type outcomes struct {
	deploy, own, rollback groups
	// ofNewest is whether there is one of rollback that the newest stage ran.
	ofNewest bool
	// back are those that a rollback from the newest stage meets: those of rollback, and of older executions those
	// that this stage breaks or changes otherwise than the newest one does. One that is broken under both loses nothing.
	back groups
	// both are the older executions to which this stage does what the newest one does. mends are those that this stage
	// keeps going and the newest one does not, with what that does to them.
	both, mends groups
}

// add counts a cell of the stage. Now is the answer for the execution under the newest stage.
func (o *outcomes) add(row matrix.Row, c matrix.Cell, from origin, to int, newest *versioning.Stage, now Answer) {
	answer, way := AnswerTo(row, c), wayTo(from.stage, to)
	switch way {
	case ByDeploy:
		o.deploy.add(row, c, from, answer)
	case ByOwn:
		o.own.add(row, c, from, answer)
	case ByRollback:
		o.rollback.add(row, c, from, answer)
		o.back.add(row, c, from, answer)
		o.ofNewest = o.ofNewest || from.Stages[len(from.Stages)-1] == newest.Name
	}
	if way == ByRollback || !from.Known() || c.Stage == newest.Name {
		return
	}
	harmed, harms := now >= Changes, answer >= Changes
	switch {
	case kept(answer) && harmed:
		o.mends.add(row, c, from, now)
	case way == ByOwn: // what its own code does, it did before
	case kept(now) && answer >= Doubted, harmed && harms && answer != now:
		o.back.add(row, c, from, answer)
	case harmed && harms:
		o.both.add(row, c, from, answer)
	}
}

// underNewest is the answer for the execution under that stage, NotAsked if it is not judged there.
func underNewest(stage string, row matrix.Row) Answer {
	i := slices.IndexFunc(row.Cells, func(c matrix.Cell) bool { return c.Stage == stage })
	if i < 0 {
		return NotAsked
	}
	return AnswerTo(row, row.Cells[i])
}

// kept reports whether an execution goes on as it was meant to.
func kept(a Answer) bool { return a == Safe || a == Doubted || a == Otherwise }
