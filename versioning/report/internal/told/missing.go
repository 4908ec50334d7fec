package told

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
)

// MissingTitle is the title of MissingFew.
const MissingTitle = "missing recordings"

// mostMissing is the number of missing recordings that are named if not all is asked for.
const mostMissing = 3

// MissingFew are the missing recordings, or some of many, or the words for none.
func (f *Answered) MissingFew(all bool) []string {
	list := f.Missing()
	if len(list) == 0 {
		return []string{"none"}
	}
	if n := len(list) - mostMissing; n > 0 && !all {
		list = append(list[:mostMissing], fmt.Sprintf("and %s more", prose.Thousands(n)))
	}
	return list
}

// Missing are the recordings without which an answer is not sure, each with what to do to get it: those that a first
// transition needs, and those that would prove a branch of a GetVersion call of a stage to which one can go.
func (f *Answered) Missing() (lines []string) {
	add := func(line string) {
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	wanted := map[string]bool{}
	for _, t := range f.First() {
		switch {
		case t.Missing != finding.NothingMissing:
			wanted[t.Wanted] = true
			add(wantedText(t))
		case t.Worst() == finding.Unbegun:
			add("one of which a Workflow Task has completed: those that are here had not begun")
		}
	}
	if n := Recorded(f.Matrix).Unread; n > 0 {
		add(fmt.Sprintf("%s that cannot be read: the findings say why", prose.Plural(n, "recording")))
	}
	for _, s := range f.Coverage() {
		for _, call := range s.Calls {
			for i, b := range call.Branches {
				newest := i == len(call.Branches)-1 // which an execution that the stage begins takes
				if len(b.Proven) == 0 && !(newest && wanted[s.Stage]) {
					add(fmt.Sprintf("of %s, in which GetVersion %q gives %s (%s): %s", prose.Plain(s.Stage),
						prose.Plain(call.ChangeID), words.Versions(b), prose.Plain(call.Source), words.Unproven(s, b)))
				}
			}
		}
	}
	for _, stage := range f.unrecorded() {
		if !slices.ContainsFunc(lines, func(line string) bool { return strings.HasPrefix(line, "of "+prose.Plain(stage)+",") }) {
			add(fmt.Sprintf("of %s: what %s does to its executions is not known", prose.Plain(stage), prose.Plain(f.Newest())))
		}
	}
	return lines
}

// unrecorded are the stages whose executions may meet the newest one, and of which there is no recording. Where it is
// not known of which stage a recording is, it may be of any.
func (f *Answered) unrecorded() (stages []string) {
	if f.Family.Catalogue || f.Deploy == finding.NotAsked || f.Deploy == finding.Unknown {
		return nil
	}
	last := map[string]bool{}
	for _, row := range f.Rows {
		if len(row.Lineage) == 0 {
			return nil
		}
		last[row.Lineage[len(row.Lineage)-1]] = true
	}
	for _, s := range f.Family.Stages[:len(f.Family.Stages)-1] {
		if !last[s.Name] && f.Family.Transition(s.Name, f.Newest()) {
			stages = append(stages, s.Name)
		}
	}
	return stages
}

// ShowCommand begins the command that downloads a recording. It is to be pasted, so lines are not broken in it.
const ShowCommand = "temporal workflow show "

// wantedText is MissingText as an item of a list.
func wantedText(t finding.Transition) string {
	file := t.Wanted + ".NAME.json"
	switch t.Missing {
	case finding.KnownEarlierStage, finding.KnownLaterStage:
		return fmt.Sprintf("one that is known to be of %s: name its file %s", t.Wanted, file)
	default:
		return fmt.Sprintf("one of %s: let a Worker of it run an execution in a test environment, then, in the folder of "+
			"the others: %s--workflow-id ID --output json > %s", t.Wanted, ShowCommand, prose.ShellWord(file))
	}
}
