package edit

import (
	"time"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/generate"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
)

// others are the kinds that a step can become and still make sense with its fields.
var others = map[program.Kind][]program.Kind{
	program.Activity:          {program.LocalActivity, program.Child},
	program.LocalActivity:     {program.Activity},
	program.Child:             {program.Activity, program.Spawn},
	program.Spawn:             {program.Child},
	program.Receive:           {program.Drain},
	program.Drain:             {program.Receive},
	program.SideEffect:        {program.MutableSideEffect},
	program.MutableSideEffect: {program.SideEffect, program.Memo},
	program.Memo:              {program.Upsert},
	program.Upsert:            {program.Memo},
	program.Return:            {program.Fail, program.ContinueAsNew},
	program.Fail:              {program.Return},
	program.ContinueAsNew:     {program.Return},
}

// retype makes another kind of the step, or has it take its value for a number.
func (e *editor) retype(s *program.Step) bool {
	if takes(s) && e.OneIn(3) {
		s.Target = program.Decimal
		return true
	}
	kinds := others[s.Kind]
	if len(kinds) == 0 {
		return false
	}
	s.Kind = generate.Pick(e.Rand, kinds)
	switch s.Kind {
	case program.MutableSideEffect, program.Memo:
		if s.Name == "" {
			s.Name = generate.Pick(e.Rand, generate.IDs)
		}
	case program.Return, program.Fail, program.SideEffect:
		if s.Value == "" {
			s.Value = generate.Pick(e.Rand, generate.Values)
		}
	case program.Activity, program.Child:
		if s.Name == program.Rejected {
			s.Name = program.Charge
		}
	}
	return true
}

// takes reports whether the step decodes a value of which the Go type can change.
func takes(s *program.Step) bool {
	switch s.Kind {
	case program.Activity, program.LocalActivity, program.Child, program.Receive, program.Drain,
		program.SideEffect, program.MutableSideEffect, program.Select:
		return true
	}
	return false
}

// names are what a step's Name is one of.
var names = map[program.Kind][]string{
	program.Activity: generate.Names, program.LocalActivity: generate.Names, program.Child: generate.Names,
	program.Spawn:   generate.Names,
	program.Receive: generate.Signals, program.Drain: generate.Signals, program.Notify: generate.Signals,
	program.Handle: generate.Updates, program.MutableSideEffect: generate.IDs, program.Memo: generate.IDs,
}

// rename gives the step another name. What differs in nothing is no edit: Apply tries again.
func (e *editor) rename(s *program.Step) bool {
	switch s.Kind {
	case program.Version:
		s.Name = e.Change()
		return true
	case program.Cancelled:
		if s.Name == "" {
			return false
		}
		s.Name = generate.Pick(e.Rand, generate.Names)
		return true
	case program.Select:
		if s.Name != "" && (s.Value == "" || e.OneIn(2)) {
			s.Name = generate.Pick(e.Rand, generate.Signals)
		} else if s.Value != "" {
			s.Value = generate.Pick(e.Rand, generate.Names)
		}
		return true
	}
	of := names[s.Kind]
	if len(of) == 0 {
		return false
	}
	s.Name = generate.Pick(e.Rand, of)
	return true
}

// value changes what the step does with the same thing.
func (e *editor) value(s *program.Step) bool {
	switch s.Kind {
	case program.Activity, program.LocalActivity, program.Upsert, program.Memo:
		s.Value = generate.Pick(e.Rand, generate.Arguments)
	case program.Child, program.Spawn:
		s.Value = generate.Pick(e.Rand, generate.Arguments)
		s.Flag = s.Flag != e.OneIn(3)
	case program.SideEffect, program.MutableSideEffect, program.When, program.Return, program.Fail:
		s.Value = generate.Pick(e.Rand, generate.Values)
	case program.Timer:
		s.Duration = generate.Pick(e.Rand, []time.Duration{generate.Short, 2 * generate.Short, generate.Long, 2 * generate.Long})
	case program.Select:
		if s.Duration == 0 {
			return false
		}
		s.Flag = s.Flag != e.OneIn(2)
		s.Duration = generate.Pick(e.Rand, []time.Duration{generate.Short, generate.Long, 2 * generate.Long})
	case program.Fork:
		s.Flag = !s.Flag
	case program.Cancelled:
		if s.Name == "" {
			s.Duration *= 2
		} else {
			s.Value = generate.Pick(e.Rand, generate.Arguments)
		}
	case program.AwaitUpdates, program.Repeat:
		s.Count = 1 + e.IntN(3)
	case program.Notify:
		s.Target = generate.Pick(e.Rand, []string{generate.Sink, generate.Nobody})
		s.Value = generate.Pick(e.Rand, generate.Arguments)
	default:
		return false
	}
	return true
}
