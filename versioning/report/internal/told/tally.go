package told

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A Tally counts the executions of a finding, each once, however many stages meet it.
type Tally struct {
	// Open and Closed count them by whether they were open when they were recorded.
	Open, Closed int
	// lives counts them by the worst that a live Worker makes of them, where that was rehearsed.
	lives map[life]int
}

// talliesOf counts the executions of each finding of the summary, which is that of the matrix.
func talliesOf(m *matrix.Matrix, s *finding.Summary) map[*finding.Finding]Tally {
	tallies := map[*finding.Finding]Tally{}
	for _, row := range m.Rows {
		worst := map[*finding.Finding]life{}
		for _, c := range row.Cells {
			if f := s.At(row, c); f != nil {
				worst[f] = max(worst[f], lifeOf(c))
			}
		}
		for f, l := range worst {
			t := tallies[f]
			if t.lives == nil {
				t.lives = map[life]int{}
			}
			if row.Closed {
				t.Closed++
			} else {
				t.Open++
			}
			t.lives[l]++
			tallies[f] = t
		}
	}
	return tallies
}

// Tally counts the executions of the finding.
func (f *Finding) Tally() Tally {
	if f.tallies == nil {
		return Tally{Open: f.Open, Closed: f.Closed}
	}
	return f.tallies()[f.Finding]
}

// Short is "1 open, 2 closed".
func (t Tally) Short() string {
	var parts []string
	if t.Open > 0 {
		parts = append(parts, prose.Thousands(t.Open)+" open")
	}
	if t.Closed > 0 {
		parts = append(parts, prose.Thousands(t.Closed)+" closed")
	}
	return strings.Join(parts, ", ")
}

// life is what a live Worker makes of an execution, the worst last.
type life int

const (
	notRehearsed life = iota
	asRecorded
	doesOtherwise
	unknownLife
	waitsForEver
	goesOn
	closesOtherwise
	completes
	fails
	getsStuck
)

// lifeWords are those for one execution, and for several.
var lifeWords = map[life][2]string{
	asRecorded: {"does as recorded", "do as recorded"}, doesOtherwise: {"does otherwise", "do otherwise"},
	unknownLife: {"cannot be told", "cannot be told"}, waitsForEver: {"waits for ever", "wait for ever"},
	goesOn:          {"goes on where it closed", "go on where they closed"},
	closesOtherwise: {"closes without a word", "close without a word"},
	completes:       {"completes without a word", "complete without a word"},
	fails:           {"fails for good", "fail for good"}, getsStuck: {"gets stuck", "get stuck"},
}

// lifeOf is the worst of the effects. Of a drift and a new version it tells only what a reader has to look at.
func lifeOf(c matrix.Cell) (worst life) {
	for _, e := range c.Effects.List {
		worst = max(worst, effectLife(e))
	}
	return worst
}

func effectLife(e rehearse.Effect) life {
	switch {
	case e.Kind == rehearse.Stuck:
		return getsStuck
	case e.Kind == rehearse.Hangs:
		return waitsForEver
	case e.Kind == rehearse.Unknown:
		return unknownLife
	case e.Kind == rehearse.Closes && e.Ending == "":
		return goesOn
	case e.Kind == rehearse.Closes && e.Ending == "Completed":
		return completes
	case e.Kind == rehearse.Closes && e.Ending == "Failed", e.Kind == rehearse.Otherwise && e.Ending == "Failed":
		return fails
	case e.Kind == rehearse.Closes:
		return closesOtherwise
	case e.Kind == rehearse.Otherwise:
		return doesOtherwise
	default:
		return asRecorded
	}
}

// Lives says what live Workers make of the executions: "2 get stuck, 1 does as recorded". It is empty where
// nothing was rehearsed, and where all do what the verdict says.
func (f *Finding) Lives() string {
	t := f.Tally()
	var parts []string
	bad := false
	for l := getsStuck; l > notRehearsed; l-- {
		if n := t.lives[l]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %s", prose.Thousands(n), lifeWords[l][min(n, 2)-1]))
			bad = bad || l > unknownLife
		}
	}
	if f.Cause.Verdict == replay.Drift && !bad {
		return ""
	}
	return strings.Join(parts, ", ")
}
