package markdown

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// overview is a table of the families that are not quiet, if there are several.
func (b *writer) overview() {
	const most = 100
	text, rows := "| workflow | deploy the newest stage | roll back from it |\n|---|---|---|\n", 0
	for _, f := range b.families {
		if f.quiet() {
			continue
		}
		if rows++; rows > most {
			continue
		}
		name := shortCode(f.Family.Name)
		if f.Family.Catalogue {
			text += fmt.Sprintf("| %s | %s | %s |\n", name, f.anyDeploy(), f.backToBase())
			continue
		}
		text += fmt.Sprintf("| %s | %s | %s |\n", name, f.newestDeploy(3), f.newestRollback(3))
	}
	if rows > most {
		text += fmt.Sprintf("| and %d more | | |\n", rows-most)
	}
	if rows > 0 && len(b.families) > 1 {
		b.add(rankAnswer, nil, text+"\n")
	}
}

// newestDeploy says what the newest stage does to executions of the others.
func (f *family) newestDeploy(most int) string {
	var parts []string
	for _, t := range f.List {
		if t.Stage == f.Newest() && (t.Kind == finding.Deploying || t.Kind == finding.Again) {
			parts = append(parts, outcomeText(t, most))
		}
	}
	if len(parts) == 0 {
		parts = append(parts, "–")
	}
	return shortCode(f.Newest()) + ": " + strings.Join(parts, "<br>")
}

// newestRollback says what the other stages do to executions of the newest one.
func (f *family) newestRollback(most int) string {
	by := map[finding.Answer][]string{}
	for _, t := range f.Back {
		by[t.Answer()] = append(by[t.Answer()], t.Stage)
	}
	var parts []string
	for _, a := range finding.Answers() {
		if stages := by[a]; len(stages) > 0 {
			text := map[finding.Answer]string{
				finding.Breaks: "**breaks** executions", finding.Changes: "**changes** what executions do",
				finding.Unknown: "cannot be told", finding.Otherwise: "**answers** queries **otherwise**",
				finding.Doubted: "replays with **findings**", finding.Safe: "is safe",
			}[a]
			parts = append(parts, fmt.Sprintf("%s to %s %s", icon(a), someNames(stages, most), text))
		}
	}
	switch {
	case len(parts) == 0 && f.Rollback == finding.Unknown:
		return icon(finding.Unknown) + " " + told.CannotTell + ", no recording of it"
	case len(parts) == 0:
		return "–"
	}
	return strings.Join(parts, "<br>")
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
