package markdown

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// mostStages is the number of stages in a table of transitions.
const mostStages = 40

// transitions is a table with a row for each stage, the newest first.
func (f *family) transitions() string {
	by, moved := map[string]map[finding.TransitionKind]string{}, false
	for _, t := range f.List {
		if by[t.Stage] == nil {
			by[t.Stage] = map[finding.TransitionKind]string{}
		}
		kind, text := t.Kind, outcomeText(t, mostNames)
		if kind == finding.Again {
			kind, text = finding.Deploying, text+", its own<br>"
		}
		if loud, rest := told.RollText(t); loud != "" && t.Kind == finding.Deploying {
			text += "<br>– roll: " + prose.Markdown(loud+rest)
		}
		by[t.Stage][kind] += text
		moved = moved || kind == finding.Moving
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
		for _, kind := range []finding.TransitionKind{finding.Deploying, finding.RollingBack, finding.Moving} {
			if kind != finding.Moving || moved {
				text += " | " + orDash(strings.TrimSuffix(by[stage][kind], "<br>"))
			}
		}
		text += " |\n"
	}
	if rows > mostStages {
		text += fmt.Sprintf("| and %d more |", rows-mostStages) + strings.Repeat(" |", strings.Count(rule, "---")-1) +
			"\n"
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
func outcomeText(t finding.Transition, most int) string {
	return strings.Join(outcomes(t, most), "<br>")
}

// outcomes are what the transition does, the worst first.
func outcomes(t finding.Transition, most int) (parts []string) {
	if t.Missing != finding.NothingMissing {
		return []string{icon(finding.Unknown) + " " + told.CannotTell + ", " + told.MissingText(t)}
	}
	for _, p := range told.Parts(t) {
		parts = append(parts, partText(p, most))
	}
	return told.OfThem(parts)
}

func partText(p told.Part, most int) string {
	words := p.Words()
	if known, unknown := told.Split(p.Subjects); len(known) > 0 {
		names := someNames(known, most)
		if unknown != "" {
			names += ", and " + unknown + told.OfUnknownStage
		}
		words = p.Rest + names
		switch p.Answer {
		case finding.Breaks:
			words = "executions of " + names
		case finding.Changes:
			words = p.Rest + "executions do of " + names
		}
	}
	switch {
	case p.Answer == finding.Safe:
		return icon(finding.Safe) + " safe " + words
	case p.Answer == finding.Pinned:
		return "📌 " + p.Loud + " " + words
	case p.Aside:
		return "– " + p.Loud + " " + words
	case p.Answer == finding.Unbegun, p.Answer == finding.Unknown:
		return icon(finding.Unknown) + " " + p.Loud + " " + words
	default:
		return icon(p.Answer) + " " + p.Before + "**" + strings.ToLower(p.Loud) + "** " + words
	}
}
