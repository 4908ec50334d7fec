package report_test

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/histories"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// TestLongNames holds that a very long name or value makes no very long report, and is not measured for ever: nobody reads that.
func TestLongNames(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("long", 1<<16)
	const most = 160 << 10 // of 70 without
	for _, tt := range []struct {
		name   string
		change func(*history.Recording)
		why    string
	}{
		{"activity type", func(r *history.Recording) {
			r.History.Events[4].GetActivityTaskScheduledEventAttributes().ActivityType.Name = long
		}, "what an activity is called"},
		{"workflow type", func(r *history.Recording) {
			r.History.Events[0].GetWorkflowExecutionStartedEventAttributes().WorkflowType.Name = long
		}, "it is not registered"},
		{"activity ID", func(r *history.Recording) {
			r.History.Events[4].GetActivityTaskScheduledEventAttributes().ActivityId = long
		}, "the SDK quotes it"},
		{"result", func(r *history.Recording) {
			for _, e := range r.History.Events {
				if a := e.GetActivityTaskCompletedEventAttributes(); a != nil {
					a.Result.Payloads[0].Data = []byte(`"` + long + `"`)
				}
			}
		}, "the value that an activity returned"},
		{"task queue", func(r *history.Recording) {
			r.History.Events[4].GetActivityTaskScheduledEventAttributes().TaskQueue.Name = long
		}, "a drift of an option"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			read, err := history.ReadFile(histories.FS, "patching/initial.completed.json")
			require.NoError(t, err)
			r := *read
			r.History = proto.CloneOf(r.History)
			tt.change(&r)
			source := history.Source{Family: "patching", Name: r.Name, Load: func() (*history.Recording, error) { return &r, nil }}
			m, err := matrix.Judge(t.Context(), patching.Family, slices.Values([]history.Source{source}), &matrix.Options{Explain: true})
			require.NoError(t, err)
			all := writers(m)
			all["brief"] = func(w io.Writer) error { return text.Write(w, text.Options{}, m) }
			for name, write := range all {
				var b bytes.Buffer
				require.NoError(t, write(&b))
				require.Less(t, b.Len(), most, "%s: %s", name, tt.why)
			}
		})
	}
}
