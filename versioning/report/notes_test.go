package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/internal/golden"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/document"
	"github.com/replaymatrix/replaymatrix/versioning/report/page"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

const signaled = "WorkflowExecutionSignaled"

func unread(event int64) replay.Note {
	return replay.Note{Kind: replay.Unread, Event: event, EventType: signaled, Name: "paid",
		Signal: &cause.UnreadSignal{Name: "paid", Listens: []string{"order-paid"}}}
}

func unreadableValue(cents int) replay.Note {
	return replay.Note{Kind: replay.Unreadable, Event: 8, EventType: signaled, Name: "signal tip",
		Source: "order/tip.go:31",
		Value: &cause.UnreadValue{Of: cause.OfSignal, Name: "tip", Recorded: strconv.Itoa(cents),
			Type: "struct { Cents int }"}}
}

var zero = replay.Note{Kind: replay.ZeroValue, Event: 5, EventType: "ActivityTaskScheduled", Name: "input[0].Tags",
	Now: "[]"}

// doubtful has cells with notes, from one stage to another.
func doubtful() *matrix.Matrix {
	f := &versioning.Family{Name: "order", Doc: "An order.",
		Stages: []versioning.Stage{{Name: "old"}, {Name: "new"}, {Name: "newest"}}}
	m := &matrix.Matrix{Family: f}
	for i, of := range []struct {
		scenario string
		verdict  replay.Verdict
		notes    []replay.Note
	}{
		{"safe", replay.Safe, nil},
		{"unread", replay.Safe, []replay.Note{unread(11)}},
		{"unread-twice", replay.Safe, []replay.Note{unread(6), unread(10)}},
		{"unreadable", replay.Safe, []replay.Note{unreadableValue(100)}},
		{"unreadable-too", replay.Safe, []replay.Note{unreadableValue(200)}},
		{"both", replay.Safe, []replay.Note{unread(6), zero, unreadableValue(300)}},
		{"zero", replay.Safe, []replay.Note{zero}},
		{"drifts", replay.Drift, []replay.Note{unread(11), zero}},
		{"breaks", replay.Nondeterministic, []replay.Note{unread(11)}},
		{"begun", replay.Unstarted, []replay.Note{unreadableValue(1)}},
		{"stays", replay.NotApplicable, []replay.Note{unread(11)}},
	} {
		row := matrix.Row{Recording: "old." + of.scenario, Lineage: []string{"old"}}
		stages := []string{"new"}
		if i < 2 {
			stages = append(stages, "newest")
		}
		for _, stage := range stages {
			c := matrix.Cell{Family: "order", Recording: row.Recording, Stage: stage,
				Result: replay.Result{Verdict: of.verdict, Evidence: replay.Evidence{Notes: of.notes}}}
			if of.verdict.Incompatible() {
				c.Cause, c.Place.Event = says("what is wrong: what to do"), 5
			}
			row.Cells = append(row.Cells, c)
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

// only is the matrix with the rows of these scenarios.
func only(m *matrix.Matrix, scenarios ...string) *matrix.Matrix {
	var rows []matrix.Row
	for _, row := range m.Rows {
		for _, scenario := range scenarios {
			if row.Recording == "old."+scenario {
				rows = append(rows, row)
			}
		}
	}
	m.Rows = rows
	return m
}

// TestFindingsInGoldenLines is about what a golden file says of them: where, and no
// sentence.
func TestFindingsInGoldenLines(t *testing.T) {
	t.Parallel()
	many := []replay.Note{}
	for event := range int64(12) {
		many = append(many, unread(10+event))
	}
	for _, tt := range []struct {
		name   string
		result replay.Result
		want   string
		why    string
	}{
		{"none", replay.Result{Verdict: replay.Safe}, "x@y  safe", "nothing to tell"},
		{"one", replay.Result{Verdict: replay.Safe, Evidence: replay.Evidence{Notes: []replay.Note{unread(11)}}},
			"x@y  safe, unread at event 11 (paid)", "where, and what"},
		{"after the answers",
			replay.Result{Verdict: replay.Safe,
				Evidence: replay.Evidence{Notes: []replay.Note{unread(11)},
					Answers: []replay.Answer{{Query: "state", Value: `"paid"`}}}},
			`x@y  safe, query state answers "paid", unread at event 11 (paid)`,
			"the older part of the line stays where it was"},
		{"two events", replay.Result{Verdict: replay.Safe,
			Evidence: replay.Evidence{Notes: []replay.Note{unread(6), unread(10)}}},
			"x@y  safe, unread at events 6, 10 (paid)", "said once"},
		{"twelve events", replay.Result{Verdict: replay.Safe, Evidence: replay.Evidence{Notes: many}},
			"x@y  safe, unread at events 10, 11, 12, 13, 14 and 7 more (paid)", "a line stays short"},
		{"two kinds", replay.Result{Verdict: replay.Drift, Cause: says("what"),
			Evidence: replay.Evidence{Notes: []replay.Note{unread(6), unreadableValue(1)}}},
			"x@y  drift unclassified what, unread at event 6 (paid), unreadable at event 8 (signal tip)",
			"beside a bad verdict too"},
		{"no finding", replay.Result{Verdict: replay.Safe, Evidence: replay.Evidence{Notes: []replay.Note{zero}}},
			"x@y  safe", "a note is nothing that a test may fail on"},
		{"no event", replay.Result{Verdict: replay.Safe,
			Evidence: replay.Evidence{Notes: []replay.Note{{Kind: replay.Unread}}}}, "x@y  safe, unread",
			"nothing is made up"},
		{"hostile", replay.Result{Verdict: replay.Safe,
			Evidence: replay.Evidence{Notes: []replay.Note{{Kind: replay.Unread, Event: 5,
				Name: "a\x1b[31m\r\nb@c  safe"}}}},
			`x@y  safe, unread at event 5 (a\x1b[31m\x0d\nb@c  safe)`, "a name makes no line of its own"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, golden.Line(matrix.Cell{Recording: "x", Stage: "y", Result: tt.result}, 0),
				tt.why)
		})
	}
}

// TestFindingsAreNotSafe is about the lines on transitions: an execution with findings is
// not called safe without a word.
func TestFindingsAreNotSafe(t *testing.T) {
	t.Parallel()
	unknown := only(doubtful(), "safe", "unread", "unread-twice")
	for i := range unknown.Rows {
		unknown.Rows[i].Lineage = nil
	}
	own := only(doubtful(), "unread")
	own.Rows[0].Lineage, own.Family.Stages = []string{"new"}, own.Family.Stages[1:2]
	own.Rows[0].Cells = own.Rows[0].Cells[:1]
	for _, tt := range []struct {
		name   string
		matrix *matrix.Matrix
		want   string
		why    string
	}{
		{"some", only(doubtful(), "safe", "unread"), "deploy new: replays with FINDINGS for old",
			"one is enough, as for verdicts"},
		{"a bad verdict", only(doubtful(), "unread", "breaks"), "deploy new: BREAKS executions of old",
			"the worst is said"},
		{"drift", only(doubtful(), "unread", "drifts"), "deploy new: CHANGES what executions do of old",
			"which are more than a finding"},
		{"a note", only(doubtful(), "zero"), "deploy new: safe for old", "it can break nothing"},
		{"pinned", only(doubtful(), "stays"),
			"deploy new: leaves those pinned elsewhere to Workers that must keep running: old",
			"it does not get there"},
		{"not begun", only(doubtful(), "begun"), "deploy new: cannot tell from executions that had not begun (1)",
			"it proves nothing, whatever is seen"},
		{"of unknown stage", unknown,
			"deploy new: replays with FINDINGS for 2 of 3 executions of unknown stage safe for 1 of them",
			"counted apart"},
		{"its own", own, "deploy new again: replays with FINDINGS for new",
			"code that was changed in place, and nothing else to compare it with"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, strings.Join(strings.Fields(asText(t, text.Options{All: true}, tt.matrix)), " "), tt.want,
				tt.why)
		})
	}
}

