package svg

import (
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// A picture is what is said, in the order in which it stands. Where it stands is a matter of drawing.
type picture struct {
	Answer finding.Answer
	// Title is the answer in a sentence, and About what it rests on.
	Title, About string
	Lines        []line
	// More says how many lines are left out, "" if there are none.
	More     string
	Families []family
	Finding  *found
	Grid     *grid
	// Command shows more, and Promise says what.
	Command, Promise string
	// Note is what was not looked at.
	Note string
}

// A line is a deploy or a rollback with its answer.
type line struct {
	Answer           finding.Answer
	Word, Title, Now string
	// Apart is whether Word is about something else than the first of Says.
	Apart bool
	Says  []said
}

// said is what becomes of some executions. What is good of a line that is bad as a whole is an aside.
type said struct {
	Text, Counts string
	Aside        bool
}

// A family is one of several, in the words of the overview.
type family struct {
	Name                     string
	Deploy, Rollback         finding.Answer
	DeployText, RollbackText string
}

// A found is the worst finding.
type found struct {
	Answer                     finding.Answer
	Label, What, Place, Detail string
	// More says how many findings there are beside it.
	More string
}

func pictureOf(opts Options, matrices []*matrix.Matrix) (p *picture) {
	switch {
	case opts.Opening != nil:
		p = ofOpening(opts.Opening, matrices)
	case len(matrices) == 1:
		p = ofFamily(opts, matrices[0])
	default:
		p = ofFamilies(opts, matrices)
	}
	p.Note = told.NotCompared(matrices)
	return p
}

// words is all of the picture for who hears it, but for its grid.
func (p *picture) words() string {
	var sentences []string
	say := func(texts ...string) {
		for i, text := range texts {
			texts[i] = clip(text, longestWords)
		}
		if text := strings.TrimSpace(strings.Join(texts, " ")); text != "" {
			sentences = append(sentences, strings.TrimSuffix(text, ".")+".")
		}
	}
	say(p.Title)
	say(p.About)
	for _, l := range p.Lines {
		var says []string
		for _, s := range l.Says {
			says = append(says, strings.TrimSuffix(s.Text+": "+s.Counts, ": "))
		}
		title := l.Title + ":"
		if l.Now != "" {
			title += " " + l.Now + "."
		}
		word := l.Word
		if l.Apart {
			word += ";"
		}
		say(title, word, strings.Join(says, "; "))
	}
	say(p.More)
	for _, f := range p.Families {
		say(f.Name+":", "deploy:", f.DeployText+";", "roll back:", f.RollbackText)
	}
	if f := p.Finding; f != nil {
		say(f.Label+":", f.What)
		say(f.Place)
		say(f.Detail)
		say(f.More)
	}
	say(p.Note)
	return strings.Join(sentences, " ")
}

// longestWords is the number of characters of a text in the words.
const longestWords = 400

// clip cuts the end of a text that is too long: its beginning says what it is about.
func clip(text string, length int) string {
	runes := []rune(text)
	if len(runes) <= length {
		return text
	}
	return string(runes[:length-1]) + "…"
}
