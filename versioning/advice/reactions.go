package advice

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
)

// A reaction is what becomes of a Workflow Task, as far as somebody can notice it.
type reaction int

// The reactions, in the order in which they are told.
const (
	failsTask reaction = iota
	failsUnlessClosing
	refusesAnswer
	failsForGood
	closesUnseen
	waitsUnseen
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
	case e.Kind == rehearse.Stuck && e.Checked:
		return failsUnlessClosing
	case e.Kind == rehearse.Stuck:
		return failsTask
	case closes && e.Ending == "Failed":
		return failsForGood
	case closes:
		return closesUnseen
	case e.Kind == rehearse.Hangs:
		return waitsUnseen
	case e.Kind == rehearse.Unknown:
		return notKnown
	default:
		return goesOn
	}
}

// noticed says who notices, by what live Workers do at each waiting point. Where they all go on, or
// nothing was rehearsed, it is what the replay has shown: that of a closed execution does not show
// what a Workflow Task does that leaves it open.
func noticed(n cause.Notice, e rehearse.Effects) string {
	at, where := [reactions]int{}, [reactions]string{}
	points := 0
	for _, one := range e.List {
		if r := reactionTo(one); !one.MadeUp() {
			at[r]++
			points++
		} else if one.Breaks && where[r] == "" {
			where[r] = whenOf(one)
		}
	}
	var texts []string
	for r := range goesOn {
		switch {
		case at[r] == points && points > 0:
			return alone[r]
		case at[r] > 0:
			where[r] = "at " + ofPoints(at[r], points, len(texts) == 0)
		}
		if where[r] != "" {
			texts = append(texts, fmt.Sprintf(among[r], where[r]))
		}
	}
	if len(texts) == 0 {
		return Notices(n)
	}
	for r := goesOn; r < reactions && at[r] < points; r++ {
		if at[r] > 0 {
			texts = append(texts, fmt.Sprintf(among[r], "at "+ofPoints(at[r], points, false)))
		}
	}
	return strings.Join(texts, " ")
}

// ofPoints is "3 of 5 waiting points", and after that "2".
func ofPoints(n, all int, first bool) string {
	if first {
		return fmt.Sprintf("%d of %s", n, prose.Plural(all, "waiting point"))
	}
	return fmt.Sprint(n)
}

// alone are the sentences where all waiting points have one reaction, and among those where they
// differ.
var (
	alone = [reactions]string{
		failsTask: Notices(cause.NoticedAtOnce), failsUnlessClosing: Notices(cause.NoticedUnlessClosing),
		refusesAnswer: "The service, at once: it refuses the answer of the Worker, again and again, and the execution " +
			"is stuck until fitting code comes.",
		failsForGood: Notices(cause.FailsExecution), closesUnseen: Notices(cause.ClosesUnnoticed),
		waitsUnseen: "Nobody: the execution does nothing more, nothing will come by itself, and no error is logged.",
	}
	among = [reactions]string{
		failsTask: "A live Worker, %s: it fails the Workflow Task, again and again, and the execution is stuck until " +
			"fitting code comes.",
		failsUnlessClosing: "A live Worker, %s, but only in a Workflow Task that leaves the execution open: it fails " +
			"that task, again and again. The Workflow Task that closes the execution is not checked.",
		refusesAnswer: "The service, %s: it refuses the answer of the Worker, again and again, and the execution is " +
			"stuck until fitting code comes.",
		failsForGood: "Whoever looks at the execution, %s: the Workflow Task fails it, for good.",
		closesUnseen: "Nobody, %s: the execution closes, and no error is logged.",
		waitsUnseen:  "Nobody, %s: the execution does nothing more, and no error is logged.",
		goesOn:       "Nobody, %s: no Workflow Task fails there.",
		notKnown:     "Not known %s: the code runs what a rehearsal must not run.",
	}
)
