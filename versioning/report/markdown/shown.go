package markdown

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

const (
	// mostShown is the number of findings that a reader sees without a click, of one family, and mostOfSeveral
	// that of several, which have a table above them.
	mostShown, mostOfSeveral = 4, 2
	// mostFolds is the number of families that have a fold each, and not one in a fold of all.
	mostFolds = 3
)

// shown adds the worst findings of the families that somebody deploys.
func (b *writer) shown() {
	var all []*told.Finding
	of := map[*told.Finding]*family{}
	families := b.deployed()
	for _, f := range families {
		for _, found := range f.findings {
			all = append(all, found)
			of[found] = f
		}
	}
	most := mostShown
	if len(families) > 1 || b.opening != nil {
		most = mostOfSeveral
	}
	all = told.MostImportant(all)
	for _, found := range all[:min(len(all), most)] {
		of[found].shown[found] = true
		b.finding(rankShown, of[found], found)
	}
}

// folded adds everything else, in blocks that open on a click.
func (b *writer) folded() {
	var loud, read []*family
	for _, f := range b.families {
		switch {
		case b.readOnly(f):
			read = append(read, f)
		case !f.quiet():
			loud = append(loud, f)
		}
	}
	each := func(families []*family) {
		for _, f := range families {
			b.within(fmt.Sprintf("%s %s: %s", icon(f.Worst), prose.HTMLCode(prose.Shorten(f.Family.Name, 60)), f.inside()),
				func() { b.family(f) })
		}
	}
	switch {
	case len(loud) == 1 && len(b.families) == 1:
		b.within(firstLarge(loud[0].inside()), func() { b.family(loud[0]) })
	case len(loud) > mostFolds:
		b.within(fmt.Sprintf("Each of %s: findings, transitions and grid", workflows(len(loud))), func() { each(loud) })
	default:
		each(loud)
	}
	b.quietFamilies()
	if len(read) == 0 {
		return
	}
	b.within(fmt.Sprintf("📖 %s, there to be read", references(len(read))), func() {
		b.add(rankTransitions, nil, longTable(read))
		each(read)
	})
}

// firstLarge begins a sentence, of text that is ASCII there.
func firstLarge(text string) string {
	if text != "" && 'a' <= text[0] && text[0] <= 'z' {
		return string(text[0]-'a'+'A') + text[1:]
	}
	return text
}
