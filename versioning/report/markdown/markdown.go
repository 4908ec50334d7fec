package markdown

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

const (
	// Limit is the default of MarkdownOptions.Limit: GitHub refuses comments
	// of more than 65,536 characters.
	Limit = 65_000
	// SummaryLimit is for a job summary: GitHub refuses more than 1 MiB.
	SummaryLimit = 1<<20 - 1<<10
	// leastLimit holds the answer, and the sentence that says what was left out.
	leastLimit = 4_000
	// leftOutRoom is what that sentence takes at most, with what comes last.
	leftOutRoom = 1_600
	// mostNames is the number of names in an enumeration.
	mostNames = 5
)

// Options say how Markdown writes.
type Options struct {
	report.CIOptions

	// Opening, if not nil, is the answer that the document begins with. Otherwise it is
	// what the matrices tell of the newest stages.
	Opening *report.Opening

	// Limit is the number of bytes of the document at most, MarkdownLimit if it is
	// zero. Less than 4,000 is an error.
	Limit int
}

// Write writes the matrices for a comment on a pull request or a job summary, in
// the dialect of GitHub, which GitLab reads too: first whether the newest stages may
// be deployed and rolled back, then for each family that has something to say its
// transitions, findings and grid, the worst first; families in which everything is
// safe are a line each. What does not fit into opts.Limit is left out, least
// important first, and the last sentence says what that was.
//
// The first line is a comment that holds the name of the command, by which a
// pipeline finds its own comment again.
func Write(w io.Writer, opts Options, matrices ...*matrix.Matrix) error {
	limit := cmp.Or(opts.Limit, Limit)
	if limit < leastLimit {
		return fmt.Errorf("writing the matrix as Markdown: a limit of %d bytes is too little, give it %d or more", limit, leastLimit)
	}
	b := &writer{opts: opts.CIOptions, opening: opts.Opening}
	for _, m := range matrices {
		b.families = append(b.families, newFamily(m, opts.CIOptions))
	}
	slices.SortStableFunc(b.families, func(x, y *family) int { return y.compare(x) })
	b.head()
	for _, f := range b.families {
		if f.quiet() {
			continue
		}
		b.family(f)
	}
	b.quietFamilies()
	if _, err := io.WriteString(w, b.fit(limit)); err != nil {
		return fmt.Errorf("writing the matrix as Markdown: %w", err)
	}
	return nil
}

// rank is what goes first into a document that has too little room for all.
type rank int

const (
	rankAnswer rank = iota
	rankTransitions
	rankFinding
	rankGrid
	rankRest
)

// A block is a part of the document that is there as a whole or not at all.
type block struct {
	rank   rank
	family *family // nil for what is about all
	text   string
}

type writer struct {
	opts     report.CIOptions
	opening  *report.Opening
	families []*family
	blocks   []block
}

func (b *writer) add(rank rank, f *family, text string) {
	b.blocks = append(b.blocks, block{rank, f, text})
}

// fit returns as much of the document as the limit has room for.
func (b *writer) fit(limit int) string {
	type part struct {
		rank   rank
		family *family
	}
	total := len(b.foot())
	for _, block := range b.blocks {
		total += len(block.text)
	}
	shown, full := make([]bool, len(b.blocks)), map[part]bool{}
	room := limit
	if total > limit {
		room -= leftOutRoom
	}
	for r := rankAnswer; r <= rankRest; r++ {
		for i, block := range b.blocks {
			p := part{r, block.family}
			switch {
			case block.rank != r || full[p] || block.family != nil && full[part{rankTransitions, block.family}]:
			case len(block.text)+len(b.foot()) > room:
				// What comes after it is less important, however short.
				full[p] = true
			default:
				shown[i] = true
				room -= len(block.text)
			}
		}
	}
	var text strings.Builder
	var missing []block
	for i, block := range b.blocks {
		if shown[i] {
			text.WriteString(block.text)
		} else {
			missing = append(missing, block)
		}
	}
	text.WriteString(b.leftOut(limit, missing))
	text.WriteString(b.foot())
	return text.String()
}

// leftOut says what is missing, in at most leftOutRoom bytes.
func (b *writer) leftOut(limit int, missing []block) string {
	if len(missing) == 0 {
		return ""
	}
	counts, whole := map[rank]int{}, []string(nil)
	for _, block := range missing {
		if block.rank == rankTransitions && block.family != nil {
			whole = append(whole, block.family.Family.Name)
		}
	}
	for _, block := range missing {
		if block.family == nil || !slices.Contains(whole, block.family.Family.Name) {
			counts[block.rank]++
		}
	}
	var parts []string
	if n := len(whole); n > 0 {
		parts = append(parts, fmt.Sprintf("all but the answer of %s (%s)", workflows(n), someNames(whole, mostNames)))
	}
	for _, kind := range []struct {
		rank rank
		noun string
	}{{rankFinding, "finding"}, {rankGrid, "grid"}, {rankRest, "other section"}, {rankTransitions, "list of safe workflows"}} {
		if n := counts[kind.rank]; n > 0 {
			parts = append(parts, prose.Plural(n, kind.noun))
		}
	}
	everything := told.Command(b.opts) + " matrix"
	if b.opening != nil {
		everything = "--format text"
	}
	return fmt.Sprintf("> **Left out**, to stay below %s bytes: %s. %s shows everything.\n\n",
		prose.Thousands(limit), strings.Join(parts, "; "), prose.Code(everything))
}

// someNames are the first names, and how many more there are.
func someNames(names []string, most int) string {
	var texts []string
	for _, name := range names[:min(len(names), most)] {
		texts = append(texts, shortCode(name))
	}
	if n := len(names) - most; n > 0 {
		return fmt.Sprintf("%s and %s more", strings.Join(texts, ", "), prose.Thousands(n))
	}
	return strings.Join(texts, ", ")
}

func workflows(n int) string { return prose.Plural(n, "workflow") }

// foot says what was compared.
func (b *writer) foot() string {
	for _, f := range b.families {
		if !f.Level.Includes(compare.Values) {
			return "<sub>Values (arguments, durations, results) were not compared: the level is lower than values.</sub>\n"
		}
	}
	return "<sub>Compared: commands, options and values. Never: headers, inputs of local activities.</sub>\n"
}

// shortCode is a name as code, without its middle if it is too long for a table.
func shortCode(name string) string {
	return prose.Code(prose.Shorten(prose.Plain(name), words.LongestName))
}
