package page

import (
	"cmp"
	"fmt"
	"html/template"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// htmlView is what the template shows: all of the page but the panel of a cell.
type htmlView struct {
	Title, Policy string
	CSS           template.CSS
	Script, Data  template.JS

	Opening *report.Opening
	Command string
	// Kicker says what the page is, above the answer.
	Kicker          string
	Headline, Level string
	Severities      []htmlSeverity
	Findings        int
	HasIncompatible bool
	Verdicts        []htmlVerdict
	Summary         []htmlSummary
	Families        []htmlFamilyView
	tally
	// Cells is the number of all, for the template.
	Cells                     int
	Otherwise, Lives, Doubted bool
	// Fates are the words for what becomes of an execution that some cell has.
	Fates []htmlFate
}

// htmlSummary is the line of a family in the table on top.
type htmlSummary struct {
	Family, Anchor string
	Deploy, Back   []htmlChip
	// ToLookAt says how many of the cells somebody wants to look at.
	ToLookAt string
}

// An htmlChip is a stage and whether it may be deployed or rolled back to.
type htmlChip struct {
	Stage string
	Kind  finding.Answer
	Word  string
}

// htmlFamilyView is a family with its grid and what is to be read below it.
type htmlFamilyView struct {
	Name, Anchor, Doc string
	Stages            []htmlHead
	Groups            []htmlGroup
	// Columns is the number of columns of the grid, that of the names included.
	Columns int
	Steps   []htmlStepView
	Lives   []htmlFound
	// NotRehearsed says of how many cells nobody knows what a live Worker does next.
	NotRehearsed []string
	// Coverage is what the text says of the branches of GetVersion calls.
	Coverage string
	// Unused are the names that no replay uses, a line for all stages with the same.
	Unused []string
	// Brief is whether there are few transitions: all of many would hide the grid.
	Brief bool
}

type htmlHead struct{ Name, Doc string }

type htmlStepView struct {
	Title string
	Now   string
	Kind  finding.Answer
	Parts []htmlPartView
}

type htmlPartView struct {
	Kind                finding.Answer
	Before, Loud, Words string
}

// The signs beside a verdict, of the legend, where findingSign is too.
const (
	otherwiseSign = "≠"
	liveSign      = "!"
)

func (p *htmlPage) view(opts Options, matrices []*matrix.Matrix) *htmlView {
	v := &htmlView{Level: levelText(matrices), Command: p.data.Command, Opening: plainOpening(opts.Opening)}
	v.Severities = p.findings(matrices)
	for _, severity := range v.Severities {
		v.Findings += severity.Count
	}
	for i, m := range matrices {
		v.HasIncompatible = v.HasIncompatible || told.HasIncompatible(m)
		f := p.familyView(i, m)
		groups, counted := p.groups(i, m)
		f.Groups = groups
		s := summaryOf(f, p.found[i].Summary.Transitions())
		s.ToLookAt = "none of " + prose.Thousands(counted.cells)
		if counted.troubled > 0 {
			s.ToLookAt = prose.Thousands(counted.troubled) + " of " + prose.Thousands(counted.cells)
		}
		v.tally.add(counted)
		v.Families, v.Summary = append(v.Families, f), append(v.Summary, s)
	}
	v.Verdicts, v.Cells, v.Fates = p.occurring(), v.cells, fatesIn(matrices)
	signs := p.signsIn()
	v.Otherwise, v.Lives, v.Doubted = signs&signOtherwise != 0, signs&signLive != 0, signs&signFindings != 0
	if v.Opening == nil {
		v.Opening = openingOf(matrices, p.found)
	}
	v.Headline = headline(v, len(matrices))
	v.Kicker = "Replay matrix"
	if len(v.Families) == 1 {
		v.Kicker += " of " + v.Families[0].Name
	}
	v.Title = v.Kicker
	if v.Cells > 0 {
		v.Title = v.Opening.Title + " – " + v.Kicker
	}
	return v
}

func headline(v *htmlView, families int) string {
	of := prose.Plural(v.cells, "cell") + " in " + prose.Thousands(families) + " families"
	if families == 1 {
		of = prose.Plural(v.cells, "cell") + " of one family"
	}
	switch {
	case v.cells == 0:
		return "There are no cells."
	case v.unstarted == v.cells:
		return "Of " + of + " none is about an execution that had begun, so nothing is proven."
	case v.troubled == 0:
		return "Of " + of + " none breaks an execution or changes what it does." + hadNotBegun(v)
	}
	text := fmt.Sprintf("%s of %s break an execution or change what it does.", prose.Thousands(v.bad), of)
	if v.bad == 0 {
		text = "Of " + of + " none that was judged breaks an execution or changes what it does."
	}
	if v.unjudged > 0 {
		text += " " + prose.Thousands(v.unjudged) + " could not be judged."
	}
	if v.doubtful > 0 {
		more := ""
		if v.bad > 0 {
			more = " more"
		}
		text += " " + prose.Thousands(v.doubtful) + more + " have findings."
	}
	if n := v.troubled - v.bad - v.unjudged - v.doubtful; n > 0 {
		text += " " + prose.Thousands(n) + " more replay, and yet a query or a live Worker says otherwise."
	}
	return text + hadNotBegun(v)
}

// hadNotBegun counts what proves nothing.
func hadNotBegun(v *htmlView) string {
	if v.unstarted == 0 {
		return ""
	}
	return fmt.Sprintf(" %s had not begun and prove nothing.", prose.Thousands(v.unstarted))
}

// levelText says what was not looked at, as the last line of the text does.
func levelText(matrices []*matrix.Matrix) string {
	return cmp.Or(told.NotCompared(matrices), "Compared: commands, options and values. Never: headers, inputs of local activities.")
}

func (p *htmlPage) familyView(i int, m *matrix.Matrix) htmlFamilyView {
	found := p.found[i]
	f := htmlFamilyView{Name: prose.Plain(m.Family.Name), Doc: prose.Plain(m.Family.Doc)}
	f.Anchor = familyAnchor(f.Name)
	for _, s := range m.Family.Stages {
		doc := s.Doc
		if s.BuildID != "" {
			doc += " Build ID " + s.BuildID + "."
		}
		f.Stages = append(f.Stages, htmlHead{prose.Plain(s.Name), prose.Plain(doc)})
	}
	f.Columns = len(f.Stages) + 1
	for _, t := range found.Summary.Transitions() {
		view := htmlStepView{Title: prose.Plain(told.TransitionTitle(t)), Now: told.WhetherNow(t), Kind: t.Worst()}
		for _, part := range told.Parts(t) {
			loud, words := part.Loud, part.Words()
			if part.Answer == finding.Pinned {
				loud, words = told.AnswerWords[finding.Pinned], "and left to Workers that must keep running: "+words
			}
			view.Parts = append(view.Parts, htmlPartView{part.Answer, part.Before, loud, " " + prose.Plain(words)})
		}
		for _, aside := range told.Asides(t, false) {
			view.Parts = append(view.Parts, htmlPartView{aside.Answer, "", aside.Loud, " " + prose.Plain(aside.Words())})
		}
		if t.Missing != finding.NothingMissing {
			view.Parts = append(view.Parts,
				htmlPartView{finding.Unknown, "", told.CannotTell, ", " + told.MissingText(t)})
		}
		f.Steps = append(f.Steps, view)
		if loud, rest := told.RollText(t); loud != "" && t.Kind == finding.Deploying {
			kind := finding.Doubted // which changes no answer
			f.Steps = append(f.Steps, htmlStepView{Title: prose.Plain(told.RollTitle(t)), Kind: kind,
				Parts: []htmlPartView{{Kind: kind, Loud: loud, Words: prose.Plain(rest)}}})
		}
	}
	f.Brief = len(f.Steps) <= 6
	f.Lives = lives(m, p.short[i])
	f.Coverage, f.NotRehearsed = coverageText(m), told.NotRehearsed(m)
	for _, line := range told.Unused(m) {
		f.Unused = append(f.Unused, prose.Plain(line.StagesText(prose.Plain)+": "+line.What))
	}
	return f
}

func summaryOf(f htmlFamilyView, all []finding.Transition) htmlSummary {
	s := htmlSummary{Family: f.Name, Anchor: f.Anchor}
	for _, t := range all {
		chip := htmlChip{Stage: prose.Plain(t.Stage), Kind: t.Worst(), Word: told.AnswerWords[t.Worst()]}
		switch t.Kind {
		case finding.Deploying:
			s.Deploy = append(s.Deploy, chip)
		case finding.Again:
			chip.Stage += " again"
			s.Deploy = append(s.Deploy, chip)
		case finding.RollingBack:
			s.Back = append(s.Back, chip)
		}
	}
	return s
}
