package markdown

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// rank is what goes first into a document that has too little room for all.
type rank int

const (
	rankAnswer rank = iota
	// rankShown are the findings that a reader sees without a click.
	rankShown
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
	// less is what is shown instead where there is no room for the text, "" for nothing.
	less string
	// in are the folds around it, the outermost first.
	in []*fold
}

type writer struct {
	opts     report.CIOptions
	opening  *report.Opening
	families []*family
	blocks   []block
	in       []*fold // those that blocks are added to
	mended   int     // findings with code and a side by side
}

func (b *writer) add(rank rank, f *family, text string) { b.addOr(rank, f, text, "") }

// addOr adds a block that can be shown as less.
func (b *writer) addOr(rank rank, f *family, text, less string) {
	b.blocks = append(b.blocks, block{rank, f, text, less, slices.Clone(b.in)})
}

// fit returns as much of the document as the limit has room for.
func (b *writer) fit(limit int) string {
	if whole := b.document(b.blocks) + b.foot(); len(whole) <= limit {
		return whole
	}
	shown, without := b.chosen(limit - leftOutRoom - len(b.foot()))
	var missing []block
	kept := make([]block, 0, len(b.blocks))
	for i, block := range b.blocks {
		if shown[i] == "" {
			missing = append(missing, block)
			continue
		}
		block.text = shown[i]
		kept = append(kept, block)
	}
	return b.document(kept) + b.leftOut(limit, missing, without) + b.foot()
}

// chosen returns the text of each block that there is room for, and the number of those that are shown as less.
func (b *writer) chosen(room int) (shown []string, without int) {
	type part struct {
		rank   rank
		family *family
	}
	shown, open := make([]string, len(b.blocks)), map[*fold]bool{}
	full := map[part]bool{}
	for r := rankAnswer; r <= rankRest; r++ {
		for i, block := range b.blocks {
			p := part{r, block.family}
			if block.rank != r || full[p] || block.family != nil && full[part{rankTransitions, block.family}] {
				continue
			}
			around := 0
			for _, f := range block.in {
				if !open[f] {
					around += f.size()
				}
			}
			text := block.text
			if len(text)+around > room && block.less != "" {
				text = block.less
			}
			if len(text)+around > room {
				// What comes after it is less important, however short.
				full[p] = true
				continue
			}
			if text != block.text {
				without++
			}
			shown[i] = text
			room -= len(text) + around
			for _, f := range block.in {
				open[f] = true
			}
		}
	}
	return shown, without
}

// leftOut says what is missing, in at most leftOutRoom bytes. As many findings have no side by side.
func (b *writer) leftOut(limit int, missing []block, without int) string {
	if len(missing) == 0 && without == 0 {
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
	counts[rankFinding] += counts[rankShown]
	for _, kind := range []struct {
		rank rank
		noun string
	}{{rankFinding, "finding"}, {rankGrid, "grid"}, {rankRest, "other section"}, {rankTransitions, "list of workflows"}} {
		if n := counts[kind.rank]; n > 0 {
			parts = append(parts, prose.Plural(n, kind.noun))
		}
	}
	if without > 0 {
		parts = append(parts, "history and code side by side of "+prose.Plural(without, "finding"))
	}
	everything := told.Command(b.opts) + " matrix"
	if b.opening != nil {
		everything = "--format text"
	}
	return fmt.Sprintf("> **Left out**, to stay below %s bytes: %s. %s shows everything.\n\n",
		prose.Thousands(limit), strings.Join(parts, "; "), prose.Code(everything))
}

// foot says what was compared.
func (b *writer) foot() string {
	for _, f := range b.families {
		if !f.Level.Includes(compare.Values) {
			return "<sub>Values (arguments, durations, results) were not compared: the level is lower than " +
				"values.</sub>\n"
		}
	}
	return "<sub>Compared: commands, options and values. Never: headers, inputs of local activities.</sub>\n"
}

// leftOutRoom is what the sentence on what was left out takes at most, with what comes last.
const leftOutRoom = 1_600
