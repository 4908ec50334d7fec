package markdown

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// mostRows is the number of families in the table that a reader sees without a click.
const mostRows = 6

const tableHead = "| workflow | deploy the newest stage | roll back from it |\n|---|---|---|\n"

// overview is a table of the families that are not quiet, if there are several.
func (b *writer) overview() {
	var loud []*family
	for _, f := range b.deployed() {
		if !f.quiet() {
			loud = append(loud, f)
		}
	}
	if len(loud) == 0 || len(b.deployed()) == 1 {
		return
	}
	first := loud[:min(len(loud), mostRows)]
	b.add(rankAnswer, nil, tableHead+tableRows(first, true)+"\n")
	if rest := loud[len(first):]; len(rest) > 0 {
		b.add(rankTransitions, nil, prose.Details("and "+prose.Thousands(len(rest))+" more workflows", longTable(rest)))
	}
}

// longTable is the table of families, not of very many.
func longTable(families []*family) string {
	const most = 100
	text := tableHead + tableRows(families[:min(len(families), most)], false)
	if n := len(families) - most; n > 0 {
		text += fmt.Sprintf("| and %s more | | |\n", prose.Thousands(n))
	}
	return text + "\n"
}

// tableRows has a row for each family. If it is brief, a row has the worst of each, and takes a line or two.
func tableRows(families []*family, brief bool) (text string) {
	for _, f := range families {
		name, names := shortCode(f.Family.Name), 3
		if brief {
			names = 2
		}
		deploy, back := f.newestDeploy(names), f.newestRollback(names, true)
		if f.Family.Catalogue {
			deploy, back = []string{f.anyDeploy()}, []string{f.backToBase()}
		}
		if brief {
			deploy, back = deploy[:1], back[:1]
		}
		text += fmt.Sprintf("| %s | %s | %s |\n", name, strings.Join(deploy, "<br>"), strings.Join(back, "<br>"))
	}
	return text
}

// newestDeploy says what the newest stage does to executions of the others, the worst first.
func (f *family) newestDeploy(most int) (parts []string) {
	for _, t := range f.List {
		if t.Stage == f.Newest() && (t.Kind == finding.Deploying || t.Kind == finding.Again) {
			parts = append(parts, outcomes(t, most)...)
		}
	}
	if len(parts) == 0 {
		parts = append(parts, "–")
	}
	parts[0] = shortCode(f.Newest()) + ": " + parts[0]
	return parts
}

// newestRollback says what the other stages do to executions of the newest one. Unless it is to be short it says until
// when one may not go back.
func (f *family) newestRollback(names int, short bool) (parts []string) {
	by, unknown := map[finding.Answer][]string{}, "not known"
	var now []string
	for _, t := range f.Back {
		if open := told.OpenHit(t); open > 0 && !short {
			hits := " (hits " + prose.Plural(open, "open execution") + ")"
			if len(now) > 0 {
				hits = " (" + prose.Thousands(open) + ")"
			}
			now = append(now, shortCode(t.Stage)+hits)
			continue
		}
		by[t.Answer()] = append(by[t.Answer()], t.Stage)
		if t.Missing != finding.NothingMissing {
			unknown = "not known without a recording of " + shortCode(f.Newest())
		} else if len(t.Unrecorded) > 0 {
			unknown = "not known for executions begun under " + someNames(t.Unrecorded, names) + ": none is recorded"
		}
	}
	if len(now) > 0 {
		parts = append(parts, fmt.Sprintf("%s **not now** to %s, until these have closed and no more of them begin",
			icon(finding.Breaks), some(now, names)))
	}
	breaks := "**breaks** executions"
	if !short {
		breaks += ", none is open as far as recorded: only while that is so"
	}
	for _, a := range finding.Answers() {
		if stages := by[a]; len(stages) > 0 {
			text := map[finding.Answer]string{
				finding.Breaks: breaks, finding.Changes: "**changes** what executions do",
				finding.Unknown: unknown, finding.Otherwise: "**answers** queries **otherwise**",
				finding.Doubted: "replays with **findings**", finding.Safe: "is safe",
			}[a]
			parts = append(parts, fmt.Sprintf("%s to %s %s", icon(a), someNames(stages, names), text))
		}
	}
	if len(parts) == 0 {
		return []string{"–"}
	}
	return parts
}

func phrase(a finding.Answer) string {
	words := map[finding.Answer]string{
		finding.Breaks: "**breaks**", finding.Changes: "**changes**", finding.Unknown: told.CannotTell,
		finding.Otherwise: "**answers otherwise**", finding.Doubted: "replays with **findings**", finding.Safe: "safe",
	}
	return icon(a) + " " + words[a]
}

// anyDeploy counts what the changes of a catalogue do to executions of its base.
func (f *family) anyDeploy() string {
	by, all := map[finding.Answer]int{}, 0
	for _, t := range f.List {
		if t.Kind == finding.Deploying {
			by[t.Answer()]++
			all++
		}
	}
	var parts []string
	for _, a := range finding.Answers() {
		if by[a] > 0 {
			parts = append(parts, fmt.Sprintf("%s for %d", phrase(a), by[a]))
		}
	}
	if len(parts) == 0 {
		return "–"
	}
	return fmt.Sprintf("%s, each on its own: %s", prose.Plural(all, "change"), strings.Join(parts, ", "))
}

// backToBase is what the base of a catalogue does to executions of its changes.
func (f *family) backToBase() string {
	for _, t := range f.List {
		if t.Kind == finding.RollingBack {
			return "to " + shortCode(t.Stage) + ": " + outcomeText(t, 3)
		}
	}
	return "–"
}
