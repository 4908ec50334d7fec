package trace

import (
	"maps"
	"slices"

	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/workflow"
)

// Unhandled is an update that the history has accepted and for which the code has set
// no handler.
type Unhandled struct {
	Event *historypb.HistoryEvent
	Name  string
}

// updates are the handlers that the code has set, the IDs of the updates that they
// were given, and the names of those.
type updates struct {
	handlers, executed, ran map[string]bool
}

// fill makes the maps, which most executions have no use for.
func (u *updates) fill() {
	if u.handlers == nil {
		u.handlers, u.executed, u.ran = map[string]bool{}, map[string]bool{}, map[string]bool{}
	}
}

// unhandled returns the accepted updates that no handler was there for.
func (u updates) unhandled(history []*historypb.HistoryEvent) (list []Unhandled) {
	for _, e := range history {
		accepted := e.GetWorkflowExecutionUpdateAcceptedEventAttributes()
		if accepted == nil || u.executed[accepted.GetProtocolInstanceId()] {
			continue
		}
		name := accepted.GetAcceptedRequest().GetInput().GetName()
		if name != "" && !u.handlers[name] {
			list = append(list, Unhandled{Event: e, Name: name})
		}
	}
	return list
}

func (u updates) names() []string { return slices.Sorted(maps.Keys(u.handlers)) }

func (out *watching) SetUpdateHandler(ctx workflow.Context, name string, handler any, options workflow.UpdateHandlerOptions) error {
	err := out.Next.SetUpdateHandler(ctx, name, handler, options)
	if err == nil {
		r := out.recorder
		r.mu.Lock()
		defer r.mu.Unlock()
		r.updates.fill()
		if !r.sealed {
			r.updates.handlers[name] = true
		}
	}
	return err
}

// executes notes that a handler has the update of the ID.
func (r *Recorder) executes(ctx workflow.Context) (id string) {
	info := workflow.GetCurrentUpdateInfo(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.updates.fill()
	if !r.sealed {
		r.updates.executed[info.ID], r.updates.ran[info.Name] = true, true
	}
	return info.ID
}
