package rehearse

import (
	"context"
	"slices"
	"strings"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/accept"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/inert"
)

// A visit goes from one waiting point on through the recorded tasks, as long as what the code does
// is what is recorded.
type visit struct {
	*rehearsal
	// at is the index of the task that is under way, the number of tasks after the last one.
	at     int
	effect Effect
	// made is the task that is made up, nil if the recorded ones are meant.
	made *madeUp
	// step is how many signals have followed the made-up task.
	step int
	// another, if not nil, chooses the signal that follows.
	another func(*visit) (following, bool)
	// answered is what the code does in each task beyond the recording.
	answered [][]*historypb.HistoryEvent
	// carried is the history as it would be with what the code has done.
	carried carried
	// last is the last reply.
	last *reply
	// rolled is whether after was looked for: the history after the first task, if it is another one
	// than the recorded.
	rolled bool
	after  []*historypb.HistoryEvent
	// requests are those of updates that the Worker has not got.
	requests *requests
	// looks is whether it notes where the code is, at a cost.
	looks bool
}

// at rehearses the task that follows the first n completed ones, which is recorded unless one is
// made up. after is the history after it, where it is not as recorded.
func (x *rehearsal) at(ctx context.Context, n int, made *madeUp) (effect Effect, after []*historypb.HistoryEvent,
	err error) {
	effect, after, err = x.visit(ctx, n, made, false)
	if err != nil || len(effect.Versions) == 0 || effect.Kind != Closes && effect.Kind != Hangs {
		return effect, after, err
	}
	again, _, err := x.visit(ctx, n, made, true)
	effect.ByVersion = err == nil && again.Kind != effect.Kind
	return effect, after, err
}

func (x *rehearsal) visit(ctx context.Context, n int, made *madeUp, defaults bool) (Effect,
	[]*historypb.HistoryEvent, error) {
	v := x.newVisit(n, made)
	unknown, err := x.play(ctx, v.first(), defaults, v.next)
	if err == nil && v.effect.deadlocked() { // a busy machine is slow: it is one if it is one again
		v = x.newVisit(n, made)
		v.looks = true
		unknown, err = x.play(ctx, v.first(), defaults, v.next)
	}
	if err != nil {
		return Effect{}, nil, err
	}
	if unknown != nil {
		v.isUnknown(unknown)
	}
	return v.effect, v.after, nil
}

// deadlocked reports whether the SDK says that the workflow code does not yield (its
// internal/internal_workflow.go).
func (e Effect) deadlocked() bool {
	return e.Kind == Stuck && strings.Contains(e.Message, "[TMPRL1101]")
}

func (x *rehearsal) newVisit(n int, made *madeUp) *visit {
	v := &visit{rehearsal: x, at: n, made: made}
	v.carried.recorded = x.recording.History.GetEvents()
	v.requests = requestsOf(v.carried.recorded)
	if n > 0 {
		v.effect.Point = x.tasks[n-1].Completed
	}
	return v
}

// first is the first task of a visit.
func (v *visit) first() *turn {
	t := &turn{}
	if v.at > 0 {
		t.previous = v.tasks[v.at-1].Started
	}
	switch v.effect.News = (News{Kind: NewsRecorded}); {
	case v.at < len(v.tasks):
		n := int(v.tasks[v.at].Started)
		t.events, t.copied = v.carried.recorded[:n], v.private.Prefix(n).GetEvents()
	case v.made != nil:
		t.events, v.effect.News = v.made.events, v.made.News
	default:
		t.events, v.effect.News = v.afterwards()
	}
	v.carried.events = t.events
	t.looks = v.looks
	v.prepare(t)
	return t
}

// prepare gives a turn what comes with the recorded task.
func (v *visit) prepare(t *turn) {
	started := int64(len(t.events))
	if v.at < len(v.tasks) {
		task := v.tasks[v.at]
		v.effect.Task, started = task.Completed, task.Started
		t.values = inert.ValuesOf(v.recorded(), v.decoderOf())
	} else {
		v.effect.Task = 0
	}
	t.messages = v.carried.messages(v.requests.until(started))
	if v.made != nil {
		t.messages = append(t.messages, v.made.messages...)
	}
}

// expected are the events that the commands of the task have made in the recording, or those of the
// code that ran the execution.
func (v *visit) expected() (list []*historypb.HistoryEvent, known bool) {
	if v.at < len(v.tasks) {
		return v.recorded(), true
	}
	if v.made != nil && v.made.known {
		return v.made.expected[v.step], true
	}
	return nil, false
}

