package pair

import (
	"context"
	"fmt"
	"slices"
	"strings"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A Comparison has what was said of a swap, beside what happened.
type Comparison struct {
	// Replay is what a replay of the new program says, and Settled what is left of it by what live
	// Workers do next.
	Replay, Settled replay.Result
	// Next is what a rehearsal of the new program says, and Before that of the old one, which would
	// have gone on.
	Next, Before rehearse.Effect
	// Control is the rehearsal of the old program on what it has done, and Again that of the new
	// one on what it has then done.
	Control, Again rehearse.Effect
	// Ahead is what was said before the news came, nil if nothing was said of such news.
	Ahead *rehearse.Effect
	// Return is about the old program taking the execution back, nil if it did not.
	Return *Return
	// Breaks is whether the new program does something else than the old one would have done, as
	// far as the rehearsals tell.
	Breaks bool
	// Disagreements are where what happened differs from what was said. There should be none.
	Disagreements []string
}

// Compare asks for a replay and for rehearsals of what the new Worker got, and compares.
func (s *Swapped) Compare(ctx context.Context, p Pair) (*Comparison, error) {
	stages := []versioning.Stage{program.Stage("old", p.Old), program.Stage("new", p.New)}
	c := &Comparison{Replay: replay.Judge(ctx, stages[1], s.Recording, &replay.Options{Stages: stages})}
	r := rehearse.New(nil)
	defer r.Close()
	var err error
	if c.Control, err = r.At(ctx, stages[0], s.Recording, 0); err != nil {
		return nil, fmt.Errorf("rehearsing the old program on its own recording: %w", err)
	}
	c.disagree("the rehearsal of the old program", c.Control, string(c.Control.Kind), string(rehearse.AsRecorded))
	if s.Untold {
		return c, nil
	}
	next := func(stage versioning.Stage) (rehearse.Effect, error) { return r.Next(ctx, stage, s.Recording) }
	if s.update != nil {
		next = func(stage versioning.Stage) (rehearse.Effect, error) {
			return r.At(ctx, stage, s.withUpdate(), s.point())
		}
	}
	if c.Next, err = next(stages[1]); err != nil {
		return nil, fmt.Errorf("rehearsing the new program: %w", err)
	}
	if c.Before, err = next(stages[0]); err != nil {
		return nil, fmt.Errorf("rehearsing the old program: %w", err)
	}
	c.Breaks = c.Before.Kind != rehearse.Unknown && c.Next.Kind != rehearse.Unknown && s.said(c.Before) != s.said(c.Next)
	// An excuse is one for saying nothing. What is said has to be right.
	if s.ExcusedBy() == "" || c.Next.Kind != rehearse.Unknown {
		c.disagree("the rehearsal", c.Next, s.said(c.Next), s.happened())
	}
	s.compareVerdict(ctx, r, stages, c)
	if err := s.compareAhead(ctx, r, stages[1], c); err != nil {
		return nil, err
	}
	if err := s.compareRoll(ctx, r, stages, c); err != nil {
		return nil, err
	}
	if s.Outcome == Stuck {
		return c, nil
	}
	if c.Again, err = r.At(ctx, stages[1], s.afterwards(), s.point()); err != nil {
		return nil, fmt.Errorf("rehearsing the new program on what it has done: %w", err)
	}
	c.disagree("the rehearsal of what happened", c.Again, string(c.Again.Kind), string(rehearse.AsRecorded))
	return c, nil
}

func (c *Comparison) disagree(who string, e rehearse.Effect, said, happened string) {
	if said != happened {
		c.Disagreements = append(c.Disagreements, fmt.Sprintf("%s says: %s\nhappened: %s\n%+v", who, said, happened, e))
	}
}

// text says what an effect is of a task whose recording is not at hand.
func text(e rehearse.Effect) string {
	switch e.Kind {
	case rehearse.Stuck:
		return fmt.Sprintf("%s: %s", Stuck, e.Cause)
	case rehearse.Closes:
		text := fmt.Sprintf("%s: %s %s", Closes, e.Ending, e.Result)
		if e.Ending == endings[enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED] {
			text += e.Message
		}
		return text
	case rehearse.Waits, rehearse.Otherwise, rehearse.Hangs, rehearse.AsRecorded:
		return fmt.Sprintf("%s: %s", GoesOn, e.Now)
	case rehearse.Unknown:
		return fmt.Sprintf("%s: %s", e.Kind, e.Why)
	}
	return string(e.Kind)
}

// said is what an effect says, in the words of happened.
func (s *Swapped) said(e rehearse.Effect) string {
	if said := text(e); s.update == nil || !strings.HasPrefix(said, string(GoesOn)) {
		return said
	}
	return string(GoesOn)
}

// happened is what has happened, in the words of said. With an update among the news the rehearsal
// gets a recording in which the update is accepted and no more, and says where the task differs from
// that. What the task makes tells the rehearsal of what happened.
func (s *Swapped) happened() string {
	if s.update != nil && s.Outcome == GoesOn {
		return string(GoesOn)
	}
	return s.told()
}

// told is what has happened, in the words of text.
func (s *Swapped) told() string {
	switch s.Outcome {
	case Stuck:
		return fmt.Sprintf("%s: %s", Stuck, s.Cause)
	case Closes:
		return fmt.Sprintf("%s: %s %s", Closes, s.Ending, s.Result)
	}
	// GetVersion is no command of a change's own.
	for i, e := range s.Events {
		if e.GetMarkerRecordedEventAttributes().GetMarkerName() != "Version" &&
			(i == 0 || s.Events[i-1].GetMarkerRecordedEventAttributes().GetMarkerName() != "Version") {
			return fmt.Sprintf("%s: %s", GoesOn, events.Describe(e))
		}
	}
	return fmt.Sprintf("%s: ", GoesOn)
}

// afterwards is the recording with what the new Worker has done.
func (s *Swapped) afterwards() *history.Recording {
	r := *s.Recording
	r.History = &historypb.History{Events: slices.Concat(r.History.GetEvents(), s.answer)}
	return &r
}

// withUpdate is the recording with a next Workflow Task that accepts the update and does no more. No
// event tells of an update that a Worker does not accept, so this one is made up.
func (s *Swapped) withUpdate() *history.Recording {
	r := *s.Recording
	started := r.History.GetEvents()[len(r.History.GetEvents())-1]
	task := &historypb.HistoryEvent{
		EventId: started.GetEventId() + 1, EventTime: started.GetEventTime(), EventType: enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED,
		Attributes: &historypb.HistoryEvent_WorkflowTaskCompletedEventAttributes{
			WorkflowTaskCompletedEventAttributes: &historypb.WorkflowTaskCompletedEventAttributes{
				ScheduledEventId: started.GetWorkflowTaskStartedEventAttributes().GetScheduledEventId(),
				StartedEventId:   started.GetEventId(),
			}},
	}
	accepted := &historypb.HistoryEvent{
		EventId: started.GetEventId() + 2, EventTime: started.GetEventTime(),
		EventType: enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
		Attributes: &historypb.HistoryEvent_WorkflowExecutionUpdateAcceptedEventAttributes{
			WorkflowExecutionUpdateAcceptedEventAttributes: &historypb.WorkflowExecutionUpdateAcceptedEventAttributes{
				ProtocolInstanceId:               s.update.GetMeta().GetUpdateId(),
				AcceptedRequestMessageId:         s.update.GetMeta().GetUpdateId() + "/request",
				AcceptedRequestSequencingEventId: started.GetEventId() - 1,
				AcceptedRequest:                  s.update,
			}},
	}
	r.History = &historypb.History{Events: slices.Concat(r.History.GetEvents(), []*historypb.HistoryEvent{task, accepted})}
	return &r
}

// point is the ID of the WorkflowTaskCompleted event of the waiting point.
func (s *Swapped) point() int64 {
	for _, e := range slices.Backward(s.Recording.History.GetEvents()[:s.Waiting]) {
		if e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			return e.GetEventId()
		}
	}
	return 0
}

