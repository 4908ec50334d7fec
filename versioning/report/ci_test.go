package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// inRepository stands for a checkout, whose place on this machine is in no golden.
func inRepository(file string) string {
	return path.Join("workflows", path.Base(path.Dir(file)), path.Base(file))
}

func failsOn(verdicts ...replay.Verdict) func(matrix.Row, matrix.Cell) bool {
	return func(_ matrix.Row, c matrix.Cell) bool { return slices.Contains(verdicts, c.Verdict) }
}

// failsOtherwise is --fail-on otherwise.
func failsOtherwise(row matrix.Row, c matrix.Cell) bool { return len(row.Changes(c)) > 0 }

type writer func(io.Writer, report.CIOptions, ...*matrix.Matrix) error

func written(t *testing.T, write writer, opts report.CIOptions, m ...*matrix.Matrix) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, write(&b, opts, m...))
	return b.String()
}

func markdown(w io.Writer, opts report.CIOptions, m ...*matrix.Matrix) error {
	return report.Markdown(w, report.MarkdownOptions{CIOptions: opts}, m...)
}

// ciWriters are the formats by the ends of the names of their goldens.
var ciWriters = map[string]writer{"md": markdown, "junit.xml": report.JUnit, "github": report.GitHub, "sarif": report.SARIF}

// evilName is what a file can be called, and what a payload can hold.
const evilName = "a|b`c``<script>alert(1)</script>&amp;*x*_y_[l](u)~~z~~\\ $x$ @octocat #1\n::error::x\r%0A\x00\x1b[31m]]>\ufffe\xff"

// evil has such names and details wherever somebody else decides about them.
func evil() *matrix.Matrix {
	f := &versioning.Family{Name: "evil", Doc: "# " + evilName, Stages: []versioning.Stage{{Name: "one"}, {Name: "two"}}}
	m := &matrix.Matrix{Family: f}
	for i, v := range []replay.Verdict{replay.Nondeterministic, replay.Unjudged, replay.Drift, replay.Panic} {
		row := matrix.Row{Recording: fmt.Sprint(evilName, i), Lineage: []string{"one", evilName}}
		if i == 0 {
			row.Lineage = []string{"one"}
		}
		row.Cells = []matrix.Cell{{Family: "evil", Recording: row.Recording, Stage: "two", Result: replay.Result{
			Verdict: v, Detail: evilName,
			Divergence: replay.Divergence{Event: 5, EventType: evilName, Source: "a|`b/x.go:7", File: "/src/a|`b/x.go", Line: 7},
		}}}
		m.Rows = append(m.Rows, row)
	}
	return m
}

// allVerdicts has a cell of each, from one stage to another.
func allVerdicts() *matrix.Matrix {
	f := &versioning.Family{Name: "all", Doc: "All verdicts.", Stages: []versioning.Stage{{Name: "old"}, {Name: "new"}}}
	m := &matrix.Matrix{Family: f}
	for _, info := range replay.Verdicts() {
		m.Rows = append(m.Rows, matrix.Row{Recording: "old." + string(info.Verdict), Lineage: []string{"old"}, Cells: []matrix.Cell{{
			Family: "all", Recording: "old." + string(info.Verdict), Stage: "new",
			Result: replay.Result{Verdict: info.Verdict, Detail: "what is wrong with " + string(info.Verdict) + ": what to do"},
		}}})
	}
	return m
}

