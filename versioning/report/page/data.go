package page

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// htmlData is what the page's script knows. Its form belongs to the page and to
// nobody else. Texts are numbers, their places in Texts, and stories and tables
// that several cells have are there once: that makes the page a tenth as large.
type htmlData struct {
	Texts    []string      `json:"texts"`
	Verdicts []htmlVerdict `json:"verdicts"`
	Families []htmlFamily  `json:"families"`
	Stories  []htmlStory   `json:"stories"`
	Tables   [][]htmlTask  `json:"tables"`
	// Command is that of explain. If Explain is not nil, it has the texts with what to
	// run instead, by cell.
	Command string         `json:"command"`
	Explain map[string]int `json:"explain,omitzero"`
}

type htmlVerdict struct {
	Name   string `json:"name"`
	Symbol string `json:"symbol"`
	Doc    string `json:"doc"`
	Bad    bool   `json:"bad,omitempty"`
}

type htmlFamily struct {
	Name   int         `json:"name"`
	Stages []htmlStage `json:"stages"`
	Rows   []htmlRow   `json:"rows"`
}

type htmlStage struct {
	Name int `json:"name"`
	Doc  int `json:"doc"`
}

type htmlRow struct {
	Name  int `json:"name"`
	About int `json:"about"`
	// Cells are those that were judged: stage, verdict, signs, story.
	Cells [][4]int `json:"cells"`
}

// The signs of a cell.
const (
	// signOtherwise is a query that is answered otherwise than before.
	signOtherwise = 1 << iota
	// signLive is a live worker that did otherwise.
	signLive
	// signFindings is a cell with findings.
	signFindings
	// signTroubled is a cell that somebody wants to look at.
	signTroubled
)

// htmlStory is what the panel of a cell shows. Numbers are texts, 0 is none.
type htmlStory struct {
	Place   int   `json:"place,omitempty"`
	Meaning int   `json:"meaning,omitempty"`
	Why     int   `json:"why,omitempty"`
	What    int   `json:"what,omitempty"`
	Notice  int   `json:"notice,omitempty"`
	Live    []int `json:"live,omitempty"`
	Park    int   `json:"park,omitempty"`
	Do      int   `json:"do,omitempty"`
	Code    int   `json:"code,omitempty"`
	Notes   []int `json:"notes,omitempty"`
	// Findings are the notes that somebody has to look at.
	Findings []int `json:"findings,omitempty"`

	Allowed []int `json:"allowed,omitempty"`
	SDK     int   `json:"sdk,omitempty"`
	Answers []int `json:"answers,omitempty"`
	// Changes are answers that differ from those under the code before.
	Changes []int `json:"changes,omitempty"`
	// Table is the place in Tables, counted from 1, and Unreached what it leaves out.
	Table     int `json:"table,omitempty"`
	Unreached int `json:"unreached,omitempty"`
}

type htmlTask struct {
	Heading int        `json:"heading"`
	First   bool       `json:"first,omitempty"`
	Lines   []htmlLine `json:"lines,omitempty"`
}

type htmlLine struct {
	Hidden  int      `json:"hidden,omitempty"`
	Mark    string   `json:"mark,omitempty"`
	First   bool     `json:"first,omitempty"`
	Event   int64    `json:"event,omitempty"`
	History int      `json:"history,omitempty"`
	Code    int      `json:"code,omitempty"`
	Source  int      `json:"source,omitempty"`
	Values  [][4]int `json:"values,omitempty"`
}

// An htmlPage collects the data of a page.
type htmlPage struct {
	data         htmlData
	explanations *Explanations
	explain      func(matrix.Cell) string
	// own are those that nobody has taken before.
	own     Explanations
	texts   map[string]int
	stories map[string]int
	tables  map[*shownTable]int
	// found is what each matrix tells.
	found []told.InMatrix
	// observed is what live workers did, by cell.
	observed map[string][]history.Observation
}

func newHTMLPage(opts Options, matrices []*matrix.Matrix) *htmlPage {
	p := &htmlPage{
		explanations: cmp.Or(opts.Explanations, &Explanations{}), explain: opts.Explain,
		texts: map[string]int{"": 0}, stories: map[string]int{}, tables: map[*shownTable]int{}, observed: map[string][]history.Observation{},
		data: htmlData{Texts: []string{""}, Families: []htmlFamily{}, Stories: []htmlStory{}, Tables: [][]htmlTask{}, Command: prose.Plain(cmp.Or(opts.Command, "replaymatrix"))},
	}
	if opts.Explain != nil {
		p.data.Explain = map[string]int{}
	}
	for _, info := range replay.Verdicts() {
		p.data.Verdicts = append(p.data.Verdicts, htmlVerdict{string(info.Verdict), info.Symbol, info.Doc, info.Incompatible})
	}
	for _, m := range matrices {
		for _, o := range m.Live {
			cell := matrix.Cell{Family: m.Family.Name, Recording: o.Recording(), Stage: o.To}.String()
			p.observed[cell] = append(p.observed[cell], o)
		}
		found := told.In(report.CIOptions{}, m)
		p.found = append(p.found, found)
		p.data.Families = append(p.data.Families, p.family(m, found))
	}
	return p
}

func (p *htmlPage) text(text string) int { return p.raw(prose.Plain(text)) }

// raw is for texts that can be shown as they are.
func (p *htmlPage) raw(text string) int {
	i, ok := p.texts[text]
	if !ok {
		i = len(p.data.Texts)
		p.texts[text] = i
		p.data.Texts = append(p.data.Texts, text)
	}
	return i
}

func (p *htmlPage) family(m *matrix.Matrix, found told.InMatrix) htmlFamily {
	f := htmlFamily{Name: p.text(m.Family.Name), Stages: []htmlStage{}, Rows: []htmlRow{}}
	for _, s := range m.Family.Stages {
		doc := s.Doc
		if s.BuildID != "" {
			doc += " Build ID " + s.BuildID + "."
		}
		f.Stages = append(f.Stages, htmlStage{p.text(s.Name), p.text(doc)})
	}
	stages, s := m.Family.StageNames(), found.Summary
	for _, row := range m.Rows {
		r := htmlRow{Name: p.text(row.Recording), About: p.text(aboutRow(row)), Cells: [][4]int{}}
		for _, c := range row.Cells {
			signs := p.signs(row, c, s.At(row, c) != nil)
			if p.explain != nil {
				p.data.Explain[prose.Plain(c.String())] = p.text(p.explain(c))
			}
			verdict := slices.IndexFunc(p.data.Verdicts, func(v htmlVerdict) bool { return v.Name == string(c.Verdict) })
			r.Cells = append(r.Cells, [4]int{slices.Index(stages, c.Stage), verdict, signs, p.story(row, c)})
		}
		f.Rows = append(f.Rows, r)
	}
	return f
}

// signs are those of a cell, of which found is whether it is in a finding.
func (p *htmlPage) signs(row matrix.Row, c matrix.Cell, found bool) (signs int) {
	if len(row.Changes(c)) > 0 {
		signs |= signOtherwise
	}
	if len(p.otherwise(c)) > 0 {
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

// otherwise is Matrix.Otherwise, which goes through all observations.
func (p *htmlPage) otherwise(c matrix.Cell) []history.Observation {
	return (&matrix.Matrix{Live: p.observed[c.String()]}).Otherwise(c)
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
