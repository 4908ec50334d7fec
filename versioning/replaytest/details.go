package replaytest

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

// details is what stands below the message of each group, with the line break before it. What groups
// have in common is said once. What needs more than so many lines is left out, but not of the first.
func (r *run) details(t T, groups []*group, room int) []string {
	t.Helper()
	details := make([]string, len(groups))
	explained := r.explain(t, groups[:min(len(groups), mostExplained)])
	cures := map[string]int{}
	for i, g := range groups {
		c, ok := explained[g.first.Name()]
		if !ok {
			continue
		}
		if other := unsteady(c, g.first); other != "" {
			details[i] = other
			continue
		}
		says, opts := advice.ExplainLive(c.Result, c.Effects), text.BriefOptions{}
		if number := cures[says.Do+says.Code]; number > 0 {
			opts.Cure = fmt.Sprintf("as for finding %d", number)
		}
		detail, lines := brief(opts, c)
		if lines > room {
			opts.NoTable = true
			detail, lines = brief(opts, c)
		}
		if i > 0 && lines > room {
			continue
		}
		room -= lines
		if opts.Cure == "" {
			cures[says.Do+says.Code] = g.number
		}
		details[i] = detail
		if alone := alone(t, g.first); alone != "" {
			details[i] += "\nAll of it: " + alone
		}
	}
	return details
}

// brief is what text.Brief writes, below an empty line, and the number of its lines with that of the
// command below it.
func brief(opts text.BriefOptions, c matrix.Cell) (detail string, lines int) {
	var b bytes.Buffer
	if err := text.Brief(&b, opts, c); err != nil || b.Len() == 0 {
		return "", 0
	}
	detail = "\n\n" + strings.TrimRight(b.String(), "\n")
	return detail, strings.Count(detail, "\n") + 1
}

// alone is the command that runs the cell alone, "" if the name of the test is not known.
func alone(t T, c matrix.Cell) string {
	named, ok := t.(interface{ Name() string })
	if !ok {
		return ""
	}
	var parts []string
	for part := range strings.SplitSeq(named.Name()+"/"+c.Name(), "/") {
		parts = append(parts, "^"+regexp.QuoteMeta(strings.ReplaceAll(part, " ", "_"))+"$")
	}
	return "go test -run '" + strings.ReplaceAll(strings.Join(parts, "/"), "'", `'\''`) + "'"
}

// explain judges the first cells of the groups once more, with an Explanation. So only what fails pays for it.
func (r *run) explain(t T, groups []*group) map[string]matrix.Cell {
	t.Helper()
	chosen := map[string]bool{}
	for _, g := range groups {
		if g.isExplained() {
			chosen[g.first.Name()] = true
		}
	}
	explained := map[string]matrix.Cell{}
	for _, row := range r.again(t, func(recording, stage string) bool { return chosen[recording+"@"+stage] }) {
		for _, c := range row.Cells {
			explained[c.Name()] = c
		}
	}
	return explained
}

// again judges the cells once more, with Explanations.
func (r *run) again(t T, only func(recording, stage string) bool) []matrix.Row {
	t.Helper()
	opts := matrix.Options{Config: r.Config, Twice: true, Explain: true, Rehearse: r.Rehearse, Only: only}
	// All sources, since a rehearsal borrows what a signal has brought in another recording.
	m, err := matrix.Judge(t.Context(), r.Family, slices.Values(r.sources), &opts)
	if err != nil {
		return nil // the test is being stopped
	}
	return m.Rows
}

// unsteady says that the cell was replayed again and is not what it was, with the line break before it.
func unsteady(again, before matrix.Cell) string {
	if again.Verdict == before.Verdict && finding.Sentence(again) == finding.Sentence(before) {
		return ""
	}
	return "\nreplayed again it is " + text.Line(again) +
		"\nthe code does not do the same each time: look for time.Now, rand, the order of a map, the environment"
}
