package report_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/markdown"
	"github.com/replaymatrix/replaymatrix/versioning/report/pipeline"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// inRepository stands for a checkout, whose place on this machine is in no golden.
func inRepository(file string) string {
	return path.Join("workflows", path.Base(path.Dir(file)), path.Base(file))
}

func failsOn(verdicts ...replay.Verdict) *finding.FailOn { return &finding.FailOn{Verdicts: verdicts} }

func failsOnNotes(kinds ...replay.NoteKind) *finding.FailOn { return &finding.FailOn{Notes: kinds} }

type writer func(io.Writer, report.CIOptions, ...*matrix.Matrix) error

func written(t *testing.T, write writer, opts report.CIOptions, m ...*matrix.Matrix) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, write(&b, opts, m...))
	return b.String()
}

func asMarkdown(w io.Writer, opts report.CIOptions, m ...*matrix.Matrix) error {
	return markdown.Write(w, markdown.Options{CIOptions: opts}, m...)
}

// ciWriters are the formats by the ends of the names of their goldens.
var ciWriters = map[string]writer{"md": asMarkdown, "junit.xml": pipeline.JUnit, "github": pipeline.GitHub,
	"sarif": pipeline.SARIF}

// evilName is what a file can be called, and what a payload can hold.
const evilName = "a|b`c``<script>alert(1)</script>&amp;*x*_y_[l](u)~~z~~\\ $x$ @octocat " +
	"#1\n::error::x\r%0A\x00\x1b[31m]]>\ufffe\xff"

