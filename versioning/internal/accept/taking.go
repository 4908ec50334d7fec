package accept

import (
	"google.golang.org/protobuf/proto"

	commandpb "go.temporal.io/api/command/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/workflowservice/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/pending"
)

// taking is an answer on its way into a history: what the service calls mutable state.
type taking struct {
	answer *workflowservice.RespondWorkflowTaskCompletedRequest // a copy
	c      Circumstances
	// before is what the service knew when the answer came.
	before *State
	// history is what was given, and started what is in its first event.
	history []*historypb.HistoryEvent
	started *historypb.WorkflowExecutionStartedEventAttributes
	// task is the WorkflowTaskStarted, nil if the history does not end with one. attempt counts the
	// tries of the task from 1.
	task    *historypb.HistoryEvent
	attempt int32
	// last is the ID of the event after which the first one is written.
	last int64

	pending *pending.Pending
	updates *updates
	// events are those written so far, and completed the ID of their WorkflowTaskCompleted.
	events    []*historypb.HistoryEvent
	completed int64
	// buffered are those that get their IDs after those of all commands, and blocked is whether
	// something had arrived before: handleCommand's hasBufferedEventsOrMessages.
	buffered []*historypb.HistoryEvent
	blocked  bool
	// children are the workflow IDs of the children that this answer starts.
	children map[string]bool

	status             enumspb.WorkflowExecutionStatus
	newRunID           string
	cancelledUnstarted bool
}

func newTaking(before *State, history []*historypb.HistoryEvent, answer *workflowservice.RespondWorkflowTaskCompletedRequest,
	c Circumstances) *taking {
	t := &taking{
		answer: proto.CloneOf(answer), c: c, before: before, history: history,
		pending: before.pending.Clone(), children: map[string]bool{}, blocked: len(c.Arrived) > 0,
		status: enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING,
	}
	if len(history) == 0 {
		return t
	}
	t.started = history[0].GetWorkflowExecutionStartedEventAttributes()
	last := history[len(history)-1]
	if last.GetEventType() != enumspb.EVENT_TYPE_WORKFLOW_TASK_STARTED {
		return t
	}
	t.task, t.last = last, last.GetEventId()
	scheduled := events.ByID(history, last.GetWorkflowTaskStartedEventAttributes().GetScheduledEventId())
	t.attempt = scheduled.GetWorkflowTaskScheduledEventAttributes().GetAttempt()
	for _, e := range c.Arrived {
		t.buffered = append(t.buffered, proto.CloneOf(e))
	}
	t.updates = newUpdates(t.pending, c.Delivered)
	for _, e := range t.buffered {
		t.pending.Apply(e)
	}
	return t
}

// add writes the next event.
func (t *taking) add(attributes proto.Message) *historypb.HistoryEvent {
	e := t.event(attributes)
	e.EventId = t.nextID()
	t.events = append(t.events, e)
	t.pending.Apply(e)
	return e
}

// buffer writes an event that comes after those of all commands: history_builder.go, bufferEvent.
func (t *taking) buffer(attributes proto.Message) {
	e := t.event(attributes)
	t.buffered = append(t.buffered, e)
	t.pending.Apply(e)
}

func (t *taking) nextID() int64 {
	return t.last + int64(len(t.events)) + 1
}

// restart forgets what the commands have done: api.go, failWorkflowTask. What had arrived stays. A
// task that has failed before has no events then.
func (t *taking) restart() {
	if t.attempt > 1 {
		t.last = t.task.GetWorkflowTaskStartedEventAttributes().GetScheduledEventId() - 1
	}
	t.events, t.buffered = nil, nil
	for _, e := range t.c.Arrived {
		t.buffered = append(t.buffered, proto.CloneOf(e))
	}
}

// commands handles all commands, then the messages that none of them has named:
// workflow_task_completed_handler.go, handleCommands.
func (t *taking) commands() *Refusal {
	if err := sequence(t.answer.GetCommands()); err != nil {
		return err
	}
	messages := newMessages(t.answer.GetMessages())
	for i, command := range t.answer.GetCommands() {
		if err := t.command(command, messages); err != nil {
			err.Command = i
			return err
		}
	}
	for _, message := range messages.rest() {
		if err := t.message(message); err != nil {
			return err
		}
	}
	return nil
}

// sequence refuses what follows a command that closes, and what no service knows:
// command_attr_validator.go, ValidateCommandSequence.
func sequence(commands []*commandpb.Command) *Refusal {
	closing := enumspb.COMMAND_TYPE_UNSPECIFIED
	for _, command := range commands {
		if closing != enumspb.COMMAND_TYPE_UNSPECIFIED {
			return unanswered("invalid command sequence: [%v], command %s must be the last command.",
				typesOf(commands), closing)
		}
		switch command.GetCommandType() {
		case enumspb.COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION, enumspb.COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION,
			enumspb.COMMAND_TYPE_CANCEL_WORKFLOW_EXECUTION,
			enumspb.COMMAND_TYPE_CONTINUE_AS_NEW_WORKFLOW_EXECUTION:
			closing = command.GetCommandType()
		default:
			if !known[command.GetCommandType()] {
				return unanswered("unknown command type: %v", command.GetCommandType())
			}
		}
	}
	return nil
}

func typesOf(commands []*commandpb.Command) string {
	text := ""
	for i, command := range commands {
		if i > 0 {
			text += ", "
		}
		text += command.GetCommandType().String()
	}
	return text
}

func (t *taking) running() bool { return t.status == enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING }

// close notes how the run ends. What the event store still held is dropped then: event_store.go,
// FlushBufferToCurrentBatch.
func (t *taking) close(status enumspb.WorkflowExecutionStatus) {
	t.status = status
	t.buffered = nil
}
