package report_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/markdown"
	"github.com/replaymatrix/replaymatrix/versioning/report/page"
	"github.com/replaymatrix/replaymatrix/versioning/report/pipeline"
)

// TestOpening has one answer in a document, the one that was given, and no command that
// cannot be run.
func TestOpening(t *testing.T) {
	t.Parallel()
	opening := &report.Opening{
		Answer: finding.Breaks, Title: "Do not deploy <b>new</b> over main",
		Questions: []report.Question{{Title: "deploy new over main", Says: []string{"order_v1: BREAKS all"}},
			{Title: "roll back to main", Says: []string{"order: cannot tell", "refund: safe"}}},
		Note: "main is 0123.",
	}
	m := real(t)
	none := func(matrix.Cell) string { return "" }
	other := func(c matrix.Cell) string { return "go test -run " + c.Stage }

	var md bytes.Buffer
	require.NoError(t, markdown.Write(&md,
		markdown.Options{Opening: opening, CIOptions: report.CIOptions{Explain: none}}, m))
	require.True(t, strings.HasPrefix(md.String(), `<!-- replaymatrix -->
## ❌ Do not deploy &#60;b&#62;new&#60;/b&#62; over main

- **deploy new over main**
  - order&#95;v1: BREAKS all
- **roll back to main**
  - order: cannot tell
  - refund: safe

main is 0123.

<details><summary><b>NONDET</b> `), "%s", md.String())
	require.Equal(t, 1, strings.Count(md.String(), "\n## "), "one heading")
	require.NotContains(t, md.String(), "```", "there is nothing to run")
	md.Reset()
	require.NoError(t, markdown.Write(&md, markdown.Options{CIOptions: report.CIOptions{Explain: other}}, m))
	require.Contains(t, md.String(), "```sh\ngo test -run ")

	for name, write := range map[string]func(*bytes.Buffer, func(matrix.Cell) string) error{
		"github": func(b *bytes.Buffer, explain func(matrix.Cell) string) error {
			return pipeline.GitHub(b, report.CIOptions{Explain: explain}, m)
		},
		"junit": func(b *bytes.Buffer, explain func(matrix.Cell) string) error {
			return pipeline.JUnit(b, report.CIOptions{Explain: explain}, m)
		},
	} {
		var b bytes.Buffer
		require.NoError(t, write(&b, other), name)
		require.Contains(t, b.String(), "Side by side: go test -run ", name)
		b.Reset()
		require.NoError(t, write(&b, none), name)
		require.NotContains(t, b.String(), "Side by side", name)
	}

	var html bytes.Buffer
	require.NoError(t, page.Write(&html, page.Options{Opening: opening, Explain: other}, m))
	require.Contains(t, html.String(),
		`<h1 class="title k-breaks"><b>Do not deploy &lt;b&gt;new&lt;/b&gt; over main</b></h1>`)
	require.Contains(t, html.String(), "<li>refund: safe</li>")
	require.Contains(t, html.String(), `"go test -run patch-complete"`)
	html.Reset()
	require.NoError(t, page.Write(&html, page.Options{Command: "ordermatrix"}, m))
	require.Contains(t, html.String(), `<b>Do not deploy &#34;patch-complete&#34;: it breaks running executions</b>`,
		"what the matrix tells of its newest stage")
	require.Contains(t, html.String(), `"command":"ordermatrix"`)
}
