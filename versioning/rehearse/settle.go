package rehearse

import (
	enumspb "go.temporal.io/api/enums/v1"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Settle returns the final result of a cell: that of its replay, unless the replay finds nothing that
// breaks the execution and a live Worker does break it. When somebody notices what breaks comes from
// the effects, for every verdict.
func (e Effects) Settle(result replay.Result, recording *history.Recording) replay.Result {
	worst := e.worst()
	if worst == nil {
		return result
	}
	switch result.Verdict {
	case replay.Safe, replay.Drift, replay.Unstarted:
	case replay.Unstable:
		return result // the next run of the same code does something else
	default:
		result.Cause.Notice = worst.notice()
		return result
	}
	result.Verdict = replay.Nondeterministic
	if worst.Kind == Stuck && worst.Cause != nondeterministic && !worst.Refused {
		result.Verdict = replay.Panic
	}
	result.Place = placeOf(*worst, recording)
	result.Cause = cause.Cause{Kind: kinds[worst.Kind], Ahead: &cause.Ahead{
		Effect: string(worst.Kind), News: worst.News.String(), After: textsOf(worst.After), Task: worst.Task,
		Ending: worst.Ending, Result: worst.Result,
		Failure: worst.Cause, Text: worst.Message, Refused: worst.Refused, Recorded: worst.Recorded, Now: worst.Now,
		Awaits: worst.awaits(), Untold: e.untold(*worst),
	}, Notice: worst.notice()}
	result.Cause.WithoutRunID(recording.RunID)
	if x := result.Explanation; x != nil {
		other := *x // what it says of the replay is no place of this cause
		other.First, other.Parted = nil, nil
		result.Explanation = &other
	}
	return result
}

func textsOf(news []News) (texts []string) {
	for _, n := range news {
		texts = append(texts, n.String())
	}
	return texts
}

// awaits are the signals and updates that an execution waits for that does nothing else.
func (e Effect) awaits() (texts []string) {
	if e.Kind != Hangs {
		return nil
	}
	for _, name := range e.WaitsFor.Signals {
		texts = append(texts, News{SignalCame, name}.String())
	}
	for _, name := range e.WaitsFor.Updates {
		texts = append(texts, News{UpdateCame, name}.String())
	}
	return texts
}

// untold is why it is not known what the code does in the next task at the point of the effect, if the
// news of the effect is made up: that task comes by itself, and before the news.
func (e Effects) untold(worst Effect) string {
	for _, one := range e.List {
		if one.Kind == Unknown && !one.MadeUp() && worst.MadeUp() && one.Point == worst.Point {
			return one.Why
		}
	}
	return ""
}

var kinds = map[Kind]cause.Kind{Stuck: cause.StuckAhead, Closes: cause.ClosesAhead, Hangs: cause.HangsAhead}

var nondeterministic = enumspb.WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR.String()

// worst is the effect that breaks the execution: what is lost comes before what is stuck, this
// before what only goes on, and what is recorded before what is made up. Of two that are alike, a
// request to cancel is told last, since few executions get one.
func (e Effects) worst() (worst *Effect) {
	for i := range e.List {
		if one := &e.List[i]; one.rank() > worst.rank() {
			worst = one
		}
	}
	return worst
}

func (e *Effect) rank() int {
	harm := 4
	switch {
	case e == nil || !e.Breaks:
		return 0
	case e.Kind == Closes && e.Ending == "":
		harm = 1
	case e.Kind == Stuck && e.Checked:
		harm = 2
	case e.Kind == Stuck:
		harm = 3
	}
	if harm *= 2; e.News.Kind == CancelRequested {
		harm--
	}
	return harm
}

// notice is when somebody notices the effect.
func (e Effect) notice() cause.Notice {
	switch {
	case e.Kind == Hangs:
		return cause.WaitsUnnoticed
	case e.Kind == Stuck && e.Checked:
		return cause.NoticedUnlessClosing
	case e.Kind == Stuck:
		return cause.NoticedAtOnce
	case e.Ending == "Failed":
		return cause.FailsExecution
	case e.Ending == "":
		return cause.NeverNoticed
	default:
		return cause.ClosesUnnoticed
	}
}

// placeOf is the event at which the effect shows, that of the recorded task or the last one, and the
// line of code that makes it.
func placeOf(e Effect, recording *history.Recording) replay.Place {
	list := recording.History.GetEvents()
	at := list[len(list)-1]
	if e.Task != 0 {
		at = events.ByID(list, e.Task)
	}
	place := replay.Place{Event: at.GetEventId(), EventType: at.GetEventType().String()}
	if c := e.Code; c != nil {
		place.Source, place.Callers, place.Near, place.File, place.Line = c.Source, c.Callers, c.Near, c.File, c.Line
	}
	return place
}
