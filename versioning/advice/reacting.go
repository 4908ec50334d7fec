package advice

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
)

// A reacting is the waiting points with their reactions.
type reacting struct {
	groups [reactions]group
	points []int64 // each once, in their order
	whole  bool    // whether all points were rehearsed
	first  *group  // that which was told first
}

// A group is the waiting points with one reaction, and the tasks that are made up and have it.
type group struct {
	effects []rehearse.Effect
	points  []int64
	made    []rehearse.Effect
}

func reacted(e rehearse.Effects) *reacting {
	all := &reacting{whole: e.Rehearsed == e.Points}
	for _, one := range e.List {
		g := &all.groups[reactionTo(one)]
		switch {
		case !one.MadeUp():
			g.effects, g.points = append(g.effects, one), append(g.points, one.Point)
			all.points = append(all.points, one.Point)
		case one.Breaks || one.Rejects != "":
			g.made = append(g.made, one)
		}
	}
	return all
}

// otherwise reports whether tasks that are made up have another reaction.
func (all *reacting) otherwise(than reaction) bool {
	for r := range goesOn {
		if r != than && len(all.groups[r].made) > 0 {
			return true
		}
	}
	return false
}

// any is an effect of the group, for what all of them have.
func (g *group) any() rehearse.Effect {
	if len(g.effects) > 0 {
		return g.effects[0]
	}
	return g.made[0]
}

// task is the recorded Workflow Task in which all of the group happens, 0 if there is no such one.
func (g *group) task() int64 {
	for _, e := range g.effects {
		if e.Task != g.effects[0].Task {
			return 0
		}
	}
	return g.any().Task
}

// alone is the text where all waiting points have the reaction.
func (g *group) alone(r reaction) string {
	unless := g.unlessClosing()
	switch {
	case r == failsTask && len(unless) == len(g.effects):
		return Notices(cause.NoticedUnlessClosing)
	case r == failsTask && len(unless) == 0:
		return Notices(cause.NoticedAtOnce)
	case r == failsForGood:
		return Notices(cause.FailsExecution)
	case r == closesUnseen && g.task() != 0:
		return sentence(g.told(r, fmt.Sprintf(", in the Workflow Task of event %d", g.task())))
	case r == closesUnseen:
		return Notices(cause.ClosesUnnoticed)
	case r == waitsUnseen:
		return sentence(g.told(r, ""))
	}
	return strings.Join(append([]string{sentence(g.told(r, ", at once"))}, unchecked(unless, false)...), " ")
}

// leading is the first text of several, with where it is so.
func (g *group) leading(r reaction, all *reacting) string {
	all.first = g
	return g.told(r, ", "+all.where(g, false))
}

func (g *group) told(r reaction, where string) string {
	const stuck = "again and again, and the execution is stuck until fitting code comes"
	switch r {
	case failsTask:
		return fmt.Sprintf("A live Worker%s: it fails the Workflow Task, "+stuck, where)
	case refusesAnswer:
		return fmt.Sprintf("The service%s: it refuses the answer of the Worker, "+stuck, where)
	case failsForGood:
		return fmt.Sprintf("Whoever looks at the execution%s: the Workflow Task fails it, for good", where)
	case closesUnseen:
		return fmt.Sprintf("Nobody%s: the execution closes, and no error is logged", where)
	case waitsUnseen:
		return fmt.Sprintf("Nobody%s: the execution %s, and no Workflow Task fails%s", where, g.waits(), g.dropped())
	default:
		return fmt.Sprintf("Whoever sends update %q%s: it is rejected, and no Workflow Task fails", g.any().Rejects, where)
	}
}

// waits says what the execution does nothing but wait for, if that is the same in all tasks.
func (g *group) waits() string {
	text := Effect(g.any())
	for _, e := range slices.Concat(g.effects, g.made) {
		if Effect(e) != text {
			return "does nothing more by itself"
		}
	}
	return text
}

// following is the text of a reaction that is not told first, behind where it is so.
func (all *reacting) following(g *group, r reaction) string {
	switch r {
	case refusesAnswer:
		return "the service refuses the answer of the Worker"
	case failsForGood:
		return "the Workflow Task fails it, for good"
	case closesUnseen:
		return "it closes, and no error is logged"
	case waitsUnseen:
		return "it " + g.waits() + ", and no Workflow Task fails" + g.dropped()
	case rejectsUpdate:
		return fmt.Sprintf("update %q is rejected, which its sender is told", g.any().Rejects)
	case notKnown:
		return "nobody knows, since the code " + g.any().Why
	}
	if first := all.first; first == &all.groups[failsTask] || first == &all.groups[refusesAnswer] {
		return "nobody notices"
	}
	return "nothing breaks"
}

// unlessClosing are the points at which the task fails only if the code leaves the execution open in it.
func (g *group) unlessClosing() (points []int64) {
	for _, e := range g.effects {
		if unlessClosing(e) {
			points = append(points, e.Point)
		}
	}
	return points
}

// where says at which points, or in which tasks, the group's reaction is. What follows another group can
// refer to that.
func (all *reacting) where(g *group, follows bool) string {
	if len(g.points) == 0 {
		return whenever(g.made)
	}
	from := slices.Index(all.points, g.points[0])
	ends := from+len(g.points) == len(all.points)
	inOneRow := slices.Equal(g.points, all.points[from:min(from+len(g.points), len(all.points))])
	switch others := len(all.points) - len(g.points); {
	case !all.whole || !inOneRow || others == 0:
	case follows && all.first != nil && len(all.first.points) == others && ends:
		return "after that"
	case follows && all.first != nil && len(all.first.points) == others && from == 0:
		return "before that"
	case ends && follows:
		return fmt.Sprintf("once it has come to event %d,", all.points[from])
	case ends:
		return fmt.Sprintf("once the execution has come to event %d", all.points[from])
	case from == 0 && !follows:
		return fmt.Sprintf("until the execution comes to event %d", all.points[len(g.points)])
	}
	return lower(afterEvents(g.points))
}

// whenever says what brings the tasks, a request to cancel last.
func whenever(made []rehearse.Effect) string {
	const most = 3
	var texts, last []string
	for _, e := range made {
		if text := whenOf(e); e.News.Kind == rehearse.CancelRequested {
			last = append(last, text)
		} else if !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	texts = append(texts, last...)
	if len(texts) > most {
		return fmt.Sprintf("%s, and in %d more cases", strings.Join(texts[:most], ", "), len(texts)-most)
	}
	return strings.Join(texts, ", or ")
}

func lower(text string) string { return strings.ToLower(text[:1]) + text[1:] }

// unchecked says at which points a task that closes the execution is not checked, if it is so at any.
func (all *reacting) unchecked() []string {
	g := &all.groups[failsTask]
	points := g.unlessClosing()
	return unchecked(points, len(points) == len(g.effects))
}

func unchecked(points []int64, everywhere bool) []string {
	const text = "a Workflow Task that closes the execution is not checked."
	switch {
	case len(points) == 0:
		return nil
	case everywhere:
		return []string{sentence(text)}
	}
	return []string{afterEvents(points) + ", " + text}
}

// dropped is about signals that do not decode: the code waits on.
func (g *group) dropped() string {
	for _, e := range slices.Concat(g.effects, g.made) {
		if e.Drops != "" {
			return fmt.Sprintf("; the SDK drops signal %q, which does not decode, with an Error line in the Worker's log", e.Drops)
		}
	}
	return ""
}