func TestCIGoldens(t *testing.T) {
	t.Parallel()
	// Whatever the order of the subtests, each has a matrix of its own.
	for _, tt := range []struct {
		name   string
		matrix []*matrix.Matrix
		fails  func(matrix.Row, matrix.Cell) bool
		why    string
	}{
		{"patching", []*matrix.Matrix{real(t)}, nil, "nobody has said what to fail on"},
		{"patching-removed", []*matrix.Matrix{real(t)}, failsOn(replay.VersionRemoved), "one verdict fails, and another is worth a notice"},
		{"unreadable", []*matrix.Matrix{judge(t, patchingFamily(), matrix.Options{}, unreadable)}, failsOn(replay.Nondeterministic),
			"what is unjudged is no failure unless somebody asks"},
		{"otherwise", []*matrix.Matrix{otherwise(t)}, failsOtherwise, "safe, and a query or a live worker tells another story"},
		{"all-verdicts", []*matrix.Matrix{allVerdicts()}, failsOn(replay.Unjudged, replay.Panic, replay.NotApplicable), "each verdict"},
		{"hostile", []*matrix.Matrix{evil()}, nil, "names and values that mean something to the format"},
		{"several", []*matrix.Matrix{quiet(t, "one"), real(t), quiet(t, "two")}, nil, "safe families are a line each"},
		{"none", nil, nil, "no families, no claims"},
		{"empty", []*matrix.Matrix{{Family: patchingFamily()}}, failsOn(replay.Unjudged), "no recordings, no claims"},
	} {
		for end, write := range ciWriters {
			t.Run(tt.name+"."+end, func(t *testing.T) {
				t.Parallel()
				require.NotEmpty(t, tt.why)
				opts := report.CIOptions{Fails: tt.fails, File: inRepository, Fallback: "go.mod", Command: "ordermatrix"}
				golden(t, "ci/"+tt.name+"."+end, written(t, write, opts, tt.matrix...))
			})
		}
	}
}

func patchingFamily() *versioning.Family {
	f := *patching.Family
	return &f
}

// quiet is a family in which everything is safe.
func quiet(t *testing.T, name string) *matrix.Matrix {
	t.Helper()
	f := patchingFamily()
	f.Name, f.Stages = name, f.Stages[:2]
	return judge(t, f, matrix.Options{}, func(_ int, s *history.Source) bool {
		return s.Name == "initial.completed" || s.Name == "initial+patched.completed"
	})
}

type junitCounts struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
	Skipped  int `xml:"skipped,attr"`
}

type junitProblem struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

type junitCase struct {
	Classname string        `xml:"classname,attr"`
	Name      string        `xml:"name,attr"`
	Failure   *junitProblem `xml:"failure"`
	Error     *junitProblem `xml:"error"`
	Skipped   *junitProblem `xml:"skipped"`
	SystemOut string        `xml:"system-out"`
}

type junitDocument struct {
	XMLName xml.Name `xml:"testsuites"`
	junitCounts
	Suites []struct {
		junitCounts
		Cases []junitCase `xml:"testcase"`
	} `xml:"testsuite"`
}

