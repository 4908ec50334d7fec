package workflows_test

import (
	"slices"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestParkPoints proves what the matrix says of the park points: the SDK's own
// replayer replays the history up to each point of each recording, without the
// engine. Where a cell is safe it finds that all points are: a call that moves
// from one workflow task to another could hide in the whole, and here none does.
func TestParkPoints(t *testing.T) {
	t.Parallel()
	var points, breaks, drifts, unseen atomic.Int64
	t.Run("families", func(t *testing.T) {
		for _, c := range partOf("TestParkPoints", 5) {
			t.Run(c.Family.Name, func(t *testing.T) {
				t.Parallel()
				sources, err := history.Dir(c.Recordings(), ".")
				require.NoError(t, err)
				options := replay.Options{Config: replay.Config{Worker: c.Replay}, Stages: c.Family.Stages}
				for row := range matrix.Rows(t.Context(), c.Family, slices.Values(sources),
					&matrix.Options{Config: options.Config, Rehearse: rehearse.None}) {
					i := slices.IndexFunc(sources, func(s history.Source) bool { return s.Name == row.Recording })
					r, err := sources[i].Load()
					require.NoError(t, err)
					for _, cell := range row.Cells {
						for _, p := range provenPoints(t, cell, r) {
							stage, _ := c.Family.Stage(cell.Stage)
							accepted := replaysAlone(t, c.Replay, stage, r, p.Event)
							replays := p.Verdict == replay.Safe || p.Verdict == replay.Drift
							require.False(t, replays && !accepted, "%s at %+v", cell, p)
							points.Add(1)
							if !accepted {
								breaks.Add(1)
							}
							if accepted && !replays {
								unseen.Add(1)
							}
							if cell.Verdict == replay.Drift || accepted && !replays {
								prefix := *r
								prefix.History = &historypb.History{Events: r.History.GetEvents()[:p.Event]}
								require.Equal(t, replay.Judge(t.Context(), stage, &prefix, &options).Verdict, p.Verdict,
									"%s at %+v", cell, p)
								drifts.Add(1)
							}
						}
						requireFirst(t, cell)
					}
				}
			})
		}
	})
	least := func(all int64) int64 {
		if *tryAll {
			return all
		}
		return 0
	}
	require.Greater(t, breaks.Load(), least(1000), "there is something to prove")
	require.Greater(t, drifts.Load(), least(100), "of a comparison too")
	require.Greater(t, unseen.Load(), least(50), "and of what the SDK accepts and no live execution survives")
	require.Greater(t, points.Load(), 2*breaks.Load())
	t.Logf("%d points, %d of them not safe, and %d that the SDK alone takes for safe", points.Load(), breaks.Load(),
		unseen.Load())
}

// takesLess reports whether the code cannot read a value or does not take a signal: the
// SDK takes no notice of that.
func takesLess(cell matrix.Cell) bool {
	return cell.Verdict == replay.Undecodable ||
		cell.Cause.Kind == cause.SignalUnread || cell.Cause.Kind == cause.SignalRenamed
}

// provenPoints returns the park points of the cell, which are those of the
// recording: all safe where the cell is.
func provenPoints(t *testing.T, cell matrix.Cell, r *history.Recording) (points []replay.ParkPoint) {
	t.Helper()
	events := r.History.GetEvents()
	for i, e := range events {
		if e.GetEventType() == enumspb.EVENT_TYPE_WORKFLOW_TASK_COMPLETED {
			points = append(points,
				replay.ParkPoint{Task: e.GetEventId(), Event: lastOf(events[i:]), Verdict: replay.Safe})
		}
	}
	if n := len(points); n > 0 && closedByCode(events) {
		require.Equal(t, events[len(events)-1].GetEventId(), points[n-1].Event, "the code has closed it")
		points = points[:n-1]
	}
	if cell.Verdict == replay.Safe || cell.Moved == replay.Safe {
		require.Zero(t, cell.Park, "%s", cell)
		return points
	}
	if cell.Verdict == replay.Unstable {
		require.Zero(t, cell.Park, "%s", cell)
		return nil
	}
	require.Equal(t, len(points), cell.Park.Total, "%s", cell)
	if len(points) <= 15 {
		require.Len(t, cell.Park.Points, len(points), "%s: the history is short, so all are replayed", cell)
	}
	for _, p := range cell.Park.Points {
		require.Contains(t, points, replay.ParkPoint{Task: p.Task, Event: p.Event, Verdict: replay.Safe}, "%s", cell)
	}
	return cell.Park.Points
}

// closedByCode reports whether a command has closed the execution, and not a
// termination or a timeout.
func closedByCode(events []*historypb.HistoryEvent) bool {
	switch events[len(events)-1].GetEventType() {
	case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
		enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED, enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW:
		return true
	}
	return false
}

// requireFirst finds the divergence in the task of the first point that is not
// safe, which is the first place where history and code can be seen to part.
func requireFirst(t *testing.T, cell matrix.Cell) {
	t.Helper()
	i := slices.IndexFunc(cell.Park.Points,
		func(p replay.ParkPoint) bool { return p.Verdict != replay.Safe && p.Verdict != replay.Drift })
	if i >= 0 && cell.Cause.Kind == cause.CallsSwapped {
		// The SDK compares no values: two timers are swapped before it misses what comes after one.
		i = slices.IndexFunc(cell.Park.Points, func(p replay.ParkPoint) bool { return p.Verdict != replay.Safe })
	}
	if cell.Verdict != replay.Nondeterministic || i < 0 || takesLess(cell) {
		return // a signal is named where it came, which can be long before
	}
	if cell.Place.EventType == enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED.String() {
		return // the signal came before the point by which the code that ran had taken it
	}
	if i > 0 {
		// It is at the end of the point before where the code asks for a local activity
		// and the task of that point made no command: it is missed when more follows.
		require.GreaterOrEqual(t, cell.Place.Event, cell.Park.Points[i-1].Event, "%s", cell)
	}
	if i+1 < len(cell.Park.Points) {
		require.Less(t, cell.Place.Event, cell.Park.Points[i+1].Task, "%s", cell)
	}
}

// lastOf returns the ID of the last event that says it belongs to the workflow
// task that the first of the events completed. The events of updates do not say it;
// they are the only ones between those that do and the next task.
func lastOf(events []*historypb.HistoryEvent) int64 {
	completed := events[0].GetEventId()
	last := completed
	for _, e := range events[1:] {
		switch e.GetEventType() {
		case enumspb.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED:
			return last
		case enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
			enumspb.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED:
			last = e.GetEventId()
			continue
		}
		e.ProtoReflect().Range(func(_ protoreflect.FieldDescriptor, v protoreflect.Value) bool {
			attributes, ok := v.Interface().(protoreflect.Message)
			if !ok {
				return true
			}
			field := attributes.Descriptor().Fields().ByName("workflow_task_completed_event_id")
			if field != nil && attributes.Get(field).Int() == completed {
				last = e.GetEventId()
			}
			return true
		})
	}
	return last
}
