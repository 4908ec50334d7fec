package redact

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// rounds limits how often what the code says is written and replayed again. One is enough where the
// code does not read what it has sent.
const rounds = 4

// try makes the recording with the leaves kept as graded, and returns it if it replays as the
// original does. If not, it returns the first stage on which it does not.
func (s *search) try(grades []grade) (redacted *history.Recording, differs int) {
	s.trials++
	redacted = copyOf(s.recording)
	i := -1
	s.walk(redacted.History, func(l leaf) string {
		if l.class == name {
			return l.value
		}
		i++
		switch grades[i] {
		case whole:
			return l.value
		case inPart:
			if now, ok := s.mapper.part(l); ok {
				return now
			}
			return l.value
		}
		return s.mapper.replace(l)
	})
	if s.lost(redacted) {
		return nil, s.lead
	}
	for j, k := range s.order {
		result, judged := s.judge(redacted, k)
		if !judged || !same(s.before[k], result) {
			s.suspect(j)
			return nil, k
		}
	}
	return redacted, 0
}

// suspect moves a stage to the front, where it ends the next trial early. The one that leads stays
// there: the others have to see what it makes of the values.
func (s *search) suspect(j int) {
	k := s.order[j]
	front := 0
	if k != s.lead && s.lead >= 0 {
		front = 1
	}
	s.order = slices.Insert(slices.Delete(s.order, j, j+1), front, k)
}

// judge replays the recording on a stage. With the one that leads, what the code says is written
// into the events of its commands.
func (s *search) judge(redacted *history.Recording, stage int) (result replay.Result, ok bool) {
	opts := replay.Options{Config: s.opts.Config, Explain: stage == s.lead}
	for range rounds {
		result = s.replayer.JudgeAll(s.ctx, s.stages[stage:stage+1], redacted, &opts)[0]
		if s.ctx.Err() != nil {
			return result, false
		}
		if stage != s.lead || !write(redacted.History, result, s.before[stage].Differences) {
			return result, true
		}
	}
	return result, true
}

// leading returns the stage whose calls are aligned with the events for certain: the one that ran
// the execution last, if it replays it.
func leading(stages []versioning.Stage, before []replay.Result, lineage []string) int {
	lead, best := -1, 0
	for i, result := range before {
		verdict := result.Verdict
		if verdict == replay.NotApplicable {
			verdict = result.Moved
		}
		points := map[replay.Verdict]int{replay.Safe: 3, replay.Drift: 1}[verdict]
		if n := len(lineage); points > 0 && n > 0 && lineage[n-1] == stages[i].Name {
			points++
		}
		if points > best {
			lead, best = i, points
		}
	}
	return lead
}

func judged(result replay.Result) bool { return result.Verdict != replay.Unjudged }

// same reports whether both results say the same, apart from values.
func same(a, b replay.Result) bool {
	return a.Verdict == b.Verdict && a.Moved == b.Moved &&
		a.Place.Event == b.Place.Event && a.Place.EventType == b.Place.EventType &&
		a.Place.Source == b.Place.Source && slices.Equal(a.Place.Callers, b.Place.Callers) &&
		a.Park.Total == b.Park.Total && slices.Equal(a.Park.Points, b.Park.Points) &&
		slices.Equal(a.Versions, b.Versions) &&
		slices.EqualFunc(a.Differences, b.Differences, func(a, b compare.Difference) bool {
			return a.Path == b.Path && a.Level == b.Level && a.Event == b.Event && a.Source == b.Source &&
				(a.Recorded == "") == (b.Recorded == "") && (a.Now == "") == (b.Now == "")
		})
}
