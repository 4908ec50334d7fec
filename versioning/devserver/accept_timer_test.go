package main

import (
	commandpb "go.temporal.io/api/command/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
)

const (
	badTimer       = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_START_TIMER_ATTRIBUTES
	badCancelTimer = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_CANCEL_TIMER_ATTRIBUTES
)

var timerAnswers = []taken{
	{name: "start", why: "plain", commands: []*commandpb.Command{headline(timer("t", seconds(60)))}},
	{name: "without a time", why: "it fires at once", commands: []*commandpb.Command{timer("t", nil)}, follows: true},
	{name: "ID of a pending one", why: "refused", before: after(timer("t", seconds(60))),
		commands: []*commandpb.Command{timer("t", seconds(60))},
		cause:    enumspb.WORKFLOW_TASK_FAILED_CAUSE_START_TIMER_DUPLICATE_ID},
	{name: "ID twice", why: "in one answer",
		commands: []*commandpb.Command{timer("t", seconds(60)), timer("t", seconds(60))},
		cause:    enumspb.WORKFLOW_TASK_FAILED_CAUSE_START_TIMER_DUPLICATE_ID},
	{name: "ID of one that has fired", why: "the ID is free",
		before:   func(a *answered) { a.wait(timer("t", seconds(0))) },
		commands: []*commandpb.Command{timer("t", seconds(60))}},
	{name: "ID of one that fires meanwhile", why: "the ID is free", before: after(timer("t", seconds(1))),
		meanwhile: fireMeanwhile, commands: []*commandpb.Command{timer("t", seconds(60))}},
	{name: "no ID", why: "validator", commands: []*commandpb.Command{timer("", seconds(60))}, cause: badTimer},
	{name: "long ID", why: "validator", commands: []*commandpb.Command{timer(long, seconds(60))}, cause: badTimer},
	{name: "negative", why: "validator", commands: []*commandpb.Command{timer("t", seconds(-1))}, cause: badTimer},
	{name: "no attributes", why: "validator", commands: []*commandpb.Command{bare(enumspb.COMMAND_TYPE_START_TIMER)},
		cause: badTimer},
	{name: "cancel", why: "plain", before: after(timer("t", seconds(60))),
		commands: []*commandpb.Command{cancelTimer("t")}},
	{name: "cancel in the same answer", why: "and start again",
		commands: []*commandpb.Command{timer("t", seconds(60)), cancelTimer("t"), timer("t", seconds(60))}},
	{name: "cancel one that does not exist", why: "refused", commands: []*commandpb.Command{cancelTimer("t")},
		cause: badCancelTimer},
	{name: "cancel one that has fired", why: "the code has seen it",
		before:   func(a *answered) { a.wait(timer("t", seconds(0))) },
		commands: []*commandpb.Command{cancelTimer("t")}, cause: badCancelTimer},
	{name: "cancel one that fires meanwhile", why: "its TimerFired is dropped", before: after(timer("t", seconds(1))),
		meanwhile: fireMeanwhile, commands: []*commandpb.Command{cancelTimer("t")}},
	{name: "cancel one that fires meanwhile and close", why: "then nothing has arrived",
		before: after(timer("t", seconds(1))), meanwhile: fireMeanwhile,
		commands: []*commandpb.Command{cancelTimer("t"), complete(nil)},
		status:   enumspb.WORKFLOW_EXECUTION_STATUS_COMPLETED},
	{name: "close while one fires", why: "the code has not seen it", before: after(timer("t", seconds(1))),
		meanwhile: fireMeanwhile, commands: []*commandpb.Command{timer("u", seconds(60)), complete(nil)},
		cause: enumspb.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND},
	{name: "cancel without an ID", why: "validator", commands: []*commandpb.Command{cancelTimer("")},
		cause: badCancelTimer},
	{name: "cancel with a long ID", why: "validator", commands: []*commandpb.Command{cancelTimer(long)},
		cause: badCancelTimer},
	{name: "cancel without attributes", why: "validator",
		commands: []*commandpb.Command{bare(enumspb.COMMAND_TYPE_CANCEL_TIMER)}, cause: badCancelTimer},
}

func fireMeanwhile(a *answered) []*historypb.HistoryEvent {
	return a.arrived(enumspb.EVENT_TYPE_TIMER_FIRED)
}
