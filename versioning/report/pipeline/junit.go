package pipeline

import (
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"strconv"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
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

// JUnit writes a test suite for each family. A suite has a test case for each finding, the most important
// first, and one for each stage that no failing finding is about. A suite has one case at least.
//
// A finding is a failure if the caller has asked to fail on it. If the caller has not asked, incompatible
// findings are failures. Findings that could not be judged are errors under the same conditions. The type of a
// failure is the verdict, or the kind of note or "otherwise" if that is what the finding is about. Other
// findings are skipped.
//
// The case of a stage passes, and system-out counts the verdicts. It is skipped if no recording tells anything
// of the stage. A family without a recording that tells anything has an error. The property "findings" of a
// suite is the number of findings, as the other formats count them, and "cells" that of the cells.
func JUnit(w io.Writer, opts report.CIOptions, matrices ...*matrix.Matrix) error {
	doc := junitSuites{Name: told.Command(opts)}
	mended := 0
	for _, m := range matrices {
		doc.Suites = append(doc.Suites, suiteOf(opts, m, &mended))
	}
	if len(matrices) == 0 {
		suite := &junitSuite{Name: doc.Name}
		suite.add(junitCase{Classname: suite.Name, Name: nothingName, Error: nothingJudged("no family was judged")})
		doc.Suites = append(doc.Suites, suite)
	}
	for _, suite := range doc.Suites {
		doc.Tests += suite.Tests
		doc.Failures += suite.Failures
		doc.Errors += suite.Errors
		doc.Skipped += suite.Skipped
	}
	var text strings.Builder
	text.WriteString(xml.Header)
	encoder := xml.NewEncoder(&text)
	encoder.Indent("", "  ")
	err := encoder.Encode(doc)
	if err == nil {
		_, err = io.WriteString(w, prose.Harmless(text.String())+"\n")
	}
	if err != nil {
		return fmt.Errorf("writing the matrix as JUnit: %w", err)
	}
	return nil
}

// suiteOf has the findings of the family, and its stages. Mended counts the cases with code.
func suiteOf(opts report.CIOptions, m *matrix.Matrix, mended *int) *junitSuite {
	suite := &junitSuite{Name: prose.Plain(m.Family.Name)}
	s := told.Summarize(opts, m)
	findings := told.MostImportant(told.FindingsOf(opts, m, s))
	suite.Properties = []junitProperty{{"findings", strconv.Itoa(len(findings))}, {"cells", strconv.Itoa(s.Cells())}}
	names, failing := map[string]int{}, map[string]bool{}
	if why := nothingTold(m); why != "" {
		names[nothingName]++
		suite.add(junitCase{Classname: suite.Name, Name: nothingName, Error: nothingJudged(why)})
	}
	for _, f := range findings {
		k := findingCase(f, mended)
		if names[k.Name]++; names[k.Name] > 1 {
			k.Name += fmt.Sprintf(" (%d)", names[k.Name])
		}
		suite.add(k)
		if k.Skipped == nil {
			for _, stage := range f.Stages {
				failing[stage] = true
			}
		}
	}
	if len(m.Rows) == 0 {
		return suite
	}
	cells := told.CellsOf(m, s)
	noted := map[string][]*told.Finding{}
	for _, f := range findings {
		for stage := range maps.Keys(stagesOf(cells[f.Finding])) {
			noted[stage] = append(noted[stage], f)
		}
	}
	for _, stage := range m.Family.StageNames() {
		if !failing[stage] {
			suite.add(stageCase(m, stage, noted[stage]))
		}
	}
	return suite
}

func (s *junitSuite) add(k junitCase) {
	s.Tests++
	switch {
	case k.Failure != nil:
		s.Failures++
	case k.Error != nil:
		s.Errors++
	case k.Skipped != nil:
		s.Skipped++
	}
	s.Cases = append(s.Cases, k)
}