// evil has such names and details wherever somebody else decides about them.
func evil() *matrix.Matrix {
	f := &versioning.Family{Name: "evil", Doc: "# " + evilName,
		Stages: []versioning.Stage{{Name: "one"}, {Name: "two"}}}
	m := &matrix.Matrix{Family: f}
	note := replay.Note{Kind: replay.Unread, Event: 11, EventType: evilName, Name: evilName, Source: "a|`b/x.go:9",
		Signal: &cause.UnreadSignal{Name: evilName}}
	for i, v := range []replay.Verdict{replay.Nondeterministic, replay.Unjudged, replay.Drift, replay.Panic,
		replay.Safe} {
		row := matrix.Row{Recording: fmt.Sprint(evilName, i), Lineage: []string{"one", evilName}}
		if i == 0 {
			row.Lineage = []string{"one"}
		}
		row.Cells = []matrix.Cell{{Family: "evil", Recording: row.Recording, Stage: "two", Result: replay.Result{
			Verdict: v,
			Cause:   says(evilName),
			Place: replay.Place{Event: 5, EventType: evilName, Source: "a|`b/x.go:7", File: "/src/a|`b/x.go",
				Line: 7},
			Evidence: replay.Evidence{Notes: []replay.Note{note}},
		}}}
		if v == replay.Safe {
			row.Cells[0].Place, row.Cells[0].Cause = replay.Place{}, cause.Cause{}
		}
		if v == replay.Unjudged {
			row.Cells[0].Err = errors.New(evilName)
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

// resultOf is one of which the text is all that is known.
func resultOf(v replay.Verdict, text string) replay.Result {
	if v == replay.Unjudged {
		return replay.Result{Verdict: v, Err: errors.New(text)}
	}
	return replay.Result{Verdict: v, Cause: says(text)}
}

// says is a cause of which the text is all that is known.
func says(text string) cause.Cause {
	return cause.Cause{Kind: cause.Unclassified, Failure: &cause.Failure{Text: text}}
}

// allVerdicts has a cell of each, from one stage to another.
func allVerdicts() *matrix.Matrix {
	f := &versioning.Family{Name: "all", Doc: "All verdicts.", Stages: []versioning.Stage{{Name: "old"}, {Name: "new"}}}
	m := &matrix.Matrix{Family: f}
	for _, info := range replay.Verdicts() {
		m.Rows = append(m.Rows,
			matrix.Row{Recording: "old." + string(info.Verdict), Lineage: []string{"old"}, Cells: []matrix.Cell{{
				Family: "all", Recording: "old." + string(info.Verdict), Stage: "new",
				Result: resultOf(info.Verdict, "what is wrong with "+string(info.Verdict)+": what to do"),
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
		fails  *finding.FailOn
		why    string
	}{
		{"patching", []*matrix.Matrix{real(t)}, nil, "nobody has said what to fail on"},
		{"patching-removed", []*matrix.Matrix{real(t)}, failsOn(replay.VersionRemoved),
			"one verdict fails, and another is worth a notice"},
		{"unreadable", []*matrix.Matrix{judge(t, patchingFamily(), matrix.Options{}, unreadable)},
			failsOn(replay.Nondeterministic),
			"what is unjudged is no failure unless somebody asks"},
		{"otherwise", []*matrix.Matrix{otherwise(t)}, &finding.FailOn{Otherwise: true},
			"safe, and a query or a live worker tells another story"},
		{"all-verdicts", []*matrix.Matrix{allVerdicts()}, failsOn(replay.Unjudged, replay.Panic, replay.NotApplicable),
			"each verdict"},
		{"findings", []*matrix.Matrix{doubtful()}, failsOn(replay.Nondeterministic),
			"what replays and nobody should call safe is a notice"},
		{"findings-fail", []*matrix.Matrix{only(doubtful(), "safe", "unread", "both")},
			failsOnNotes(replay.Unread, replay.Unreadable),
			"a kind of notes fails as a verdict does"},
		{"hostile", []*matrix.Matrix{evil()}, nil, "names and values that mean something to the format"},
		{"taken-over", []*matrix.Matrix{takenOver(t, "order")}, nil, "what rolling back does to executions that the newest stage began is not known"},
		{"several", []*matrix.Matrix{quiet(t, "one"), real(t), quiet(t, "two")}, nil, "safe families are a line each"},
		{"unstarted", []*matrix.Matrix{oneStage(t, "some", 4), oneStage(t, "none", 0)}, nil,
			"what had not begun is not called safe"},
		{"none", nil, nil, "no families, no claims"},
		{"empty", []*matrix.Matrix{{Family: patchingFamily()}}, failsOn(replay.Unjudged), "no recordings, no claims"},
	} {
		for end, write := range ciWriters {
			t.Run(tt.name+"."+end, func(t *testing.T) {
				t.Parallel()
				require.NotEmpty(t, tt.why)
				opts := report.CIOptions{FailOn: tt.fails, File: inRepository, Fallback: "go.mod",
					Command: "ordermatrix"}
				compareGolden(t, "ci/"+tt.name+"."+end, written(t, write, opts, tt.matrix...))
			})
		}
	}
}

// patchingFamily is patching as the family of a user, who deploys it.
func patchingFamily() *versioning.Family {
	f := *patching.Family
	f.Reference = false
	return &f
}

// quiet is a family in which everything is safe.
func quiet(t *testing.T, name string) *matrix.Matrix {
	t.Helper()
	f := patchingFamily()
	f.Name, f.Stages = name, f.Stages[1:3]
	return judge(t, f, matrix.Options{}, func(_ int, s *history.Source) bool {
		return s.Name == "patched.completed" || s.Name == "patch-deprecated.completed"
	})
}

// takenOver is a family in which every cell is safe, and whose newest stage began none of the recorded executions.
func takenOver(t *testing.T, name string) *matrix.Matrix {
	t.Helper()
	f := patchingFamily()
	f.Name, f.Stages = name, f.Stages[:2]
	return judge(t, f, matrix.Options{}, func(_ int, s *history.Source) bool {
		return s.Name == "initial.completed" || s.Name == "initial+patched.completed"
	})
}

func TestCIWriteError(t *testing.T) {
	t.Parallel()
	full := errors.New("no space left on device")
	for end, write := range ciWriters {
		require.ErrorIs(t, write(failing{full}, report.CIOptions{}, evil()), full, end)
	}
	require.ErrorIs(t, markdown.Explain(failing{full}, markdown.ExplainOptions{}, report.Explained{Cell: marked()}),
		full)
}
