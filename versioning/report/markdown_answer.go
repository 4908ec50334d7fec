package report

import (
	"cmp"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// answer is what a deploy or a rollback does, the worst last.
type answer int

const (
	notAsked answer = iota
	isSafe
	isDoubted
	answersOtherwise
	isUnknown
	changes
	breaks
)

// answerOf is that to one transition.
func answerOf(t transition) answer {
	if t.missing != "" {
		return isUnknown
	}
	return answerTo[t.worst()]
}

// What is pinned elsewhere is as safe as what replays.
var answerTo = map[partKind]answer{
	breaking: breaks, changing: changes, unjudging: isUnknown, answering: answersOtherwise, doubting: isDoubted, replaying: isSafe, pinnedAway: isSafe, unbegun: isUnknown,
}

func (a answer) icon() string {
	return [...]string{"–", "✅", "⚠️", "⚠️", "❔", "⚠️", "❌"}[a]
}

// A markdownFamily is a matrix with the answers to what a person asks first.
type markdownFamily struct {
	*matrix.Matrix
	list     []transition
	findings []*told
	// deploy is that of the newest stage, of a catalogue that of any; rollback is
	// from there.
	deploy, rollback answer
	// back are the rollbacks from the newest stage.
	back []transition
	// worst is that of all transitions.
	worst answer
	cells int
	fails int
}

func newMarkdownFamily(m *matrix.Matrix, opts CIOptions) *markdownFamily {
	f := answered(m)
	f.findings = findings(opts, []*matrix.Matrix{m})
	for range m.Cells() {
		f.cells++
	}
	for _, found := range f.findings {
		f.fails += found.Asked
	}
	return f
}

// answered is the family with the answers, and without what it takes longer to find.
func answered(m *matrix.Matrix) *markdownFamily {
	f := &markdownFamily{Matrix: m, list: transitionsOf(m)}
	last := len(m.Family.Stages) - 1
	for to := range last {
		if list := outcomes(m, to, func(from int) bool { return from == last }); len(list) > 0 && !m.Family.Catalogue {
			f.back = append(f.back, transition{kind: rollingBack, stage: m.Family.Stages[to].Name, outcomes: list})
		}
	}
	slices.Reverse(f.back)
	for _, t := range f.back {
		f.rollback = max(f.rollback, answerOf(t))
	}
	if last > 0 && len(f.back) == 0 && len(m.Rows) > 0 && len(m.Partial) == 0 && !m.Family.Catalogue {
		f.rollback = isUnknown // there is no recording of the newest stage
	}
	for _, t := range f.list {
		a := answerOf(t)
		f.worst = max(f.worst, a)
		switch {
		case t.kind == moving:
		case t.kind == rollingBack && m.Family.Catalogue:
			f.rollback = max(f.rollback, a)
		case t.kind != rollingBack && (m.Family.Catalogue || t.stage == m.Family.Stages[last].Name):
			f.deploy = max(f.deploy, a)
		}
	}
	return f
}

// compare orders families by what a person has to look at first.
func (f *markdownFamily) compare(other *markdownFamily) int {
	return cmp.Or(
		cmp.Compare(min(f.fails, 1), min(other.fails, 1)), cmp.Compare(f.deploy, other.deploy),
		cmp.Compare(f.rollback, other.rollback), cmp.Compare(f.worst, other.worst),
	)
}

// quiet is whether one line says all there is to say.
func (f *markdownFamily) quiet() bool {
	return len(f.findings) == 0 && f.worst <= isSafe && f.cells > 0
}

func (f *markdownFamily) newest() string { return f.Family.Stages[len(f.Family.Stages)-1].Name }

// answerOfVerdict is what a transition with such an execution does.
func answerOfVerdict(v replay.Verdict) answer {
	switch {
	case severity(v) == 3:
		return breaks
	case severity(v) == 2:
		return changes
	case severity(v) == 1:
		return isUnknown
	case v == replay.NotApplicable, v == replay.Unstarted:
		return notAsked
	default:
		return isSafe
	}
}
