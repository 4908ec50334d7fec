package rehearse

import (
	"context"

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
	// carried is the history as it would be with what the code has done.
	carried carried
	// given are the updates that the Worker has got.
	given map[string]bool
}

// at rehearses the task that follows the first n completed ones.
func (x *rehearsal) at(ctx context.Context, n int) (Effect, error) {
	effect, err := x.visit(ctx, n, false)
	if err != nil || len(effect.Versions) == 0 || effect.Kind != Closes && effect.Kind != Hangs {
		return effect, err
	}
	again, err := x.visit(ctx, n, true)
	effect.ByVersion = err == nil && again.Kind != effect.Kind
	return effect, err
}

func (x *rehearsal) visit(ctx context.Context, n int, defaults bool) (Effect, error) {
	list := x.recording.History.GetEvents()
	v := &visit{rehearsal: x, at: n, given: map[string]bool{}, carried: carried{recorded: list}}
	if n > 0 {
		v.effect.Point = x.tasks[n-1].Completed
	}
	first := x.recordedTurn(v)
	unknown, err := x.play(ctx, first, defaults, v.next)
	if err != nil {
		return Effect{}, err
	}
	if unknown != nil {
		v.isUnknown(unknown)
	}
	return v.effect, nil
}

// recordedTurn is the first task of a visit.
func (x *rehearsal) recordedTurn(v *visit) *turn {
	list := x.recording.History.GetEvents()
	t := &turn{}
	if v.at > 0 {
		t.previous = x.tasks[v.at-1].Started
	}
	v.effect.News = News{Kind: NewsRecorded}
	if v.at < len(x.tasks) {
		n := int(x.tasks[v.at].Started)
		t.events, t.copied = list[:n], x.private.Prefix(n).GetEvents()
	} else {
		var news bool
		if t.events, news = x.afterwards(); !news {
			v.effect.News = News{Kind: NoNews}
		}
		if len(x.tasks) == 0 {
			v.effect.News = News{Kind: FirstTask}
		}
	}
	v.carried.events = t.events
	v.prepare(t)
	return t
}

// prepare gives a turn what comes with the recorded task.
func (v *visit) prepare(t *turn) {
	started := int64(len(t.events))
	if v.at < len(v.tasks) {
		task := v.tasks[v.at]
		v.effect.Task, started = task.Started, task.Started
		t.values = inert.ValuesOf(v.recorded(), v.decoderOf())
	} else {
		v.effect.Task = 0
	}
	t.messages = v.carried.messages(messagesOf(v.carried.recorded, started, v.given))
	for _, m := range t.messages {
		v.given[m.GetProtocolInstanceId()] = true
	}
}

// recorded are the events that the commands of the recorded task have made.
func (v *visit) recorded() []*historypb.HistoryEvent {
	task := v.tasks[v.at]
	return v.carried.recorded[task.Completed:task.End]
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
		return nil
	}
	made := r.outcome.Events[1:]
	v.effect.WaitsFor = waitsFor(r)
	if v.at == len(v.tasks) {
		v.beyond(made)
		return nil
	}
	pairs, same := v.beside(v.recorded(), made)
	if !same {
		return nil
	}
	if v.effect.Kind = AsRecorded; v.tasks[v.at].Closing || v.at+1 == len(v.tasks) {
		return nil
	}
	from, to := v.tasks[v.at].End, int(v.tasks[v.at+1].Started)
	v.carried.goOn(r.outcome, pairs, v.carried.recorded[v.tasks[v.at].Completed-1], from, to)
	v.at++
	t := &turn{events: v.carried.events, previous: r.started().GetEventId()}
	v.prepare(t)
	return t
}

func (v *visit) failed(r *reply) {
	failed := r.answer.Failed
	v.effect.Kind, v.effect.Cause = Stuck, failed.Cause.String()
	v.effect.Message = firstLine(failed.Failure.GetMessage())
	// matchReplayWithHistory gives this error, and is not asked in the task that closes
	// (internal/internal_task_handlers.go); its name is what the SDK's failure converter keeps.
	v.effect.Checked = failed.Failure.GetApplicationFailureInfo().GetType() == "historyMismatchError"
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
	v.effect.Why = "runs " + string(u.Kind)
	if u.Name != "" {
		v.effect.Why += " " + u.Name
	}
}

// beyond is what the code does where nothing is recorded any more.
func (v *visit) beyond(made []*historypb.HistoryEvent) {
	v.effect.Kind = Waits
	made = v.plain(made)
	if len(made) > 0 {
		v.effect.Kind, v.effect.Now = Otherwise, events.Describe(made[0])
	}
	v.ending(made)
}
