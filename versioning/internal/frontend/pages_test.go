package frontend_test

import (
	"io/fs"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"
	historypb "go.temporal.io/api/history/v1"
	protocolpb "go.temporal.io/api/protocol/v1"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/anypb"

	"github.com/replaymatrix/replaymatrix/histories"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/frontend"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

// TestPages serves every recording in pages of several sizes: the last task that was completed gets
// the same answer as in one page, and the commands that are recorded.
func TestPages(t *testing.T) {
	t.Parallel()
	updates := 0
	for _, family := range workflows.Families {
		for _, s := range family.Stages {
			paths, err := fs.Glob(histories.FS, family.Name+"/*"+s.Name+".*.json")
			require.NoError(t, err)
			w := map[int]*frontend.Worker{}
			for _, path := range paths {
				r, err := history.ReadFile(histories.FS, path)
				require.NoError(t, err)
				tasks := events.CompletedTasks(r.History.GetEvents())
				if r.Lineage[len(r.Lineage)-1] != s.Name || len(tasks) == 0 {
					continue
				}
				for _, size := range []int{1 << 20, 1, 7, 256} {
					if w[size] == nil {
						w[size] = start(t, s, 1)
						w[size].Paged(size)
					}
				}
				updates += samePages(t, w, r, tasks)
			}
			for _, one := range w {
				one.Stop()
			}
		}
	}
	require.NotZero(t, updates, "there are recordings with updates")
}

func samePages(t *testing.T, w map[int]*frontend.Worker, r *history.Recording, tasks []events.WorkflowTask) int {
	t.Helper()
	last := tasks[len(tasks)-1]
	previous := int64(0)
	if len(tasks) > 1 {
		previous = tasks[len(tasks)-2].Started
	}
	messages := updatesOf(t, r.History.GetEvents()[last.Completed:last.End])
	answers := map[int]*workflowservice.RespondWorkflowTaskCompletedRequest{}
	for _, size := range slices.Sorted(maps.Keys(w)) {
		task := taskAt(r, int(last.Started), previous)
		task.Messages = messages()
		a, err := w[size].Do(t.Context(), task)
		require.NoError(t, err, "%s in pages of %d", r, size)
		require.Nil(t, a.Failed, "%s in pages of %d: %v", r, size, a.Failed)
		answers[size] = bare(a.Completed)
	}
	completed := r.History.GetEvents()[last.Completed-1].GetWorkflowTaskCompletedEventAttributes()
	flags := slices.Sorted(slices.Values(completed.GetSdkMetadata().GetLangUsedFlags()))
	if diff := cmp.Diff(flags, answers[1<<20].GetSdkMetadata().GetLangUsedFlags(), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s: the flags of the SDK (-recorded +now):\n%s", r, diff)
	}
	for size, a := range answers {
		if diff := cmp.Diff(answers[1<<20], a, protocmp.Transform()); diff != "" {
			t.Errorf("%s in pages of %d (-one page +pages):\n%s", r, size, diff)
		}
	}
	return len(messages())
}

// updatesOf returns copies of the messages of the updates that are accepted in the events.
func updatesOf(t *testing.T, list []*historypb.HistoryEvent) func() []*protocolpb.Message {
	var all []*protocolpb.Message
	for _, e := range list {
		a := e.GetWorkflowExecutionUpdateAcceptedEventAttributes()
		if a == nil {
			continue
		}
		body, err := anypb.New(a.GetAcceptedRequest())
		require.NoError(t, err)
		all = append(all, &protocolpb.Message{
			Id: a.GetAcceptedRequestMessageId(), ProtocolInstanceId: a.GetProtocolInstanceId(), Body: body,
			SequencingId: &protocolpb.Message_EventId{EventId: a.GetAcceptedRequestSequencingEventId()},
		})
	}
	return func() (copies []*protocolpb.Message) {
		for _, m := range all {
			copies = append(copies, proto.CloneOf(m))
		}
		return copies
	}
}

// bare leaves out what differs from task to task: tokens, and when a local activity has ended.
func bare(a *workflowservice.RespondWorkflowTaskCompletedRequest) *workflowservice.RespondWorkflowTaskCompletedRequest {
	a.TaskToken, a.StickyAttributes, a.WorkerControlTaskQueue = nil, nil, ""
	slices.Sort(a.GetSdkMetadata().GetLangUsedFlags())
	for _, c := range a.GetCommands() {
		if marker := c.GetRecordMarkerCommandAttributes(); marker.GetMarkerName() == "LocalActivity" {
			delete(marker.GetDetails(), "data")
		}
	}
	return a
}
