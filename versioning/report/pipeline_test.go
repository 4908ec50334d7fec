package report_test

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/pipeline"
)

// TestJUnitCases counts: one failing case for each finding that fails, one case for each stage that none of them
// is about, and never a suite without a case.
func TestJUnitCases(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		matrix *matrix.Matrix
		fails  *finding.FailOn
		// passing and skipped are the cases of stages, and nothing else is in the suite but findings.
		passing, skipped []string
		errors           int
		why              string
	}{
		{"patching", real(t), nil, nil, []string(nil), 0, "each stage but one is in a finding"},
		{"safe", quiet(t, "fine"), nil, []string{"patched", "patch-deprecated"}, nil, 0, "green is said, and not left out"},
		{"nothing asked for", real(t), failsOn(replay.Unjudged),
			[]string{"initial", "patched", "patch-deprecated", "patch-complete"}, nil, 0, "what nobody asked for fails no stage"},
		{"empty", &matrix.Matrix{Family: patchingFamily()}, nil, nil, nil, 1, "no recordings are no success"},
		{"not begun", oneStage(t, "none", 0), nil, nil, []string{"initial"}, 1, "what had not begun proves nothing"},
		{"one begun", oneStage(t, "some", 4), nil, []string{"initial"}, nil, 0, "what had not begun beside it is no fault"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			opts := report.CIOptions{File: inRepository, FailOn: tt.fails}
			var doc junitDocument
			require.NoError(t, xml.Unmarshal([]byte(written(t, pipeline.JUnit, opts, tt.matrix)), &doc))
			require.Len(t, doc.Suites, 1)
			findings := finding.Of(tt.matrix, finding.Options{FailOn: tt.fails}).Findings()
			failing, met := 0, map[string]bool{}
			for _, f := range findings {
				if f.Asked > 0 || tt.fails == nil && (f.Cause.Verdict.Incompatible() || f.Unjudged()) {
					failing++
					for _, stage := range f.Stages {
						met[stage] = true
					}
				}
			}
			names, passing, skipped := map[string]bool{}, []string(nil), []string(nil)
			failures, errors, told := 0, 0, 0
			for _, c := range doc.Suites[0].Cases {
				require.False(t, names[c.Name], "%s is there twice", c.Name)
				names[c.Name] = true
				require.Equal(t, tt.matrix.Family.Name, c.Classname)
				require.NotRegexp(t, `\.go:[0-9]`, c.Name, "a line moves, and the name of a case stays")
				stage := slices.Contains(tt.matrix.Family.StageNames(), c.Name)
				switch {
				case c.Failure != nil:
					failures++
					require.Contains(t, c.Name, c.Failure.Type)
					require.Contains(t, c.Failure.Text, "What to do: ", c.Name)
				case c.Error != nil:
					errors++
				case stage && c.Skipped != nil:
					skipped = append(skipped, c.Name)
				case stage:
					passing = append(passing, c.Name)
				default:
					require.NotNil(t, c.Skipped, "a finding that fails nothing is no green case: %s", c.Name)
					told++
				}
			}
			require.Equal(t, failing, failures)
			require.Equal(t, len(findings)-failing, told, "no finding is left out")
			require.Equal(t, tt.errors, errors)
			require.Equal(t, tt.passing, passing)
			require.Equal(t, tt.skipped, skipped)
			if tt.errors == 0 {
				for _, stage := range tt.matrix.Family.StageNames() {
					require.NotEqual(t, met[stage], names[stage], "%s has one case of its own, or a finding", stage)
				}
			}
			require.NotEmpty(t, doc.Suites[0].Cases)
		})
	}
	var none junitDocument
	require.NoError(t, xml.Unmarshal([]byte(written(t, pipeline.JUnit, report.CIOptions{}, nil...)), &none))
	require.Equal(t, junitCounts{Tests: 1, Errors: 1}, none.junitCounts, "a report of nothing says so")
}

// registered is a stage of which the line of the workflow function is known.
func registered(r worker.WorkflowRegistry) {
	r.RegisterWorkflowWithOptions(placed, workflow.RegisterOptions{Name: "Placed"})
}

func placed(workflow.Context) error { return nil }

