package oracle

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
)

// ends reports whether a call ends the workflow function.
func ends(c *program.Call) bool { return c.Does == program.Completes || c.Does == program.Fails }

func cancels(c *program.Call) bool {
	return c.Does == program.CancelsTimer || c.Does == program.CancelsActivity
}

// A rule says which kinds are right for a parting. The first that holds is taken.
type rule struct {
	why   string
	holds func(c *Case, p *parting) bool
	kinds func(c *Case, p *parting) []cause.Kind
}

func only(kinds ...cause.Kind) func(*Case, *parting) []cause.Kind {
	return func(*Case, *parting) []cause.Kind { return kinds }
}

// rules are the table: which kinds are right, from which steps of the programs send what at the
// parting.
var rules = []rule{
	{"an update is no longer accepted",
		func(_ *Case, p *parting) bool { return p.was != nil && p.was.Does == program.Accepts },
		only(cause.UpdateUnhandled, cause.UpdateRenamed)},
	{"the handler answers before it did, without the call that the history has",
		func(_ *Case, p *parting) bool {
			return p.is != nil && p.is.Does == program.Answers && (p.was == nil || p.was.Does != program.Answers)
		},
		only(cause.UpdateAnsweredAtOnce, cause.CallRemoved)},
	{"the handler answers something else",
		func(_ *Case, p *parting) bool {
			return p.was != nil && p.is != nil && p.was.Does == program.Answers && p.is.Does == program.Answers
		},
		only(cause.ValuesChanged)},
	{"the handler does something before it answers",
		func(_ *Case, p *parting) bool { return p.was != nil && p.was.Does == program.Answers },
		only(cause.UpdateAnsweredLater)},
	{"the end has another result, or is another kind of end",
		func(_ *Case, p *parting) bool { return p.was != nil && p.is != nil && ends(p.was) && ends(p.is) },
		func(_ *Case, p *parting) []cause.Kind {
			if p.was.Does == p.is.Does {
				return []cause.Kind{cause.ValuesChanged, cause.EndsOtherwise}
			}
			return []cause.Kind{cause.EndsOtherwise}
		}},
	{"the code makes the end that the history has in the Workflow Task, without the call before it",
		func(c *Case, p *parting) bool {
			return p.is != nil && ends(p.is) && p.was != nil && slices.ContainsFunc(p.old.sent[int(p.task.Started)],
				func(call program.Call) bool { return same(call, *p.is) })
		}, only(cause.EndsEarlier, cause.EndsOtherwise, cause.CallRemoved)},
	{"the code ends where the history goes on: to its own end, where that is in the same Workflow Task",
		func(_ *Case, p *parting) bool { return p.is != nil && ends(p.is) },
		func(c *Case, p *parting) []cause.Kind {
			if c.endsToo(p) {
				kinds := []cause.Kind{cause.EndsEarlier, cause.EndsOtherwise}
				if p.was != nil && slices.ContainsFunc(p.old.sent[int(p.task.Started)], func(call program.Call) bool { return call.Does == p.is.Does }) {
					kinds = append(kinds, cause.CallRemoved) // both make that end there, with other results
				}
				return kinds
			}
			return []cause.Kind{cause.EndsEarlier}
		}},
	{"the history ends, the code goes on: by a call, which is then added as well",
		func(_ *Case, p *parting) bool { return p.was != nil && ends(p.was) },
		func(_ *Case, p *parting) []cause.Kind {
			if p.is != nil {
				return []cause.Kind{cause.EndsOtherwise, cause.CallAdded}
			}
			return []cause.Kind{cause.EndsOtherwise}
		}},
	{"a cancellation is gone", func(_ *Case, p *parting) bool { return p.was != nil && cancels(p.was) },
		only(cause.CancellationRemoved)},
	{"a cancellation is new: where the call before it is gone, that is what was removed, and what comes after it comes earlier",
		func(_ *Case, p *parting) bool { return p.is != nil && cancels(p.is) },
		func(c *Case, p *parting) []cause.Kind {
			kinds := []cause.Kind{cause.CancellationAdded}
			if p.was != nil && !c.has(p.was) {
				kinds = append(kinds, cause.CallRemoved)
			}
			if rest := p.new.sent[int(p.task.Started)][len(p.before)+1:]; len(rest) > 0 {
				if _, later := p.later(p.old, &rest[0]); later {
					kinds = append(kinds, cause.CallMoved, cause.CallsMadeParallel)
				}
			}
			return kinds
		}},
	{"one step was changed in its place, to what the history has later as well: the code may have left one out",
		func(_ *Case, p *parting) bool {
			if p.was == nil || p.is == nil || p.was.Step.Mark != p.is.Step.Mark {
				return false
			}
			soon, later := p.later(p.old, p.is)
			return soon || later
		},
		func(_ *Case, p *parting) []cause.Kind { return append(differs(p), cause.CallRemoved) }},
	{"one step was changed in its place",
		func(_ *Case, p *parting) bool {
			return p.was != nil && p.is != nil && p.was.Step.Mark == p.is.Step.Mark
		},
		func(_ *Case, p *parting) []cause.Kind { return differs(p) }},
	{"the step is new, and the old call comes after it in the Workflow Task, or nothing more was sent",
		func(c *Case, p *parting) bool {
			if p.is == nil || c.had(p.is) {
				return false
			}
			if p.was == nil {
				return true
			}
			after, _ := p.later(p.new, p.was)
			return after
		}, only(cause.CallAdded)},
	{"the step is new, and the code waits for it: no replay shows whether it makes the old call then, so it may as well have taken its place",
		func(c *Case, p *parting) bool { return p.is != nil && !c.had(p.is) && c.has(p.was) },
		func(c *Case, p *parting) []cause.Kind {
			kinds := append(differs(p), cause.CallAdded)
			if p.recordsLater(*p.is) {
				kinds = append(kinds, cause.CallRemoved) // it may have left out what comes before that
			}
			return kinds
		}},
	{"both steps have gone or come: one is in the place of the other",
		func(c *Case, p *parting) bool { return p.was != nil && p.is != nil && !c.had(p.is) && !c.has(p.was) },
		func(_ *Case, p *parting) []cause.Kind { return differs(p) }},
	{"the step is gone, and another step makes the same call in this Workflow Task: the code may have put one before it",
		func(c *Case, p *parting) bool {
			if p.was == nil || c.has(p.was) || p.is == nil {
				return false
			}
			soon, _ := p.later(p.new, p.was)
			return soon
		}, only(cause.CallRemoved, cause.CallAdded, cause.CallMoved)},
	{"the step is gone, and the history has the next call later",
		func(c *Case, p *parting) bool {
			if p.was == nil || c.has(p.was) || p.is == nil {
				return false
			}
			soon, later := p.later(p.old, p.is)
			return soon || later
		}, only(cause.CallRemoved)},
	{"the step is gone, and the history ends before the next call: that may as well have taken its place, or come before it",
		func(c *Case, p *parting) bool { return p.was != nil && !c.has(p.was) && p.is != nil },
		func(_ *Case, p *parting) []cause.Kind { return append(differs(p), cause.CallRemoved, cause.CallAdded) }},
	{"the step is gone, and the code sends nothing more",
		func(c *Case, p *parting) bool { return p.was != nil && !c.has(p.was) }, only(cause.CallRemoved)},
	{"both steps are in both programs, and both calls in this Workflow Task: an order changed",
		func(_ *Case, p *parting) bool {
			if p.was == nil || p.is == nil {
				return false
			}
			was, _ := p.later(p.new, p.was)
			is, _ := p.later(p.old, p.is)
			return was && is
		}, only(cause.CallsSwapped, cause.CallsReordered, cause.CallMovedInTask)},
	{"both steps are in both programs, and the new call is a local activity, which ends within its Workflow Task: what comes after it is sent there too",
		func(_ *Case, p *parting) bool {
			if p.was == nil || p.is == nil || p.is.Does != program.CallsLocalActivity {
				return false
			}
			soon, _ := p.later(p.old, p.is)
			return soon
		}, only(cause.CallRemoved, cause.CallMoved, cause.CallMovedInTask, cause.CallsSwapped)},
	{"both steps are in both programs and send something in this Workflow Task, if not the same: an order changed, and with it a value",
		func(c *Case, p *parting) bool {
			if p.was == nil || p.is == nil {
				return false
			}
			made := func(calls []program.Call, s *program.Step) bool {
				return s != nil && slices.ContainsFunc(calls, func(call program.Call) bool { return call.Step != nil && call.Step.Mark == s.Mark })
			}
			at := int(p.task.Started)
			return made(p.old.sent[at][p.index:], p.is.Step) && made(p.new.sent[at][p.index:], p.was.Step)
		}, only(cause.CallsSwapped, cause.CallsReordered, cause.CallMovedInTask, cause.ValuesChanged,
			cause.CallRemoved, cause.CallMoved)},
	{"both steps are in both programs, the history has the new call in this Workflow Task and the code does not make the old one there",
		func(_ *Case, p *parting) bool {
			if p.was == nil || p.is == nil {
				return false
			}
			soon, _ := p.later(p.old, p.is)
			return soon
		}, only(cause.CallRemoved, cause.CallMoved, cause.CallsMadeSequential)},
	{"both steps are in both programs, the code makes the old call in this Workflow Task, after one that the history does not have there",
		func(_ *Case, p *parting) bool {
			if p.was == nil || p.is == nil {
				return false
			}
			soon, _ := p.later(p.new, p.was)
			return soon
		}, only(cause.CallAdded, cause.CallMoved, cause.CallsMadeParallel)},
	{"both steps are in both programs, and the history has the new call later: it has moved, and changed places with a neighbour that waits",
		func(_ *Case, p *parting) bool {
			if p.was == nil || p.is == nil {
				return false
			}
			_, later := p.later(p.old, p.is)
			return later
		},
		func(_ *Case, p *parting) []cause.Kind {
			kinds := []cause.Kind{cause.CallMoved, cause.CallRemoved, cause.CallsReordered, cause.CallsSwapped}
			soon, later := p.later(p.new, p.was)
			if passes(*p.was, *p.is) && !soon && !later {
				return append(kinds, differs(p)...) // the old one comes no more, as it has another value by then
			}
			return kinds
		}},
	{"both steps are in both programs, and no replay shows that: the history ends before the new call, the code waits before the old one",
		func(_ *Case, p *parting) bool { return p.was != nil && p.is != nil },
		func(_ *Case, p *parting) []cause.Kind {
			return append(differs(p), cause.CallMoved, cause.CallRemoved, cause.CallAdded)
		}},
	{"the code makes the call later, if at all: it waits",
		func(_ *Case, p *parting) bool { return p.is == nil },
		only(cause.CallRemoved, cause.CallMoved, cause.CallsMadeSequential)},
	{"the code makes the call earlier",
		func(_ *Case, p *parting) bool {
			_, later := p.later(p.old, p.is)
			return later
		}, only(cause.CallMoved, cause.CallsMadeParallel)},
	{"the code makes the call earlier, with another value",
		func(_ *Case, p *parting) bool {
			for task, calls := range p.old.sent {
				if task > int(p.task.Started) && slices.ContainsFunc(calls, func(call program.Call) bool {
					return call.Step != nil && p.is.Step != nil && call.Step.Mark == p.is.Step.Mark
				}) {
					return true
				}
			}
			return false
		}, only(cause.CallMoved, cause.CallsMadeParallel, cause.CallAdded)},
	{"the code makes the call earlier than the history, which ends before it",
		func(*Case, *parting) bool { return true }, only(cause.CallAdded)},
}

