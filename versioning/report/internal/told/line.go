package told

import (
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
)

// A Line says what a transition does, or several that do the same.
type Line struct {
	// Answer is that to the transition. That old Workers get stuck in a roll changes no answer: it is Doubted.
	Answer finding.Answer
	// Word says in a word or two what is done.
	Word   string
	titles []string
	// Now is WhetherNow.
	Now  string
	Says []Said
}

// Said is what a transition does to some executions.
type Said struct {
	Answer finding.Answer
	// Text names the executions, and Counts says how many there are and what becomes of them. Counts is
	// empty where nothing becomes of them.
	Text, Counts string
}

// String is all of it as one sentence.
func (s Said) String() string {
	if s.Counts == "" {
		return s.Text
	}
	return s.Text + ": " + s.Counts
}

// Title is "roll back to v1, v2".
func (l *Line) Title() string { return strings.Join(l.titles, ", ") }

// Lines are the transitions with what is said of each part, in the words of the argument text: led is
// whether the word of the line says already what the part does. Rollbacks that do the same are one line, unless they are
// to stand apart.
func Lines(list []finding.Transition, apart bool, text func(p Part, led bool) string) (lines []*Line) {
	for _, t := range list {
		now, says := saidOf(t, text)
		i := slices.IndexFunc(lines, func(l *Line) bool { return t.Kind == finding.RollingBack && l.Now == now && slices.Equal(l.Says, says) })
		if i >= 0 && strings.HasPrefix(lines[i].titles[0], string(finding.RollingBack)) && !apart {
			lines[i].titles = append(lines[i].titles, t.Stage)
			continue
		}
		lines = append(lines, &Line{t.Answer(), AnswerWords[t.Answer()], []string{TransitionTitle(t)}, now, says})
		if loud, rest := RollText(t); loud != "" && t.Kind == finding.Deploying {
			roll := Said{Answer: finding.Doubted, Text: text(asidePart(loud, strings.TrimSpace(rest)), true)}
			lines = append(lines, &Line{roll.Answer, strings.ToUpper(loud), []string{RollTitle(t)}, "", []Said{roll}})
		}
	}
	return lines
}

// saidOf is what the transition does, for each part.
func saidOf(t finding.Transition, text func(p Part, led bool) string) (now string, says []Said) {
	parts := Parts(t)
	if t.Missing != finding.NothingMissing {
		parts = []Part{asidePart(CannotTell+",", MissingText(t))}
	}
	var texts []string
	for i, p := range parts {
		led := i == 0 && (p.Answer == t.Answer() || strings.HasPrefix(p.Loud, CannotTell))
		texts = append(texts, text(p, led))
	}
	texts = OfThem(texts)

	for i, p := range parts {
		says = append(says, Said{p.Answer, texts[i], p.Counts()})
	}
	for _, aside := range Asides(t) {
		says = append(says, Said{Answer: aside.Answer, Text: text(aside, false)})
	}
	return WhetherNow(t), says
}

// asidePart is about no executions that can be named.
func asidePart(loud, rest string) Part { return Part{Answer: finding.Unbegun, Loud: loud, Rest: rest} }