// TestFormatsAgree is about what a pipeline makes of each verdict: the formats say
// the same, and what --fail-on says.
func TestFormatsAgree(t *testing.T) {
	t.Parallel()
	named := []replay.Verdict{replay.Drift, replay.Unjudged, replay.NotApplicable}
	for _, tt := range []struct {
		name  string
		fails func(matrix.Row, matrix.Cell) bool
		// want has, for each verdict, what it is in JUnit, GitHub and SARIF.
		want func(info replay.VerdictInfo) [3]string
		why  string
	}{
		{"nobody has asked", nil, func(info replay.VerdictInfo) [3]string {
			switch {
			case info.Incompatible:
				return [3]string{"failure", "warning", "warning"}
			case info.Verdict == replay.Unjudged:
				return [3]string{"error", "warning", "warning"}
			case info.Verdict == replay.NotApplicable:
				return [3]string{"skipped", "", ""}
			}
			return [3]string{"", "", ""}
		}, "JUnit has no warnings, and green would be a lie"},
		{"some are named", failsOn(named...), func(info replay.VerdictInfo) [3]string {
			switch {
			case info.Verdict == replay.Unjudged:
				return [3]string{"error", "error", "error"}
			case slices.Contains(named, info.Verdict):
				return [3]string{"failure", "error", "error"}
			case info.Incompatible:
				return [3]string{"system-out", "notice", "note"}
			}
			return [3]string{"", "", ""}
		}, "what was asked for fails, and nothing else"},
		{"none of these is named", failsOn(replay.Safe), func(info replay.VerdictInfo) [3]string {
			switch {
			case info.Verdict == replay.Safe:
				return [3]string{"failure", "error", "error"}
			case info.Incompatible:
				return [3]string{"system-out", "notice", "note"}
			case info.Verdict == replay.Unjudged:
				return [3]string{"skipped", "notice", "note"}
			}
			return [3]string{"skipped", "", ""}
		}, "unjudged is skipped, as nothing is known"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			opts := report.CIOptions{Fails: tt.fails}
			m := allVerdicts()
			got := map[string][3]string{}
			set := func(cell string, format int, what string) {
				v := got[cell]
				v[format] = what
				got[cell] = v
			}

			var junit junitDocument
			require.NoError(t, xml.Unmarshal([]byte(written(t, report.JUnit, opts, m)), &junit))
			var sum junitCounts
			for _, c := range junit.Suites[0].Cases {
				sum.Tests++
				what := ""
				switch {
				case c.Failure != nil:
					what, sum.Failures = "failure", sum.Failures+1
				case c.Error != nil:
					what, sum.Errors = "error", sum.Errors+1
				case c.Skipped != nil:
					what, sum.Skipped = "skipped", sum.Skipped+1
				case c.SystemOut != "":
					what = "system-out"
				}
				set(c.Classname+"/"+c.Name, 0, what)
			}
			require.Equal(t, sum, junit.junitCounts, "the counts of the whole")
			require.Equal(t, sum, junit.Suites[0].junitCounts, "the counts of the suite")

			for line := range strings.Lines(written(t, report.GitHub, opts, m)) {
				if kind, rest, ok := strings.Cut(strings.TrimPrefix(line, "::"), " "); ok && strings.HasPrefix(line, "::") {
					set(regexp.MustCompile(`all/[^%;]*`).FindString(rest), 1, kind)
				}
			}
			for _, r := range sarifOf(t, written(t, report.SARIF, opts, m)).Runs[0].Results {
				for _, cell := range r.Properties.Cells {
					set(cell, 2, r.Level)
				}
			}
			for _, info := range replay.Verdicts() {
				require.Equal(t, tt.want(info), got["all/old."+string(info.Verdict)+"@new"], "%s", info.Verdict)
			}
			require.Len(t, got, len(replay.Verdicts()))
		})
	}
}

type sarifDocument struct {
	Runs []struct {
		Tool struct {
			Driver struct {
				Rules []struct {
					ID   string `json:"id"`
					Help struct {
						Text string `json:"text"`
					} `json:"help"`
				} `json:"rules"`
			} `json:"driver"`
		} `json:"tool"`
		Results []struct {
			RuleID       string            `json:"ruleId"`
			RuleIndex    int               `json:"ruleIndex"`
			Level        string            `json:"level"`
			Fingerprints map[string]string `json:"partialFingerprints"`
			Locations    []struct {
				Physical *struct {
					Artifact struct {
						URI string `json:"uri"`
					} `json:"artifactLocation"`
				} `json:"physicalLocation"`
			} `json:"locations"`
			Properties struct {
				Cells []string `json:"cells"`
			} `json:"properties"`
		} `json:"results"`
	} `json:"runs"`
}

func sarifOf(t *testing.T, text string) (doc sarifDocument) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(text), &doc))
	require.Len(t, doc.Runs, 1)
	return doc
}

// TestSARIF is about what code scanning needs beyond the schema.
func TestSARIF(t *testing.T) {
	t.Parallel()
	run := sarifOf(t, written(t, report.SARIF, report.CIOptions{File: inRepository, Fallback: "go.mod"}, real(t), evil())).Runs[0]
	var rules []string
	for _, r := range run.Tool.Driver.Rules {
		rules = append(rules, r.ID)
		require.NotEmpty(t, r.Help.Text)
	}
	for _, info := range replay.Verdicts() {
		require.Contains(t, rules, string(info.Verdict))
	}
	prints := map[string]bool{}
	for _, r := range run.Results {
		require.Equal(t, r.RuleID, rules[r.RuleIndex])
		require.NotNil(t, r.Locations[0].Physical, "GitHub refuses the whole file otherwise")
		require.NotEmpty(t, r.Properties.Cells)
		print := r.Fingerprints["replaymatrix/v1"]
		require.NotEmpty(t, print)
		require.False(t, prints[print], "two alerts would become one")
		prints[print] = true
	}
	for _, r := range sarifOf(t, written(t, report.SARIF, report.CIOptions{}, real(t))).Runs[0].Results {
		require.Nil(t, r.Locations[0].Physical, "no file is known, and none is made up")
		require.True(t, prints[r.Fingerprints["replaymatrix/v1"]], "an alert stays the same wherever it is built")
	}
}

