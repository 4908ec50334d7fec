package page

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// An htmlSeverity holds the findings of one severity, the most important first.
type htmlSeverity struct {
	Name, Title string
	// Shown are those that one sees at once, and More are behind a click.
	Shown, More []htmlFinding
	// Count is the number of all, and Behind that of More.
	Count, Behind int
}

const (
	// mostShown is the number of findings of one severity that can be seen without a click.
	mostShown = 10
	// mostExamples is the number of cells that stand for all of a finding.
	mostExamples = 3
)

// openOf is how many of that number of findings are open: of very many the worst, so that one sees what else
// there is.
func openOf(findings int) int {
	if findings > 2*mostShown {
		return 1
	}
	return 4
}

// severities are the headings that findings stand below.
var severities = []struct{ name, title string }{
	{"lost", "Lost: closes, fails or starves"},
	{"stuck", "Stuck until fitting code comes"},
	{"changed", "Goes on, and does something else"},
	{"unjudged", "Could not be judged"},
	{"note", "To look at: the histories alone do not settle it"},
}

func severityName(f *finding.Finding) string {
	if f.Unjudged() {
		return "unjudged"
	}
	return max(f.Severity, finding.Note).String()
}

// findings are those of all matrices, the most severe first.
func (p *htmlPage) findings(matrices []*matrix.Matrix) (list []htmlSeverity) {
	var all []*told.Finding
	of := map[*finding.Finding]int{} // the matrix
	for i := range matrices {
		for _, f := range p.toldOf(i) {
			of[f.Finding] = i
			all = append(all, f)
		}
	}
	bySeverity := map[string][]htmlFinding{}
	for n, f := range told.MostImportant(all) {
		i, name := of[f.Finding], severityName(f.Finding)
		shown := p.finding(f, p.found[i].Cells[f.Finding], p.short[i])
		list := bySeverity[name]
		at := slices.IndexFunc(list, shown.saysTheSame)
		if at < 0 {
			shown.Anchor, shown.Open = fmt.Sprintf("finding-%d", n+1), n < openOf(len(all))
			at, list = len(list), append(list, shown)
		} else {
			list[at].Parts = append(list[at].Parts, shown.Parts...)
		}
		p.anchors[f.Finding] = list[at].Anchor
		bySeverity[name] = list
	}
	for _, severity := range severities {
		found := bySeverity[severity.name]
		if len(found) == 0 {
			continue
		}
		s := htmlSeverity{Name: severity.name, Title: severity.title, Shown: found}
		for i := range found {
			s.Count += len(found[i].Parts)
			found[i].sum()
		}
		if len(matrices) == 1 {
			head(found)
		}
		if len(found) > mostShown+2 {
			s.Shown, s.More = found[:mostShown], found[mostShown:]
			for _, f := range s.More {
				s.Behind += len(f.Parts)
			}
		}
		list = append(list, s)
	}
	return list
}

// head puts findings about the same question below one heading, what was asked first.
func head(found []htmlFinding) {
	slices.SortStableFunc(found, func(a, b htmlFinding) int { return int(a.about) - int(b.about) })
	if found[0].about == found[len(found)-1].about {
		return
	}
	for i := range found {
		if i == 0 || found[i].about != found[i-1].about {
			found[i].Heading = found[i].about.heading(found[i].Parts[0].of.Newest())
		}
	}
}

// toldOf are the findings of one matrix.
func (p *htmlPage) toldOf(i int) []*told.Finding {
	return slices.Concat(p.found[i].Bad, p.found[i].Otherwise, p.found[i].Noted)
}

// lives are the cells that replay and of which a live Worker makes something else.
func lives(m *matrix.Matrix, short map[string]htmlName) (list []htmlFound) {
	for _, c := range told.ButLive(m) {
		list = append(list, htmlFound{Name: cellName(c, short), Link: "#" + fragment(prose.Plain(c.String())),
			Also: []string{told.Live(c)}})
	}
	return list
}

// cellName is FAMILY/RECORDING@STAGE, in pieces.
func cellName(c matrix.Cell, short map[string]htmlName) htmlName {
	name := htmlName{{Text: prose.Plain(c.Family) + "/"}}
	name = append(name, short[prose.Plain(c.Recording)]...)
	return append(name, htmlPiece{Text: "@" + prose.Plain(c.Stage)})
}

func familyAnchor(name string) string { return "family:" + name }

// coverageText is what the text says of the branches of GetVersion calls.
func coverageText(m *matrix.Matrix) string {
	var buffer bytes.Buffer
	b := terminal.New(&buffer, false, 0)
	told.WriteCoverage(b, m)
	if err := b.Flush(); err != nil {
		return ""
	}
	return strings.TrimSpace(buffer.String())
}

// fragment writes the name as the fragment of an address, as the script of the page
// does: what is no letter, digit or one of a few signs is escaped.
func fragment(name string) string {
	const plainSigns = "-_.~+@/:,"
	var b strings.Builder
	for i := range len(name) {
		c := name[i]
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte(plainSigns, c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
