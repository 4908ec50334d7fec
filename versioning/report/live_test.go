package report_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/document"
	"github.com/replaymatrix/replaymatrix/versioning/report/markdown"
	"github.com/replaymatrix/replaymatrix/versioning/report/page"
	"github.com/replaymatrix/replaymatrix/versioning/report/pipeline"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

// rehearsed has executions that new replays: one that it is meant to close, one that gets stuck on old
// Workers after that, and one of which nobody knows. Another one it does not replay, and closes
// unchecked.
func rehearsed() *matrix.Matrix {
	m := &matrix.Matrix{Family: &versioning.Family{Name: "order", Doc: "An order.",
		Stages: []versioning.Stage{{Name: "old"}, {Name: "new"}}}}
	add := func(name string, verdict replay.Verdict, effects rehearse.Effects) {
		m.Rows = append(m.Rows, matrix.Row{Recording: "old." + name, Lineage: []string{"old"}, Events: 9,
			Cells: []matrix.Cell{
				{Family: "order", Recording: "old." + name, Stage: "old", Result: replay.Result{Verdict: replay.Safe}},
				{Family: "order", Recording: "old." + name, Stage: "new", Result: replay.Result{Verdict: verdict}, Effects: effects},
			}})
	}
	recorded := rehearse.News{Kind: rehearse.NewsRecorded}
	add("meant", replay.Safe, rehearse.Effects{Points: 2, Rehearsed: 1, List: []rehearse.Effect{{Point: 4, News: recorded,
		Kind: rehearse.Closes, Ending: "Completed", Result: `"paid"`, ByVersion: true}}})
	add("rolled", replay.Safe, rehearse.Effects{Points: 1, Rehearsed: 1, List: []rehearse.Effect{{Point: 4,
		News: rehearse.News{Kind: rehearse.NoNews}, Kind: rehearse.Waits, Roll: &rehearse.Roll{Stage: "old", Stuck: true,
			Cause: "nondeterministic"}}}})
	add("failed", replay.Safe, rehearse.Effects{Failed: "stage new: a plugin panics: no key"})
	add("unchecked", replay.Nondeterministic, rehearse.Effects{Points: 2, Rehearsed: 2, List: []rehearse.Effect{
		{Point: 4, News: recorded, Kind: rehearse.Stuck, Cause: "NonDeterministicError", Breaks: true},
		{Point: 9, News: recorded, Kind: rehearse.AsRecorded}}})
	return m
}

// TestLive holds that each writer says what live Workers do next, in the same words.
func TestLive(t *testing.T) {
	t.Parallel()
	const (
		unchecked = "but live: stuck at 1 of 2 waiting points, as recorded at 1"
		unknown   = "not rehearsed in 1 cell, so nobody knows what a live Worker does next: stage new: a plugin panics: no key"
	)
	m := rehearsed()
	ci := report.CIOptions{}
	for name, written := range map[string]struct {
		write func(*bytes.Buffer) error
		wants []string
	}{
		"text": {func(b *bytes.Buffer) error { return text.Write(b, text.Options{All: true}, m) }, []string{
			"deploy new:                     BREAKS executions of old: 1 open execution (1 of 4 recorded)\n" +
				"roll new:                       stuck on old Workers until they stop: executions of old\n",
			"A live Worker does not do what the replay says:\n  safe    order/old.meant@new\n              but live: completes " +
				"with \"paid\" in the branch of a new version at 1 of 2 waiting\n              points, 1 not rehearsed\n\n",
			unchecked, "Notes, which change no verdict:\n  not rehearsed in 1 cell, so nobody knows",
		}},
		"markdown": {func(b *bytes.Buffer) error { return markdown.Write(b, markdown.Options{}, m) }, []string{
			"<br>– roll: stuck on old Workers until they stop: executions of old", unchecked, unknown,
			"A live Worker does not do what the replay says", "`order/old.meant@new`: but live: completes with",
		}},
		"page": {func(b *bytes.Buffer) error { return page.Write(b, page.Options{}, m) }, []string{
			`<b>roll new:</b> <span class="chip k-findings">stuck</span> on old Workers until they stop: executions of old`,
			unknown, unchecked, "What a live Worker does otherwise than the replay says: 1 cell", "After event 9, in its next Workflow Task",
		}},
		"junit":  {func(b *bytes.Buffer) error { return pipeline.JUnit(b, ci, m) }, []string{unchecked}},
		"github": {func(b *bytes.Buffer) error { return pipeline.GitHub(b, ci, m) }, []string{unchecked}},
		"sarif":  {func(b *bytes.Buffer) error { return pipeline.SARIF(b, ci, m) }, []string{unchecked}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			require.NoError(t, written.write(&b))
			for _, want := range written.wants {
				require.Contains(t, b.String(), want)
			}
		})
	}
}

