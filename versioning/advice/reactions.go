package advice

import (
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
)

// A reaction is what becomes of a Workflow Task, as far as somebody can notice it.
type reaction int

// The reactions, in the order in which they are told.
const (
	failsTask reaction = iota
	refusesAnswer
	failsForGood
	closesUnseen
	waitsUnseen
	rejectsUpdate
	goesOn
	notKnown
	reactions
)

// reactionTo is that of a waiting point. What closes in a task that the code before may close too is
// nothing to notice.
func reactionTo(e rehearse.Effect) reaction {
	closes := e.Kind == rehearse.Closes && e.Ending != "" && (e.Breaks || e.News.Kind == rehearse.NoNews)
	switch {
	case e.Kind == rehearse.Stuck && e.Refused:
		return refusesAnswer
	case e.Kind == rehearse.Stuck:
		return failsTask
	case closes && e.Ending == "Failed":
		return failsForGood
	case closes:
		return closesUnseen
	case e.Kind == rehearse.Hangs:
		return waitsUnseen
	case e.Rejects != "":
		return rejectsUpdate
	case e.Kind == rehearse.Unknown:
		return notKnown
	default:
		return goesOn
	}
}

// noticed says in a sentence who notices, by what live Workers do at each waiting point: first what
// somebody notices, or what is lost, and then what happens at the other points. Where they all go on, or
// nothing was rehearsed, it is what the replay has shown.
func noticed(n cause.Notice, e rehearse.Effects) string {
	all := reacted(e)
	var texts []string
	if g := &all.groups[notKnown]; len(all.points) > 0 && len(g.points) == len(all.points) {
		texts = append(texts, "Not known: the code "+g.any().Why)
	}
	for r := range reactions {
		g := &all.groups[r]
		switch points := len(g.effects); {
		case r >= goesOn && len(texts) == 0:
			return unnoticed(n, e)
		case r < goesOn && points > 0 && points == len(all.points) && !all.otherwise(r):
			return g.alone(r)
		case r < goesOn && points > 0 && points == len(all.points):
			texts = append(texts, g.told(r, ", at once"))
		case points == 0 && (r >= goesOn || len(g.made) == 0), r >= goesOn && points == len(all.points):
		case len(texts) == 0:
			texts = append(texts, g.leading(r, all))
		default:
			texts = append(texts, all.where(g, true)+" "+all.following(g, r))
		}
	}
	for i, text := range texts {
		texts[i] = sentence(text)
	}
	return strings.Join(append(texts, all.unchecked()...), " ")
}

// unnoticed is for points that all go on. The replay of a closed execution does not show what a Workflow
// Task does that leaves it open, and what it shows no task of a recording need have.
func unnoticed(n cause.Notice, e rehearse.Effects) string {
	fails := n == cause.NoticedAtOnce || n == cause.NoticedUnlessClosing
	if fails && !e.Has(rehearse.Unknown) && e.Points > 0 && e.Rehearsed == e.Points {
		return "Nobody, if the next Workflow Task closes the execution, as here: the SDK does not check that task. If it " +
			"leaves the execution open, a live Worker fails it, again and again, and the execution is stuck until fitting " +
			"code comes."
	}
	return Notices(n)
}
