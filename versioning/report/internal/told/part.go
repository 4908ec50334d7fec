package told

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
)

// A Part says what a transition does to some of the executions that it is about.
type Part struct {
	Answer   finding.Answer
	Subjects []Subject
	// Before and loud begin its sentence; the word that matters is loud.
	Before, Loud string
	// Rest is what comes between them and the subjects.
	Rest string
	// Aside is whether it is only there so that nothing goes without a word.
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

// Parts are those of the transition, the worst first.
func Parts(t finding.Transition) (parts []Part) {
	for i, of := range t.Parts() {
		p := partWords[of.Answer]
		p.Answer = of.Answer
		for _, g := range of.Groups {
			p.Subjects = append(p.Subjects, subjectOf(g))
		}
		if of.Answer == finding.Unbegun {
			p.Loud, p.Rest, p.Aside = prose.Thousands(of.Unstarted), "had not begun", true
			if i == 0 {
				p.Loud, p.Aside = CannotTell, false
				p.Rest = fmt.Sprintf("from executions that had not begun (%d)", of.Unstarted)
			}
		}
		parts = append(parts, p)
	}
	return parts
}

// Text is what it is in a sentence.
func (p Part) Text() string { return p.Before + p.Loud + " " + p.Words() }

// Words are those after the loud one.
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
