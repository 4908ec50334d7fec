package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/document"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

func explain(t *testing.T, opts text.ExplainOptions, c matrix.Cell) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, text.Explain(&b, opts, c))
	return b.String()
}

// A task is put together by hand from rows; its events begin after the one given.
func task(after int64, rows ...compare.Entry) compare.TaskRows {
	task := compare.TaskRows{Started: after + 1, Completed: after + 2, Rows: rows}
	id := task.Completed
	for i := range rows {
		if rows[i].EventText != "" {
			id++
			name, _, _ := strings.Cut(rows[i].EventText, " ")
			eventType, _ := enumspb.EventTypeFromString(name)
			rows[i].Event = &historypb.HistoryEvent{EventId: id, EventType: eventType}
		}
		if rows[i].CallText != "" {
			rows[i].Call = &compare.Call{Call: &trace.Call{}}
		}
	}
	return task
}

func same(text string) compare.Entry {
	return compare.Entry{EventText: "ActivityTaskScheduled (" + text + ")", CallText: "ExecuteActivity " + text,
		Mark: compare.MarkSame}
}

func differs(text string, differences ...compare.Difference) compare.Entry {
	row := same(text)
	row.Mark, row.Differences = compare.MarkDiffers, differences
	return row
}

func row(mark compare.Mark, event, call string) compare.Entry {
	return compare.Entry{EventText: event, CallText: call, Mark: mark}
}

// first marks the first row of that mark as the first divergence.
func first(e *replay.Explanation, mark compare.Mark) *replay.Explanation {
	for _, task := range e.Tasks {
		for i := range task.Rows {
			if task.Rows[i].Mark == mark {
				e.First = &task.Rows[i]
				return e
			}
		}
	}
	return e
}

func cell(verdict replay.Verdict, e *replay.Explanation) matrix.Cell {
	return matrix.Cell{Family: "order", Recording: "v1.paid", Stage: "v2",
		Result: replay.Result{Verdict: verdict, Evidence: replay.Evidence{Explanation: e}}}
}

// marked has every mark, calls without a command and a task without any.
func marked() matrix.Cell {
	amount := compare.Difference{Path: "input[0].amount", Level: compare.Values, Event: 5, Recorded: "200", Now: "100"}
	timeout := compare.Difference{Path: "startToCloseTimeout", Level: compare.Shape, Event: 5, Recorded: "1m0s"}
	priority := compare.Difference{Path: "priority.key", Level: compare.Shape, Event: 6, Recorded: "1", Now: "2"}
	e := &replay.Explanation{
		Tasks: []compare.TaskRows{
			task(2, row(compare.MarkSame, "", "SetQueryHandler result"),
				differs("Charge", amount, timeout), same("Ship")),
			task(10),
			task(13, same("Reserve"), row(compare.MarkMissing, "TimerStarted (16)", ""),
				row(compare.MarkMissing, "MarkerRecorded (SideEffect)", ""),
				row(compare.MarkExtra, "", "ExecuteActivity Notify"), row(compare.MarkUnknown, "", "SideEffect")),
			{Started: 20, Rows: []compare.Entry{{CallText: "ExecuteActivity Bill", Mark: compare.MarkExtra,
				Call: &compare.Call{Call: &trace.Call{}}}}},
		},
		Retired: []replay.RetiredMarker{{ChangeID: "old", Event: 5}},
		Parted: &replay.Parted{
			Kind: cause.ValuesChanged, Difference: &amount,
			Recorded: &compare.Side{Event: 5, Type: "ActivityTaskScheduled", Name: "Charge"},
			Event:    &historypb.HistoryEvent{EventId: 5},
			Call:     &compare.Call{Call: &trace.Call{Kind: trace.Activity, Name: "Charge"}},
			Now:      &compare.Side{Type: "ExecuteActivity", Name: "Charge"},
		},
	}
	c := cell(replay.Drift, first(e, compare.MarkDiffers))
	c.Differences = []compare.Difference{amount, timeout}
	c.Cause = valueChanged(amount)
	c.Place = replay.Place{Event: 5, EventType: "ActivityTaskScheduled", Source: "order/v2.go:31"}
	c.Allowed = []replay.Allowed{{Difference: priority,
		Rule: compare.Allow{Path: "*.priority.*", Reason: "the queue is drained first"}}}
	return c
}