// Report shows the pair and what became of it to a person who looks for a fault.
func (s *Swapped) Report(p Pair, c *Comparison) string {
	var b strings.Builder
	fmt.Fprintf(&b, "-seed %d -pair %d, %q\n\n--- before\n%s\n--- after\n%s\n--- history, with news: %q\n", p.Seed, p.Number, p.Edits, p.Old, p.New, s.News)
	for _, e := range s.Recording.History.GetEvents() {
		fmt.Fprintf(&b, "%3d %s\n", e.GetEventId(), Describe(e))
	}
	fmt.Fprintf(&b, "--- happened: %s\n", strings.TrimSpace(s.happened()+" "+s.Message))
	for _, e := range s.answer {
		fmt.Fprintf(&b, "%3d %s\n", e.GetEventId(), Describe(e))
	}
	fmt.Fprintf(&b, "ran outside of workflow code: %q\n", s.Ran)
	fmt.Fprintf(&b, "--- replay: %s at event %d %s; settled: %s\n",
		c.Replay.Verdict, c.Replay.Place.Event, c.Replay.Cause, c.Settled.Verdict)
	fmt.Fprintf(&b, "--- rehearsal: %+v\n--- rehearsal of the old program: %+v\n\n", c.Next, c.Before)
	s.reportBack(&b, c)
	for _, d := range c.Disagreements {
		fmt.Fprintf(&b, "=== %s\n", d)
	}
	return b.String()
}