// TestNotesInJSON holds that a program gets every note, with what it is about.
func TestNotesInJSON(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	require.NoError(t, document.Write(&b, only(doubtful(), "both", "safe")))
	var doc document.Document
	require.NoError(t, json.Unmarshal(b.Bytes(), &doc))
	want := []document.Note{
		{Kind: "unread", Finding: true, Event: 6, EventType: signaled, Name: "paid", Text: advice.Note(unread(6))},
		{Kind: "zero-value", Event: 5, EventType: "ActivityTaskScheduled", Name: "input[0].Tags",
			Text: advice.Note(zero)},
		{Kind: "unreadable", Finding: true, Event: 8, EventType: signaled, Name: "signal tip",
			Source: "order/tip.go:31", Text: advice.Note(unreadableValue(300))},
	}
	for _, c := range doc.Families[0].Cells {
		switch c.Recording {
		case "old.both":
			if diff := cmp.Diff(want, c.Notes); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		default:
			require.Empty(t, c.Notes)
		}
	}
	require.NotContains(t, b.String(), `"notes": null`)

	b.Reset()
	cell := only(doubtful(), "both").Rows[0].Cells[0]
	require.NoError(t, document.Explain(&b, "", report.Explained{Cell: cell}))
	var explained document.Explanation
	require.NoError(t, json.Unmarshal(b.Bytes(), &explained))
	if diff := cmp.Diff(want, explained.Cells[0].Seen); diff != "" {
		t.Errorf("explain (-want +got):\n%s", diff)
	}
}

