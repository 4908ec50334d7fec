package page

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/sidebyside"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
	"github.com/replaymatrix/replaymatrix/versioning/report/shown"
)

// storyOf says what the text of Explain says, in the same words.
func (p *htmlPage) storyOf(row matrix.Row, c matrix.Cell) (s htmlStory) {
	x := p.explanations.cells[c.String()]
	if c.Explanation != nil {
		x = p.own.shared(shown.Of(c))
	}
	if x == nil {
		v := sidebyside.New(report.Explained{Cell: c}, false)
		x = &shown.Cell{Place: v.Place(), Meaning: prose.Plain(v.Meaning())}
		s.Why = p.text(advice.Line(c.Result))
	} else if c.Verdict == replay.NotApplicable {
		s.Why = p.text(advice.Line(c.Result))
	}
	if headline := advice.Headline(c.Result); headline != c.Verdict.Info().Doc {
		s.Headline = p.text(headline)
	}
	if c.Cause.Ahead != nil {
		s.Pointed = p.text(sidebyside.Pointed(c))
	}
	s.Place, s.Meaning, s.Notice = p.raw(x.Place), p.raw(x.Meaning), p.raw(x.Notices)
	s.Do, s.Code = p.raw(x.Do), p.raw(x.Code)
	switch {
	case x.What != "":
		s.What = p.raw(x.What)
	case s.Why == 0:
		s.What = p.text(advice.Line(c.Result))
	}
	if c.Verdict.Incompatible() {
		if park := told.ParkSentence(c.Result); park != "" {
			s.Park = p.text(park)
		}
	}
	for _, note := range x.Notes {
		s.Notes = append(s.Notes, p.raw(note))
	}
	for _, n := range words.Notes(c.Notes) {
		if n.Kind.Finding() {
			s.Findings = append(s.Findings, p.raw(n.String()))
		} else {
			s.Notes = append(s.Notes, p.raw(n.String()))
		}
	}
	for _, text := range sidebyside.Next(c, false) {
		s.Next = append(s.Next, p.text(text))
	}
	for _, o := range p.observed[c.String()] {
		s.Live = append(s.Live, p.text(sidebyside.Observed(o)))
	}
	for _, a := range c.Allowed {
		s.Allowed = append(s.Allowed, p.text(fmt.Sprintf("%s, by the rule %s: %s", a.Path, a.Rule, a.Rule.Reason)))
	}
	for _, a := range c.Answers {
		s.Answers = append(s.Answers, p.text(words.Answer(a)))
	}
	for _, change := range row.Changes(c) {
		s.Changes = append(s.Changes, p.text(words.AnswerChange(change)))
	}
	if err := cmp.Or(c.SDKErr, c.Err); err != nil {
		s.SDK = p.text(prose.Shorten(strings.Join(strings.Fields(prose.FirstLine(err.Error())), " "), longestError))
	}
	if x.Table != nil {
		s.Table, s.Unreached = p.table(x.Table), p.raw(x.Table.Unreached)
	}
	return s
}

// longestError is the number of characters of an error of the SDK: it repeats
// events and commands in full.
const longestError = 400

// table returns the place of the table among all, counted from 1.
func (p *htmlPage) table(t *shown.Table) int {
	if i, ok := p.tables[t]; ok {
		return i
	}
	var tasks []htmlTask
	for _, task := range t.Tasks {
		shown := htmlTask{Heading: p.raw(task.Heading), First: task.First}
		for _, line := range task.Lines {
			l := htmlLine{
				Hidden: p.raw(line.Hidden), Mark: line.Mark, First: line.First, Event: line.Event,
				History: p.raw(line.History), Code: p.raw(line.Code), Source: p.raw(line.Source),
			}
			for _, v := range line.Values {
				l.Values = append(l.Values, [4]int{p.raw(v.Field), p.raw(v.Recorded), p.raw(v.Now), p.raw(v.Reason)})
			}
			shown.Lines = append(shown.Lines, l)
		}
		tasks = append(tasks, shown)
	}
	p.data.Tables = append(p.data.Tables, tasks)
	p.tables[t] = len(p.data.Tables)
	return p.tables[t]
}
