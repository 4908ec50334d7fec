package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

const (
	// mostOpenGrid is the number of cells of a grid up to which it is shown at once.
	mostOpenGrid = 40
	// mostStages is the number of stages in a table of transitions.
	mostStages = 40
	// mostNumbered is the number of stages up to which a grid has their names on top.
	mostNumbered = 8
)

// family writes the section of a family.
func (b *markdownWriter) family(f *markdownFamily) {
	text := fmt.Sprintf("### %s %s\n\n", f.worst.icon(), shortCode(f.Family.Name))
	if f.Family.Doc != "" {
		text += prose(shorten(f.Family.Doc, 300)) + "\n\n"
	}
	b.add(rankTransitions, f, text+f.counts()+"\n\n"+f.transitions())
	for _, found := range f.findings {
		b.add(rankFinding, f, found.markdown(b.opts))
	}
	if len(f.Rows) > 0 {
		b.add(rankGrid, f, f.grid())
	}
	for _, rest := range []string{f.live(), f.allowed(), f.unproven()} {
		if rest != "" {
			b.add(rankRest, f, rest)
		}
	}
}

// counts are those of the verdicts.
func (f *markdownFamily) counts() string {
	occurs := map[replay.Verdict]int{}
	for c := range f.Cells() {
		occurs[c.Verdict]++
	}
	var parts []string
	for _, info := range replay.Verdicts() {
		if n := occurs[info.Verdict]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %s", thousands(n), info.Verdict))
		}
	}
	if len(parts) == 0 {
		return "No recordings, no answers."
	}
	return fmt.Sprintf("%s with %s: %s", plural(len(f.Rows), "recording"), plural(len(f.Family.Stages), "stage"), strings.Join(parts, ", "))
}

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

// markdown is the finding: its summary names the line, its body the cells.
func (f *finding) markdown(opts CIOptions) string {
	place := ""
	if f.file != "" {
		place = fmt.Sprintf("%s:%d", f.file, f.line)
	} else if f.source != "" {
		place = f.source
	}
	summary := fmt.Sprintf("<b>%s</b> ", prose(f.verdict.Info().Symbol))
	if f.otherwise {
		summary = "<b>OTHERWISE</b> "
	}
	summary += prose(f.what())
	if events := f.events(); events != "" {
		summary += ", " + events
	}
	if place != "" {
		summary += ", " + htmlCode(place)
	}
	if f.verdict != replay.Unjudged {
		summary += fmt.Sprintf(" (%s)", plural(len(f.cells), "cell"))
	}

	body := prose(f.detail) + "\n\n"
	if f.weight == failure {
		body = "This is what the check fails on.\n\n" + body
	}
	for _, d := range f.more() {
		body += "- also " + prose(d) + "\n"
	}
	if len(f.more()) > 0 {
		body += "\n"
	}
	return details(summary, body+f.table()+"\n"+fenced("sh", opts.command()+" explain "+shellWord(plain(f.cells[0].String()))))
}

// table is that of the cells, with a column for notes if there are any.
func (f *finding) table() string {
	shown := f.cells[:min(len(f.cells), mostCells)]
	noted := slices.ContainsFunc(shown, func(c matrix.Cell) bool { return len(f.notes(c)) > 0 })
	text, end := "| event | cell |\n|---:|---|\n", "|\n"
	if noted {
		text = "| event | cell | note |\n|---:|---|---|\n"
	}
	for _, c := range shown {
		event := ""
		if c.Divergence.Event != 0 {
			event = strconv.FormatInt(c.Divergence.Event, 10)
		}
		text += fmt.Sprintf("| %s | %s ", event, code(c.String()))
		if noted {
			notes := f.notes(c)
			for i := range notes {
				notes[i] = prose(notes[i])
			}
			text += "| " + strings.Join(notes, "<br>") + " "
		}
		text += end
	}
	if n := len(f.cells) - mostCells; n > 0 {
		if text += fmt.Sprintf("| | and %s more ", thousands(n)); noted {
			text += "| "
		}
		text += end
	}
	return text
}

// events are those at which history and code part.
func (f *finding) events() string {
	first := f.cells[0].Divergence.Event
	switch {
	case first == 0:
		return ""
	case slices.ContainsFunc(f.cells, func(c matrix.Cell) bool { return c.Divergence.Event != first }):
		return fmt.Sprintf("event %d and others", first)
	default:
		return fmt.Sprintf("event %d", first)
	}
}

// more are the differences of the first cell after the one in the detail.
func (f *finding) more() (texts []string) {
	const most = 3
	if len(f.cells[0].Differences) < 2 {
		return nil
	}
	rest := f.cells[0].Differences[1:]
	for _, d := range rest[:min(len(rest), most)] {
		texts = append(texts, d.String())
	}
	if n := len(rest) - most; n > 0 {
		texts = append(texts, fmt.Sprintf("%d more", n))
	}
	return texts
}

// quietFamilies are a line each.
func (b *markdownWriter) quietFamilies() {
	const open, most = 10, 300
	text, n := "", 0
	for _, f := range b.families {
		if !f.quiet() {
			continue
		}
		if n++; n <= most {
			text += fmt.Sprintf("- ✅ %s: all %s\n", shortCode(f.Family.Name), f.quietText())
		}
	}
	switch {
	case n == 0:
		return
	case n > most:
		text += fmt.Sprintf("- ✅ and %d more\n", n-most)
	}
	if n > open {
		b.add(rankTransitions, nil, details(fmt.Sprintf("✅ %s in which everything is safe", workflows(n)), text))
		return
	}
	b.add(rankTransitions, nil, text+"\n")
}

func (f *markdownFamily) quietText() string {
	text := fmt.Sprintf("%s with %s safe", plural(len(f.Rows), "recording"), plural(len(f.Family.Stages), "stage"))
	away := 0
	for c := range f.Cells() {
		if c.Verdict == replay.NotApplicable {
			away++
		}
	}
	if away > 0 {
		text += fmt.Sprintf(", but for %s that Worker Versioning keeps away", plural(away, "cell"))
	}
	return text
}
