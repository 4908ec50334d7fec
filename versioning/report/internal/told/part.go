package told

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
)

// A Part says what a transition does to some of its executions.
type Part struct {
	Answer   finding.Answer
	Subjects []Subject
	// hit are the executions that break or change. all is the number of recordings of the Part.
	hit Executions
	all int
	// Before and Loud begin the sentence of the Part. Loud is the word that matters.
	Before, Loud string
	// Rest is the text between Loud and the subjects.
	Rest string
	// Aside is whether the Part only mentions executions so that none are left out.
	Aside bool
}

// partWords are those of each answer, before the executions.
var partWords = map[finding.Answer]Part{
	finding.Breaks:    {Loud: "BREAKS"},
	finding.Changes:   {Loud: "CHANGES", Rest: "what "},
	finding.Unknown:   {Loud: CannotTell, Rest: "for "},
	finding.Otherwise: {Before: "replays and ", Loud: "ANSWERS OTHERWISE", Rest: "for "},
	finding.Doubted:   {Before: "replays with ", Loud: "FINDINGS", Rest: "for "},
	finding.Safe:      {Loud: "safe", Rest: "for "},
	finding.Pinned:    {Loud: "leaves those pinned elsewhere to Workers that must keep running:"},
}

// AnswerWords say for each answer in a word or two what is done.
var AnswerWords = map[finding.Answer]string{
	finding.Breaks: "BREAKS", finding.Changes: "CHANGES", finding.Unknown: CannotTell,
	finding.Otherwise: "ANSWERS OTHERWISE", finding.Doubted: "FINDINGS", finding.Safe: "safe",
	finding.Pinned: "pinned elsewhere", finding.Unbegun: CannotTell,
}

// Parts are the parts of the transition, the worst first.
func Parts(t finding.Transition) (parts []Part) {
	for i, of := range t.Parts() {
		p := partWords[of.Answer]
		p.Answer = of.Answer
		for _, g := range of.Groups {
			p.Subjects = append(p.Subjects, subjectOf(g, t.Only))
			p.hit.Open, p.hit.Closed, p.all = p.hit.Open+g.Open, p.hit.Closed+g.Closed, p.all+g.Recordings
			for _, c := range g.OpenFates {
				p.hit.OpenFates = finding.CountFate(p.hit.OpenFates, c.Fate, c.Count)
			}
			for _, c := range g.ClosedFates {
				p.hit.ClosedFates = finding.CountFate(p.hit.ClosedFates, c.Fate, c.Count)
			}
		}
		if of.Answer == finding.Unbegun {
			p.Loud, p.Rest, p.Aside = prose.Thousands(of.Unstarted), "had not begun", true
			if i == 0 {
				p.Loud, p.Aside = CannotTell, false
				p.Rest = fmt.Sprintf("from executions that had not begun (%s)", prose.Thousands(of.Unstarted))
			}
		}
		parts = append(parts, p)
	}
	return parts
}

// Text is the whole Part as words of a sentence.
func (p Part) Text() string { return p.Before + p.Loud + " " + p.Words() }

// Counts says of a Part that breaks or changes executions how many are recorded, and what becomes of them.
// It is empty for other parts.
func (p Part) Counts() string {
	if p.Answer < finding.Changes || p.hit.Open+p.hit.Closed == 0 {
		return ""
	}
	counts := p.hit.Toll()
	if hit := p.hit.Open + p.hit.Closed; hit < p.all {
		counts += fmt.Sprintf(" (%s of %s recorded)", prose.Thousands(hit), prose.Thousands(p.all))
	}
	return counts
}

// OpenHit is the number of open executions that a rollback breaks or changes, 0 for one that breaks none at all, and for
// other transitions.
func OpenHit(t finding.Transition) (hit int) {
	if t.Kind != finding.RollingBack || t.Worst() != finding.Breaks {
		return 0
	}
	for _, of := range t.Parts() {
		for _, g := range of.Groups {
			if of.Answer == finding.Breaks || of.Answer == finding.Changes {
				hit += g.Open
			}
		}
	}
	return hit
}

// Asides mention older executions: those that a rollback lets go on, and those that it leaves as they are under the newest
// stage.
// Short ones count executions and do not name their stages.
func Asides(t finding.Transition, short bool) (parts []Part) {
	add := func(groups []finding.Group, answer finding.Answer, loud, rest string) {
		var subjects []Subject
		var hit Executions
		for _, g := range groups {
			if g.Answer == answer {
				subjects = append(subjects, subjectOf(g, t.Only))
				hit.Open, hit.Closed = hit.Open+g.Open, hit.Closed+g.Closed
			}
		}
		switch {
		case len(subjects) == 0:
		case short:
			parts = append(parts, asidePart(loud, hit.either()+rest))
		default:
			parts = append(parts, asidePart(loud, fmt.Sprintf("%s%s: %s", executionsOf(subjects), rest, hit.Short())))
		}
	}
	add(t.Mended, finding.Breaks, "lets", " go on that the newest stage breaks")
	add(t.Mended, finding.Changes, "lets", " go on as they were, which the newest stage changes")
	add(t.Both, finding.Breaks, "breaks", " too, as the newest stage does")
	add(t.Both, finding.Changes, "changes", " too, as the newest stage does")
	return parts
}

// WhetherNow says of a rollback whether one may go back now, and until when. It is "" for other transitions, and where
// what else is said of it answers that: of one that changes what executions do somebody has to decide.
func WhetherNow(t finding.Transition) string {
	worst := t.Worst()
	switch {
	case t.Kind != finding.RollingBack, t.Missing != finding.NothingMissing:
		return ""
	case worst == finding.Breaks:
		return whileOpen(t)
	case worst == finding.Safe:
		return "at any time, as far as recorded"
	case worst == finding.Unknown && len(t.Unrecorded) > 0:
		return "not known for executions begun under " + strings.Join(t.Unrecorded, ", ") + ": none is recorded"
	default:
		return ""
	}
}

func whileOpen(t finding.Transition) string {
	switch open := OpenHit(t); open {
	case 0:
		return "only while no such execution is open: none is, as far as recorded"
	case 1:
		return "not now: hits 1 open execution, until it has closed and no more of them begin"
	default:
		return fmt.Sprintf("not now: hits %s open executions, until they have closed and no more of them begin", prose.Thousands(open))
	}
}

// Words are the words after Loud.
func (p Part) Words() string {
	switch p.Answer {
	case finding.Breaks:
		return p.Rest + executionsOf(p.Subjects)
	case finding.Changes:
		return p.Rest + whatTheyDo(p.Subjects)
	case finding.Unbegun:
		return p.Rest
	default:
		return p.Rest + those(p.Subjects)
	}
}
