package told

import (
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Executions are those that a finding or a transition is about, each counted once, whatever the number of stages
// that do the same to it.
type Executions struct {
	Open, Closed int
	// Unread are recordings of which nobody knows whether their execution is open.
	Unread int
	// OpenFates and ClosedFates count the worst that becomes of each, and would become of it.
	OpenFates, ClosedFates []finding.FateCount
}

// executionsIn counts the executions of each finding of the summary. The summary must be the summary of
// the matrix.
func executionsIn(m *matrix.Matrix, s *finding.Summary) map[*finding.Finding]*Executions {
	all := map[*finding.Finding]*Executions{}
	for _, row := range m.Rows {
		worst := map[*finding.Finding]finding.Fate{}
		for _, c := range row.Cells {
			f := s.At(row, c)
			if f == nil {
				continue
			}
			fate := finding.FateOf(c)
			if old, ok := worst[f]; !ok || finding.CompareFates(fate, old) < 0 {
				worst[f] = fate
			}
		}
		for f, fate := range worst {
			if all[f] == nil {
				all[f] = &Executions{}
			}
			all[f].add(row, fate)
		}
	}
	return all
}

// Together counts the executions of findings of one matrix. One that is in several counts once.
func Together(list []*Finding) *Executions {
	these := map[*finding.Finding]bool{}
	for _, f := range list {
		these[f.Finding] = true
	}
	all := &Executions{}
	for _, row := range list[0].Matrix.Rows {
		var fates []finding.Fate
		for _, c := range row.Cells {
			if these[list[0].summary.At(row, c)] {
				fates = append(fates, finding.FateOf(c))
			}
		}
		if len(fates) > 0 {
			all.add(row, slices.MinFunc(fates, finding.CompareFates))
		}
	}
	return all
}

func (e *Executions) add(row matrix.Row, fate finding.Fate) {
	switch {
	case row.Err != nil:
		e.Unread++
	case row.Closed:
		e.Closed += row.Count()
		e.ClosedFates = finding.CountFate(e.ClosedFates, fate, row.Count())
	default:
		e.Open += row.Count()
		e.OpenFates = finding.CountFate(e.OpenFates, fate, row.Count())
	}
}

// Recorded counts all executions of the matrices.
func Recorded(matrices ...*matrix.Matrix) *Executions {
	all := &Executions{}
	for _, m := range matrices {
		for _, row := range m.Rows {
			all.add(row, finding.FateUnknown)
		}
	}
	return all
}

// Count says how many they are: "1 open execution, and 2 closed of that shape". What is closed does not
// meet the code any more: it stands for those that are open and of which there is no recording.
func (e *Executions) Count() string {
	var parts []string
	if e.Open > 0 {
		parts = append(parts, prose.Plural(e.Open, "open execution"))
	}
	switch {
	case e.Closed == 0:
	case e.Open > 0:
		parts = append(parts, prose.Thousands(e.Closed)+" closed of that shape")
	default:
		parts = append(parts, prose.Plural(e.Closed, "closed execution"))
	}
	if e.Unread > 0 {
		parts = append(parts, prose.Plural(e.Unread, "recording")+" that cannot be read")
	}
	return strings.Join(parts, ", and ")
}

// Short is "1 open, 2 closed".
func (e *Executions) Short() string {
	var parts []string
	if e.Open > 0 {
		parts = append(parts, prose.Thousands(e.Open)+" open")
	}
	if e.Closed > 0 {
		parts = append(parts, prose.Thousands(e.Closed)+" closed")
	}
	if e.Unread > 0 {
		parts = append(parts, prose.Thousands(e.Unread)+" not readable")
	}
	return strings.Join(parts, ", ")
}

// either counts those that are open, or if there are none the closed ones.
func (e *Executions) either() string {
	if e.Open > 0 {
		return prose.Plural(e.Open, "open execution")
	}
	return prose.Plural(e.Closed, "closed execution")
}

// Effects says what becomes of those that are open, the worst first, and if there are none what would have become
// of the closed ones: "1 completes silently, 2 get stuck". It is empty where the verdict is all that is known.
func (e *Executions) Effects() string {
	if e.Open > 0 {
		return fatesText(e.OpenFates, does)
	}
	return fatesText(e.ClosedFates, wouldDo)
}

// Toll is Count with Effects: "1 open execution gets stuck; 2 closed of that shape would get stuck".
func (e *Executions) Toll() string {
	var parts []string
	if e.Open > 0 {
		parts = append(parts, toll(prose.Plural(e.Open, "open execution"), e.Open, e.OpenFates, does))
	}
	switch {
	case e.Closed == 0:
	case e.Open > 0:
		parts = append(parts, toll(prose.Thousands(e.Closed)+" closed of that shape", e.Closed, e.ClosedFates, wouldDo))
	default:
		parts = append(parts, toll(prose.Plural(e.Closed, "closed execution"), e.Closed, e.ClosedFates, wouldDo)+
			", none is open")
	}
	if e.Unread > 0 {
		parts = append(parts, prose.Plural(e.Unread, "recording")+" that cannot be read")
	}
	return strings.Join(parts, "; ")
}

// Executions counts those of the finding.
func (f *Finding) Executions() *Executions { return f.executions()[f.Finding] }

// AnswerWord is the loud word for what the finding does to its executions, with the word after it:
// "BREAKS", "cannot tell for".
func (f *Finding) AnswerWord() (loud, rest string) {
	switch {
	case f.Unjudged():
		return CannotTell, "what becomes of"
	case f.Cause.Otherwise:
		return partWords[finding.Otherwise].Loud, "for"
	case f.Cause.Note != "":
		return partWords[finding.Doubted].Loud, "for"
	case f.Cause.Live != "":
		return strings.ToUpper(f.Cause.Live), "for"
	}
	answer := finding.AnswerOf(replay.Result{Verdict: f.Cause.Verdict, Cause: f.First().Cell.Cause})
	return partWords[answer].Loud, strings.TrimSpace(strings.ReplaceAll(partWords[answer].Rest, "what", ""))
}

// PlaceAndCounts is where it is, of how many executions, and what becomes of them.
func (f *Finding) PlaceAndCounts() string {
	var parts []string
	if f.Cause.Source != "" {
		place := f.Cause.Source
		if at := f.At(f.First()); at != "" && !f.Elsewhere && f.Cause.Note == "" {
			place += ", " + at
		}
		parts = append(parts, place)
	}
	if !f.Unjudged() {
		parts = append(parts, f.Executions().Toll())
	}
	return strings.Join(parts, "; ")
}
