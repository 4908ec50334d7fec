package markdown

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// family adds what is to be said of a family beside the findings that are shown.
func (b *writer) family(f *family) {
	text := ""
	if f.Family.Doc != "" {
		text = prose.Markdown(prose.Shorten(f.Family.Doc, 300)) + "\n\n"
	}
	b.add(rankTransitions, f, text+f.counts()+"\n\n"+f.transitions())
	for _, found := range f.findings {
		if !f.shown[found] {
			b.finding(rankFinding, f, found)
		}
	}
	if len(f.Rows) > 0 {
		b.add(rankGrid, f, f.grid())
	}
	for _, rest := range []string{f.live(), f.notes(), f.allowed(), f.unproven(), f.unused()} {
		if rest != "" {
			b.add(rankRest, f, rest)
		}
	}
}

// inside says in a few words what is to be opened.
func (f *family) inside() string {
	text := "every transition"
	if n := len(f.findings) - len(f.shown); n > 0 {
		text = prose.Plural(n, "finding") + ", " + text
		if len(f.shown) > 0 {
			text = prose.Thousands(n) + " more " + strings.TrimPrefix(text, prose.Thousands(n)+" ")
		}
	}
	if len(f.Rows) == 0 {
		return text
	}
	return fmt.Sprintf("%s, and the grid of %s with %s", text, prose.Plural(f.Recordings(), "recording"),
		prose.Plural(len(f.Family.Stages), "stage"))
}

// counts are those of the verdicts.
func (f *family) counts() string {
	occurs := map[replay.Verdict]int{}
	for c := range f.Cells() {
		occurs[c.Verdict]++
	}
	var parts []string
	for _, info := range replay.Verdicts() {
		if n := occurs[info.Verdict]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %s", prose.Thousands(n), info.Verdict))
		}
	}
	if len(parts) == 0 {
		return "No recordings, no answers."
	}
	text := fmt.Sprintf("%s with %s: %s", prose.Plural(f.Recordings(), "recording"),
		prose.Plural(len(f.Family.Stages), "stage"), strings.Join(parts, ", "))
	if n := told.WithFindings(f.Matrix); n > 0 {
		text += "; findings in " + prose.Plural(n, "cell")
	}
	return text
}

// quietFamilies are a line each.
func (b *writer) quietFamilies() {
	const open, most = 3, 300
	text, n := "", 0
	for _, f := range b.families {
		if !f.quiet() || b.readOnly(f) {
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
		b.add(rankTransitions, nil, prose.Details(fmt.Sprintf("✅ %s in which everything is safe", workflows(n)), text))
		return
	}
	b.add(rankTransitions, nil, text+"\n")
}

func (f *family) quietText() string {
	begun, away := 0, 0
	for row := range f.All() {
		if slices.ContainsFunc(row.Cells, matrix.Proves) {
			begun++
		}
		for _, c := range row.Cells {
			if c.Verdict == replay.NotApplicable {
				away++
			}
		}
	}
	text := fmt.Sprintf("%s with %s safe", prose.Plural(begun, "recording"),
		prose.Plural(len(f.Family.Stages), "stage"))
	if away > 0 {
		text += fmt.Sprintf(", but for %s that Worker Versioning keeps away", prose.Plural(away, "cell"))
	}
	if unstarted := f.Recordings() - begun; unstarted > 0 {
		text += fmt.Sprintf("; %s had not begun", prose.Thousands(unstarted))
	}
	return text
}
