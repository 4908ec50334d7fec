// Package program has workflows as data. One workflow function interprets a Program, so code can be
// made and changed by a program, and is run by the SDK like any other code.
//
// Everything that a Program does is deterministic: it depends on the Program, on the input, and on
// what the SDK hands to the workflow. A Program must not change once it is registered.
package program

import (
	"slices"
	"time"
)

// A Program is the body of a workflow function.
type Program struct {
	// Steps run one after another. A workflow that gets past them completes.
	Steps []Step

	// Ran, if not nil, is told the kind of step of each function that runs outside of a replay and is
	// not workflow code. It may be called from several goroutines.
	Ran func(kind Kind)

	// Called, if not nil, is told each call of a run, replays too.
	Called func(Call)
}

func (p *Program) tell(ran Kind) {
	if p.Ran != nil {
		p.Ran(ran)
	}
}

// A Kind says what a Step does.
type Kind string

// The kinds of steps.
const (
	// Activity runs activity Name with argument Value and waits for its result.
	Activity Kind = "activity"
	// LocalActivity runs activity Name in the Worker with argument Value.
	LocalActivity Kind = "local activity"
	// Timer sleeps for Duration.
	Timer Kind = "timer"
	// Child starts child workflow Name with argument Value and waits for its result. With Flag the
	// workflow names the ID of the child; otherwise the SDK makes one.
	Child Kind = "child"
	// Spawn starts child workflow Name and waits until it has started. The child goes on when the
	// workflow closes. With Flag the workflow names its ID.
	Spawn Kind = "abandoned child"
	// Receive waits for a signal Name.
	Receive Kind = "receive"
	// Drain takes the signals Name that are there, and waits for none.
	Drain Kind = "drain"
	// Handle sets a handler for updates Name. The handler is Blocks[0].
	Handle Kind = "update handler"
	// AwaitUpdates waits until Count updates are done.
	AwaitUpdates Kind = "await updates"
	// Select waits for the first of its cases, and runs the case's block. The cases are a timer of
	// Duration, a signal Name and an activity Value; those that are empty are no cases. Blocks are
	// in that order. With Flag the workflow cancels the timer if it was not the first.
	Select Kind = "select"
	// Fork runs each of the Blocks in a coroutine of its own, and waits for all. With Flag it waits
	// by a channel, otherwise by a WaitGroup.
	Fork Kind = "coroutines"
	// Cancelled starts something that it does not wait for, runs Blocks[0], and cancels what it has
	// started: the activity Name, or a timer of Duration if Name is empty.
	Cancelled Kind = "cancelled scope"
	// SideEffect takes Value through workflow.SideEffect.
	SideEffect Kind = "side effect"
	// MutableSideEffect takes Value through workflow.MutableSideEffect with ID Name.
	MutableSideEffect Kind = "mutable side effect"
	// Version asks GetVersion for change Name from Min to Max. Blocks has a block for each version,
	// from Min on.
	Version Kind = "version"
	// Upsert sets the search attribute CustomKeywordField to Value.
	Upsert Kind = "search attribute"
	// Memo sets the memo field Name to Value.
	Memo Kind = "memo"
	// Repeat runs Blocks[0] Count times.
	Repeat Kind = "loop"
	// When runs Blocks[0] if the last value is Value, and Blocks[1] otherwise.
	When Kind = "when"
	// Notify sends signal Name with Value to the workflow Target and waits until it is delivered.
	Notify Kind = "signal to external"
	// Return completes the workflow with Value. In a coroutine it ends the coroutine.
	Return Kind = "return"
	// Fail fails the workflow with Value. In a coroutine it ends the coroutine.
	Fail Kind = "fail"
	// ContinueAsNew continues as new, if this is the first run.
	ContinueAsNew Kind = "continue as new"
)

// Last as a Value stands for the last value that the code got.
const Last = "$last"

// Decimal as the Target of a step that gets a value makes the code take the value for a number.
const Decimal = "number"

// A Step is one statement. What its fields mean depends on the Kind.
type Step struct {
	Kind Kind
	// Mark tells the step from all others of a program, and is that of the same step in an edited
	// copy. It is 0 where nobody asks for it.
	Mark     int
	Name     string
	Value    string
	Target   string
	Duration time.Duration
	Count    int
	Min, Max int
	Flag     bool
	Blocks   [][]Step
}

// Waits reports whether the step itself can make the code wait for something.
func (s Step) Waits() bool {
	switch s.Kind {
	case Activity, LocalActivity, Timer, Child, Spawn, Receive, AwaitUpdates, Select, Fork, Notify:
		return true
	}
	return false
}

// Clone returns a copy that shares nothing with p.
func (p *Program) Clone() *Program { return &Program{Steps: CloneSteps(p.Steps)} }

// CloneSteps returns a copy that shares nothing with steps.
func CloneSteps(steps []Step) []Step {
	copied := slices.Clone(steps)
	for i := range copied {
		copied[i].Blocks = slices.Clone(copied[i].Blocks)
		for j, block := range copied[i].Blocks {
			copied[i].Blocks[j] = CloneSteps(block)
		}
	}
	return copied
}

// Walk calls visit for each step, in the order of the text.
func (p *Program) Walk(visit func(*Step)) { walk(p.Steps, visit) }

func walk(steps []Step, visit func(*Step)) {
	for i := range steps {
		visit(&steps[i])
		for _, block := range steps[i].Blocks {
			walk(block, visit)
		}
	}
}

// Mark gives each step a mark of its own.
func (p *Program) Mark() {
	marks := 0
	p.Walk(func(s *Step) {
		marks++
		s.Mark = marks
	})
}

// Marks is the highest mark that a step has, 0 if none has one.
func (p *Program) Marks() (highest int) {
	p.Walk(func(s *Step) { highest = max(highest, s.Mark) })
	return highest
}

// Has reports whether a step is of that kind.
func (p *Program) Has(kind Kind) (has bool) {
	p.Walk(func(s *Step) { has = has || s.Kind == kind })
	return has
}

// Signals returns the names of the signals that the code asks for, each once.
func (p *Program) Signals() (names []string) {
	p.Walk(func(s *Step) {
		switch s.Kind {
		case Receive, Drain, Select:
			if s.Name != "" && !slices.Contains(names, s.Name) {
				names = append(names, s.Name)
			}
		}
	})
	return names
}

// Updates returns the names of the updates that the code handles, each once.
func (p *Program) Updates() (names []string) {
	p.Walk(func(s *Step) {
		if s.Kind == Handle && !slices.Contains(names, s.Name) {
			names = append(names, s.Name)
		}
	})
	return names
}

// Kinds are all kinds of steps.
var Kinds = []Kind{Activity, LocalActivity, Timer, Child, Spawn, Receive, Drain, Handle, AwaitUpdates, Select, Fork, Cancelled,
	SideEffect, MutableSideEffect, Version, Upsert, Memo, Repeat, When, Notify, Return, Fail, ContinueAsNew}
