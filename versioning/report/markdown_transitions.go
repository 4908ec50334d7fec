package report

import (
	"fmt"
	"slices"
	"strings"
)

// mostStages is the number of stages in a table of transitions.
const mostStages = 40

// transitions is a table with a row for each stage, the newest first.
func (f *markdownFamily) transitions() string {
	by, moved := map[string]map[transitionKind]string{}, false
	for _, t := range f.list {
		if by[t.stage] == nil {
			by[t.stage] = map[transitionKind]string{}
		}
		kind, text := t.kind, outcomeText(t, mostNames)
		if kind == again {
			kind, text = deploying, text+", its own<br>"
		}
		by[t.stage][kind] += text
		moved = moved || kind == moving
	}
	if len(by) == 0 {
		return ""
	}
	text := "| stage | deploy it | roll back to it |"
	rule := "|---|---|---|"
	if moved {
		text, rule = text+" move pinned executions to it |", rule+"---|"
	}
	text += "\n" + rule + "\n"
	rows := 0
	for _, stage := range slices.Backward(f.Family.StageNames()) {
		if by[stage] == nil {
			continue
		}
		if rows++; rows > mostStages {
			continue
		}
		text += "| " + shortCode(stage)
		for _, kind := range []transitionKind{deploying, rollingBack, moving} {
			if kind != moving || moved {
				text += " | " + orDash(strings.TrimSuffix(by[stage][kind], "<br>"))
			}
		}
		text += " |\n"
	}
	if rows > mostStages {
		text += fmt.Sprintf("| and %d more |", rows-mostStages) + strings.Repeat(" |", strings.Count(rule, "---")-1) + "\n"
	}
	return text + "\n"
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// outcomeText says what the transition does to which executions, for a table, with as
// many names at most.
func outcomeText(t transition, most int) string {
	if t.missing != "" {
		return isUnknown.icon() + " " + t.missing
	}
	g := groupsOf(t.outcomes)
	var parts []string
	for _, p := range []struct {
		lineages []string
		text     string
	}{
		{g.breaks, "❌ **breaks** executions of "},
		{g.changes, "⚠️ **changes** what executions do of "},
		{g.unknown, "❔ cannot tell for "},
		{g.otherwise, "⚠️ replays and **answers otherwise** for "},
		{g.safe, "✅ safe for "},
		{g.pinned, "📌 leaves those pinned elsewhere to Workers that must keep running: "},
	} {
		if len(p.lineages) > 0 {
			parts = append(parts, p.text+someNames(p.lineages, most))
		}
	}
	return strings.Join(parts, "<br>")
}