// long is a history of many Workflow Tasks with divergences at the indices.
func long(tasks int, divergences ...int) matrix.Cell {
	e := &replay.Explanation{}
	at := map[int]bool{}
	for _, i := range divergences {
		at[i] = true
	}
	for i := range tasks {
		middle := same("Step")
		if at[i] {
			middle = differs("Step",
				compare.Difference{Path: "input[0]", Recorded: fmt.Sprint(i), Now: fmt.Sprint(i + 1)})
		}
		e.Tasks = append(e.Tasks, task(int64(10*i), same("Before"), middle, same("After")))
	}
	c := cell(replay.Drift, first(e, compare.MarkDiffers))
	c.Cause = valueChanged(compare.Difference{Path: "ActivityTaskScheduled(Step).argument", Level: compare.Values,
		Event: 5, Recorded: "0", Now: "1"})
	return c
}

// valueChanged is the cause of a Drift.
func valueChanged(d compare.Difference) cause.Cause {
	return cause.Cause{
		Kind: cause.ValuesChanged, Parting: &cause.Parting{Difference: &d},
		Decided: cause.Decision{Kind: cause.Unversioned}, Notice: cause.NeverNoticed,
	}
}

// wide is one Workflow Task with many commands, all of which differ from some on.
func wide(rows, divergent int) matrix.Cell {
	var list []compare.Entry
	for i := range rows {
		list = append(list, same(fmt.Sprint("Step", i)))
		if i >= rows-divergent {
			list[i].Mark = compare.MarkUnknown
		}
	}
	list[rows-divergent].Mark = compare.MarkDiffers
	c := cell(replay.Nondeterministic,
		first(&replay.Explanation{Tasks: []compare.TaskRows{task(2, list...)}}, compare.MarkDiffers))
	c.Cause = says("The steps have other names.")
	return c
}

// hostile has names and values that would drive a terminal, and long ones.
func hostile() matrix.Cell {
	const evil = "\x1b]0;title\a\x1b[2J\r\n\u202e\u009b1m\xff"
	length := strings.Repeat("a name without any space ", 3) + strings.Repeat("x", 400)
	d := func(recorded, now string) compare.Difference {
		return compare.Difference{Path: evil + ".input[0]", Event: 5, Recorded: recorded, Now: now}
	}
	e := &replay.Explanation{
		Tasks: []compare.TaskRows{task(2,
			differs(evil, d(evil, evil+"2"), d(length+"1"+length, length+"2"+length), d("short", length)),
			differs(length), row(compare.MarkMissing, length, ""), row(compare.MarkExtra, "", strings.Repeat("é", 300)),
		)},
		Retired: []replay.RetiredMarker{{ChangeID: evil, Event: 5}},
		Parted: &replay.Parted{
			Kind: cause.CallRenamed, Recorded: &compare.Side{Event: 5, Type: evil, Name: length},
			Event: &historypb.HistoryEvent{EventId: 5},
			Call:  &compare.Call{Call: &trace.Call{Kind: trace.Activity, Name: evil}},
			Now:   &compare.Side{Type: "ExecuteActivity", Name: evil},
		},
	}
	c := cell(replay.Nondeterministic, first(e, compare.MarkDiffers))
	c.Cause = cause.Cause{
		Kind: cause.CallRenamed, Parting: &cause.Parting{Recorded: e.Parted.Recorded, Now: e.Parted.Now},
		Decided: cause.Decision{Kind: cause.Unversioned}, Notice: cause.Notice(evil),
	}
	c.Family, c.Recording, c.Stage = evil, length, evil
	c.Place = replay.Place{Event: 5, EventType: evil, Source: evil}
	c.Notes = []replay.Note{{Kind: replay.Unread, Event: 5, EventType: evil, Name: evil, Source: evil + ".go:1",
		Signal: &cause.UnreadSignal{Name: evil}}}
	c.SDKErr = errors.New(evil + length)
	return c
}

