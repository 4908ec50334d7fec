package report_test

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/markdown"
)

func limited(t *testing.T, limit int, m ...*matrix.Matrix) string {
	t.Helper()
	var b bytes.Buffer
	opts := markdown.Options{CIOptions: report.CIOptions{File: inRepository}, Limit: limit}
	require.NoError(t, markdown.Write(&b, opts, m...))
	return b.String()
}

// TestMarkdownLimit is about GitHub's: a comment that is longer is refused as a whole,
// and then nobody sees anything.
func TestMarkdownLimit(t *testing.T) {
	t.Parallel()
	families := []*matrix.Matrix{quiet(t, "fine"), evil(), otherwise(t)}
	one := real(t)
	for i := range 40 {
		m, f := *one, *one.Family
		f.Name = fmt.Sprintf("family-%02d", i)
		m.Family = &f
		families = append(families, &m)
	}
	whole := limited(t, 10_000_000, families...)
	require.NotContains(t, whole, "Left out")
	require.Greater(t, len(whole), 2*markdown.Limit)
	answer, _, _ := strings.Cut(whole, "\n\n")
	previous := 0
	for _, limit := range []int{4_000, 4_321, 10_000, 20_000, 0, 100_000, len(whole) - 1} {
		got := limited(t, limit, families...)
		if limit == 0 {
			limit = markdown.Limit
		}
		require.LessOrEqual(t, len(got), limit)
		require.True(t, strings.HasPrefix(got, answer), "the answer is there whatever the limit")
		require.Greater(t, len(got), previous, "more room holds more")
		previous = len(got)
		require.Regexp(t, `> \*\*Left out\*\*, to stay below [0-9,]+ bytes: .+\. .replaymatrix matrix. shows everything\.`, got)
		require.Equal(t, strings.Count(got, "<details>"), strings.Count(got, "</details>"))
		require.Zero(t, strings.Count(got, "\n```")%2)
		require.Contains(t, got, "Compared: ", "what was compared is always said")
	}
	require.Equal(t, whole, limited(t, len(whole), families...), "what just fits is not cut")
	require.NotContains(t, limited(t, 60_000, one), "Left out")

	var b bytes.Buffer
	require.EqualError(t, markdown.Write(&b, markdown.Options{Limit: 3_999}, one),
		"writing the matrix as Markdown: a limit of 3999 bytes is too little, give it 4000 or more")
	require.Zero(t, b.Len(), "nothing is half written")
}

// TestMarkdownLimitOrder cuts off the least important first.
func TestMarkdownLimitOrder(t *testing.T) {
	t.Parallel()
	m := real(t)
	whole := limited(t, 0, m)
	got := limited(t, len(whole)-1, m)
	require.NotContains(t, got, "recording \\ stage", "the grid goes first")
	require.Contains(t, got, "rolling back to initial")
	got = limited(t, 8_400, m)
	require.Contains(t, got, "deploying patch-complete <b>BREAKS</b>")
	require.NotContains(t, got, "rolling back to initial <b>BREAKS</b>", "then the last findings")
	require.Contains(t, got, "| stage | deploy it | roll back to it |")
}

// TestMarkdownManyFamilies is about the overview, which is a part of the answer.
func TestMarkdownManyFamilies(t *testing.T) {
	t.Parallel()
	var families []*matrix.Matrix
	for i := range 3_000 {
		m := allVerdicts()
		m.Family.Name = fmt.Sprintf("a-family-with-a-long-name-%d-%s", i, strings.Repeat("x", i%500))
		families = append(families, m)
	}
	got := limited(t, 4_000, families...)
	require.LessOrEqual(t, len(got), 4_000)
	require.Contains(t, got, "Do not deploy 3,000 of 3,000 workflows")
	got = limited(t, 0, families...)
	require.LessOrEqual(t, len(got), markdown.Limit)
	require.Contains(t, got, "| and 2,894 more |")
}

