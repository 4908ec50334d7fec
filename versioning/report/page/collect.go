package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
	"github.com/replaymatrix/replaymatrix/versioning/report/shown"
)

func newHTMLPage(opts Options, matrices []*matrix.Matrix) *htmlPage {
	p := &htmlPage{
		explanations: cmp.Or(opts.Explanations, &Explanations{}), explain: opts.Explain,
		texts: map[string]int{"": 0}, stories: map[string]int{}, tables: map[*shown.Table]int{},
		observed: map[string][]history.Observation{},
		advised:  map[*finding.Finding]int{}, anchors: map[*finding.Finding]string{},
		data: htmlData{Texts: []string{""}, Families: []htmlFamily{}, Stories: []htmlStory{}, Tables: [][]htmlTask{},
			Command: prose.Plain(cmp.Or(opts.Command, "replaymatrix"))},
	}
	if opts.Explain != nil {
		p.data.Explain = map[string]int{}
	}
	for _, info := range replay.Verdicts() {
		p.data.Verdicts = append(p.data.Verdicts,
			htmlVerdict{string(info.Verdict), info.Symbol, info.Doc, info.Incompatible})
	}
	for _, m := range matrices {
		for _, o := range m.Live {
			cell := matrix.Cell{Family: m.Family.Name, Recording: o.Recording(), Stage: o.To}.String()
			p.observed[cell] = append(p.observed[cell], o)
		}
		found := told.FoundIn(report.CIOptions{}, m)
		p.found = append(p.found, found)
		p.short = append(p.short, shortRecordings(m))
		p.bundles = append(p.bundles, bundlesOf(m, found.Summary))
		p.data.Families = append(p.data.Families, p.family(m, found, rows(p.bundles[len(p.found)-1])))
	}
	return p
}

func shortRecordings(m *matrix.Matrix) map[string]htmlName {
	var names []string
	for _, row := range m.Rows {
		names = append(names, prose.Plain(row.Recording))
	}
	return shortNames(names)
}

func (p *htmlPage) family(m *matrix.Matrix, found told.Found, rows []matrix.Row) htmlFamily {
	f := htmlFamily{Name: p.text(m.Family.Name), Stages: []htmlStage{}, Rows: []htmlRow{}}
	for _, s := range m.Family.Stages {
		doc := s.Doc
		if s.BuildID != "" {
			doc += " Build ID " + s.BuildID + "."
		}
		f.Stages = append(f.Stages, htmlStage{p.text(s.Name), p.text(doc)})
	}
	stages, s := m.Family.StageNames(), found.Summary
	for _, row := range rows {
		r := htmlRow{Name: p.text(row.Recording), About: p.text(aboutRow(row)), Cells: [][4]int{}}
		for _, c := range row.Cells {
			signs := signsOf(row, c, s.At(row, c) != nil)
			if p.explain != nil {
				p.data.Explain[prose.Plain(c.String())] = p.text(p.explain(c))
			}
			story := p.story(row, c)
			if f := s.At(row, c); f != nil && f.Examples[0].Cell.Name() == c.Name() {
				p.advised[f] = story
			}
			verdict := slices.IndexFunc(p.data.Verdicts,
				func(v htmlVerdict) bool { return v.Name == string(c.Verdict) })
			r.Cells = append(r.Cells, [4]int{slices.Index(stages, c.Stage), verdict, signs, story})
		}
		f.Rows = append(f.Rows, r)
	}
	return f
}

// signsOf are the signs of a cell, of which found is whether it is in a finding.
func signsOf(row matrix.Row, c matrix.Cell, found bool) (signs int) {
	if len(row.Changes(c)) > 0 {
		signs |= signOtherwise
	}
	if c.ButLive() {
		signs |= signLive
	}
	if told.HasFindings(c) {
		signs |= signFindings
	}
	if found || signs&signLive != 0 {
		signs |= signTroubled
	}
	return signs
}

// aboutRow says which execution it is.
func aboutRow(row matrix.Row) string {
	if row.Err != nil {
		return ""
	}
	state := "open"
	if row.Closed {
		state = "closed"
	}
	text := prose.Plural(row.Events, "event") + ", " + state
	if row.Scenario != "" {
		text += ", scenario " + row.Scenario
	}
	if len(row.Lineage) > 0 {
		text += ", ran under " + strings.Join(row.Lineage, ", then ")
	} else {
		text += ", ran under an unknown stage"
	}
	if len(row.Builds) > 0 {
		text += ", build " + strings.Join(row.Builds, ", then ")
	}
	return text
}

// story returns the place of the cell's story among all.
func (p *htmlPage) story(row matrix.Row, c matrix.Cell) int {
	s := p.storyOf(row, c)
	key := fmt.Sprint(s)
	i, ok := p.stories[key]
	if !ok {
		i = len(p.data.Stories)
		p.stories[key] = i
		p.data.Stories = append(p.data.Stories, s)
	}
	return i
}
