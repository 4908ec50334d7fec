package accept

import (
	"slices"

	"google.golang.org/protobuf/proto"

	protocolpb "go.temporal.io/api/protocol/v1"
	updatepb "go.temporal.io/api/update/v1"

	"github.com/replaymatrix/replaymatrix/versioning/internal/pending"
)

// updateState is where an update is, in the words of service/history/workflow/update/state.go.
type updateState string

const (
	admitted               updateState = "Admitted"
	sent                   updateState = "Sent"
	provisionallyAccepted  updateState = "ProvisionallyAccepted"
	accepted               updateState = "Accepted"
	provisionallyCompleted updateState = "ProvisionallyCompleted"
	completed              updateState = "Completed"
	aborted                updateState = "ProvisionallyAborted"
)

// update is one that the service knows. The request of an update that has an
// UpdateAdmitted event is in that event alone.
type update struct {
	id       string
	state    updateState
	request  *updatepb.Request
	accepted int64
}

// updates are the service's registry: service/history/workflow/update/registry.go.
type updates struct {
	byID map[string]*update
	// delivered are the IDs of those that came with the task, in that order.
	delivered []string
	completed func(id string) bool
}

func newUpdates(p *pending.Pending, delivered []*protocolpb.Message) *updates {
	r := &updates{byID: map[string]*update{}, completed: p.IsCompleted}
	for id := range p.Admitted {
		r.byID[id] = &update{id: id, state: sent}
		r.delivered = append(r.delivered, id)
	}
	slices.SortFunc(r.delivered, func(a, b string) int {
		return int(p.Admitted[a].Event.GetEventId() - p.Admitted[b].Event.GetEventId())
	})
	for id, work := range p.Updates {
		r.byID[id] = &update{id: id, state: accepted, accepted: work.Event.GetEventId()}
	}
	for _, message := range delivered {
		request := new(updatepb.Request)
		if message.GetBody().UnmarshalTo(request) != nil {
			continue
		}
		id := message.GetProtocolInstanceId()
		if r.byID[id] == nil && !r.completed(id) {
			r.byID[id] = &update{id: id, state: sent, request: request}
			r.delivered = append(r.delivered, id)
		}
	}
	return r
}

func (r *updates) find(id string) *update {
	if u := r.byID[id]; u != nil {
		return u
	}
	if r.completed(id) {
		return &update{id: id, state: completed}
	}
	return nil
}

// resurrect takes the request that the Worker sends back: registry.go, TryResurrect.
func (r *updates) resurrect(id string, body proto.Message) *update {
	var request *updatepb.Request
	switch m := body.(type) {
	case *updatepb.Acceptance:
		request = m.GetAcceptedRequest()
	case *updatepb.Rejection:
		request = m.GetRejectedRequest()
	}
	if request == nil {
		return nil
	}
	u := &update{id: id, state: admitted, request: request}
	r.byID[id] = u
	return u
}

// unanswered are the updates that the Worker got and has said nothing about: RejectUnprocessed.
func (r *updates) unanswered() []string {
	var ids []string
	for _, id := range r.delivered {
		if r.byID[id].state == sent {
			ids = append(ids, id)
		}
	}
	return ids
}

// allow refuses a message that does not fit the state: update.go, checkStateSet.
func (u *update) allow(m proto.Message, states ...updateState) *Refusal {
	if slices.Contains(states, u.state) {
		return nil
	}
	return refuse(badMessage, "invalid state transition attempted for Update %s: received %T message while in state %s",
		u.id, m, u.state)
}

// reject is onRejectionMsg. No event tells of it.
func (u *update) reject(m *updatepb.Rejection) *Refusal {
	if err := u.allow(m, admitted, sent); err != nil {
		return err
	}
	u.state = provisionallyCompleted
	return nil
}
