package report

import (
	"bufio"
	"bytes"
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
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

// findings are the cells that somebody wants to look at, under the lines that they
// share: those that break or could not be judged, then those that replay and that a
// live worker did not take, those that answer a query otherwise, and those with findings.
func (p *htmlPage) findings(m *matrix.Matrix) []htmlFinding {
	var bad, live, answers htmlFindings
	for _, row := range m.Rows {
		for _, c := range row.Cells {
			otherwise := p.otherwise(c)
			if c.Verdict.Incompatible() || c.Verdict == replay.Unjudged {
				bad.add(c.Verdict, advice.Line(c.Result), found(c, otherwise))
			} else if len(otherwise) > 0 {
				live.add(c.Verdict, "A live Worker did not do what the replay says.", found(c, otherwise))
			}
			if changes := row.Changes(c); len(changes) > 0 {
				f := found(c, nil)
				for _, change := range changes {
					f.Also = append(f.Also, plain(answerChange(change)))
				}
				answers.add(c.Verdict, "Replayed, and yet a query answers otherwise than under the code that ran the execution.", f)
			}
		}
	}
	return append(append(append(bad.list, live.list...), answers.list...), doubts(m)...)
}

// doubts are the findings that replays have left beside the verdicts.
func doubts(m *matrix.Matrix) []htmlFinding {
	var found htmlFindings
	for _, g := range findingGroups(m) {
		for _, n := range g.cells {
			name := plain(n.cell.String())
			found.add(n.cell.Verdict, g.says(string(g.kind)), htmlFound{Name: name, Link: "#" + fragment(name), Place: n.place()})
		}
	}
	for i := range found.list {
		found.list[i].Symbol += " " + findingSign
	}
	return found.list
}

// htmlFindings keeps the order in which lines are met first.
type htmlFindings struct {
	list []htmlFinding
	at   map[string]int
}

func (f *htmlFindings) add(v replay.Verdict, detail string, cell htmlFound) {
	key := string(v) + " " + detail
	i, ok := f.at[key]
	if !ok {
		if f.at == nil {
			f.at = map[string]int{}
		}
		i = len(f.list)
		f.at[key] = i
		f.list = append(f.list, htmlFinding{Verdict: string(v), Symbol: v.Info().Symbol, Detail: plain(detail)})
	}
	f.list[i].Cells = append(f.list[i].Cells, cell)
}

func found(c matrix.Cell, otherwise []history.Observation) htmlFound {
	var place []string
	if c.Divergence.Event != 0 {
		place = append(place, fmt.Sprintf("event %d", c.Divergence.Event))
	}
	for _, note := range []string{c.Divergence.Source, parkText(c.Result)} {
		if note != "" {
			place = append(place, plain(note))
		}
	}
	f := htmlFound{Name: plain(c.String()), Link: "#" + fragment(plain(c.String())), Place: strings.Join(place, ", ")}
	for _, text := range moreDifferences(c) {
		f.Also = append(f.Also, plain(text))
	}
	for _, o := range otherwise {
		f.Also = append(f.Also, plain(liveText(o)))
	}
	return f
}

// coverageText is what Text says of the branches of GetVersion calls.
func coverageText(m *matrix.Matrix) string {
	var buffer bytes.Buffer
	b := &textWriter{Writer: bufio.NewWriter(&buffer)}
	b.coverage(m)
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
