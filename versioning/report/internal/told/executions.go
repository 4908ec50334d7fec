package told

import (
	"cmp"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Executions are those that a finding is about, each counted once, whatever the number of stages that
// do the same to it.
type Executions struct {
	Open, Closed int
	// Unread are recordings of which nobody knows whether their execution is open.
	Unread int
	// fates has for each one the worst of what becomes of it.
	fates []Fate
}

// ExecutionsOf counts the executions of each finding of the summary. The summary must be the summary of
// the matrix.
func ExecutionsOf(m *matrix.Matrix, s *finding.Summary) map[*finding.Finding]*Executions {
	all := map[*finding.Finding]*Executions{}
	for _, row := range m.Rows {
		worst := map[*finding.Finding]Fate{}
		for _, c := range row.Cells {
			f := s.At(row, c)
			if f == nil {
				continue
			}
			fate := FateOf(c)
			if old, ok := worst[f]; !ok || fate.rank() > old.rank() {
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

func (e *Executions) add(row matrix.Row, fate Fate) {
	switch {
	case row.Err != nil:
		e.Unread++
	case row.Closed:
		e.Closed++
	default:
		e.Open++
	}
	if fate != FateUnknown {
		e.fates = append(e.fates, fate)
	}
}

// Count says how many they are: "1 open execution, and 2 closed of that shape". What is closed does not
// meet the code any more: it stands for those that are open and of which there is no recording.
func (e *Executions) Count() string {
	var parts []string
	if e.Open > 0 {
		parts = append(parts, prose.Thousands(e.Open)+" open "+executionWord(e.Open))
	}
	switch {
	case e.Closed == 0:
	case e.Open > 0:
		parts = append(parts, prose.Thousands(e.Closed)+" closed of that shape")
	default:
		parts = append(parts, prose.Thousands(e.Closed)+" closed "+executionWord(e.Closed))
	}
	if e.Unread > 0 {
		parts = append(parts, prose.Plural(e.Unread, "recording")+" that cannot be read")
	}
	return strings.Join(parts, ", and ")
}

func executionWord(n int) string {
	if n == 1 {
		return "execution"
	}
	return "executions"
}

// Effects says what becomes of them, the worst first: "1 completes silently, 2 get stuck". It is empty
// where the verdict is all that is known.
func (e *Executions) Effects() string {
	counts := map[Fate]int{}
	for _, fate := range e.fates {
		counts[fate]++
	}
	order := []Fate{}
	for fate := range counts {
		order = append(order, fate)
	}
	slices.SortFunc(order, func(a, b Fate) int { return -cmp.Compare(a.rank(), b.rank()) })
	var texts []string
	for _, fate := range order {
		texts = append(texts, prose.Thousands(counts[fate])+" "+fate.says(counts[fate]))
	}
	return strings.Join(texts, ", ")
}

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
