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
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// An htmlFinding is a line that cells share.
type htmlFinding struct {
	Verdict, Symbol, Detail string
	Cells                   []htmlFound
}

// An htmlFound is a cell of a finding: Link is the fragment of its address.
type htmlFound struct {
	Name, Link, Place string
	Also              []string
}

// findings are those of a matrix: those that break or could not be judged, then those that
// answer a query otherwise, and those of notes.
func (p *htmlPage) findings(found told.Found) (list []htmlFinding) {
	for _, f := range slices.Concat(found.Bad, found.Otherwise, found.Noted) {
		shown := htmlFinding{
			Verdict: string(f.Cause.Verdict), Symbol: f.Cause.Verdict.Info().Symbol,
			Detail: prose.Plain(finding.Sentence(f.First().Cell)),
		}
		switch {
		case f.Cause.Otherwise:
			shown.Detail = "Replayed, and yet a query answers otherwise than under the code that ran the execution."
		case f.Cause.Note != "":
			shown.Symbol += " " + told.FindingSign
			shown.Detail = f.NoteSays(string(f.Cause.Note))
		}
		for _, e := range found.Cells[f.Finding] {
			shown.Cells = append(shown.Cells, p.cell(f, e))
		}
		list = append(list, shown)
	}
	return list
}

func (p *htmlPage) cell(f *told.Finding, e finding.Example) htmlFound {
	name := prose.Plain(e.Cell.String())
	found := htmlFound{Name: name, Link: "#" + fragment(name)}
	var place []string
	for _, note := range []string{f.At(e), prose.Plain(f.Cause.Source), told.ParkText(e.Cell.Result)} {
		if note != "" {
			place = append(place, note)
		}
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
func lives(m *matrix.Matrix) (list []htmlFound) {
	for _, c := range told.ButLive(m) {
		name := prose.Plain(c.String())
		list = append(list, htmlFound{Name: name, Link: "#" + fragment(name), Also: []string{told.Live(c)}})
	}
	return list
}

// coverageText is what the text says of the branches of GetVersion calls.
func coverageText(m *matrix.Matrix) string {
	var buffer bytes.Buffer
	b := terminal.New(&buffer, false)
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
