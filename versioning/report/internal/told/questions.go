package told

import (
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/report"
)

// Questions are what a person asks first, with the answers: may the newest stage be deployed, and may one go back from
// it? With all they are about every transition. Rollbacks that do the same are one question.
func (f *Answered) Questions(all bool) (list []report.Question) {
	transitions := f.List
	if !all {
		transitions = f.First()
	}
	for _, l := range Lines(transitions, all, func(_ int, p Part) string { return p.Text() }) {
		q := report.Question{Title: prose.Plain(l.Title()), Answer: l.Answer}
		if l.Now != "" {
			q.Says = append(q.Says, l.Now)
		}
		for _, s := range l.Says {
			q.Says = append(q.Says, prose.Plain(s.String()))
		}
		list = append(list, q)
	}
	return list
}
