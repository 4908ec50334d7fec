package markdown

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// mostNumbered is the number of stages up to which a grid has their names on top.
const mostNumbered = 8

// grid is the table of recordings by stages.
func (f *family) grid() string {
	heads := f.Family.StageNames()
	text := ""
	if len(heads) > mostNumbered {
		for i, name := range heads {
			text += fmt.Sprintf("%d = %s", i+1, shortCode(name))
			if heads[i] = strconv.Itoa(i + 1); i < len(heads)-1 {
				text += ", "
			}
		}
		text += "\n\n"
	} else {
		for i := range heads {
			heads[i] = shortCode(heads[i])
		}
	}
	text += "| recording \\ stage | " + strings.Join(heads, " | ") + " |\n|---" + strings.Repeat("|:---:", len(heads)) +
		"|\n"
	symbols := map[replay.Verdict]string{}
	for _, info := range replay.Verdicts() {
		symbols[info.Verdict] = symbol(info.Verdict)
	}
	var rows strings.Builder
	for _, row := range f.rows {
		byStage := map[string]string{}
		for _, c := range row.Cells {
			byStage[c.Stage] = symbols[c.Verdict]
			if told.HasFindings(c) {
				byStage[c.Stage] += prose.Markdown(told.FindingSign)
			}
		}
		rows.WriteString("| " + shortCode(row.Name()) + " |")
		for _, stage := range f.Family.StageNames() {
			rows.WriteString(" " + byStage[stage] + " |")
		}
		rows.WriteString("\n")
	}
	return text + rows.String() + "\n" + f.legend() + "\n"
}

func symbol(v replay.Verdict) string {
	text := prose.Markdown(v.Info().Symbol)
	if v.Incompatible() {
		return "**" + text + "**"
	}
	return text
}

// legend explains the verdicts that occur.
func (f *family) legend() (text string) {
	occurs := map[replay.Verdict]bool{}
	for c := range f.Cells() {
		occurs[c.Verdict] = true
	}
	for _, info := range replay.Verdicts() {
		if occurs[info.Verdict] {
			text += "- " + meaningOf(info, info.Doc) + "\n"
		}
	}
	if told.WithFindings(f.Matrix) > 0 {
		text += "- " + prose.Markdown(told.FindingSign) + " with findings: " + told.FindingsDoc + "\n"
	}
	return text
}

// meaningOf is the symbol, the verdict and what it means.
func meaningOf(info replay.VerdictInfo, doc string) string {
	name := " " + string(info.Verdict)
	if info.Symbol == string(info.Verdict) {
		name = ""
	}
	return symbol(info.Verdict) + name + ": " + prose.Markdown(doc)
}

// mostLines is the length of a list.
const mostLines = 50

// list is a block of lines, not all of very many.
func list(summary string, lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	text := ""
	for _, line := range lines[:min(len(lines), mostLines)] {
		text += "- " + line + "\n"
	}
	if n := len(lines) - mostLines; n > 0 {
		text += fmt.Sprintf("- and %s more\n", prose.Thousands(n))
	}
	return prose.Details(summary, text)
}

// live lists the cells that replay and of which a live Worker makes something else: those that do
// not replay are findings.
func (f *family) live() string {
	var lines []string
	for _, c := range told.ButLive(f.Matrix) {
		lines = append(lines, prose.Code(c.String())+": "+prose.Markdown(told.Live(c)))
	}
	return list(told.ButLiveTitle, lines)
}

// notes says how often there are notes that are no findings.
func (f *family) notes() string {
	var lines []string
	for _, line := range told.NoteCounts(f.Matrix) {
		lines = append(lines, prose.Markdown(line))
	}
	return list("Notes, which change no verdict", lines)
}

// allowed lists the rules that have allowed a difference.
func (f *family) allowed() string {
	var lines []string
	for _, use := range matrix.Allowed(f.Matrix) {
		if use.Cells > 0 {
			lines = append(lines,
				fmt.Sprintf("%s in %s: %s", prose.Code(use.Rule.String()), prose.Plural(use.Cells, "cell"),
					prose.Markdown(use.Rule.Reason)))
		}
	}
	return list("Differences that a rule allows", lines)
}

// unproven lists the branches of GetVersion calls that no recording proves.
func (f *family) unproven() string {
	var lines []string
	for _, s := range f.Coverage() {
		for _, call := range s.Calls {
			for _, branch := range call.Branches {
				if len(branch.Proven) == 0 {
					lines = append(lines,
						fmt.Sprintf("%s, %s: %s %s: %s", prose.Code(s.Stage), prose.Code(call.Source),
							prose.Code(call.ChangeID),
							words.Versions(branch), prose.Markdown(words.Unproven(s, branch))))
				}
			}
		}
	}
	return list(fmt.Sprintf("Branches of GetVersion calls that no recording proves: %d", len(lines)), lines)
}

// unused lists the names of code that no replay uses.
func (f *family) unused() string {
	var lines []string
	for _, line := range told.Unused(f.Matrix) {
		lines = append(lines, line.StagesText(prose.Code)+": "+prose.Markdown(line.What))
	}
	return list("Names that no replay uses", lines)
}
