package page

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// An htmlSeverity holds the findings of one severity, the most important first.
type htmlSeverity struct {
	Name, Title string
	// Shown are those that one sees at once, and More are behind a click.
	Shown, More []htmlFinding
	Count       int
}

// An htmlFinding is what cells have in common.
type htmlFinding struct {
	Anchor, Family, FamilyAnchor string
	Verdict, Symbol, Signs       string
	// Detail is what is wrong, and Title where: "deploying v2 breaks executions of v1". Stage and Of are the beginning and the
	// end of that, "" where nobody knows them.
	Detail, Title, Place, Stage, Of string
	// Kind is the colour of Loud, the word for what the finding does to Count executions.
	Kind             finding.Answer
	Loud, Rest, Toll string
	Do, Code         string
	Examples         []htmlFound
	// More says how many cells are no examples, empty if there are none.
	More string
	// Open is whether all of it can be seen at once.
	Open bool
}

// An htmlFound is a cell of a finding: Link is the fragment of its address.
type htmlFound struct {
	Name        htmlName
	Link, Place string
	Also        []string
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
	shownAll := make([]htmlFinding, len(all))
	all = told.MostImportant(all)
	for n, f := range all {
		i := of[f.Finding]
		shownAll[n] = p.finding(f, p.found[i].Cells[f.Finding], p.short[i])
	}
	tellApart(shownAll)
	for n, f := range all {
		shown := shownAll[n]
		shown.Anchor, shown.Open = fmt.Sprintf("finding-%d", n+1), n < openOf(len(all))
		p.anchors[f.Finding] = shown.Anchor
		name := severityName(f.Finding)
		bySeverity[name] = append(bySeverity[name], shown)
	}
	for _, severity := range severities {
		found := bySeverity[severity.name]
		if len(found) == 0 {
			continue
		}
		s := htmlSeverity{Name: severity.name, Title: severity.title, Count: len(found), Shown: found}
		if len(found) > mostShown+2 {
			s.Shown, s.More = found[:mostShown], found[mostShown:]
		}
		list = append(list, s)
	}
	return list
}

// tellApart names the executions in the first line of findings that have the same one otherwise.
func tellApart(all []htmlFinding) {
	same := map[string]int{}
	for _, f := range all {
		same[f.Family+f.Stage+f.Detail]++
	}
	for i := range all {
		f := &all[i]
		var what []string
		if f.Stage != "" {
			what = append(what, prose.Sentence(f.Stage))
		}
		if same[f.Family+f.Stage+f.Detail] > 1 && f.Of != "" {
			what = append(what, f.Of)
		}
		if len(what) > 0 {
			f.Detail = prose.Sentence(strings.Join(what, ", ")) + ": " + f.Detail
		}
	}
}

// toldOf are the findings of one matrix.
func (p *htmlPage) toldOf(i int) []*told.Finding {
	return slices.Concat(p.found[i].Bad, p.found[i].Otherwise, p.found[i].Noted)
}

func (p *htmlPage) finding(f *told.Finding, cells []finding.Example, short map[string]htmlName) htmlFinding {
	family := prose.Plain(f.Matrix.Family.Name)
	shown := htmlFinding{
		Family: family, FamilyAnchor: familyAnchor(family),
		Verdict: string(f.Cause.Verdict), Symbol: f.Cause.Verdict.Info().Symbol,
		Detail: detail(f), Title: prose.Plain(f.What()),
		Kind: answerOf(f), Toll: f.Executions().Toll(),
	}
	shown.Loud, shown.Rest = f.AnswerWord()
	if f.Cause.Note != "" {
		shown.Signs = told.FindingSign
	}
	var place []string
	if at := f.At(f.First()); at != "" && !f.Elsewhere {
		place = append(place, at)
	}
	if f.Cause.Source != "" {
		place = append(place, prose.Plain(f.Cause.Source))
	}
	shown.Place = strings.Join(place, ", ")
	if i, ok := p.advised[f.Finding]; ok {
		s := p.data.Stories[i]
		shown.Code = p.data.Texts[s.Code]
		shown.Do = f.Do(report.Mending{Do: p.data.Texts[s.Do], Code: shown.Code})
		if shown.Do != "" && f.Cause.Verdict.Incompatible() {
			shown.Detail = f.Fault()
		}
	}
	if f.Cause.Live == "" {
		shown.Stage = f.Headline().Before
	}
	if of := f.Of(); of != "" {
		shown.Of = "executions" + of
	}
	examples := told.OpenFirst(cells)[:min(len(cells), mostExamples)]
	shown.More = f.More(examples)
	for _, example := range examples {
		shown.Examples = append(shown.Examples, p.cell(f, example, short))
	}
	return shown
}

// detail is what is wrong, in one line.
func detail(f *told.Finding) string {
	switch {
	case f.Cause.Otherwise:
		return "Replayed, and yet a query answers otherwise than under the code that ran the execution."
	case f.Cause.Note != "":
		return f.NoteSays(string(f.Cause.Note))
	default:
		return prose.Plain(finding.Sentence(f.First().Cell))
	}
}

// answerOf is the answer to a transition with the first of the cells.
func answerOf(f *told.Finding) finding.Answer {
	switch {
	case f.Cause.Otherwise:
		return finding.Otherwise
	case f.Cause.Note != "":
		return finding.Doubted
	default:
		return finding.AnswerOf(f.First().Cell.Result)
	}
}

func (p *htmlPage) cell(f *told.Finding, e finding.Example, short map[string]htmlName) htmlFound {
	found := htmlFound{Name: cellName(e.Cell, short), Link: "#" + fragment(prose.Plain(e.Cell.String()))}
	var place []string
	if state := f.State(e); state != "" {
		place = append(place, state)
	}
	if at := f.At(e); at != "" && f.Elsewhere {
		place = append(place, at)
	}
	if park := told.ParkText(e.Cell.Result); park != "" {
		place = append(place, park)
	}
	found.Place = strings.Join(place, ", ")
	for _, text := range told.MoreDifferences(e.Cell) {
		found.Also = append(found.Also, prose.Plain(text))
	}
	for _, change := range e.Changes {
		found.Also = append(found.Also, prose.Plain(words.AnswerChange(change)))
	}
	if f.Cause.Note == "" {
		for _, n := range told.Notes(f.Options, e.Cell) {
			found.Also = append(found.Also, n.String())
		}
	}
	if told.IsGood(e.Cell.Verdict) {
		return found
	}
	if live := told.Live(e.Cell); live != "" {
		found.Also = append(found.Also, live)
	}
	return found
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
