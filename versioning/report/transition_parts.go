package report

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
)

// A part says what a transition does to some of the executions that it is about.
type part struct {
	answer   finding.Answer
	subjects []subject
	// before and loud begin its sentence; the word that matters is loud.
	before, loud string
	// rest is what comes between them and the subjects.
	rest string
	// aside is whether it is only there so that nothing goes without a word.
	aside bool
}

// partWords are those of each answer, before the executions.
var partWords = map[finding.Answer]part{
	finding.Breaks:    {loud: "BREAKS"},
	finding.Changes:   {loud: "CHANGES", rest: "what "},
	finding.Unknown:   {loud: cannotTell, rest: "for "},
	finding.Otherwise: {before: "replays and ", loud: "ANSWERS OTHERWISE", rest: "for "},
	finding.Doubted:   {before: "replays with ", loud: "FINDINGS", rest: "for "},
	finding.Safe:      {loud: "safe", rest: "for "},
	finding.Pinned:    {loud: "leaves those pinned elsewhere to Workers that must keep running:"},
}

// partsOf are those of the transition, the worst first.
func partsOf(t finding.Transition) (parts []part) {
	for i, of := range t.Parts() {
		p := partWords[of.Answer]
		p.answer = of.Answer
		for _, g := range of.Groups {
			p.subjects = append(p.subjects, subjectOf(g))
		}
		if of.Answer == finding.Unbegun {
			p.loud, p.rest, p.aside = prose.Thousands(of.Unstarted), "had not begun", true
			if i == 0 {
				p.loud, p.aside = cannotTell, false
				p.rest = fmt.Sprintf("from executions that had not begun (%d)", of.Unstarted)
			}
		}
		parts = append(parts, p)
	}
	return parts
}

// text is the part of a sentence.
func (p part) text() string { return p.before + p.loud + " " + p.words() }

// words are those after the loud one.
func (p part) words() string {
	switch p.answer {
	case finding.Breaks:
		return p.rest + executionsOf(p.subjects)
	case finding.Changes:
		return p.rest + whatTheyDo(p.subjects)
	case finding.Unbegun:
		return p.rest
	default:
		return p.rest + those(p.subjects)
	}
}
