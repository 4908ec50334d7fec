package told

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/report"
)

// Do says in sentences what to do, with what the code of the mending does to executions that the stage has begun already.
func (f *Finding) Do(m report.Mending) string {
	does := m.Do
	if of := f.Of(); strings.HasPrefix(of, " of ") && len(of) <= mostOf {
		does = strings.Replace(does, "such executions", "executions"+of, 1)
	}
	more := f.begunAlready(m.Code)
	if more == "" {
		return does
	}
	return "1. " + strings.TrimSuffix(does, advice.IfDeployed) + " 2. " + more
}

// mostOf is the number of bytes of names that are no burden in a sentence.
const mostOf = 40

// begunAlready says that the code which breaks others has begun executions itself, which the code that mends the others can
// break: TestAdviceMends counts how often. It is "" where no recording says so.
func (f *Finding) begunAlready(code string) string {
	why := f.First().Cell.Result
	if len(f.Stages) != 1 || f.Way() != finding.ByDeploy || !strings.Contains(code, "workflow.GetVersion(") || why.Cause.Range != nil {
		return "" // a branch for a version that they do not take leaves them as they are
	}
	ran := &Executions{}
	for _, row := range f.Matrix.Rows {
		if len(row.Lineage) > 0 && row.Lineage[0] == f.Stages[0] {
			ran.add(row, finding.FateUnknown)
		}
	}
	if ran.Open+ran.Closed == 0 {
		return ""
	}
	begun, whom := "executions, of which none is open as far as recorded", "those"
	switch {
	case ran.Open == 1:
		begun, whom = "1 open execution", "it"
	case ran.Open > 1:
		begun, whom = prose.Plural(ran.Open, "open execution"), "them"
	}
	return fmt.Sprintf("%s has begun %s, and the code below can break %s: keep a Worker of it as it is now, by Worker Versioning.",
		Quoted(f.Stages[0]), begun, whom)
}