// kinds are those that are right for a parting.
func (c *Case) kinds(p *parting) ([]cause.Kind, string) {
	i := slices.IndexFunc(rules, func(r rule) bool { return r.holds(c, p) })
	return rules[i].kinds(c, p), rules[i].why
}

// functions are families of calls that do the same for a person in another way.
var functions = [][]program.Does{
	{program.CallsActivity, program.CallsLocalActivity, program.CallsChild},
	{program.CallsSideEffect, program.CallsMutableSideEffect},
}

// differs says how one call differs from the other that is in its place.
func differs(p *parting) (kinds []cause.Kind) {
	was, is := p.was, p.is
	switch {
	case was.Does != is.Does:
		for _, f := range functions {
			if slices.Contains(f, was.Does) && slices.Contains(f, is.Does) {
				return []cause.Kind{cause.CallRetyped, cause.CallReplaced}
			}
		}
		return []cause.Kind{cause.CallReplaced}
	case was.Name != is.Name:
		return []cause.Kind{cause.CallRenamed}
	case was.Does == program.Signals && was.Option != is.Option:
		// The SDK knows a signal to another execution by its name and by that execution.
		return []cause.Kind{cause.CallRenamed, cause.OptionsChanged}
	case was.Option != is.Option && was.Value != is.Value:
		return []cause.Kind{cause.OptionsChanged, cause.ValuesChanged}
	case was.Option != is.Option:
		return []cause.Kind{cause.OptionsChanged}
	}
	return []cause.Kind{cause.ValuesChanged}
}
