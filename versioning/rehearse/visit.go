package rehearse

import (
	"context"
	"strings"

	historypb "go.temporal.io/api/history/v1"

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
	// than the recorded, and after the last one of those that are made up.
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
