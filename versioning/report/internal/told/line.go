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
// whether the word of the line says already what the part does. Unless they are to stand apart, rollbacks that do the same
// are one line, and of one that goes further back than the first it is said how many it hits, and what is not known.
func Lines(list []finding.Transition, apart bool, text func(p Part, led bool) string) (lines []*Line) {
	var back []*Line
	for _, t := range list {
		line := lineOf(t, false, text)
		if t.Kind == finding.RollingBack && !apart {
			i := slices.IndexFunc(back, line.saysTheSame)
			if i < 0 && len(back) > 0 {
				line = lineOf(t, true, text)
				i = slices.IndexFunc(back, line.saysTheSame)
			}
			if i >= 0 {
				back[i].titles = append(back[i].titles, t.Stage)
				continue
			}
			back = append(back, line)
		}
		lines = append(lines, line)
		if loud, rest := RollText(t); loud != "" && t.Kind == finding.Deploying {
			roll := Said{Answer: finding.Doubted, Text: text(asidePart(loud, strings.TrimSpace(rest)), true)}
			lines = append(lines, &Line{roll.Answer, strings.ToUpper(loud), []string{RollTitle(t)}, "", []Said{roll}})
		}
	}
	return lines
}

func (l *Line) saysTheSame(other *Line) bool {
	return l.Answer == other.Answer && l.Now == other.Now && slices.Equal(l.Says, other.Says)
}

// lineOf is the line of the transition. A short one counts executions, and names those of the worst part where none is open.
func lineOf(t finding.Transition, short bool, text func(p Part, led bool) string) *Line {
	line := &Line{t.Answer(), AnswerWords[t.Answer()], []string{TransitionTitle(t)}, WhetherNow(t), nil}
	parts := Parts(t)
	if t.Missing != finding.NothingMissing {
		parts = []Part{asidePart(CannotTell+",", MissingText(t))}
	}
	if short {
		parts = shortened(parts, line.Now != "" && (line.Answer != finding.Breaks || OpenHit(t) > 0))
	}
	var texts []string
	for i, p := range parts {
		led := i == 0 && (p.Answer == t.Answer() || strings.HasPrefix(p.Loud, CannotTell))
		texts = append(texts, text(p, led))
	}
	texts = OfThem(texts)
	for i, p := range parts {
		line.Says = append(line.Says, Said{p.Answer, texts[i], p.Counts()})
	}
	for _, aside := range Asides(t, short) {
		line.Says = append(line.Says, Said{Answer: aside.Answer, Text: text(aside, false)})
	}
	return line
}

// shortened leaves the worst part, unless it is counted already, and what nobody knows or has to look at.
func shortened(parts []Part, counted bool) (few []Part) {
	for i, p := range parts {
		open := p.Answer == finding.Unknown || p.Answer == finding.Otherwise || p.Answer == finding.Doubted
		if open || i == 0 && !counted {
			few = append(few, p)
		}
	}
	return few
}

// asidePart is about no executions that can be named.
func asidePart(loud, rest string) Part { return Part{Answer: finding.Unbegun, Loud: loud, Rest: rest} }
