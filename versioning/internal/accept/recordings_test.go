package accept_test

import (
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/accept"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// root is that of the repository.
const root = "../../.."

// TestRecordings makes commands of recorded events and has them taken: what a service has written
// before must be written again, and nothing of it is refused. A State that has taken the answers before
// makes the same of it.
func TestRecordings(t *testing.T) {
	t.Parallel()
	count, kinds := 0, map[enumspb.EventType]int{}
	for name, r := range recordings(t) {
		all, state := r.History.GetEvents(), new(accept.State)
		for i, e := range all {
			if e.GetEventType() != enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
				continue
			}
			want := []*historypb.HistoryEvent{e}
			for _, next := range all[i+1:] {
				if !madeBy(next, e.GetEventId()) {
					break
				}
				want = append(want, next)
				kinds[next.GetEventType()]++
			}
			c := accept.Circumstances{At: e.GetEventTime().AsTime()}
			outcome := accept.Take(all[:i], answerOf(want), c)
			chained := state.Take(all[:i], answerOf(want), c)
			require.Empty(t, cmp.Diff(outcome, chained, protocmp.Transform()), "%s: event %d: one by one (-), in a chain (+)",
				name, e.GetEventId())
			require.Nil(t, outcome.Refused, "%s: event %d: %v", name, e.GetEventId(), outcome.Refused)
			require.GreaterOrEqual(t, len(outcome.Events), len(want), "%s: event %d", name, e.GetEventId())
			recorded, taken := made(want), made(outcome.Events[:len(want)])
			if !proto.Equal(&historypb.History{Events: recorded}, &historypb.History{Events: taken}) {
				diff := cmp.Diff(recorded, taken, protocmp.Transform())
				require.Empty(t, diff, "%s: event %d: recorded (-), taken (+)", name, e.GetEventId())
			}
			for _, e := range outcome.Events[len(want):] {
				require.Equal(t, enumspb.EVENT_TYPE_ACTIVITY_TASK_CANCELED, e.GetEventType(), name)
			}
			count++
		}
	}
	t.Logf("%d answers, events of commands: %v", count, kinds)
	require.Greater(t, count, 1000, "the recordings are there")
	require.Greater(t, len(kinds), 14, "most commands occur")
}

// madeBy reports whether the event is one of the answer that was completed with that event.
func madeBy(e *historypb.HistoryEvent, completed int64) bool {
	switch e.GetEventType() {
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED:
		return true
	}
	return events.TaskOf(e) == completed && events.FromCommand(e)
}

// made are events without what only a service knows.
func made(of []*historypb.HistoryEvent) []*historypb.HistoryEvent {
	var all []*historypb.HistoryEvent
	for _, e := range of {
		e = proto.CloneOf(e)
		e.EventTime, e.TaskId, e.Version = nil, 0, 0
		attributes := events.Attributes(e)
		for _, name := range []string{"namespace_id", "endpoint_id", "request_id", "new_execution_run_id"} {
			if field := attributes.Descriptor().Fields().ByTextName(name); field != nil {
				attributes.Clear(field)
			}
		}
		all = append(all, e)
	}
	return all
}

// recordings are those of the repository, by path.
func recordings(t *testing.T) map[string]*history.Recording {
	t.Helper()
	all, from := map[string]*history.Recording{}, os.DirFS(root)
	for _, dir := range []string{"histories", "testdata/histories"} {
		require.NoError(t, fs.WalkDir(from, dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".json") || path.Base(name) == "live.json" {
				return err
			}
			r, err := history.ReadFile(from, name)
			all[name] = r
			return err
		}))
	}
	return all
}
