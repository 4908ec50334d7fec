package report_test

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/pipeline"
)

// screenful are the lines of a screen, and lineLength the characters of a line in a comment on GitHub.
const screenful, lineLength = 30, 115

// visibleLines is the number of lines that a reader sees of the Markdown without a click.
func visibleLines(text string) (lines int) {
	text = regexp.MustCompile(`<!--.*?-->`).ReplaceAllString(text, "")
	depth := 0
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		summary := ""
		if strings.HasPrefix(line, "<details>") {
			if depth == 0 {
				summary = strings.TrimSuffix(strings.TrimPrefix(line, "<details><summary>"), "</summary>")
			}
			depth++
			line = summary
		}
		if line == "</details>" {
			depth--
			continue
		}
		if depth > 0 && summary == "" || line == "" || strings.HasPrefix(line, "|---") {
			continue
		}
		most := 0
		cells := []string{line}
		if strings.HasPrefix(line, "|") {
			cells = strings.Split(strings.Trim(line, "| "), " | ")
		}
		for _, cell := range cells {
			n := 0
			for _, part := range strings.Split(cell, "<br>") {
				part = html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(part, ""))
				n += 1 + (utf8.RuneCountInString(part)-1)*len(cells)/lineLength
			}
			most = max(most, n)
		}
		lines += most
	}
	return lines
}

// oneLine is a family of which many recordings break at one line.
func oneLine(recordings int) *matrix.Matrix {
	m := &matrix.Matrix{Family: &versioning.Family{Name: "order", Stages: []versioning.Stage{{Name: "v1"}, {Name: "v2"}}}}
	for i := range recordings {
		name := fmt.Sprintf("v1.order-%d", i)
		m.Rows = append(m.Rows, matrix.Row{Recording: name, Lineage: []string{"v1"}, Closed: i%3 > 0, Cells: []matrix.Cell{
			{Family: "order", Recording: name, Stage: "v1", Result: replay.Result{Verdict: replay.Safe}},
			{Family: "order", Recording: name, Stage: "v2", Result: replay.Result{Verdict: replay.Nondeterministic,
				Cause: cause.Cause{Kind: cause.CallRenamed, Parting: &cause.Parting{
					Recorded: &compare.Side{Event: int64(5 + i%7), Type: "ActivityTaskScheduled", Name: "Charge"},
					Now:      &compare.Side{Type: "ExecuteActivity", Name: "ChargeCard", Source: "order/order.go:31"}},
					Decided: cause.Decision{Kind: cause.Unversioned, Way: cause.ByDeploy}},
				Place: replay.Place{Event: int64(5 + i%7), EventType: "ActivityTaskScheduled", Source: "order/order.go:31",
					File: "/src/order/order.go", Line: 31}}},
		}})
	}
	return m
}

// drifting is a family with one option that differs.
func drifting() *matrix.Matrix {
	m := oneLine(1)
	d := compare.Difference{Event: 5, Path: "ActivityTaskScheduled(Charge).startToCloseTimeout", Recorded: `"60s"`, Now: `"90s"`}
	m.Rows[0].Cells[1].Result = replay.Result{Verdict: replay.Drift, Place: m.Rows[0].Cells[1].Place,
		Cause: cause.Cause{Kind: cause.OptionsChanged, Parting: &cause.Parting{Difference: &d,
			Recorded: &compare.Side{Event: 5, Type: "ActivityTaskScheduled", Name: "Charge"},
			Now:      &compare.Side{Type: "ExecuteActivity", Name: "Charge", Source: "order/order.go:31"}},
			Decided: cause.Decision{Kind: cause.Unversioned, Way: cause.ByDeploy}},
		Evidence: replay.Evidence{Differences: []compare.Difference{d}}}
	return m
}

func named(m *matrix.Matrix, name string, reference bool) *matrix.Matrix {
	of, f := *m, *m.Family
	f.Name, f.Reference = name, reference
	of.Family = &f
	return &of
}

func several(n int, m *matrix.Matrix, reference bool) (list []*matrix.Matrix) {
	for i := range n {
		list = append(list, named(m, fmt.Sprintf("%s-%02d", m.Family.Name, i), reference))
	}
	return list
}

