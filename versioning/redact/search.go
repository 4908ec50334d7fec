package redact

import (
	"cmp"
	"context"
	"slices"

	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// grade is how much of a leaf is kept.
type grade byte

const (
	replaced grade = iota
	inPart
	whole
)

// search finds the least that has to be kept of one recording.
type search struct {
	ctx       context.Context
	stages    []versioning.Stage
	recording *history.Recording
	opts      Options

	replayer replay.Replayer
	codec    codec
	// names are the beginnings of the paths of the events.
	names []string
	// before are the results of the recording, and lead the stage that tells what the code makes of
	// values, -1 if none does.
	before []replay.Result
	lead   int
	// order is the one in which the stages are asked.
	order []int

	leaves []leaf
	mapper *mapper
	// quick is whether trials can be asked for in a cheaper way first, once calibrated says that it
	// is known.
	quick, calibrated bool
	// trials is the number of those so far, and untried whether some were left out because the
	// limit was reached.
	trials  int
	untried bool
	// final are the grades of the leaves in the end, and unknown are those that were not tried
	// because the limit was reached.
	final   []grade
	unknown map[int]bool
}

// place names leaves for a report; several can have the same.
type place struct {
	event int64
	path  string
}

// begin judges the recording as it is, and collects its leaves.
func (s *search) begin() error {
	s.codec = codec{workersConverter(s.opts.Worker, s.recording,
		cmp.Or(s.recording.Namespace, s.opts.DefaultNamespace))}
	s.names = names(s.recording.History.GetEvents())
	var function called
	s.before = s.replayer.JudgeAll(s.ctx, s.stages, s.recording, &replay.Options{Config: function.watched(s.opts.Config)})
	if err := s.ctx.Err(); err != nil {
		return err
	}
	if !slices.ContainsFunc(s.before, judged) {
		return &UnjudgedError{Recording: s.recording.String(), Err: s.before[0].Err}
	}
	if !function.is.Load() {
		return &NotCalledError{Recording: s.recording.String(), Why: whyNot(s.recording, s.before[0])}
	}
	s.lead = leading(s.stages, s.before, s.recording.Lineage)
	for i := range s.stages {
		s.order = append(s.order, i)
	}
	if s.lead > 0 {
		s.suspect(s.lead)
	}
	s.leaves = s.collect(proto.CloneOf(s.recording.History))
	s.mapper = newMapper(s.opts.Salt, s.leaves)
	return nil
}

// collect returns the leaves of a history that it may write into, without names.
func (s *search) collect(h *historypb.History) (leaves []leaf) {
	s.walk(h, func(l leaf) string {
		if l.class != name {
			leaves = append(leaves, l)
		}
		return l.value
	})
	return leaves
}

func (s *search) walk(h *historypb.History, visit func(leaf) string) {
	(&walker{codec: s.codec, names: s.names, visit: visit}).history(h)
}

// run returns the redacted recording with the fewest leaves kept that the limit allows for.
func (s *search) run() (*history.Recording, error) {
	grades := make([]grade, len(s.leaves))
	s.final, s.unknown = grades, map[int]bool{}
	best, _ := s.try(grades)
	if best != nil {
		return best, nil
	}
	grades = slices.Clone(grades)
	for i := range grades {
		grades[i] = whole
	}
	var differs int
	if best, differs = s.try(grades); best == nil {
		if err := s.ctx.Err(); err != nil {
			return nil, err
		}
		return nil, &UnstableError{Recording: s.recording.String(), Stage: s.stages[differs].Name}
	}
	r := &reduction{search: s, grades: grades, best: best}
	for _, elements := range [][][]int{s.units(false), s.units(true)} {
		r.reduce(elements, replaced)
	}
	r.reduce(s.single(r.grades), replaced)
	r.reduce(s.parts(r.grades), inPart)
	s.final = r.grades
	return r.best, s.ctx.Err()
}

// units are the leaves by their values: those that the code can read, or those that only commands
// have.
func (s *search) units(outputs bool) (units [][]int) {
	byKey := map[unitKey]int{}
	input := map[unitKey]bool{}
	for _, l := range s.leaves {
		input[keyOf(l)] = input[keyOf(l)] || !l.output
	}
	for i, l := range s.leaves {
		key := keyOf(l)
		if input[key] == outputs {
			continue
		}
		if j, ok := byKey[key]; ok {
			units[j] = append(units[j], i)
			continue
		}
		byKey[key] = len(units)
		units = append(units, []int{i})
	}
	return units
}

// single are the leaves of the values that are kept at several places.
func (s *search) single(grades []grade) (units [][]int) {
	kept := map[unitKey][]int{}
	var order []unitKey
	for i, l := range s.leaves {
		if grades[i] == whole {
			if kept[keyOf(l)] == nil {
				order = append(order, keyOf(l))
			}
			kept[keyOf(l)] = append(kept[keyOf(l)], i)
		}
	}
	for _, key := range order {
		if len(kept[key]) > 1 {
			for _, i := range kept[key] {
				units = append(units, []int{i})
			}
		}
	}
	return units
}

// parts are the leaves that are kept and of which a part can be replaced, by their values.
func (s *search) parts(grades []grade) (units [][]int) {
	byKey := map[unitKey]int{}
	for i, l := range s.leaves {
		if grades[i] != whole {
			continue
		}
		if _, ok := s.mapper.part(l); !ok {
			continue
		}
		if j, ok := byKey[keyOf(l)]; ok {
			units[j] = append(units[j], i)
			continue
		}
		byKey[keyOf(l)] = len(units)
		units = append(units, []int{i})
	}
	return units
}

// reduction takes away from what is kept.
type reduction struct {
	search *search
	grades []grade
	best   *history.Recording
}

// reduce lowers the grade of as many units as it can: of all at once, else of each half. What has
// been shown to replay the same is never given up, so it can stop at any time.
func (r *reduction) reduce(units [][]int, to grade) {
	if len(units) == 0 || r.search.ctx.Err() != nil {
		return
	}
	if r.search.trials >= r.search.opts.Trials {
		r.search.untried = true
		for _, unit := range units {
			for _, i := range unit {
				if to == replaced {
					r.search.unknown[i] = true
				}
			}
		}
		return
	}
	lower := slices.Clone(r.grades)
	for _, unit := range units {
		for _, i := range unit {
			lower[i] = to
		}
	}
	if redacted, _ := r.search.try(lower); redacted != nil {
		r.grades, r.best = lower, redacted
		return
	}
	if n := len(units); n > 1 {
		r.reduce(units[:n/2], to)
		r.reduce(units[n/2:], to)
	}
}
