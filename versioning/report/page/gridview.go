package page

import (
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// An htmlGroup holds the rows whose worst cell is in one finding.
type htmlGroup struct {
	// Heading is nil where all rows of the grid are in no finding: it would say nothing.
	Heading  *htmlGroupHead
	Profiles []htmlProfile
}

type htmlGroupHead struct {
	Verdict, Symbol, Signs, Detail string
	// Anchor is that of the finding, empty for the rows that are in none.
	Anchor, Count string
}

// An htmlProfile holds rows in which the same happens. If there are many, they are shown as one, until
// somebody opens it: Cells are what happens in each of them.
type htmlProfile struct {
	Folded bool
	Count  string
	Cells  []htmlCellView
	Rows   []htmlRowView
}

type htmlRowView struct {
	Name   htmlName
	Full   string
	About  string
	State  string
	Closed bool
	Cells  []htmlCellView
}

// An htmlCellView is a cell; Verdict is empty where a stage never meets the recording. Signs are those
// of the legend, and Effect is what becomes of the execution.
type htmlCellView struct{ Verdict, Symbol, Signs, Effect string }

// A tally counts what the headline is made of.
type tally struct {
	cells, troubled, bad, unjudged, unstarted int
	// doubtful is the number of cells with findings and nothing else that somebody wants to
	// look at.
	doubtful int
}

func (t *tally) add(other tally) {
	t.cells, t.troubled, t.bad = t.cells+other.cells, t.troubled+other.troubled, t.bad+other.bad
	t.unjudged, t.unstarted, t.doubtful = t.unjudged+other.unjudged, t.unstarted+other.unstarted, t.doubtful+other.doubtful
}

func (t *tally) count(verdict htmlVerdict, signs int) {
	t.cells++
	if signs&signTroubled != 0 {
		t.troubled++
	}
	switch {
	case verdict.Bad:
		t.bad++
	case verdict.Name == string(replay.Unjudged):
		t.unjudged++
	case signs == signFindings|signTroubled:
		t.doubtful++
	}
	if verdict.Name == string(replay.Unstarted) {
		t.unstarted++
	}
}

// groups are the rows of the grid, in the order in which the data have them.
func (p *htmlPage) groups(i int, m *matrix.Matrix) (groups []htmlGroup, counted tally) {
	data, at := p.data.Families[i], 0
	for _, b := range p.bundles[i] {
		g := htmlGroup{}
		for _, profile := range b.profiles {
			view := htmlProfile{Folded: profile.folded(), Count: profile.count()}
			for _, row := range profile.rows {
				r := p.rowView(i, row, data.Rows[at], len(m.Family.Stages))
				for _, c := range data.Rows[at].Cells {
					counted.count(p.data.Verdicts[c[1]], c[2])
				}
				view.Rows, at = append(view.Rows, r), at+1
			}
			view.Cells = view.Rows[0].Cells
			g.Profiles = append(g.Profiles, view)
		}
		if b.worst != nil || len(p.bundles[i]) > 1 {
			g.Heading = p.groupHead(i, b)
		}
		groups = append(groups, g)
	}
	return groups, counted
}

func (p *htmlPage) rowView(i int, row matrix.Row, data htmlRow, stages int) htmlRowView {
	name := prose.Plain(row.Recording)
	r := htmlRowView{Name: p.short[i][name], About: p.data.Texts[data.About], Cells: make([]htmlCellView, stages),
		State: "open", Closed: row.Closed}
	switch {
	case row.Err != nil:
		r.State = ""
	case row.Closed:
		r.State = "closed"
	}
	if r.Name.shown() != name {
		r.Full = name
	}
	for n, c := range data.Cells {
		verdict := p.data.Verdicts[c[1]]
		cell := htmlCellView{Verdict: verdict.Name, Symbol: verdict.Symbol, Effect: string(finding.FateOf(row.Cells[n]))}
		if c[2]&signOtherwise != 0 {
			cell.Signs = otherwiseSign
		}
		if c[2]&signLive != 0 {
			cell.Signs += liveSign
		}
		if c[2]&signFindings != 0 {
			cell.Signs += told.FindingSign
		}
		r.Cells[c[0]] = cell
	}
	return r
}

func (p *htmlPage) groupHead(i int, b *bundle) *htmlGroupHead {
	all := &profile{rows: rows([]*bundle{b})}
	head := &htmlGroupHead{Count: all.count(), Detail: "In no finding"}
	if b.worst == nil {
		return head
	}
	for _, f := range p.toldOf(i) {
		if f.Finding == b.worst {
			head.Verdict, head.Symbol = string(f.Cause.Verdict), f.Cause.Verdict.Info().Symbol
			head.Detail, head.Anchor = detail(f), p.anchors[b.worst]
			if f.Cause.Note != "" {
				head.Signs = told.FindingSign
			}
		}
	}
	return head
}

// signsIn are the signs that a cell of the page has.
func (p *htmlPage) signsIn() (signs int) {
	for _, f := range p.data.Families {
		for _, row := range f.Rows {
			for _, c := range row.Cells {
				signs |= c[2]
			}
		}
	}
	return signs
}

// occurring are the verdicts that a cell of the page has.
func (p *htmlPage) occurring() (verdicts []htmlVerdict) {
	occurs := map[int]bool{}
	for _, f := range p.data.Families {
		for _, row := range f.Rows {
			for _, c := range row.Cells {
				occurs[c[1]] = true
			}
		}
	}
	for i, verdict := range p.data.Verdicts {
		if occurs[i] {
			verdicts = append(verdicts, verdict)
		}
	}
	return verdicts
}

// htmlFate is what a word in a cell means.
type htmlFate struct {
	Word finding.Fate
	Says string
}

// fatesIn are the fates of the cells, each once, the worst first.
func fatesIn(matrices []*matrix.Matrix) (fates []htmlFate) {
	occurs := map[finding.Fate]bool{}
	for _, m := range matrices {
		for c := range m.Cells() {
			occurs[finding.FateOf(c)] = true
		}
	}
	for _, fate := range finding.Fates() {
		if occurs[fate] {
			fates = append(fates, htmlFate{fate, told.FateSays(fate)})
		}
	}
	return fates
}