// TestMarkdownScreen is about a comment on a pull request: what a reader has to know fits a screen.
func TestMarkdownScreen(t *testing.T) {
	t.Parallel()
	one := real(t)
	for _, tt := range []struct {
		name   string
		matrix []*matrix.Matrix
		fails  *finding.FailOn
		has    []string
		why    string
	}{
		{"breaks", []*matrix.Matrix{one}, nil, []string{"Do not deploy", "BREAKS</b> 1 open execution of initial"},
			"one family that breaks"},
		{"safe", []*matrix.Matrix{quiet(t, "order")}, nil, []string{"may be deployed"}, "one family that is safe"},
		{"several", []*matrix.Matrix{quiet(t, "one"), one, quiet(t, "two")}, nil, []string{"1 of 3 workflows"}, "some are safe"},
		{"many", append(several(40, one, false), several(20, quiet(t, "fine"), false)...), nil,
			[]string{"Do not deploy 40 of 60 workflows", "and 34 more"}, "the table is capped"},
		{"references", several(25, one, true), nil, []string{"25 reference families"}, "nobody deploys them"},
		{"user among references", append(several(24, one, true), drifting()), nil,
			[]string{"Deploying `v2` changes what running executions do", "24 reference families"}, "a user's family is told"},
		{"1,080 recordings", []*matrix.Matrix{oneLine(1_080)}, nil,
			[]string{"BREAKS</b> 360 open executions of v1, and 720 closed of that shape"}, "one changed line is one finding"},
		{"findings", []*matrix.Matrix{doubtful()}, failsOn(replay.Nondeterministic), nil, "texts are long"},
		{"verdicts", []*matrix.Matrix{allVerdicts()}, failsOn(replay.Panic), nil, "more findings than a screen has room for"},
		{"hostile", []*matrix.Matrix{evil()}, nil, nil, "names of somebody else"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			got := written(t, asMarkdown, report.CIOptions{File: inRepository, FailOn: tt.fails}, tt.matrix...)
			require.LessOrEqual(t, visibleLines(got), screenful, "%s", got)
			for _, text := range tt.has {
				require.Contains(t, got, text)
			}
			if tt.matrix[0].Family.Reference {
				head, _, _ := strings.Cut(got, "<details>")
				require.NotContains(t, head, "Do not deploy", "what is there to be read does not shout")
			}
		})
	}
}

// TestDriftIsNotStuck is about a difference that no Worker notices: it does not look like an execution that is
// stuck, and brings the rule that allows it.
func TestDriftIsNotStuck(t *testing.T) {
	t.Parallel()
	const rule = `// {Path: "ActivityTaskScheduled(Charge).startToCloseTimeout", Reason: "why it may differ"},`
	md := written(t, asMarkdown, report.CIOptions{}, drifting())
	require.Contains(t, md, "<b>DRIFT</b> ⚠️ deploying v2 <b>CHANGES</b> what happens in 1 open execution of v1")
	require.NotContains(t, md, "❌")
	require.Contains(t, md, rule)
	require.Contains(t, written(t, pipeline.JUnit, report.CIOptions{}, drifting()), rule)
}

// TestLongDetail is about a finding that has much to say: what to do stands last in its sentence, and is not cut off.
func TestLongDetail(t *testing.T) {
	t.Parallel()
	m := oneLine(1)
	p := m.Rows[0].Cells[1].Cause.Parting
	p.Recorded.Name, p.Now.Name = strings.Repeat("Charge", 40), strings.Repeat("Pay", 40)
	summary := regexp.MustCompile(`<summary><b>NONDET.*`).FindString(written(t, asMarkdown, report.CIOptions{}, m))
	require.Contains(t, summary, "<br>→ No GetVersion decides it; branch with GetVersion.")
	require.Less(t, utf8.RuneCountInString(summary), 450, "and it fits a few lines")
}

// TestMarkdownMends is about what a reader finds behind a finding: what to do, the code, and history and code side
// by side.
func TestMarkdownMends(t *testing.T) {
	t.Parallel()
	asked := 0
	opts := report.CIOptions{Mend: func(matrix.Cell) report.Mending {
		asked++
		return report.Mending{Do: "Put it back.", Code: "v := workflow.GetVersion()", SideBySide: ">> 5  history != code"}
	}}
	md := written(t, asMarkdown, opts, several(30, oneLine(3), false)...)
	require.Contains(t, md, "**What to do**: Put it back.\n\n```go\nv := workflow.GetVersion()\n```\n")
	require.Contains(t, md, "```text\n>> 5  history != code\n```\n")
	require.LessOrEqual(t, asked, 12, "each is one more replay")
	require.Contains(t, written(t, pipeline.JUnit, opts, oneLine(3)), "What to do: Put it back.\n\nv := workflow.GetVersion()\n")
}
