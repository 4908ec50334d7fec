package page

import (
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
	"github.com/replaymatrix/replaymatrix/versioning/report/shown"
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
	// signLive is a live Worker that does otherwise.
	signLive
	// signFindings is a cell with findings.
	signFindings
	// signTroubled is a cell that somebody wants to look at.
	signTroubled
)

// htmlStory is what the panel of a cell shows. Numbers are texts, 0 is none.
type htmlStory struct {
	// Headline is what the verdict means for the cell, where that is not what it means for most.
	Headline int `json:"headline,omitempty"`
	// Pointed is what the pointer points at, if it is not the first divergence.
	Pointed int `json:"pointed,omitempty"`

	Place   int   `json:"place,omitempty"`
	Meaning int   `json:"meaning,omitempty"`
	Why     int   `json:"why,omitempty"`
	What    int   `json:"what,omitempty"`
	Notice  int   `json:"notice,omitempty"`
	Live    []int `json:"live,omitempty"`
	// Next is what a live Worker does next: a line, and a paragraph for waiting points.
	Next  []int `json:"next,omitempty"`
	Park  int   `json:"park,omitempty"`
	Do    int   `json:"do,omitempty"`
	Code  int   `json:"code,omitempty"`
	Notes []int `json:"notes,omitempty"`
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
	tables  map[*shown.Table]int
	// found is what each matrix tells, and bundles are its rows, grouped by that.
	found   []told.Found
	bundles [][]*bundle
	// short are the names of the recordings of each matrix, as they are shown.
	short []map[string]htmlName
	// advised is the story of the first cell of each finding, and anchors are the places of the findings
	// in the page.
	advised map[*finding.Finding]int
	anchors map[*finding.Finding]string
	// observed is what live workers did, by cell.
	observed map[string][]history.Observation
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