// TestLiveJSON holds what programs get of effects.
func TestLiveJSON(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	require.NoError(t, document.Write(&b, rehearsed()))
	var doc document.Document
	require.NoError(t, json.Unmarshal(b.Bytes(), &doc))
	f := doc.Families[0]
	require.Equal(t, finding.RollStuck, f.Roll)
	require.Nil(t, f.Cells[0].Effects, "nothing was rehearsed")
	meant := f.Cells[1].Effects
	require.Equal(t, 2, meant.Points)
	require.Equal(t, 1, meant.Rehearsed)
	require.JSONEq(t, `"paid"`, string(meant.List[0].Result))
	meant.List[0].Result = nil
	require.Equal(t, []document.Effect{{Point: 4, News: "recorded", Effect: "closes", Ending: "Completed", ByVersion: true}},
		meant.List)
	require.Equal(t, &document.Roll{Stage: "old", Stuck: true, Cause: "nondeterministic"}, f.Cells[3].Effects.List[0].Roll)
	require.Equal(t, "stage new: a plugin panics: no key", f.Cells[5].Effects.Failed)
}

// TestFailOnLive holds that all formats fail on the effects that somebody names, and call them by the
// name that was given.
func TestFailOnLive(t *testing.T) {
	t.Parallel()
	m := rehearsed()
	ci := report.CIOptions{FailOn: &finding.FailOn{Effects: []rehearse.Kind{rehearse.Closes}, Roll: true}}
	for name, written := range map[string]struct {
		write func(*bytes.Buffer) error
		wants []string
	}{
		"junit": {func(b *bytes.Buffer) error { return pipeline.JUnit(b, ci, m) }, []string{
			`failures="2"`, `<failure type="closes" message="replays, and a live Worker does otherwise: completes with`,
			`<failure type="roll"`,
		}},
		"github": {func(b *bytes.Buffer) error { return pipeline.GitHub(b, ci, m) }, []string{
			"::error title=order%3A deploying new closes executions of old (closes)%2C 1 open::replays, and a live Worker does otherwise",
			"::error title=order%3A deploying new leaves executions of old on which old Workers get stuck (roll)%2C 1 open::",
			"; 2 to fail on",
		}},
		"sarif": {func(b *bytes.Buffer) error { return pipeline.SARIF(b, ci, m) }, []string{
			`"ruleId": "closes"`, `"ruleId": "roll"`,
		}},
		"markdown": {func(b *bytes.Buffer) error {
			return markdown.Write(b, markdown.Options{CIOptions: ci}, m)
		}, []string{"2 of 8 cells have a verdict to fail on", "<b>LIVE</b> ⚠️ deploying new, live: <b>CLOSES</b> 1 open execution of old (closes)"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			require.NoError(t, written.write(&b))
			for _, want := range written.wants {
				require.Contains(t, b.String(), want)
			}
		})
	}
}

// TestFailOnLiveLine holds that all formats of pipelines name the line of code that makes the effect to fail on,
// which is no place of the replay.
func TestFailOnLiveLine(t *testing.T) {
	t.Parallel()
	m := rehearsed()
	for i := range 2 {
		m.Rows[i].Cells[1].Effects.List[0].Code = &rehearse.Code{Source: "order/pay.go:31", File: "/src/order/pay.go",
			Line: 31}
	}
	ci := report.CIOptions{FailOn: &finding.FailOn{Effects: []rehearse.Kind{rehearse.Closes}, Roll: true},
		File: func(file string) string { return strings.TrimPrefix(file, "/src/") }}
	for name, written := range map[string]struct {
		write func(*bytes.Buffer) error
		want  string
	}{
		"junit":  {func(b *bytes.Buffer) error { return pipeline.JUnit(b, ci, m) }, "workflow code: order/pay.go:31"},
		"github": {func(b *bytes.Buffer) error { return pipeline.GitHub(b, ci, m) }, "file=order/pay.go,line=31"},
		"sarif":  {func(b *bytes.Buffer) error { return pipeline.SARIF(b, ci, m) }, `"startLine": 31`},
		"markdown": {func(b *bytes.Buffer) error { return markdown.Write(b, markdown.Options{CIOptions: ci}, m) },
			"order/pay.go:31"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var b bytes.Buffer
			require.NoError(t, written.write(&b))
			require.Contains(t, b.String(), written.want)
		})
	}
}
