package pipeline

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/sidebyside"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// mostMended is the number of cases with code, and with history and code side by side: each of them is one more
// replay.
const mostMended = 40

// nothingName is the case of a family of which nothing is known.
const nothingName = "recordings"

// nothingJudged is an error and no green case: nothing has been proven.
func nothingJudged(why string) *junitProblem {
	return &junitProblem{Type: "nothing-judged", Message: why,
		Text: "\n" + why + "\nWithout recordings that have begun nothing is proven: record or download some.\n"}
}

// nothingTold says why the matrix tells nothing of any stage, "" if it does.
func nothingTold(m *matrix.Matrix) string {
	if len(m.Rows) == 0 {
		return "there is no recording"
	}
	if err := matrix.Begun(m); err != nil {
		return prose.Plain(err.Error())
	}
	return ""
}

// findingCase is a failure, an error, or skipped if nobody has asked to fail on it.
func findingCase(f *told.Finding, mended *int) junitCase {
	k := junitCase{Classname: prose.Plain(f.Matrix.Family.Name), Name: caseName(f)}
	k.File, k.Line = f.Stands()
	k.File = prose.Plain(k.File)
	problem := &junitProblem{Type: f.Kind(), Message: f.Detail(), Text: caseText(f, mended)}
	switch {
	case findingWeight(f) < warning:
		problem.Message = "not named by --fail-on: " + problem.Message
		if f.Options.FailOn == nil {
			problem.Message = f.What() + ": " + f.Detail()
		}
		k.Skipped = problem
	case f.Unjudged():
		k.Error = problem
	default:
		k.Failure = problem
	}
	return k
}

// caseName stays the same while lines move and recordings come and go, so that a pipeline knows the case again.
func caseName(f *told.Finding) string {
	way := map[finding.Way]string{finding.ByDeploy: "deploy ", finding.ByRollback: "roll back to "}[f.Way()]
	if len(f.Ways) > 1 {
		way = ""
	}
	name := way + strings.Join(f.Stages, ", ") + ": " + f.Kind()
	if c := f.First().Cell.Cause; f.Cause.Note == "" && !f.Cause.Otherwise && c.Kind != "" {
		name += " (" + string(c.Kind) + ")"
	}
	if file := told.SourceFile(f.Cause.Source); file != "" {
		name += " at " + file
	}
	return prose.Plain(name)
}

// caseText is what a person needs of a finding, on several lines: how many, why, which, and what to do.
func caseText(f *told.Finding, mended *int) string {
	h := f.Headline()
	lines := []string{strings.TrimSpace(strings.Join([]string{h.Before, h.Loud, h.Rest}, " "))}
	if lives := f.Executions().Effects(); lives != "" {
		lines = append(lines, "live: "+lives)
	}
	lines = append(lines, f.Kind()+": "+f.Detail())
	if f.Cause.Note != "" {
		lines[len(lines)-1] = fmt.Sprintf("%s, with %s:", f.Cause.Verdict, told.NotesWord(f.Cause.Note))
		for _, n := range told.Notes(f.Options, f.First().Cell) {
			lines = append(lines, n.String())
		}
	}
	lines = append(lines, placeLines(f)...)
	lines = append(lines, "")
	for _, e := range f.Examples {
		lines = append(lines, f.CellLine(e))
	}
	if n := f.Cells - len(f.Examples); n > 0 {
		lines = append(lines, fmt.Sprintf("and %s more cells", prose.Thousands(n)))
	}
	lines = append(lines, "")
	if *mended < mostMended && f.Cause.Verdict.Incompatible() {
		*mended++
		lines = append(lines, mendingLines(f)...)
	}
	lines = append(lines, explainHint(f.Options, f.First().Cell)...)
	return "\n" + strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}

// placeLines say where history and code part.
func placeLines(f *told.Finding) (lines []string) {
	c := f.First().Cell
	place := told.PlaceOf(f.Options, c)
	if place.Event != 0 {
		lines = append(lines, prose.Plain(fmt.Sprintf("event %d %s", place.Event, place.EventType)))
	}
	if place.Source != "" {
		lines = append(lines, "workflow code: "+prose.Plain(place.Source))
	}
	for _, caller := range place.Callers {
		lines = append(lines, "  called from "+prose.Plain(caller))
	}
	for _, text := range told.MoreDifferences(c) {
		lines = append(lines, prose.Plain(text))
	}
	return lines
}

// mendingLines say what to do, with the code.
func mendingLines(f *told.Finding) (lines []string) {
	mending := sidebyside.Mend(f.Options, f.CellOf(f.First()))
	if mending.Do != "" {
		lines = append(lines, "What to do: "+mending.Do)
	}
	if mending.Code != "" {
		lines = append(lines, "", strings.TrimRight(mending.Code, "\n"))
	}
	if mending.SideBySide != "" {
		lines = append(lines, "", strings.TrimRight(mending.SideBySide, "\n"))
	}
	return append(lines, "")
}

func stagesOf(cells []finding.Example) map[string]bool {
	stages := map[string]bool{}
	for _, e := range cells {
		stages[e.Cell.Stage] = true
	}
	return stages
}

// stageCase passes if a recording tells that the stage takes it, and nothing that fails was found.
func stageCase(m *matrix.Matrix, stage string, noted []*told.Finding) junitCase {
	k := junitCase{Classname: prose.Plain(m.Family.Name), Name: prose.Plain(stage)}
	counts, taken, all := map[replay.Verdict]int{}, 0, 0
	for c := range m.Cells() {
		if c.Stage != stage {
			continue
		}
		all++
		counts[c.Verdict]++
		if matrix.Proves(c) && c.Verdict != replay.Unjudged && c.Verdict != replay.NotApplicable {
			taken++
		}
	}
	var parts []string
	for _, info := range replay.Verdicts() {
		if n := counts[info.Verdict]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %s", prose.Thousands(n), info.Verdict))
		}
	}
	text := prose.Plural(all, "recording")
	if all > 0 {
		text += ": " + strings.Join(parts, ", ")
	}
	if taken == 0 {
		k.Skipped = &junitProblem{Type: "nothing-judged", Message: "no recording tells anything of it: " + text}
		return k
	}
	for _, f := range noted {
		text += "\n" + f.What()
	}
	k.SystemOut = &junitTextNode{text}
	return k
}