func TestExplain(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		opts text.ExplainOptions
		cell matrix.Cell
		why  string
	}{
		{"marks", text.ExplainOptions{Live: []history.Observation{
			{Task: history.OtherTask, Outcome: history.TaskFailed, Cause: "NonDeterministicError"},
			{Task: history.ClosingTask, Outcome: history.Closed, Ending: "Completed", Result: []byte(`"post-patch"`)},
		}}, marked(), "every mark, and all parts of the story"},
		{"color", text.ExplainOptions{Color: true}, marked(), "the same text in colour"},
		{"long", text.ExplainOptions{}, long(10_000, 2_000, 2_001, 9_000), "what is the same is told in a line"},
		{"many", text.ExplainOptions{}, long(500, numbers(500)...), "where all differs, the first are shown"},
		{"wide", text.ExplainOptions{}, wide(3_000, 1_000), "one Workflow Task with thousands of commands"},
		{"hostile", text.ExplainOptions{}, hostile(), "names and values are what a file says"},
		{"safe", text.ExplainOptions{},
			cell(replay.Safe, &replay.Explanation{Tasks: []compare.TaskRows{task(2, same("Charge"))}}),
			"nothing differs"},
		{"unjudged", text.ExplainOptions{}, matrix.Cell{Family: "order", Recording: "v1.x", Stage: "v2",
			Result: replay.Result{Verdict: replay.Unjudged, Err: errors.New("recording v1.x: it is an HTML page")}},
			"nothing was replayed"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			got := explain(t, tt.opts, tt.cell)
			compareGolden(t, "explain-"+tt.name+".txt", got)
			for line := range strings.Lines(escape.ReplaceAllString(got, "")) {
				line = strings.TrimSuffix(line, "\n")
				require.LessOrEqual(t, utf8.RuneCountInString(line), text.Width, "%s", line)
				require.Equal(t, strings.TrimRight(line, " "), line, "no spaces at the end")
				require.False(t, strings.ContainsFunc(line, func(r rune) bool { return !unicode.IsPrint(r) }), "%q",
					line)
			}
		})
	}
}

func numbers(n int) (list []int) {
	for i := range n {
		list = append(list, i)
	}
	return list
}

// TestExplainColor holds that colours add nothing.
func TestExplainColor(t *testing.T) {
	t.Parallel()
	require.Equal(t, explain(t, text.ExplainOptions{}, marked()),
		escape.ReplaceAllString(explain(t, text.ExplainOptions{Color: true}, marked()), ""))
}

// TestExplainAll holds that nothing is left out when all is asked for, and that a
// shortened table is short.
func TestExplainAll(t *testing.T) {
	t.Parallel()
	c := long(10_000, numbers(10_000)...)
	all := explain(t, text.ExplainOptions{All: true}, c)
	require.Equal(t, 10_000, strings.Count(all, "ExecuteActivity Before"))
	require.Equal(t, 10_000, strings.Count(all, "input[0]: history"))
	require.NotContains(t, all, "left out")
	require.Less(t, strings.Count(explain(t, text.ExplainOptions{}, c), "\n"), 120)
}

// TestExplainReal lays real recordings side by side, from the call of the engine to
// the text and the JSON.
func TestExplainReal(t *testing.T) {
	t.Parallel()
	var explained []report.Explained
	m := judge(t, patching.Family, matrix.Options{
		Explain: true,
		Only:    func(recording, stage string) bool { return recording == "initial.waiting" && stage != "initial" },
	}, nil)
	m.Live = real(t).Live
	var b bytes.Buffer
	for c := range m.Cells() {
		e := report.Explained{Cell: c, Live: m.Observed(c)}
		explained = append(explained, e)
		require.NoError(t, text.Explain(&b, text.ExplainOptions{Live: e.Live}, c))
	}
	compareGolden(t, "explain-real.txt", b.String())
	b.Reset()
	require.NoError(t, document.Explain(&b, compare.Values, explained...))
	compareGolden(t, "explain-real.json", b.String())
	require.True(t, json.Valid(b.Bytes()))
}

// TestExplainFails holds that a writer that fails is an error.
func TestExplainFails(t *testing.T) {
	t.Parallel()
	require.ErrorContains(t, text.Explain(broken{}, text.ExplainOptions{}, marked()),
		"writing the explanation: the disk is full")
	require.ErrorContains(t, document.Explain(broken{}, compare.Values),
		"writing the explanation as JSON: the disk is full")
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("the disk is full") }
