package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A finding is what cells of a family have in common that a pipeline tells about:
// the verdict, the sentence, and the line of code.
type finding struct {
	matrix  *matrix.Matrix
	weight  weight
	verdict replay.Verdict
	// detail is one line for people, never empty.
	detail string
	// source is that of the Divergence; file and line are those in the repository, if
	// it has them.
	source string
	file   string
	line   int
	// about is what it is about in the place of the verdict: otherwiseRule, or a kind of
	// notes.
	about string
	opts  CIOptions
	cells []matrix.Cell
	// way is that of the cell which matters most, ways is those of all.
	way  way
	ways map[way]bool
	// lineages are those of the recordings, or unknownStage.
	lineages grouped
	// releases is the number of releases after the newest stage of the cells.
	releases int
}

// unknownStage stands for the lineage of a recording of which no stage is known.
const unknownStage = "an unknown stage"

// way is how executions of a recording would get to the stage of a cell, in the order
// in which a person asks.
type way int

const (
	byDeploy way = iota
	byOwn
	byRollback
)

// wayTo takes recordings of no known stage for those that any deploy can meet.
func wayTo(m *matrix.Matrix, row matrix.Row, c matrix.Cell) way {
	stages := m.Family.StageNames()
	from, to := -1, slices.Index(stages, c.Stage)
	if lineageOf(m, row) != unknownStage {
		from = slices.Index(stages, row.Lineage[len(row.Lineage)-1])
	}
	switch cmp.Compare(from, to) {
	case -1:
		return byDeploy
	case 0:
		return byOwn
	default:
		return byRollback
	}
}

// findings returns those of the matrices, the most important ones first: what the
// caller has asked to fail on, then what breaks before what changes, deploys before
// rollbacks, and newer stages before older ones.
func findings(opts CIOptions, matrices []*matrix.Matrix) (list []*finding) {
	for _, m := range matrices {
		list = append(list, findingsOf(opts, m)...)
	}
	slices.SortStableFunc(list, func(a, b *finding) int {
		return cmp.Or(
			-cmp.Compare(a.weight, b.weight),
			-cmp.Compare(severity(a.verdict), severity(b.verdict)),
			cmp.Compare(a.way, b.way),
			cmp.Compare(a.releases, b.releases),
			-cmp.Compare(len(a.cells), len(b.cells)),
		)
	})
	return list
}

func findingsOf(opts CIOptions, m *matrix.Matrix) (list []*finding) {
	type key struct {
		weight         weight
		verdict        replay.Verdict
		detail, source string
		noted          saidAlike
	}
	found := map[key]*finding{}
	for _, row := range m.Rows {
		for _, c := range row.Cells {
			weight := opts.weight(row, c)
			if weight == nothing {
				continue
			}
			detail, about := opts.detail(row, c)
			k := key{weight: weight, verdict: c.Verdict, detail: detail, source: c.Divergence.Source}
			if isNote(about) {
				told := opts.told(c)
				k.source = told[0].source
				if len(told) == 1 {
					k.detail, k.noted = "", told[0].saidAlike(c)
				}
			}
			f := found[k]
			if f == nil {
				f = &finding{matrix: m, weight: weight, verdict: c.Verdict, detail: detail, about: about, opts: opts,
					source: k.source, way: byRollback, ways: map[way]bool{},
					releases: len(m.Family.Stages)}
				if f.file = opts.file(c); f.file != "" {
					f.line = c.Divergence.Line
				}
				found[k] = f
				list = append(list, f)
			}
			f.cells = append(f.cells, c)
			way := wayTo(m, row, c)
			f.way, f.ways[way] = min(f.way, way), true
			f.lineages.add(lineageOf(m, row), "")
			f.releases = min(f.releases, releasesAfter(m, c))
		}
	}
	return list
}

// lineageOf is that of the row as in the lines on transitions.
func lineageOf(m *matrix.Matrix, row matrix.Row) string {
	if n := len(row.Lineage); n > 0 {
		if _, ok := m.Family.Stage(row.Lineage[n-1]); ok {
			return shorten(plain(lineageText(row)), longestName)
		}
	}
	return unknownStage
}

// releasesAfter is the number of releases after the stage of the cell. The stages of a
// catalogue are all as new.
func releasesAfter(m *matrix.Matrix, c matrix.Cell) int {
	if m.Family.Catalogue {
		return 0
	}
	return len(m.Family.Stages) - 1 - slices.Index(m.Family.StageNames(), c.Stage)
}

// detail is the detail of the cell, or what there is to say where it has none, and
// what it is about in the place of the verdict.
func (o CIOptions) detail(row matrix.Row, c matrix.Cell) (detail, about string) {
	detail = cmp.Or(advice.Line(c.Result), c.Verdict.Info().Doc)
	var texts []string
	for _, a := range row.Changes(c) {
		texts = append(texts, answerChange(a))
	}
	switch answers, told := strings.Join(texts, "; "), o.told(c); {
	case answers == "" && len(told) > 0 && isGood(c.Verdict):
		var says []string
		for _, n := range told {
			says = append(says, n.text)
		}
		return strings.Join(says, "; also: "), string(told[0].kind)
	case answers == "":
	case c.Verdict.Incompatible():
		detail += "; and it answers otherwise than under the code that ran the execution: " + answers
	default:
		detail, about = "replays, and yet answers otherwise than under the code that ran the execution: "+answers, otherwiseRule
	}
	return plain(detail), about
}

// isNote reports whether a finding is about notes, and not about the verdict or answers.
func isNote(about string) bool { return about != "" && about != otherwiseRule }

// notesWord is what notes of the kind are called.
func notesWord(about string) string {
	if replay.NoteKind(about).Finding() {
		return "findings"
	}
	return "notes"
}