// TestFindingsInThePage looks for what the page says without its script, and with it.
func TestFindingsInThePage(t *testing.T) {
	t.Parallel()
	got := asPage(t, page.Options{}, doubtful())
	for _, want := range []string{
		`<td class="v-safe">safe *</td>`, `<td class="v-nondeterministic">NONDET *</td>`,
		"unread: history has signal paid, which the code never asks for; the code listens to order-paid",
		"events 6, 10", "order/tip.go:31",
		"2 of 13 cells of one family break an execution or change what it does. 7 more have findings.",
		`"unread at event 11: history has signal paid`, "<b>*</b> with findings",
		`<span class="chip k-findings">FINDINGS</span>`,
	} {
		require.True(t, strings.Contains(got, want), want)
	}
	none := asPage(t, page.Options{}, only(doubtful(), "safe", "zero"))
	require.NotContains(t, none, "<b>*</b>", "a sign that no cell has is not explained")
	require.NotContains(t, none, "safe *")
	require.Contains(t, none, "zero-value at event 5: ", "the panel has every note")
}

// TestFailsOnNotes is about a kind of notes that is no finding, and that somebody has asked
// to fail on: the formats say why it fails.
func TestFailsOnNotes(t *testing.T) {
	t.Parallel()
	opts := report.CIOptions{FailOn: failsOnNotes(replay.ZeroValue)}
	for end, want := range map[string]string{
		"github": "::error title=order%3A deploying new replays executions of old with notes " +
			"(zero-value)%2C 1 open::input[0].Tags: history has none",
		"junit.xml": `<failure type="zero-value" message="input[0].Tags: history has none, code has []: the same to whoever reads it">`,
		"sarif":     `"ruleId": "zero-value"`,
		"md":        "<b>NOTE</b> ⚠️ deploying new replays <b>with NOTES</b> in 1 open execution of old (zero-value)<br>event 5: ",
	} {
		require.Contains(t, written(t, ciWriters[end], opts, only(doubtful(), "zero")), want)
		require.NotContains(t, written(t, ciWriters[end], report.CIOptions{}, only(doubtful(), "zero")), want,
			"nobody has asked")
	}
}

// TestFindingsOfManyValues is about executions that differ in the value alone: they are one
// finding, however many there are.
func TestFindingsOfManyValues(t *testing.T) {
	t.Parallel()
	m := &matrix.Matrix{Family: &versioning.Family{Name: "order",
		Stages: []versioning.Stage{{Name: "old"}, {Name: "new"}}}}
	for i := range 500 {
		note := unreadableValue(i)
		note.Value.Recorded = fmt.Sprintf("order-%c%c %d", 'a'+i%26, 'a'+i/26, i)
		m.Rows = append(m.Rows,
			matrix.Row{Recording: fmt.Sprint("old.", i), Lineage: []string{"old"}, Cells: []matrix.Cell{{
				Family: "order", Recording: fmt.Sprint("old.", i), Stage: "new",
				Result: replay.Result{Verdict: replay.Safe, Evidence: replay.Evidence{Notes: []replay.Note{note}}},
			}}})
	}
	written := func(end string) string { return written(t, ciWriters[end], report.CIOptions{}, m) }
	require.Contains(t, asText(t, text.Options{}, m), "order/tip.go:31; 500 open executions\n      signal tip is order-aa 0, ")
	require.Contains(t, asText(t, text.Options{}, m), "order/old.2@new\n      and 497 more, open too\n")
	require.Equal(t, 1, strings.Count(written("github"), "::notice "))
	require.Equal(t, 1, strings.Count(written("md"), "<b>FINDING</b>"))
	require.Equal(t, 1, strings.Count(written("sarif"), `"ruleId": "unreadable"`))
}

// TestHostileFindings is about names of signals and values that drive a terminal.
func TestHostileFindings(t *testing.T) {
	t.Parallel()
	_, block, found := strings.Cut(asText(t, text.Options{}, evil()), "\nNOTE  ")
	require.True(t, found)
	block, _, _ = strings.Cut(block, "\n\n")
	require.Contains(t, block, `::error::x\x0d%0A\x00\x1b[31m`)
	for line := range strings.Lines(block) {
		require.NotRegexp(t, "[\x00-\x09\x0b-\x1f\x7f]|^::", line)
	}
	require.Equal(t, []string{`unread at event 5: history has signal a\x1b[2J\nb, which the code never asks for (x\x1b.go:1)`},
		words.NoteLines([]replay.Note{{Kind: replay.Unread, Event: 5, Signal: &cause.UnreadSignal{Name: "a\x1b[2J\nb"},
			Source: "x\x1b.go:1"}}))
}
