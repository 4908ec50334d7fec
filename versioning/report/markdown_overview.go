package report

import (
	"fmt"
	"strings"
)

// overview is a table of the families that are not quiet, if there are several.
func (b *markdownWriter) overview() {
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
func (f *markdownFamily) newestDeploy(most int) string {
	var parts []string
	for _, t := range f.list {
		if t.stage == f.newest() && (t.kind == deploying || t.kind == again) {
			parts = append(parts, outcomeText(t, most))
		}
	}
	if len(parts) == 0 {
		parts = append(parts, "–")
	}
	return shortCode(f.newest()) + ": " + strings.Join(parts, "<br>")
}

// newestRollback says what the other stages do to executions of the newest one.
func (f *markdownFamily) newestRollback(most int) string {
	by := map[answer][]string{}
	for _, t := range f.back {
		by[answerOf(t)] = append(by[answerOf(t)], t.stage)
	}
	var parts []string
	for a := breaks; a >= isSafe; a-- {
		if stages := by[a]; len(stages) > 0 {
			text := map[answer]string{
				breaks: "**breaks** executions", changes: "**changes** what executions do", isUnknown: "cannot be told",
				answersOtherwise: "**answers** queries **otherwise**", isDoubted: "replays with **findings**", isSafe: "is safe",
			}[a]
			parts = append(parts, fmt.Sprintf("%s to %s %s", a.icon(), someNames(stages, most), text))
		}
	}
	switch {
	case len(parts) == 0 && f.rollback == isUnknown:
		return isUnknown.icon() + " cannot tell, no recording of it"
	case len(parts) == 0:
		return "–"
	}
	return strings.Join(parts, "<br>")
}

func (a answer) phrase() string {
	words := map[answer]string{breaks: "**breaks**", changes: "**changes**", isUnknown: "cannot tell", answersOtherwise: "**answers otherwise**", isDoubted: "replays with **findings**", isSafe: "safe"}
	return a.icon() + " " + words[a]
}

// anyDeploy counts what the changes of a catalogue do to executions of its base.
func (f *markdownFamily) anyDeploy() string {
	by, all := map[answer]int{}, 0
	for _, t := range f.list {
		if t.kind == deploying {
			by[answerOf(t)]++
			all++
		}
	}
	var parts []string
	for a := breaks; a >= isSafe; a-- {
		if by[a] > 0 {
			parts = append(parts, fmt.Sprintf("%s for %d", a.phrase(), by[a]))
		}
	}
	if len(parts) == 0 {
		return "–"
	}
	return fmt.Sprintf("%s, each on its own: %s", plural(all, "change"), strings.Join(parts, ", "))
}

// backToBase is what the base of a catalogue does to executions of its changes.
func (f *markdownFamily) backToBase() string {
	for _, t := range f.list {
		if t.kind == rollingBack {
			return "to " + shortCode(t.stage) + ": " + outcomeText(t, 3)
		}
	}
	return "–"
}
