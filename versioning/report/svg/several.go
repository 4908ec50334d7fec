package svg

import (
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// mostFamilies is the number of families that have a line.
const mostFamilies = 40

// ofFamilies is the picture of several families, a line for each.
func ofFamilies(opts Options, matrices []*matrix.Matrix) *picture {
	families := told.Overview(matrices)
	p := &picture{Answer: finding.NotAsked}
	title, rest := told.OverviewTitle(families)
	p.Title, p.About = prose.Plain(title), prose.Sentence(rest)
	if rest == "" && len(families) > 0 {
		p.About = "recordings: " + told.Recorded(matrices...).Short()
		for _, f := range families {
			if !f.Family.Reference {
				p.Answer = max(p.Answer, f.Deploy)
			}
		}
	}
	for _, f := range families[:min(len(families), mostFamilies)] {
		p.Families = append(p.Families, family{prose.Plain(f.Family.Name), f.Deploy, f.Rollback, f.DeployText(false),
			f.RollbackText(false)})
	}
	if n := len(families) - mostFamilies; n > 0 {
		p.More = "and " + prose.Thousands(n) + " more"
	}
	if opts.Command != "" && len(families) > 0 {
		p.Command = prose.Plain(opts.Command + " matrix " + prose.ShellWord(families[0].Family.Name))
		p.Promise = told.MatrixPromise
	}
	return p
}

// ofOpening is the picture of what a caller knows better than the matrices.
func ofOpening(o *report.Opening, matrices []*matrix.Matrix) *picture {
	p := &picture{Answer: o.Answer, Title: prose.Plain(o.Title), About: prose.Plain(o.Note)}
	for _, q := range o.Questions {
		answer := q.Answer
		if answer == finding.NotAsked {
			answer = finding.Unknown
		}
		asked := line{Answer: answer, Word: told.AnswerWords[answer], Title: prose.Plain(q.Title)}
		for _, text := range q.Says[:min(len(q.Says), mostParts)] {
			asked.Says = append(asked.Says, said{Text: prose.Plain(text)})
		}
		if n := len(q.Says) - mostParts; n > 0 {
			asked.Says = append(asked.Says, said{Text: "and " + prose.Thousands(n) + " more"})
		}
		p.Lines = append(p.Lines, asked)
	}
	title := (*told.Finding).Title
	if len(matrices) == 1 {
		title = (*told.Finding).What
		p.Grid = gridOf(matrices[0])
	}
	p.Finding = worstOf(told.Findings(report.CIOptions{}, matrices), title)
	return p
}
