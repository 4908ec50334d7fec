package workflows_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/internal/race"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/document"
	"github.com/replaymatrix/replaymatrix/versioning/report/markdown"
	"github.com/replaymatrix/replaymatrix/versioning/report/page"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

// workflowLine is a line of workflow code in a text.
var workflowLine = regexp.MustCompile(`[\w.-]+/[\w.-]+\.go:\d+`)

// TestOnePlace holds that all that is said of an incompatible cell is about one event and one line:
// the header, the row that is pointed at, the sentence on what changed and the cause, in each format.
// And an execution that is open and one that has closed get the same of an edit.
func TestOnePlace(t *testing.T) {
	t.Parallel()
	if race.Enabled {
		t.Skip("it writes for minutes under the race detector, and starts nothing of its own")
	}
	for _, c := range corpora.All() {
		t.Run(c.Family.Name, func(t *testing.T) {
			t.Parallel()
			said := map[string]string{}
			var explanations page.Explanations
			var whats []string
			for cell := range explained(t, c).Cells() {
				if cell.Verdict.Incompatible() && cell.Verdict != replay.Unregistered {
					inOnePlace(t, cell)
					whats = append(whats, advice.ExplainLive(cell.Result, cell.Effects).What)
					said[cell.String()] = fmt.Sprintf("%s @%d %s", cell.Cause.Kind, cell.Place.Event, cell.Place.Source)
				}
				explanations.Take(&cell)
			}
			onPage(t, whats, judged(t, c), page.Options{Explanations: &explanations})
			for open, of := range said {
				closed := strings.Replace(open, "open@", "closed@", 1)
				if other, both := said[closed]; both && closed != open && said[open] != other {
					t.Errorf("%s is %s, and %s is %s", open, of, closed, other)
				}
			}
		})
	}
}

// inOnePlace holds it for one cell.
func inOnePlace(t *testing.T, c matrix.Cell) {
	bad := func(format string, args ...any) {
		t.Errorf("%s: the place is event %d at %s, but %s", c, c.Place.Event, c.Place.Source, fmt.Sprintf(format, args...))
	}
	says, x := advice.ExplainLive(c.Result, c.Effects), c.Explanation
	if x == nil {
		bad("nothing is explained")
		return
	}
	id := regexp.MustCompile(fmt.Sprintf(`\bevents? %d\b`, c.Place.Event))
	if !id.MatchString(says.What) {
		bad("what changed is %s", says.What)
	}
	if line := workflowLine.FindString(says.What); line != "" && !strings.Contains(says.What, c.Place.Source) {
		bad("what changed is %s", says.What)
	}
	if first := x.First; first != nil {
		if first.Event != nil && first.Event.GetEventId() != c.Place.Event {
			bad("the first row is of event %d", first.Event.GetEventId())
		}
		if first.Call != nil && first.Call.Source() != "" && first.Call.Source() != c.Place.Source {
			bad("the first row is of %s", first.Call.Source())
		}
	}
	if p := c.Cause.Parting; p != nil {
		if p.Recorded != nil && p.Recorded.Event != c.Place.Event {
			bad("the cause is at event %d", p.Recorded.Event)
		}
		if p.Difference != nil && p.Difference.Event != c.Place.Event {
			bad("the difference is at event %d", p.Difference.Event)
		}
	}
	if c.SDKErr != nil && strings.Contains(says.Notices, "the SDK does not compare this") {
		bad("it says %q above %q", says.Notices, c.SDKErr)
	}

	var inText, inMarkdown, inJSON bytes.Buffer
	require.NoError(t, text.Explain(&inText, text.ExplainOptions{}, c))
	require.NoError(t, markdown.Explain(&inMarkdown, markdown.ExplainOptions{}, report.Explained{Cell: c}))
	require.NoError(t, document.Explain(&inJSON, "", report.Explained{Cell: c}))
	if !strings.Contains(inText.String(), "\n>>") {
		bad("no row is pointed at")
	}
	header := fmt.Sprintf("event %d %s", c.Place.Event, c.Place.EventType)
	for format, b := range map[string]*bytes.Buffer{"text": &inText, "markdown": &inMarkdown} {
		if head, _, _ := strings.Cut(b.String(), "What changed"); !strings.Contains(oneLine(head), header) {
			bad("the header in %s has no %q", format, header)
		}
	}
	var doc struct {
		Cells []struct {
			Event        int64
			Source, What string
			Tasks        []struct {
				Rows []struct {
					First bool
					Event int64
				}
			}
		}
	}
	require.NoError(t, json.Unmarshal(inJSON.Bytes(), &doc))
	got := doc.Cells[0]
	if got.Event != c.Place.Event || got.Source != c.Place.Source || !id.MatchString(got.What) {
		bad("JSON says event %d at %s: %s", got.Event, got.Source, got.What)
	}
	for _, task := range got.Tasks {
		for _, row := range task.Rows {
			if row.First && row.Event != 0 && row.Event != c.Place.Event {
				bad("JSON points at event %d", row.Event)
			}
		}
	}
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// onPage holds that the page, which is made of the whole matrix, has the sentences.
func onPage(t *testing.T, whats []string, m *matrix.Matrix, opts page.Options) {
	var b bytes.Buffer
	require.NoError(t, page.Write(&b, opts, m))
	written := html.UnescapeString(strings.ReplaceAll(b.String(), `\u0026`, "&"))
	written = strings.ReplaceAll(written, `\"`, `"`)
	for _, what := range whats {
		if !strings.Contains(written, what) {
			t.Errorf("the page does not say: %s", what)
		}
	}
}