// placeless is a matrix with a finding of which no line of code is known.
func placeless(register func(worker.WorkflowRegistry)) *matrix.Matrix {
	m := &matrix.Matrix{Family: &versioning.Family{Name: "x",
		Stages: []versioning.Stage{{Name: "s", Register: register}}}}
	for i, closed := range []bool{false, true, true} {
		name := []string{"a", "b", "c"}[i]
		m.Rows = append(m.Rows, matrix.Row{Recording: name, Closed: closed, Cells: []matrix.Cell{{Family: "x",
			Recording: name, Stage: "s", Result: resultOf(replay.Unregistered, "unknown type")}}})
	}
	return m
}

// TestAnnotationPlaces is about findings without a line: a pipeline shows nothing that is nowhere.
func TestAnnotationPlaces(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		register func(worker.WorkflowRegistry)
		opts     report.CIOptions
		github   string
		sarif    string
		why      string
	}{
		{"function", registered, report.CIOptions{File: inRepository, Fallback: "go.mod"},
			`file=workflows/report/pipeline_test\.go,line=\d\d+,`, "workflows/report/pipeline_test.go",
			"the workflow function of the stage"},
		{"fallback", nil, report.CIOptions{File: inRepository, Fallback: "go.mod"}, `file=go\.mod,line=1,`, "go.mod",
			"the code of the stage is elsewhere"},
		{"panics", func(worker.WorkflowRegistry) { panic("no") }, report.CIOptions{File: inRepository, Fallback: "go.mod"},
			`file=go\.mod,line=1,`, "go.mod", "code of a user"},
		{"nowhere", registered, report.CIOptions{}, ``, "", "no file is made up"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			m := placeless(tt.register)
			require.Regexp(t, `^::warning `+tt.github+`title=x%3A .*unregistered.*1 open.*2 closed[^:]*::`,
				written(t, pipeline.GitHub, tt.opts, m), "the title has the verdict and the count")
			run := sarifOf(t, written(t, pipeline.SARIF, tt.opts, m)).Runs[0]
			if tt.sarif == "" {
				require.Nil(t, run.Results[0].Locations[0].Physical)
				return
			}
			require.Equal(t, tt.sarif, run.Results[0].Locations[0].Physical.Artifact.URI)
		})
	}
}

// TestSARIFHelp is about who opens an alert and asks what the rule is.
func TestSARIFHelp(t *testing.T) {
	t.Parallel()
	var doc struct {
		Runs []struct {
			Tool struct {
				Driver struct {
					Rules []struct {
						ID      string
						HelpURI string
						Help    struct{ Text, Markdown string }
						Short   struct{ Text string }  `json:"shortDescription"`
						Full    struct{ Text string }  `json:"fullDescription"`
						Default struct{ Level string } `json:"defaultConfiguration"`
					}
				}
			}
		}
	}
	require.NoError(t, json.Unmarshal([]byte(written(t, pipeline.SARIF, report.CIOptions{})), &doc))
	for _, r := range doc.Runs[0].Tool.Driver.Rules {
		require.NotEmpty(t, r.Help.Text, r.ID)
		require.Contains(t, r.Help.Markdown, r.HelpURI, r.ID)
		require.Contains(t, r.Help.Markdown, "**What to do**", r.ID)
		require.Greater(t, len(r.Full.Text), len(r.Short.Text), "%s: the full description says more", r.ID)
		require.Contains(t, []string{"error", "warning", "note"}, r.Default.Level)
		uri, anchor, _ := strings.Cut(r.HelpURI, "#")
		require.Regexp(t, `^https://.*/docs/(verdicts|live)\.md$`, uri, r.ID)
		require.True(t, headings(t, path.Base(uri))[anchor], "%s: no heading is #%s", r.ID, anchor)
	}
}

// headings are the anchors of a page of docs, as GitHub makes them.
func headings(t *testing.T, page string) map[string]bool {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", page))
	require.NoError(t, err)
	anchors := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^#+ (.+)$`).FindAllStringSubmatch(string(text), -1) {
		anchor := regexp.MustCompile(`[^a-z0-9 -]`).ReplaceAllString(strings.ToLower(m[1]), "")
		anchors[strings.ReplaceAll(anchor, " ", "-")] = true
	}
	return anchors
}
