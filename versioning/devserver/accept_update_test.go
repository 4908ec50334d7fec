package main

import (
	"time"

	"github.com/stretchr/testify/require"
	commandpb "go.temporal.io/api/command/v1"
	enumspb "go.temporal.io/api/enums/v1"
	protocolpb "go.temporal.io/api/protocol/v1"
	updatepb "go.temporal.io/api/update/v1"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"
	"google.golang.org/protobuf/types/known/emptypb"
)

const badUpdate = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_UPDATE_WORKFLOW_EXECUTION_MESSAGE

// updated sends an update and takes the task that comes with it.
func updated(id string) func(*answered) {
	return func(a *answered) {
		a.sendUpdate(id)
		a.poll()
		require.Len(a, a.task.GetMessages(), 1)
		a.speculative = true
	}
}

func (a *answered) sendUpdate(id string) {
	request := &workflowservice.UpdateWorkflowExecutionRequest{
		Namespace: a.namespace, WorkflowExecution: a.execution(),
		WaitPolicy: &updatepb.WaitPolicy{LifecycleStage: enumspb.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED},
		Request: &updatepb.Request{
			Meta:  &updatepb.Meta{UpdateId: id, Identity: byHand},
			Input: &updatepb.Input{Name: "approve", Args: payloadsOf(`"yes"`)},
		},
	}
	// The call lasts until the update is answered, and ends with the test.
	go func() { _, _ = a.service.UpdateWorkflowExecution(a.Context(), request) }()
}

// waited answers the first task with nothing, and then gets an update.
func waited(id string) func(*answered) {
	return func(a *answered) {
		_, err := a.service.RespondWorkflowTaskCompleted(a.Context(), a.request(timer("t", seconds(3600))))
		require.NoError(a, err)
		updated(id)(a)
	}
}

// acceptedBefore accepts an update and takes another task.
func acceptedBefore(a *answered) {
	waited("u")(a)
	request := a.request()
	says(accepting("u"))(a, request)
	request.ForceCreateNewWorkflowTask = true
	_, err := a.service.RespondWorkflowTaskCompleted(a.Context(), request)
	require.NoError(a, err)
	a.speculative = false
	a.poll()
}

// completedBefore accepts and completes an update and takes another task.
func completedBefore(a *answered) {
	waited("u")(a)
	request := a.request()
	says(accepting("u"), responding("u"))(a, request)
	request.ForceCreateNewWorkflowTask = true
	_, err := a.service.RespondWorkflowTaskCompleted(a.Context(), request)
	require.NoError(a, err)
	a.speculative = false
	a.poll()
}

type messageOf func(*answered) *protocolpb.Message

func messageWith(id, update string, body proto.Message) *protocolpb.Message {
	m := &protocolpb.Message{Id: id, ProtocolInstanceId: update}
	m.Body, _ = anypb.New(body)
	return m
}

func accepting(id string) messageOf {
	return func(a *answered) *protocolpb.Message {
		return messageWith(id+"/accept", id, &updatepb.Acceptance{
			AcceptedRequestMessageId: id + "/request", AcceptedRequestSequencingEventId: a.started() - 1,
		})
	}
}

func rejecting(id string) messageOf {
	return func(*answered) *protocolpb.Message {
		return messageWith(id+"/reject", id, &updatepb.Rejection{
			RejectedRequestMessageId: id + "/request", Failure: application("no", true),
		})
	}
}

func responding(id string) messageOf {
	return func(*answered) *protocolpb.Message {
		return messageWith(id+"/complete", id, &updatepb.Response{
			Meta:    &updatepb.Meta{UpdateId: id, Identity: byHand},
			Outcome: &updatepb.Outcome{Value: &updatepb.Outcome_Success{Success: payloadsOf(`"done"`)}},
		})
	}
}

func fixed(m *protocolpb.Message) messageOf { return func(*answered) *protocolpb.Message { return m } }

