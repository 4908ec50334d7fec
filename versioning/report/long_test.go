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
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/document"
	"github.com/replaymatrix/replaymatrix/versioning/report/markdown"
	"github.com/replaymatrix/replaymatrix/versioning/report/page"
	"github.com/replaymatrix/replaymatrix/versioning/report/pipeline"
	"github.com/replaymatrix/replaymatrix/versioning/report/svg"
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
			opts := report.CIOptions{Fallback: "go.mod"}
			for name, write := range map[string]func(io.Writer) error{
				"text":      func(w io.Writer) error { return text.Write(w, text.Options{}, m) },
				"all":       func(w io.Writer) error { return text.Write(w, text.Options{All: true}, m) },
				"json":      func(w io.Writer) error { return document.Write(w, m) },
				"markdown":  func(w io.Writer) error { return markdown.Write(w, markdown.Options{CIOptions: opts}, m) },
				"html":      func(w io.Writer) error { return page.Write(w, page.Options{}, m) },
				"svg":       func(w io.Writer) error { return svg.Write(w, svg.Options{}, m) },
				"github":    func(w io.Writer) error { return pipeline.GitHub(w, opts, m) },
				"junit":     func(w io.Writer) error { return pipeline.JUnit(w, opts, m) },
				"sarif":     func(w io.Writer) error { return pipeline.SARIF(w, opts, m) },
				"explained": func(w io.Writer) error { return explainAll(w, m) },
			} {
				var b bytes.Buffer
				require.NoError(t, write(&b))
				require.Less(t, b.Len(), most, "%s: %s", name, tt.why)
			}
		})
	}
}
