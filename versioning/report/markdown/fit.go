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
	}{{rankFinding, "finding"}, {rankGrid, "grid"}, {rankRest, "other section"},
		{rankTransitions, "list of safe workflows"}} {
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
