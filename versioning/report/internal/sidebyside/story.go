package sidebyside

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// A Part of a story is a paragraph under its label, or Go code. The label is empty if the paragraph
// continues the Part before.
type Part struct {
	Label, Text string
	Code        string
}

type story []Part

// part adds a paragraph, if there is one.
func (s *story) part(label, text string) {
	if strings.TrimSpace(text) != "" {
		*s = append(*s, Part{Label: label, Text: text})
	}
}

// Story says what the change was, who notices it, and what to do.
func (v *View) Story() []Part {
	var b story
	c, e := v.Cell, v.Cell.Explanation
	if e == nil {
		b.part("Why", advice.Line(c.Result))
		if c.Verdict != replay.Unjudged && advice.Line(c.Result) == "" {
			b.part("Why", "Nothing was replayed that could be laid side by side.")
		}
		b.next(v)
		b.observed(v)
		b.noted(v)
		return b
	}
	if c.Verdict == replay.NotApplicable {
		b.part("Why", advice.Line(c.Result))
	}
	says := advice.ExplainLive(c.Result, c.Effects)
	what := cmp.Or(says.What, advice.Line(c.Result))
	if c.Verdict == replay.Safe {
		b.part("Result", cmp.Or(what, "The code does what the history says."))
	} else {
		if c.Verdict == replay.Unstable {
			b.part("What differs", what)
		} else {
			b.part("What changed", what)
		}
		b.part("Who notices", says.Notices)
	}
	b.next(v)
	b.observed(v)
	if c.Verdict.Incompatible() {
		b.part("Where it waits", told.ParkSentence(c.Result))
	}
	b.part("What to do", says.Do)
	if strings.TrimSpace(says.Code) != "" {
		b = append(b, Part{Code: says.Code})
	}
	b.noted(v)
	for _, note := range says.Notes {
		b.part("Note", note)
	}
	b.allowed(v)
	if err := cmp.Or(c.SDKErr, c.Err); err != nil {
		b.part("The SDK says", v.sdkText(prose.FirstLine(err.Error())))
	}
	return b
}

// noted says what was seen beside the verdict, findings first.
func (s *story) noted(v *View) {
	list := words.Notes(v.Cell.Notes)
	slices.SortStableFunc(list, func(a, b words.Note) int { return cmp.Compare(a.Label(), b.Label()) })
	for i, n := range list {
		if i == MostDifferences && !v.All {
			s.part("", fmt.Sprintf("… and %s more", prose.Plural(len(list)-i, "note")))
			return
		}
		s.part(n.Label(), n.String())
	}
}

// next says what live Workers do next.
func (s *story) next(v *View) {
	for i, text := range Next(v.Cell, v.All) {
		label := ""
		if i == 0 {
			label = "What a live Worker does next"
		}
		s.part(label, text)
	}
}

// Next says what live Workers do next with the execution of the cell: in a line, and then for each
// waiting point. Without all it leaves out some of very many. It is empty where nothing was rehearsed.
func Next(c matrix.Cell, all bool) (texts []string) {
	const most = 8
	line := advice.Live(c.Effects)
	if line == "" {
		return nil
	}
	paragraphs := advice.Next(c.Effects)
	if c.Effects.Points == 1 && len(paragraphs) > 0 {
		return paragraphs
	}
	texts = append(texts, line)
	for i, text := range paragraphs {
		if i == most && !all {
			return append(texts, fmt.Sprintf("… and %s more", prose.Plural(len(paragraphs)-i, "case")))
		}
		texts = append(texts, text)
	}
	return texts
}

// observed says what live workers did in this very cell.
func (s *story) observed(v *View) {
	for i, o := range v.Live {
		label := ""
		if i == 0 {
			label = "Observed live"
		}
		s.part(label, Observed(o))
	}
}

// allowed names the differences that a rule allows, with its reason.
func (s *story) allowed(v *View) {
	for i, a := range v.Cell.Allowed {
		if i == MostDifferences && !v.All {
			s.part("", fmt.Sprintf("… and %s more", prose.Plural(len(v.Cell.Allowed)-i, "allowed difference")))
			return
		}
		label := ""
		if i == 0 {
			label = "Allowed"
		}
		s.part(label, fmt.Sprintf("%s, by the rule %s: %s", a.Path, a.Rule, a.Rule.Reason))
	}
}

// sdkText is the beginning of what the SDK says, by which it is found in a log: the
// rest repeats events and commands in full.
func (v *View) sdkText(text string) string {
	text = strings.Join(strings.Fields(text), " ") // the protobuf library varies its spaces
	const longest = 170                            // two lines of Text
	if runes := []rune(text); len(runes) > longest && !v.All {
		return string(runes[:longest-20]) + "…"
	}
	return text
}

// Observed returns a sentence on what a live Worker did in the cell. What closes the execution in the stage that
// left it open need not close it here, and need not take more than a task here.
func Observed(o history.Observation) string {
	given := "something that leaves it open"
	if o.Task == history.ClosingTask {
		given = "what closes it"
	}
	return fmt.Sprintf("Given %s in %s: %s.", given, o.From, o)
}
