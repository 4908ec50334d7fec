package page

import (
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// An htmlFinding is what cells have in common. Findings that one would tell in the same words are one, in several Parts.
type htmlFinding struct {
	Anchor, Family         string
	Verdict, Symbol, Signs string
	// Detail is what is wrong, and Stage where, as the beginning of a sentence, "" where nobody knows.
	Detail, Place, Stage string
	// Kind is the colour of Loud, the word for what the finding does to the executions that Toll counts.
	Kind             finding.Answer
	Loud, Rest, Toll string
	// Warning is what the advice of the parts together must not be taken for.
	Warning string
	Parts   []htmlPart
	// Heading is what is above it, "" for what is below the heading of the one before.
	Heading string
	about   question
	// Open is whether all of it can be seen at once.
	Open bool
}

// An htmlPart is one finding, below what it has in common with others.
type htmlPart struct {
	of *told.Finding
	// Title is where it is wrong: "deploying v2 breaks executions of v1".
	FamilyAnchor, Title string
	// Toll is empty for the only part.
	Toll, Do, Code string
	Examples       []htmlFound
	// More says how many cells are no examples, empty if there are none.
	More string
}

// An htmlFound is a cell of a finding: Link is the fragment of its address.
type htmlFound struct {
	Name        htmlName
	Link, Place string
	Also        []string
}

// saysTheSame reports whether the first lines of both would be equal, but for the counts.
func (f htmlFinding) saysTheSame(other htmlFinding) bool {
	return f.Family == other.Family && f.about == other.about && f.Stage == other.Stage && f.Detail == other.Detail && f.Place == other.Place &&
		f.Verdict == other.Verdict && f.Signs == other.Signs && f.Kind == other.Kind && f.Loud == other.Loud && f.Rest == other.Rest
}

// question is what findings of one family answer.
type question int

const (
	ofDeploy question = iota
	ofRollback
	ofOthers
)

func (q question) heading(newest string) string {
	switch q {
	case ofDeploy:
		return "Deploying " + told.Quoted(newest)
	case ofRollback:
		return "Rolling back from " + told.Quoted(newest)
	default:
		return "Other stages"
	}
}

func aboutOf(f *told.Finding) question {
	switch {
	case !f.OfNewest():
		return ofOthers
	case f.Way() == finding.ByRollback:
		return ofRollback
	default:
		return ofDeploy
	}
}

// sum completes the first line with what all parts have in common.
func (f *htmlFinding) sum() {
	var all []*told.Finding
	for i := range f.Parts {
		part := &f.Parts[i]
		all = append(all, part.of)
		if len(f.Parts) > 1 {
			part.Toll = part.of.Executions().Toll()
		}
	}
	f.Toll = all[0].Executions().Toll()
	if len(all) > 1 {
		f.Toll = told.Together(all).Toll() // which goes through all rows
	}
	if len(all) > 1 && slices.ContainsFunc(all, (*told.Finding).SharesType) {
		f.Warning = "Keep a Worker for each of these, by Worker Versioning, until its executions have closed. One Worker cannot have them all: " +
			"it registers one function for a type."
		for i := range f.Parts {
			if f.Parts[i].Code != "" {
				f.Parts[i].Do = "In a Worker of its own:"
			}
		}
	}
	if f.Stage != "" {
		f.Detail = prose.Sentence(f.Stage) + ": " + f.Detail
	}
	f.Detail = prose.Sentence(f.Detail)
}

func (p *htmlPage) finding(f *told.Finding, cells []finding.Example, short map[string]htmlName) htmlFinding {
	family := prose.Plain(f.Matrix.Family.Name)
	shown := htmlFinding{
		Family: family, Verdict: string(f.Cause.Verdict), Symbol: f.Cause.Verdict.Info().Symbol,
		Detail: detail(f), Kind: answerOf(f), about: aboutOf(f),
	}
	part := htmlPart{of: f, FamilyAnchor: familyAnchor(family), Title: prose.Plain(f.What())}
	shown.Loud, shown.Rest = f.AnswerWord()
	if f.Cause.Note != "" {
		shown.Signs = told.FindingSign
	}
	var place []string
	if at := f.At(f.First()); at != "" && !f.Elsewhere {
		place = append(place, at)
	}
	if f.Cause.Source != "" {
		place = append(place, prose.Plain(f.Cause.Source))
	}
	shown.Place = strings.Join(place, ", ")
	if i, ok := p.advised[f.Finding]; ok {
		s := p.data.Stories[i]
		part.Code = p.data.Texts[s.Code]
		part.Do = f.Do(report.Mending{Do: p.data.Texts[s.Do], Code: part.Code})
		if part.Do != "" && f.Cause.Verdict.Incompatible() {
			shown.Detail = f.Fault()
		}
	}
	if f.Cause.Live == "" {
		shown.Stage = f.Headline().Before
	}
	examples := told.OpenFirst(cells)[:min(len(cells), mostExamples)]
	part.More = f.More(examples)
	for _, example := range examples {
		part.Examples = append(part.Examples, p.cell(f, example, short))
	}
	shown.Parts = []htmlPart{part}
	return shown
}

// detail is what is wrong, in one line.
func detail(f *told.Finding) string {
	switch {
	case f.Cause.Otherwise:
		return "Replayed, and yet a query answers otherwise than under the code that ran the execution."
	case f.Cause.Note != "":
		return f.NoteSays(string(f.Cause.Note))
	default:
		return prose.Plain(finding.Sentence(f.First().Cell))
	}
}

// answerOf is the answer to a transition with the first of the cells.
func answerOf(f *told.Finding) finding.Answer {
	switch {
	case f.Cause.Otherwise:
		return finding.Otherwise
	case f.Cause.Note != "":
		return finding.Doubted
	default:
		return finding.AnswerOf(f.First().Cell.Result)
	}
}

func (p *htmlPage) cell(f *told.Finding, e finding.Example, short map[string]htmlName) htmlFound {
	found := htmlFound{Name: cellName(e.Cell, short), Link: "#" + fragment(prose.Plain(e.Cell.String()))}
	var place []string
	if state := f.State(e); state != "" {
		place = append(place, state)
	}
	if at := f.At(e); at != "" && f.Elsewhere {
		place = append(place, at)
	}
	if park := told.ParkText(e.Cell.Result); park != "" {
		place = append(place, park)
	}
	found.Place = strings.Join(place, ", ")
	for _, text := range told.MoreDifferences(e.Cell) {
		found.Also = append(found.Also, prose.Plain(text))
	}
	for _, change := range e.Changes {
		found.Also = append(found.Also, prose.Plain(words.AnswerChange(change)))
	}
	if f.Cause.Note == "" {
		for _, n := range told.Notes(f.Options, e.Cell) {
			found.Also = append(found.Also, n.String())
		}
	}
	if told.IsGood(e.Cell.Verdict) {
		return found
	}
	if live := told.Live(e.Cell); live != "" {
		found.Also = append(found.Also, live)
	}
	return found
}
