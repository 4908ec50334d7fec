package pipeline

import (
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

type junitSuites struct {
	XMLName xml.Name `xml:"testsuites"`
	Name    string   `xml:"name,attr"`
	junitCounts
	Suites []*junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name string `xml:"name,attr"`
	junitCounts
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCounts struct {
	Tests    int `xml:"tests,attr"`
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
	Skipped  int `xml:"skipped,attr"`
}

type junitCase struct {
	Classname string         `xml:"classname,attr"`
	Name      string         `xml:"name,attr"`
	File      string         `xml:"file,attr,omitempty"`
	Line      int            `xml:"line,attr,omitempty"`
	Failure   *junitProblem  `xml:"failure"`
	Error     *junitProblem  `xml:"error"`
	Skipped   *junitProblem  `xml:"skipped"`
	SystemOut *junitTextNode `xml:"system-out"`
}

type junitProblem struct {
	Type    string `xml:"type,attr,omitempty"`
	Message string `xml:"message,attr"`
	Text    string `xml:",cdata"`
}

type junitTextNode struct {
	Text string `xml:",cdata"`
}

// JUnit writes a test suite for each family and a test case for each cell. A cell is a failure if
// the caller has asked to fail on it. If the caller has not asked, incompatible cells are failures.
// An unjudged cell is an error under the same conditions. The type of a failure is the verdict, or
// the kind of note or "otherwise" if that is what the finding is about.
//
// Other incompatible cells and cells with findings pass, and system-out says what they are. Other
// unjudged cells are skipped. Cells that are not applicable or have not begun are skipped too. The
// property "findings" of a suite is the number of findings, as the other formats count them.
func JUnit(w io.Writer, opts report.CIOptions, matrices ...*matrix.Matrix) error {
	doc := junitSuites{Name: told.Command(opts)}
	for _, m := range matrices {
		suite := &junitSuite{Name: prose.Plain(m.Family.Name)}
		s := told.Summarize(opts, m)
		suite.Properties = []junitProperty{{"findings", strconv.Itoa(len(s.Findings()))}}
		for _, row := range m.Rows {
			for _, c := range row.Cells {
				suite.add(opts, m, row, c, s.At(row, c))
			}
		}
		doc.Tests += suite.Tests
		doc.Failures += suite.Failures
		doc.Errors += suite.Errors
		doc.Skipped += suite.Skipped
		doc.Suites = append(doc.Suites, suite)
	}
	_, err := io.WriteString(w, xml.Header)
	if err == nil {
		encoder := xml.NewEncoder(w)
		encoder.Indent("", "  ")
		err = encoder.Encode(doc)
	}
	if err == nil {
		_, err = io.WriteString(w, "\n")
	}
	if err != nil {
		return fmt.Errorf("writing the matrix as JUnit: %w", err)
	}
	return nil
}

// add takes a cell with its finding, nil if it is in none.
func (s *junitSuite) add(opts report.CIOptions, m *matrix.Matrix, row matrix.Row, c matrix.Cell, in *finding.Finding) {
	k := junitCase{Classname: s.Name, Name: prose.Plain(c.Name())}
	if k.File = prose.Plain(told.File(opts, c)); k.File != "" {
		k.Line = told.PlaceOf(opts, c).Line
	}
	weight := nothing
	var f *told.Finding
	e := finding.Example{Cell: c, Changes: row.Changes(c)}
	if in != nil {
		weight = weightOf(opts, c.Verdict, opts.FailOn.Names(row, c))
		f = &told.Finding{Finding: in, Matrix: m, Options: opts}
	}
	problem := func() *junitProblem {
		return &junitProblem{Type: ruleOf(f), Message: told.DetailOf(opts, in.Cause, e), Text: junitText(f, e)}
	}
	switch {
	case weight >= warning && c.Verdict == replay.Unjudged:
		k.Error = problem()
		s.Errors++
	case weight >= warning:
		k.Failure = problem()
		s.Failures++
	case c.Verdict == replay.Unjudged || c.Verdict == replay.NotApplicable || c.Verdict == replay.Unstarted:
		k.Skipped = &junitProblem{Message: fmt.Sprintf("%s: %s", c.Verdict, prose.Plain(advice.Line(c.Result)))}
		for _, n := range words.Notes(c.Findings()) {
			k.Skipped.Message += "; " + n.String()
		}
		s.Skipped++
	case weight == notice:
		k.SystemOut = &junitTextNode{junitText(f, e)}
	}
	s.Tests++
	s.Cases = append(s.Cases, k)
}

// junitText is what a person needs of a cell, on several lines.
func junitText(f *told.Finding, e finding.Example) string {
	c := e.Cell
	lines := []string{fmt.Sprintf("%s: %s", c.Verdict, told.DetailOf(f.Options, f.Cause, e))}
	if f.Cause.Note != "" {
		lines[0] = fmt.Sprintf("%s, with %s:", c.Verdict, told.NotesWord(f.Cause.Note))
		for _, n := range told.Notes(f.Options, c) {
			lines = append(lines, n.String())
		}
	}
	place := told.PlaceOf(f.Options, c)
	if d := place; d.Event != 0 {
		lines = append(lines, prose.Plain(fmt.Sprintf("event %d %s", d.Event, d.EventType)))
	}
	if place.Source != "" {
		lines = append(lines, "workflow code: "+prose.Plain(place.Source))
	}
	for _, caller := range place.Callers {
		lines = append(lines, "  called from "+prose.Plain(caller))
	}
	if len(c.Differences) > 1 {
		for _, d := range c.Differences[1:] {
			lines = append(lines, "also "+prose.Plain(d.String()))
		}
	}
	lines = append(lines, f.Beside(c)...)
	lines = append(lines, explainHint(f.Options, c)...)
	return "\n" + strings.Join(lines, "\n") + "\n"
}
