package report_test

import (
	"encoding/xml"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/pipeline"
)

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

func TestJUnitHostile(t *testing.T) {
	t.Parallel()
	var doc junitDocument
	text := written(t, pipeline.JUnit, report.CIOptions{}, evil())
	require.NoError(t, xml.Unmarshal([]byte(text), &doc), "what XML does not allow is not in there")
	require.NotContains(t, text, "\ufffd", "nothing is lost: it is written as an escape")
	var failures, skipped []*junitProblem
	for _, c := range doc.Suites[0].Cases {
		switch {
		case c.Failure != nil:
			failures = append(failures, c.Failure)
		case c.Skipped != nil:
			skipped = append(skipped, c.Skipped)
		}
	}
	require.NotEmpty(t, failures)
	require.Contains(t, failures[0].Message, `\x00\x1b[31m]]>`)
	require.Contains(t, failures[0].Text, `\x00\x1b[31m]]>`)
	require.Contains(t, skipped[0].Text, `history has signal `)
	require.Contains(t, skipped[0].Text, `\n::error::x\x0d%0A\x00\x1b[31m]]>`,
		"the name of a signal is no line of its own")
}