// TestMarkdownMarker is about finding a comment again, to update it.
func TestMarkdownMarker(t *testing.T) {
	t.Parallel()
	require.True(t, strings.HasPrefix(limited(t, 0), "<!-- replaymatrix -->\n"))
	got := written(t, asMarkdown, report.CIOptions{Command: "order-->matrix"})
	require.Regexp(t, `^<!-- order- ->matrix -->\n`, got, "nothing ends the comment but its end")
}

// TestMarkdownText is about texts that come from files: nothing in them is markup.
func TestMarkdownText(t *testing.T) {
	t.Parallel()
	got := written(t, asMarkdown, report.CIOptions{File: inRepository}, evil())
	tags := regexp.MustCompile(`<[a-zA-Z/!][^>]*>`)
	blocks := regexp.MustCompile("(?s)\n```.*?\n```")
	for _, tag := range tags.FindAllString(blocks.ReplaceAllString(got, ""), -1) {
		require.Contains(t, []string{"<!-- replaymatrix -->", "<details>", "</details>", "<summary>", "</summary>",
			"<b>", "</b>",
			"<code>", "</code>", "<br>", "<sub>", "</sub>", "<span>", "</span>"}, tag)
	}
	for _, tt := range []struct{ text, why string }{{"\n# a", "a heading"}, {"\n::error", "a command of the log"},
		{"](", "a link"}, {"<script", "HTML"}} {
		require.NotContains(t, blocks.ReplaceAllString(got, ""), tt.text, tt.why)
	}
	prose := regexp.MustCompile(`(?s)<code>.*?</code>|`+"`[^`\n]*`").ReplaceAllString(blocks.ReplaceAllString(got, ""),
		"")
	prose = html.UnescapeString(prose) // which is what GitHub looks at
	require.NotContains(t, prose, "@octocat", "a person would be told")
	require.NotContains(t, prose, "#1", "an issue would get a reference")
}

func explainMarkdown(t *testing.T, opts markdown.ExplainOptions, cells ...report.Explained) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, markdown.Explain(&b, opts, cells...))
	return b.String()
}

func TestExplainMarkdown(t *testing.T) {
	t.Parallel()
	opts := markdown.ExplainOptions{Options: markdown.Options{CIOptions: report.CIOptions{File: inRepository}}}
	for _, tt := range []struct {
		golden string
		cells  []report.Explained
		why    string
	}{
		{"explain-marked.md", []report.Explained{{Cell: marked()}},
			"every mark, values, Go code and an allowed difference"},
		{"explain-hostile.md", []report.Explained{{Cell: hostile()}},
			"names that mean something to Markdown or a terminal"},
		{"explain-unexplained.md",
			[]report.Explained{{Cell: cell(replay.Unjudged, nil)}, {Cell: cell(replay.Safe, &replay.Explanation{})}},
			"nothing was replayed"},
	} {
		t.Run(tt.golden, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			compareGolden(t, "ci/"+tt.golden, explainMarkdown(t, opts, tt.cells...))
		})
	}
}

func TestExplainMarkdownLimit(t *testing.T) {
	t.Parallel()
	var cells []report.Explained
	for range 30 {
		cells = append(cells, report.Explained{Cell: marked()})
	}
	opts := markdown.ExplainOptions{Options: markdown.Options{Limit: 10_000}}
	got := explainMarkdown(t, opts, cells...)
	require.LessOrEqual(t, len(got), 10_000)
	require.Regexp(t, `Left out\*\*, to stay below 10,000 bytes: [0-9]+ cells\.`, got)
	require.Equal(t, strings.Count(got, "<details>"), strings.Count(got, "</details>"))

	long := explainMarkdown(t, markdown.ExplainOptions{All: true}, report.Explained{Cell: long(5_000, 2)})
	require.LessOrEqual(t, len(long), markdown.Limit)
	require.Contains(t, long, "At event 5 the code does otherwise than the history", "the story is there")
	require.Contains(t, long, "history and code side by side, which are too long for this place")
}
