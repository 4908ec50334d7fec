package rehearse

import (
	"cmp"
	"slices"

	"google.golang.org/protobuf/proto"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/accept"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/inert"
)

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
	v.last, v.effect.Drops = r, cmp.Or(v.effect.Drops, drops(r))
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
		if closing(made) == nil {
			v.effect.WaitsFor = v.waitsFor()
		}
		return nil
	}
	v.effect.Kind = AsRecorded
	if v.tasks[v.at].Closing {
		return nil // it waits for nothing
	}
	if v.at+1 == len(v.tasks) {
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

// drops is the name of the first signal of the task that does not decode, "" if all do.
func drops(r *reply) string {
	for _, e := range r.events[r.previous:] {
		signal := e.GetWorkflowExecutionSignaledEventAttributes()
		for _, value := range signal.GetInput().GetPayloads() {
			if slices.ContainsFunc(r.notes.Undecoded, func(p *commonpb.Payload) bool { return proto.Equal(p, value) }) {
				return signal.GetSignalName()
			}
		}
	}
	return ""
}

// follow is the task that brings the next signal.
func (v *visit) follow(r *reply, made []*historypb.HistoryEvent) *turn {
	f := v.made.then[v.step]
	v.step++
	v.effect.After = append(v.effect.After, v.effect.News)
	v.effect.News = News{SignalCame, f.name}
	v.rolled, v.after = false, nil // what is asked is after the last task that is told of
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
	v.effect.Rejects, made = v.rejects(), v.plain(made)
	if len(made) > 0 {
		v.effect.Now = events.Describe(made[0])
	}
	if v.ending(made); v.effect.Ending != "" {
		v.effect.Kind, v.effect.Code = Closes, v.ends(made)
	}
}
