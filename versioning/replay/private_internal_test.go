package replay

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/testdata/coroutines"
	"github.com/replaymatrix/replaymatrix/testdata/encrypted"
	"github.com/replaymatrix/replaymatrix/testdata/mistakes"
	"github.com/replaymatrix/replaymatrix/testdata/nexus"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
	"github.com/replaymatrix/replaymatrix/versioning/internal/private"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

// written are the fields into which the SDK writes, of all events of all families, and
// where in the SDK it does so.
var written = map[string]string{
	"WorkflowExecutionStarted.searchAttributes": "mergeSearchAttributes in internal/internal_event_handlers.go",
	"ActivityTaskFailed.failure":                "DecodeCommonFailureAttributes in converter/failure_converter.go",
}

// TestReplaysTouchNothing hashes every event before and after each replay of every recording by
// every stage, as a whole and up to its last waiting point. A replay begins with the events as they
// were recorded, whatever replays before it have written, and what it writes is known by name.
func TestReplaysTouchNothing(t *testing.T) {
	t.Parallel()
	writes, replays := map[string]bool{}, 0
	each(t, func(f *versioning.Family, options worker.WorkflowReplayerOptions, r *history.Recording) {
		events := r.History.GetEvents()
		recorded := hashes(events)
		c := newCell(r, Options{Config: Config{Worker: options}}, map[string]bool{})
		if options.DataConverter != nil {
			// What the SDK writes with a user's converter is wanted too.
			c.private = private.Of(events, worker.WorkflowReplayerOptions{})
		}
		for _, stage := range f.Stages {
			c.stage = stage
			for _, task := range c.tasks[max(0, len(c.tasks)-2):] {
				mine := c.private.Prefix(task.End)
				if diff := cmp.Diff(recorded[:task.End], hashes(mine.GetEvents())); diff != "" {
					t.Errorf("%s@%s, up to event %d: a replay before it has written (-recorded +seen):\n%s", r,
						c.stage.Name, task.End, diff)
				}
				_ = c.run(mine, observer.New(observer.Config{Asking: true}))
				replays++
				for i, hash := range hashes(mine.GetEvents()) {
					if hash != recorded[i] {
						writes[changed(events[i], mine.GetEvents()[i])] = true
					}
				}
			}
		}
		if diff := cmp.Diff(recorded, hashes(events)); diff != "" {
			t.Errorf("%s: the recording itself has changed:\n%s", r, diff)
		}
	})
	require.Greater(t, replays, 5000, "the families have more cells")
	if diff := cmp.Diff(slices.Sorted(maps.Keys(written)), slices.Sorted(maps.Keys(writes))); diff != "" {
		t.Errorf("fields that the SDK writes into (-known +seen):\n%s", diff)
	}
}

// each calls the function with every recording of every family and fixture.
func each(t *testing.T, do func(*versioning.Family, worker.WorkflowReplayerOptions, *history.Recording)) {
	t.Helper()
	in := func(dir string, f *versioning.Family, options worker.WorkflowReplayerOptions) {
		sources, err := history.Dir(os.DirFS(path.Join(dir, f.Name)), ".")
		require.NoError(t, err)
		for _, source := range sources {
			r, err := source.Load()
			require.NoError(t, err)
			do(f, options, r)
		}
	}
	for _, f := range workflows.Families {
		in("../../histories", f, worker.WorkflowReplayerOptions{})
	}
	for _, f := range []*versioning.Family{mistakes.Family, coroutines.Family, nexus.Family} {
		in("../../testdata/histories", f, worker.WorkflowReplayerOptions{})
	}
	in("../../testdata/histories", encrypted.Family,
		worker.WorkflowReplayerOptions{DataConverter: encrypted.Converter,
			FailureConverter: encrypted.FailureConverter})
}

// hashes stand for the events: equal bytes for equal ones.
func hashes(events []*historypb.HistoryEvent) []string {
	list := make([]string, len(events))
	for i, e := range events {
		data, _ := proto.MarshalOptions{Deterministic: true}.Marshal(e)
		list[i] = fmt.Sprintf("event %d: %x", e.GetEventId(), sha256.Sum256(data))
	}
	return list
}

// changed names the first field of the event's attributes that is another one.
func changed(was, now *historypb.HistoryEvent) string {
	attributes := func(e *historypb.HistoryEvent) protoreflect.Message {
		m := e.ProtoReflect()
		return m.Get(m.WhichOneof(m.Descriptor().Oneofs().ByName("attributes"))).Message()
	}
	a, b := attributes(was), attributes(now)
	for i := range a.Descriptor().Fields().Len() {
		if f := a.Descriptor().Fields().Get(i); !a.Get(f).Equal(b.Get(f)) {
			return was.GetEventType().String() + "." + f.JSONName()
		}
	}
	return was.GetEventType().String()
}
