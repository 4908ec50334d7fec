package svg

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

const (
	// mostLines is the number of deploys and rollbacks.
	mostLines = 6
	// mostParts is the number of things that is said of one.
	mostParts = 3
)

// ofFamily is the picture of one family.
func ofFamily(opts Options, m *matrix.Matrix) *picture {
	found := told.FoundIn(report.CIOptions{}, m)
	f := told.Answer(m, found.Summary)
	p := &picture{Answer: f.Deploy, Title: prose.Plain(f.Title()), About: prose.Plain(f.Family.Name + ": " + f.Counts())}
	p.addLines(told.Lines(f.First(), false, partText))
	p.addMissing(f)
	list := found.NewestFirst()
	p.Finding = worstOf(list, func(f *told.Finding) string { return f.What() })
	p.Grid = gridOf(m)
	if opts.Command != "" {
		p.Command = prose.Plain(opts.Command + " matrix " + prose.ShellWord(f.Family.Name))
		if p.Finding != nil {
			p.Promise = told.MatrixPromise
		}
	}
	return p
}

// partText leaves out the loud word of the first part: it stands in front of the line.
func partText(part told.Part, led bool) string {
	if led {
		return part.Words()
	}
	return part.Text()
}

// addLines adds the lines in their order, and of too many the worst.
func (p *picture) addLines(lines []*told.Line) {
	shown := slices.Clone(lines)
	if len(lines) > mostLines {
		slices.SortStableFunc(shown, func(a, b *told.Line) int { return int(b.Answer) - int(a.Answer) })
		shown = shown[:mostLines-1]
		p.More = prose.Plural(len(lines)-len(shown), "more answer") + ", none of them worse"
	}
	for _, l := range shown {
		shown := line{Answer: l.Answer, Word: l.Word, Title: prose.Plain(l.Title()), Now: l.Now}
		shown.Apart = l.Answer == finding.Unknown && len(l.Says) > 0 && l.Says[0].Answer < finding.Unknown && l.Says[0].Answer != finding.Unbegun
		for i, s := range l.Says[:min(len(l.Says), mostParts)] {
			good := i > 0 && l.Answer > finding.Pinned && s.Answer <= finding.Pinned
			shown.Says = append(shown.Says, said{prose.Plain(s.Text), s.Counts, good})
		}
		p.Lines = append(p.Lines, shown)
	}
}

// addMissing adds which recordings are missing to be sure, if any are.
func (p *picture) addMissing(f *told.Answered) {
	if len(f.Missing()) == 0 {
		return
	}
	missing := line{Answer: finding.Unknown, Word: "RECORD", Title: told.MissingTitle}
	for _, text := range f.MissingFew(false) {
		missing.Says = append(missing.Says, said{Text: prose.Plain(text)})
	}
	p.Lines = append(p.Lines, missing)
}

// worstOf is the first of the findings, nil if there is none.
func worstOf(list []*told.Finding, title func(*told.Finding) string) *found {
	if len(list) == 0 {
		return nil
	}
	f := list[0]
	shown := &found{Answer: answerOf(f), Label: f.Label(), What: title(f), Place: prose.Plain(f.Cause.Source),
		Detail: prose.Plain(f.Detail())}
	if n := len(list) - 1; n > 0 {
		shown.More = "and " + prose.Plural(n, "more finding")
	}
	return shown
}

// answerOf is the colour of a finding: what an execution survives is not red.
func answerOf(f *told.Finding) finding.Answer {
	switch {
	case f.Unjudged():
		return finding.Unknown
	case f.Severity >= finding.Stuck:
		return finding.Breaks
	default:
		return finding.Changes
	}
}