// says puts messages into an answer.
func says(messages ...messageOf) func(*answered, *workflowservice.RespondWorkflowTaskCompletedRequest) {
	return func(a *answered, r *workflowservice.RespondWorkflowTaskCompletedRequest) {
		for _, m := range messages {
			r.Messages = append(r.Messages, m(a))
		}
	}
}

// naming is the command that names a message.
func naming(id string) *commandpb.Command {
	return &commandpb.Command{
		CommandType: enumspb.COMMAND_TYPE_PROTOCOL_MESSAGE,
		Attributes: &commandpb.Command_ProtocolMessageCommandAttributes{
			ProtocolMessageCommandAttributes: &commandpb.ProtocolMessageCommandAttributes{MessageId: id},
		},
	}
}

var updateAnswers = []taken{
	{name: "accept and complete", why: "commands put them in order", before: waited("u"),
		commands: []*commandpb.Command{naming("u/accept"), schedule("a"), naming("u/complete")},
		answer:   says(accepting("u"), responding("u"))},
	{name: "without commands", why: "messages are handled after all commands", before: waited("u"),
		commands: []*commandpb.Command{schedule("a")}, answer: says(accepting("u"), responding("u"))},
	{name: "in the first task", why: "it comes with the start", before: func(a *answered) {
		// The first task is taken already, so the update comes with the next one.
		a.sendUpdate("u")
		a.awaitUpdate()
		a.goOn()
	}, commands: []*commandpb.Command{naming("u/accept")}, answer: says(accepting("u"))},
	{name: "accept", why: "it is completed later", before: waited("u"),
		commands: []*commandpb.Command{naming("u/accept")}, answer: says(accepting("u"))},
	{name: "complete later", why: "the event names the one that accepted it", before: acceptedBefore,
		commands: []*commandpb.Command{timer("v", seconds(60)), naming("u/complete")}, answer: says(responding("u"))},
	{name: "reject", why: "the task is thrown away", before: waited("u"), answer: says(rejecting("u"))},
	{name: "reject with a command", why: "the task is written", before: waited("u"),
		commands: []*commandpb.Command{timer("v", seconds(60))}, answer: says(rejecting("u"))},
	{name: "say nothing", why: "the service rejects it", before: waited("u")},
	{name: "say nothing with a command", why: "the service rejects it", before: waited("u"),
		commands: []*commandpb.Command{timer("v", seconds(60))}},
	{name: "complete before it is accepted", why: "the states come in order", before: waited("u"),
		commands: []*commandpb.Command{naming("u/complete")}, answer: says(responding("u")), cause: badUpdate},
	{name: "accept twice", why: "the states come in order", before: waited("u"),
		answer: says(accepting("u"), accepting("u")), cause: badUpdate},
	{name: "accept one that was accepted before", why: "the states come in order", before: acceptedBefore,
		answer: says(accepting("u")), cause: badUpdate},
	{name: "complete again", why: "the states come in order", before: completedBefore, answer: says(responding("u")),
		cause: badUpdate},
	{name: "reject after accepting", why: "the states come in order", before: waited("u"),
		answer: says(accepting("u"), rejecting("u")), cause: badUpdate},
	{name: "unknown update", why: "a service that has forgotten it says the same", before: waited("u"),
		answer: says(accepting("v")), cause: badUpdate},
	{name: "unknown update with its request", why: "the service takes the Worker's word", before: waited("u"),
		answer: says(func(a *answered) *protocolpb.Message {
			return messageWith("v/accept", "v", &updatepb.Acceptance{
				AcceptedRequestMessageId: "v/request", AcceptedRequestSequencingEventId: a.started() - 1,
				AcceptedRequest: &updatepb.Request{Meta: &updatepb.Meta{UpdateId: "v"}, Input: &updatepb.Input{Name: "approve"}},
			})
		})},
	{name: "absent message", why: "refused", before: waited("u"), commands: []*commandpb.Command{naming("u/other")},
		answer: says(accepting("u")), cause: badUpdate},
	{name: "message named twice", why: "each is handled once", before: waited("u"),
		commands: []*commandpb.Command{naming("u/accept"), naming("u/accept")}, answer: says(accepting("u")),
		cause: badUpdate},
	{name: "command without an ID", why: "validator", commands: []*commandpb.Command{naming("")}, cause: badUpdate},
	{name: "command without attributes", why: "validator",
		commands: []*commandpb.Command{bare(enumspb.COMMAND_TYPE_PROTOCOL_MESSAGE)}, cause: badUpdate},
	{name: "accept without a sequencing ID", why: "validator", before: waited("u"),
		answer: says(fixed(messageWith("a", "u", &updatepb.Acceptance{AcceptedRequestMessageId: "b"}))),
		cause:  badUpdate},
	{name: "accept without a message ID", why: "validator", before: waited("u"),
		answer: says(fixed(messageWith("a", "u", &updatepb.Acceptance{AcceptedRequestSequencingEventId: 1}))),
		cause:  badUpdate},
	{name: "response without meta", why: "validator", before: acceptedBefore,
		answer: says(fixed(messageWith("a", "u", &updatepb.Response{}))), cause: badUpdate},
	{name: "response without an ID", why: "validator", before: acceptedBefore,
		answer: says(fixed(messageWith("a", "u", &updatepb.Response{Meta: &updatepb.Meta{}}))), cause: badUpdate},
	{name: "response of another update", why: "validator", before: acceptedBefore,
		answer: says(fixed(messageWith("a", "u", &updatepb.Response{Meta: &updatepb.Meta{UpdateId: "v"}}))),
		cause:  badUpdate},
	{name: "response without an outcome", why: "validator", before: acceptedBefore,
		answer: says(fixed(messageWith("a", "u", &updatepb.Response{Meta: &updatepb.Meta{UpdateId: "u"}}))),
		cause:  badUpdate},
	{name: "request back", why: "a Worker does not send one", before: waited("u"),
		answer: says(fixed(messageWith("a", "u", &updatepb.Request{}))), cause: badUpdate},
	{name: "other protocol", why: "the service knows one", before: waited("u"),
		answer: says(fixed(messageWith("a", "u", &emptypb.Empty{}))), cause: badUpdate},
	{name: "message without a body", why: "the request fails", before: waited("u"),
		answer: says(fixed(&protocolpb.Message{Id: "a"})), fails: true},
	{name: "accept and close", why: "it stays accepted", before: waited("u"),
		commands: []*commandpb.Command{naming("u/accept"), complete(nil)}, answer: says(accepting("u")),
		status: isCompleted},
	{name: "close before it is accepted", why: "no event can follow", before: waited("u"),
		commands: []*commandpb.Command{complete(nil)}, answer: says(accepting("u"), responding("u")),
		status: isCompleted},
	{name: "close without a word", why: "it is aborted", before: waited("u"),
		commands: []*commandpb.Command{complete(nil)}, status: isCompleted},
	{name: "large message", why: "the run is terminated", before: waited("u"),
		answer: says(fixed(messageWith("a", "u", &updatepb.Response{
			Outcome: &updatepb.Outcome{Value: &updatepb.Outcome_Success{Success: large}}}))),
		cause: badUpdate, status: terminated},
}

// awaitUpdate waits until the service has admitted an update.
func (a *answered) awaitUpdate() {
	require.Eventually(a, func() bool {
		request := &workflowservice.PollWorkflowExecutionUpdateRequest{
			Namespace: a.namespace, Identity: byHand,
			UpdateRef:  &updatepb.UpdateRef{WorkflowExecution: a.execution(), UpdateId: "u"},
			WaitPolicy: &updatepb.WaitPolicy{LifecycleStage: enumspb.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_UNSPECIFIED},
		}
		response, err := a.service.PollWorkflowExecutionUpdate(a.Context(), request)
		return err == nil && response.GetStage() >= enumspb.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ADMITTED
	}, patience, 20*time.Millisecond)
}