// TestFingerprint is about alerts that stay the same while code and recordings change
// around them.
func TestFingerprint(t *testing.T) {
	t.Parallel()
	at := func(event int64, line int, recordings ...string) string {
		m := &matrix.Matrix{Family: &versioning.Family{Name: "x", Stages: []versioning.Stage{{Name: "s"}}}}
		for _, name := range recordings {
			m.Rows = append(m.Rows, matrix.Row{Recording: name, Cells: []matrix.Cell{{Family: "x", Recording: name, Stage: "s", Result: replay.Result{
				Verdict: replay.Nondeterministic, Detail: fmt.Sprintf("history has it later (event %d)", event),
				Divergence: replay.Divergence{Event: event, Source: fmt.Sprintf("order/charge.go:%d", line)},
			}}}})
		}
		results := sarifOf(t, written(t, report.SARIF, report.CIOptions{}, m)).Runs[0].Results
		require.Len(t, results, 1)
		return results[0].Fingerprints["replaymatrix/v1"]
	}
	require.Equal(t, at(5, 31, "a"), at(7, 40, "a", "b"))
}

func TestGitHubLimit(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 9, 10, 11, 60} {
		m := &matrix.Matrix{Family: &versioning.Family{Name: "x", Stages: []versioning.Stage{{Name: "s"}}}}
		for i := range n {
			name := fmt.Sprintf("r%02d", i)
			v := replay.Drift
			if i == n-1 {
				v = replay.Nondeterministic
			}
			m.Rows = append(m.Rows, matrix.Row{Recording: name, Cells: []matrix.Cell{{Family: "x", Recording: name, Stage: "s",
				Result: replay.Result{Verdict: v, Detail: "line\nof " + name}}}})
		}
		got := written(t, report.GitHub, report.CIOptions{Fails: failsOn(replay.Drift, replay.Nondeterministic)}, m)
		require.Equal(t, min(n, 10), strings.Count(got, "::error "), "GitHub shows ten")
		require.Contains(t, strings.SplitN(got, "\n", 2)[0], "nondeterministic", "the worst comes first")
		for i := range n {
			require.Contains(t, got, fmt.Sprintf("x/r%02d@s", i), "what GitHub does not show is in the log")
		}
		for line := range strings.Lines(got) {
			command := strings.HasPrefix(strings.TrimSpace(line), "::")
			require.Equal(t, command, regexp.MustCompile(`^::(error title=|group::|endgroup::)`).MatchString(line), "%s", line)
		}
	}
}

func TestJUnitHostile(t *testing.T) {
	t.Parallel()
	var doc junitDocument
	text := written(t, report.JUnit, report.CIOptions{}, evil())
	require.NoError(t, xml.Unmarshal([]byte(text), &doc), "what XML does not allow is not in there")
	require.NotContains(t, text, "\ufffd", "nothing is lost: it is written as an escape")
	require.Len(t, doc.Suites[0].Cases, 4)
	require.Contains(t, doc.Suites[0].Cases[0].Failure.Message, `\x00\x1b[31m]]>`)
	require.Contains(t, doc.Suites[0].Cases[0].Failure.Text, `\x00\x1b[31m]]>`)
}

func TestCIWriteError(t *testing.T) {
	t.Parallel()
	full := errors.New("no space left on device")
	for end, write := range ciWriters {
		require.ErrorIs(t, write(failing{full}, report.CIOptions{}, evil()), full, end)
	}
	require.ErrorIs(t, report.ExplainMarkdown(failing{full}, report.ExplainMarkdownOptions{}, report.Explained{Cell: marked()}), full)
}
