// Package inert keeps a Worker that rehearses a Workflow Task from acting. It answers for local
// activities and side effects, with what a recorded task has of them, stores nothing, and says to
// workflow code that it replays. It judges nothing.
//
// GetVersion is not answered: it takes what a live Worker takes.
package inert

import (
	"strconv"
	"sync"
	"sync/atomic"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// A Guard stands around the Workers of one stage, for many executions at once.
type Guard struct {
	// Aliases are the registered names of activities, by the names of their functions.
	Aliases map[string]string
	// Began is called when the SDK begins with an execution. It comes before anything else.
	Began func(*workflow.Info)
	// Acts lets local activities and side effects run as they do in a live Worker.
	Acts bool

	mu   sync.Mutex
	runs map[*workflow.Info]*Run
	// byNumber are the same runs as a local activity knows them.
	byNumber map[string]*Run
	numbered int
	// kept are the payloads that a live Worker would have stored, by the workflow ID and the made-up
	// claim.
	kept    map[string]map[string]*commonpb.Payload
	drivers map[string]*reading
	// interceptors is the number of those between workflow code and the guard.
	interceptors int
	// looking is the number of runs that look for lines.
	looking atomic.Int64
}

// A Run is one execution that is rehearsed, and what its code did.
type Run struct {
	// Looks makes the run note all calls, and where the code panics and waits. It is set before Take.
	Looks bool

	mu sync.Mutex
	// made are the calls of the live task that is under way, and replayed those of earlier tasks, if
	// the run looks. last is the last one of all.
	made, replayed []Call
	last           *Call
	sight
	// values are those of the recorded task that is under way.
	values *Values
	// calls counts the calls of MutableSideEffect, by ID.
	calls map[string]int
	// stopped is whether the code has asked for what nobody knows, and unknown what that is.
	stopped bool
	unknown Unknown
	notes   Notes
	info    *workflow.Info
	number  string
	turns   turns
}

// Unknown is what code asks for and nobody knows before it has run.
type Unknown struct {
	// Kind is ExecuteLocalActivity, SideEffect or MutableSideEffect.
	Kind trace.Kind
	// Name is the Activity Type, or the ID of the MutableSideEffect.
	Name string
	// Line is the line of code that calls it, zero for a local activity.
	Line trace.Line
}

// String says what would run: "local activity Charge".
func (u Unknown) String() string {
	what := map[trace.Kind]string{
		trace.LocalActivity: "local activity", trace.SideEffect: "a side effect",
		trace.MutableSideEffect: "mutable side effect",
	}[u.Kind]
	if u.Name == "" {
		return what
	}
	return what + " " + u.Name
}

// Notes are what the code did.
type Notes struct {
	// Signals, Updates and Queries are those that the code has asked for, each once, in order.
	Signals, Updates, Queries []string
	// AsksInfo is the first line that asks for the WorkflowInfo.
	AsksInfo trace.Line
	// Undecoded are the values that did not decode into what the code asks for.
	Undecoded []*commonpb.Payload
}

// Take makes the guard answer for an execution, until Leave.
func (g *Guard) Take(info *workflow.Info, run *Run) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.runs == nil {
		g.runs, g.byNumber = map[*workflow.Info]*Run{}, map[string]*Run{}
	}
	g.numbered++
	run.info, run.number = info, strconv.Itoa(g.numbered)
	g.runs[info], g.byNumber[run.number] = run, run
	if run.Looks {
		run.mark = strconv.FormatInt(marks.Add(1), 10)
		g.looking.Add(1)
	}
}

// Leave ends what Take began.
func (g *Guard) Leave(run *Run) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if run.info != nil {
		delete(g.runs, run.info)
		delete(g.byNumber, run.number)
		delete(g.kept, run.info.WorkflowExecution.ID)
		if run.Looks {
			g.looking.Add(-1)
		}
	}
}

func (g *Guard) of(info *workflow.Info) *Run {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.runs[info]
}

// ofID is the run of the execution with the workflow ID, of which there is one at a time.
func (g *Guard) ofID(workflowID string) *Run {
	g.mu.Lock()
	defer g.mu.Unlock()
	for info, run := range g.runs {
		if info.WorkflowExecution.ID == workflowID {
			return run
		}
	}
	return nil
}

func (g *Guard) ofNumber(number string) *Run {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.byNumber[number]
}

// Around puts the guard around the interceptors. The last one is the first to see a call of
// workflow code and the first one the last, before the SDK (newWorkflowContext in the SDK's
// internal/internal_workflow.go); for activities it is the other way about.
func (g *Guard) Around(interceptors []interceptor.WorkerInterceptor) []interceptor.WorkerInterceptor {
	g.interceptors = len(interceptors) + 2
	all := make([]interceptor.WorkerInterceptor, 0, g.interceptors)
	all = append(all, &inner{guard: g})
	for _, one := range interceptors {
		if !g.Acts {
			one = &ofWorkflows{users: one}
		}
		all = append(all, one)
	}
	return append(all, &outer{guard: g})
}

// Recorded gives the run the values of the recorded task that comes next, nil if there is none.
func (r *Run) Recorded(values *Values) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.values, r.made = values, nil
	r.turns = turns{changed: make(chan struct{})}
}

// Notes returns what the code has done until now.
func (r *Run) Notes() Notes {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.notes
}

// stop says what nobody knows. The code goes on with an error, or ends with a panic, and comes to
// its end: nothing of it is left when the next one rehearses the execution.
func (r *Run) stop(u Unknown) {
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.stopped {
		r.stopped, r.unknown = true, u
	}
}

// Unknown returns what the code has asked for first that nobody knows, nil if it has not. What
// comes after that is not what a live Worker does.
func (r *Run) Unknown() *Unknown {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.stopped {
		return nil
	}
	u := r.unknown
	return &u
}

// goOn panics where the run has stopped: code that tries again and again would not end.
func (r *Run) goOn() {
	if r == nil {
		panic(errStopped)
	}
	r.mu.Lock()
	stopped := r.stopped
	r.mu.Unlock()
	if stopped {
		panic(errStopped)
	}
}