// recorded are the events that the commands of the recorded task have made.
func (v *visit) recorded() []*historypb.HistoryEvent {
	task := v.tasks[v.at]
	return v.guard.Whole(v.execution.ID, v.carried.recorded[task.Completed:task.End])
}

// next takes the reply to a task, and returns the one that follows if the reply is as recorded.
func (v *visit) next(r *reply) *turn {
	v.effect.Versions = append(v.effect.Versions, versionsIn(r, v.decoderOf())...)
	switch {
	case r.answer.Failed != nil:
		v.failed(r)
		return nil
	case r.outcome.Refused != nil:
		v.refused(r.outcome.Refused)
		v.effect.Code = refuses(r, r.outcome.Refused.Command)
		return nil
	}
	made := fromCommands(r.outcome.Events[1:])
	v.last = r
	if after := v.rolls(r, made); after != nil {
		v.after = after
	}
	expected, known := v.expected()
	if !known {
		v.beyond(made)
		if v.another != nil && v.effect.Ending == "" && len(v.plain(made)) == 0 && v.step < mostFollowing {
			if f, ok := v.another(v); ok {
				v.made.then = append(v.made.then, f)
				return v.follow(r, made)
			}
		}
		return nil
	}
	pairs, same := v.beside(expected, made)
	if !same {
		return nil
	}
	if v.at == len(v.tasks) {
		if v.effect.Kind = AsRecorded; v.step < len(v.made.then) {
			return v.follow(r, made)
		}
		v.effect.WaitsFor = v.waitsFor()
		return nil
	}
	if v.effect.Kind = AsRecorded; v.tasks[v.at].Closing || v.at+1 == len(v.tasks) {
		v.effect.WaitsFor = v.waitsFor()
		return nil
	}
	from, to := v.tasks[v.at].End, int(v.tasks[v.at+1].Started)
	v.carried.goOn(append(r.outcome.Events[:1:1], made...), pairs, v.carried.recorded[v.tasks[v.at].Completed-1], from, to)
	v.at++
	t := &turn{events: v.carried.events, previous: r.started().GetEventId()}
	v.prepare(t)
	return t
}

// follow is the task that brings the next signal.
func (v *visit) follow(r *reply, made []*historypb.HistoryEvent) *turn {
	f := v.made.then[v.step]
	v.step++
	v.effect.After = append(v.effect.After, v.effect.News)
	v.effect.News = News{SignalCame, f.name}
	list := slices.Concat(r.events, r.outcome.Events[:1], made)
	signal := signaled(f.name, f.input)
	signal.EventId, signal.EventTime = int64(len(list))+1, list[len(list)-1].GetEventTime()
	return &turn{events: inTask(append(list, signal)), previous: r.started().GetEventId()}
}

// fromCommands leaves out what the service adds by itself, such as the end of an activity that was
// cancelled before any Worker had it.
func fromCommands(list []*historypb.HistoryEvent) (made []*historypb.HistoryEvent) {
	for _, e := range list {
		if events.FromCommand(e) {
			made = append(made, e)
		}
	}
	return made
}

func (v *visit) failed(r *reply) {
	failed := r.answer.Failed
	v.effect.Kind, v.effect.Cause = Stuck, failed.Cause.String()
	v.effect.Message = firstLine(failed.Failure.GetMessage())
	// matchReplayWithHistory gives this error, and is not asked in the task that closes
	// (internal/internal_task_handlers.go); its name is what the SDK's failure converter keeps.
	v.effect.Checked = failed.Failure.GetApplicationFailureInfo().GetType() == "historyMismatchError"
	v.effect.Code = v.fails(r.run)
}

func (v *visit) refused(r *accept.Refusal) {
	v.effect.Kind, v.effect.Refused = Stuck, true
	v.effect.Cause, v.effect.Message = r.Cause.String(), firstLine(r.Message)
	if r.Terminates {
		v.effect.Kind, v.effect.Ending = Closes, "Terminated"
	}
}

func (v *visit) isUnknown(u *inert.Unknown) {
	v.effect.Kind = Unknown
	v.effect.Why, v.effect.Code = "runs "+u.String(), codeAt(u.Line)
}

// beyond is what the code does where nothing is recorded any more.
func (v *visit) beyond(made []*historypb.HistoryEvent) {
	v.answered = append(v.answered, made)
	v.effect.Kind, v.effect.WaitsFor = Waits, v.waitsFor()
	made = v.plain(made)
	if len(made) > 0 {
		v.effect.Now = events.Describe(made[0])
	}
	if v.ending(made); v.effect.Ending != "" {
		v.effect.Kind, v.effect.Code = Closes, v.ends(made)
	}
}
