package text

import (
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// answer is what a person asks first: may the newest stage be deployed, and may one go back from it?
func (b *writer) answer(f *told.Answered) {
	if !b.opts.Untitled {
		b.Printf("%s\n", b.Paint(terminal.Bold, prose.Wrap(prose.Plain(title(f)), terminal.Width, 0)))
		b.Printf("%s: %s\n\n", f.Family.Name, prose.Wrap(counts(f), terminal.Width, len(f.Family.Name)+2))
	}
	list := f.List
	if !b.opts.All {
		list = f.First()
	}
	b.transitions(list)
}

// title answers whether to deploy: the newest stage, or of a catalogue how many of its changes.
func title(f *told.Answered) string {
	if f.Family.Catalogue && f.Deploy > finding.Safe {
		_, these, _ := strings.Cut(deployed(f), ": ")
		return these + " " + map[finding.Answer]string{
			finding.Breaks: "break running executions", finding.Changes: "change what running executions do",
			finding.Unknown: "cannot be judged", finding.Otherwise: "answer queries otherwise",
			finding.Doubted: "have findings to look at",
		}[f.Deploy]
	}
	return told.DeployTitle([]*told.Answered{f}, f.Deploy, func(stage string) string { return stage })
}

// counts are what the answer rests on.
func counts(f *told.Answered) string {
	stages := prose.Plural(len(f.Family.Stages), "stage")
	if f.Family.Catalogue {
		stages = prose.Plural(len(f.Family.Stages)-1, "change") + " of one workflow"
	}
	if f.Family.Reference {
		stages = "a reference family, in " + stages
	}
	return stages + "; recordings: " + told.Recorded(f.Matrix).Short()
}

// transitions writes which transitions between the stages are safe: those that do the same in one line.
func (b *writer) transitions(list []finding.Transition) {
	type line struct{ titles, texts []string }
	var lines []*line
	for _, t := range list {
		texts := b.transition(t)
		i := slices.IndexFunc(lines, func(l *line) bool { return t.Kind == finding.RollingBack && slices.Equal(l.texts, texts) })
		title := told.TransitionTitle(t)
		if i >= 0 && strings.HasPrefix(lines[i].titles[0], string(finding.RollingBack)) && !b.opts.All {
			lines[i].titles = append(lines[i].titles, t.Stage)
			continue
		}
		lines = append(lines, &line{[]string{title}, texts})
		if loud, rest := told.RollText(t); loud != "" && t.Kind == finding.Deploying {
			lines = append(lines, &line{[]string{told.RollTitle(t)}, []string{loud + rest}})
		}
	}
	for _, l := range lines {
		b.line(strings.Join(l.titles, ", "), l.texts)
	}
	if len(list) > 0 {
		b.Printf("\n")
	}
}

// transition is what the transition does, a line for each part.
func (b *writer) transition(t finding.Transition) (texts []string) {
	if t.Missing != finding.NothingMissing {
		return []string{told.CannotTell + ", " + told.MissingText(t.Missing)}
	}
	parts := told.Parts(t)
	for _, p := range parts {
		texts = append(texts, p.Text())
	}
	texts = told.OfThem(texts)
	for i, p := range parts {
		if counts := p.Counts(); counts != "" {
			texts[i] += ": " + counts
		}
	}
	return texts
}

var answerColors = map[string]terminal.Color{
	"BREAKS": terminal.Red, "CHANGES": terminal.Yellow, "ANSWERS OTHERWISE": terminal.Yellow, "FINDINGS": terminal.Yellow,
}

// transitionColumn is where the text of a transition begins.
const transitionColumn = 32

func (b *writer) line(title string, texts []string) {
	title = prose.Wrap(title, terminal.Width, 2) + ":"
	if len(title) >= transitionColumn {
		title += "\n" + strings.Repeat(" ", transitionColumn)
	}
	for _, text := range texts {
		text = prose.Wrap(prose.Plain(text), terminal.Width, transitionColumn)
		for loud, color := range answerColors {
			text = strings.Replace(text, loud, b.Paint(color, loud), 1)
		}
		b.Printf("%-*s%s\n", transitionColumn, title, text)
		title = ""
	}
}
