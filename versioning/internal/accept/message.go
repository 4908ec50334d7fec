package accept

import (
	"strings"

	"google.golang.org/protobuf/proto"

	commandpb "go.temporal.io/api/command/v1"
	commonpb "go.temporal.io/api/common/v1"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	protocolpb "go.temporal.io/api/protocol/v1"
	updatepb "go.temporal.io/api/update/v1"
)

const badMessage = enumspb.WORKFLOW_TASK_FAILED_CAUSE_BAD_UPDATE_WORKFLOW_EXECUTION_MESSAGE

// messages are those of an answer. Each is handled once: common/collection/indexedtakelist.go.
type messages struct {
	all   []*protocolpb.Message
	taken []bool
}

func newMessages(all []*protocolpb.Message) *messages { return &messages{all, make([]bool, len(all))} }

// take finds the first message with the ID. It finds none if that one is taken.
func (m *messages) take(id string) *protocolpb.Message {
	for i, message := range m.all {
		if message.GetId() != id {
			continue
		}
		if m.taken[i] {
			return nil
		}
		m.taken[i] = true
		return message
	}
	return nil
}

func (m *messages) rest() []*protocolpb.Message {
	var rest []*protocolpb.Message
	for i, message := range m.all {
		if !m.taken[i] {
			rest = append(rest, message)
		}
	}
	return rest
}

// protocolMessage is handleCommandProtocolMessage.
func (t *taking) protocolMessage(a *commandpb.ProtocolMessageCommandAttributes, m *messages) *Refusal {
	switch {
	case a == nil:
		return refuse(badMessage, "ProtocolMessageCommandAttributes is not set on ProtocolMessageCommand.")
	case a.GetMessageId() == "":
		return refuse(badMessage, "MessageID is not set on ProtocolMessageCommand.")
	}
	message := m.take(a.GetMessageId())
	if message == nil {
		return refuse(badMessage, "ProtocolMessageCommand referenced absent message ID %s", a.GetMessageId())
	}
	return t.message(message)
}

// message is handleMessage, and service/history/workflow/update/update.go, OnProtocolMessage.
func (t *taking) message(m *protocolpb.Message) *Refusal {
	if m.GetBody() == nil {
		return unanswered("nil message body")
	}
	name := string(m.GetBody().MessageName())
	protocol, _, ok := cutLast(name)
	if !ok {
		return unanswered("failed to extract protocol type: no . found in %q", name)
	}
	if proto.Size(m.GetBody()) > largestBlob {
		return terminate(badMessage, "Message type %v exceeds size limit.", name)
	}
	if protocol != "temporal.api.update.v1" {
		return refuse(badMessage, "unsupported protocol type %s", protocol)
	}
	body, err := m.GetBody().UnmarshalNew()
	if err != nil {
		return refuse(badMessage, "unable to unmarshal request: %v", err)
	}
	id := m.GetProtocolInstanceId()
	u := t.updates.find(id)
	if u == nil {
		u = t.updates.resurrect(id, body)
	}
	if u == nil {
		return refuse(badMessage, "update %s wasn't found on the server. "+
			"This is most likely a transient error which will be resolved automatically by retries", id)
	}
	if _, rejects := body.(*updatepb.Rejection); !rejects && !t.running() {
		u.state = aborted
		return nil
	}
	switch body := body.(type) {
	case *updatepb.Acceptance:
		return t.accept(u, body)
	case *updatepb.Rejection:
		return u.reject(body)
	case *updatepb.Response:
		return t.respond(u, body)
	}
	return refuse(badMessage, "Message type %T not supported", body)
}

func cutLast(name string) (before, after string, ok bool) {
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return "", name, false
	}
	return name[:i], name[i+1:], true
}

// accept is onAcceptanceMsg. The request in the event is the one that the service has, and not the
// Worker's.
func (t *taking) accept(u *update, m *updatepb.Acceptance) *Refusal {
	if err := u.allow(m, admitted, sent); err != nil {
		return err
	}
	switch {
	case m.GetAcceptedRequestSequencingEventId() == 0:
		return refuse(badMessage, "invalid %T: accepted_request_sequencing_event_id is not set", m)
	case m.GetAcceptedRequestMessageId() == "":
		return refuse(badMessage, "invalid %T: accepted_request_message_id is not set", m)
	}
	e := t.add(&historypb.WorkflowExecutionUpdateAcceptedEventAttributes{
		ProtocolInstanceId: u.id, AcceptedRequestMessageId: u.id + "/request",
		AcceptedRequestSequencingEventId: m.GetAcceptedRequestSequencingEventId(), AcceptedRequest: u.request,
	})
	e.Links = links(u.request.GetCompletionCallbacks())
	u.accepted, u.state = e.GetEventId(), provisionallyAccepted
	return nil
}

func links(callbacks []*commonpb.Callback) []*commonpb.Link {
	var all []*commonpb.Link
	for _, callback := range callbacks {
		if callback.GetNexus() != nil {
			all = append(all, callback.GetLinks()...)
		}
	}
	return all
}

// respond is onResponseMsg.
func (t *taking) respond(u *update, m *updatepb.Response) *Refusal {
	if err := u.allow(m, provisionallyAccepted, accepted); err != nil {
		return err
	}
	switch {
	case m.GetMeta() == nil:
		return refuse(badMessage, "invalid %T: meta is not set", m)
	case m.GetMeta().GetUpdateId() == "":
		return refuse(badMessage, "invalid %T: meta.update_id is not set", m)
	case m.GetMeta().GetUpdateId() != u.id:
		return refuse(badMessage, "invalid %T: meta.update_id != %v", m, u.id)
	case m.GetOutcome() == nil:
		return refuse(badMessage, "invalid %T: outcome is not set", m)
	}
	t.add(&historypb.WorkflowExecutionUpdateCompletedEventAttributes{
		AcceptedEventId: u.accepted, Meta: m.GetMeta(), Outcome: m.GetOutcome(),
	})
	u.state = provisionallyCompleted
	return nil
}
