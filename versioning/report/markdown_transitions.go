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
	var parts []string
	for _, p := range t.parts() {
		parts = append(parts, p.markdown(most))
	}
	return strings.Join(ofThem(parts), "<br>")
}

func (p part) markdown(most int) string {
	words := p.words()
	if known, unknown := split(p.subjects); len(known) > 0 {
		names := someNames(known, most)
		if unknown != "" {
			names += ", and " + unknown + ofUnknownStage
		}
		words = p.rest + names
		switch p.kind {
		case breaking:
			words = "executions of " + names
		case changing:
			words = p.rest + "executions do of " + names
		}
	}
	switch p.kind {
	case replaying:
		return "✅ safe " + words
	case pinnedAway:
		return "📌 " + p.loud + " " + words
	case unbegun:
		if p.aside {
			return "– " + p.loud + " " + words
		}
		return isUnknown.icon() + " " + p.loud + " " + words
	case unjudging:
		return isUnknown.icon() + " " + p.loud + " " + words
	default:
		return answerTo[p.kind].icon() + " " + p.before + "**" + strings.ToLower(p.loud) + "** " + words
	}
}
