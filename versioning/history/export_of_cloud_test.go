package history_test

import (
	"io/fs"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	exportpb "go.temporal.io/api/export/v1"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// exported is what Temporal Cloud writes of these executions.
func exported(t testing.TB, histories ...*historypb.History) []byte {
	t.Helper()
	all := &exportpb.WorkflowExecutions{}
	for _, h := range histories {
		all.Items = append(all.Items, &exportpb.WorkflowExecution{History: h})
	}
	data, err := proto.Marshal(all)
	require.NoError(t, err)
	return data
}

// of gives a history other IDs.
func of(workflowID, runID string, activities int) *historypb.History {
	h := activityHistory(activities)
	started := h.Events[0].GetWorkflowExecutionStartedEventAttributes()
	started.WorkflowId, started.OriginalExecutionRunId = workflowID, runID
	return h
}

// counting counts how often a file is opened.
type counting struct {
	fs.FS
	opened *atomic.Int32
}

func (c counting) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, ".proto") {
		c.opened.Add(1)
	}
	return c.FS.Open(name)
}

// TestExport reads an export of several executions as that many recordings.
func TestExport(t *testing.T) {
	t.Parallel()
	const run1, run2 = "0198c0de-0000-7000-8000-000000000001", "0198c0de-0000-7000-8000-000000000002"
	histories := []*historypb.History{
		of("order/4711", run1, 1), of("order/4711", run2, 2), of("", "", 1), of("z@a b", run1, 1),
		of("order/4711", run1, 3),
	}
	names := []string{ // sorted, as the names of files are
		"2024-05_3", "2024-05_order-4711_" + run1, "2024-05_order-4711_" + run1 + "_5", "2024-05_order-4711_" + run2,
		"2024-05_z-a-b_" + run1,
	}
	order := []int{2, 0, 4, 1, 3}
	for _, file := range []string{"2024-05.proto", "2024-05.pb", "2024-05.pb.gz", "2024-05.binpb", "2024-05"} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			data := exported(t, histories...)
			if strings.HasSuffix(file, ".gz") {
				data = zip(t, data)
			}
			fsys := fstest.MapFS{"orders/" + file: {Data: data}, "orders/zz.json": {Data: showJSON(t, histories[0])}}
			sources, err := history.Dir(fsys, "orders")
			require.NoError(t, err)
			require.Len(t, sources, 6)
			for i, name := range names {
				s := sources[i]
				require.Equal(t, name, s.Name)
				require.Equal(t, "orders/"+file, s.Path)
				require.Nil(t, s.Read, "it is a part of the file")
				for range 2 {
					r, err := s.Load()
					require.NoError(t, err)
					require.Equal(t, "orders/"+name, r.String())
					require.Empty(t, r.Lineage, "the name of an export is about no stage")
					require.Equal(t, histories[order[i]].Events[0].GetWorkflowExecutionStartedEventAttributes().GetWorkflowId(), r.WorkflowID)
					if diff := cmp.Diff(histories[order[i]], r.History, protocmp.Transform()); diff != "" {
						t.Errorf("%s (-want +got):\n%s", name, diff)
					}
				}
			}
		})
	}
}

// TestExportIsReadOnce loads all recordings of an export without reading it for each.
func TestExportIsReadOnce(t *testing.T) {
	t.Parallel()
	var histories []*historypb.History
	for range 50 {
		histories = append(histories, of("", "", 1))
	}
	var opened atomic.Int32
	sources, err := history.Dir(counting{fstest.MapFS{"x.proto": {Data: exported(t, histories...)}}, &opened}, ".")
	require.NoError(t, err)
	require.Len(t, sources, 50)
	opened.Store(0)
	for _, s := range sources {
		_, err := s.Load()
		require.NoError(t, err)
	}
	require.LessOrEqual(t, opened.Load(), int32(2))
}

// TestExportFaults is about exports of which not all is as it should be.
func TestExportFaults(t *testing.T) {
	t.Parallel()
	gap := of("b", "", 1)
	gap.Events = append(gap.Events[:2:2], gap.Events[3:]...)
	sources, err := history.Dir(fstest.MapFS{"x.proto": {Data: exported(t, of("a", "", 1), gap, &historypb.History{})}},
		".")
	require.NoError(t, err)
	require.Len(t, sources, 3)
	_, err = sources[1].Load()
	require.NoError(t, err, "one that is sound is read")
	_, err = sources[2].Load()
	require.EqualError(t, err, "recording x.proto (execution 2): event 4: it comes right after event 2: event 3 "+
		"is missing; download the history again, oldest event first, with: "+show)
	_, err = sources[0].Load()
	require.EqualError(t, err, "recording x.proto (execution 3): the history has no events; check the workflow "+
		"ID, the namespace and the retention, then: "+show)

	sources, err = history.Dir(fstest.MapFS{"one.proto": {Data: exported(t, of("a", "", 1))}}, ".")
	require.NoError(t, err)
	require.Len(t, sources, 1, "an export of one is a recording")
	require.Equal(t, "one.proto", sources[0].Name)
	_, err = sources[0].Load()
	require.NoError(t, err)

	whole := exported(t, of("a", "", 1), of("b", "", 1))
	sources, err = history.Dir(fstest.MapFS{"cut.proto": {Data: whole[:len(whole)-10]}}, ".")
	require.NoError(t, err)
	require.Len(t, sources, 1, "where it ends nobody knows what is missing")
	_, err = sources[0].Load()
	require.Error(t, err)

	_, err = history.Decode("x.pb", whole)
	require.ErrorContains(t, err, "the file holds more than one execution")
	_, err = history.Decode("x.json", []byte(`{"items":[{"history":{"events":[]}}]}`))
	require.EqualError(t, err, "recording x.json: the file is an export of several executions, written as JSON; "+
		"write each execution to a file of its own")
}
