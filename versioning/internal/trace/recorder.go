package trace

import (
	"errors"
	"sync"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

// A Recorder notes what workflow code does during one replay. Make a new one for
// each replay with NewRecorder.
type Recorder struct {
	options worker.WorkflowReplayerOptions
	// loud is whether the user wants the log of workflow code.
	loud bool
	// light is whether only what comes to the code is noted, and not its calls.
	light bool
	// interceptors is the number of those beside the recorder's.
	interceptors int
	converters
	// info is what the SDK keeps of the execution.
	info *workflow.Info

	// mu is for a coroutine that the SDK has given up as deadlocked: it can come
	// back while the trace is made.
	mu sync.Mutex
	called
	encoding
	taken
	// sealed is whether the trace was made: what comes back is late then.
	sealed bool
	// over is whether the replay has ended: what calls now is taken down.
	over bool
	// faults are how many calls there were whenever a converter gave an error.
	faults []int
}

// called is what the code has called.
type called struct {
	calls []*Call
	// asks are where it asks for something to come.
	awaits []Await
	// canceled are the timers and activities whose cancellation the SDK has logged.
	canceled map[string]bool
	// canceledAt are those cancellations in order, each with its place.
	canceledAt []Cancel
	// coroutines and locals are the numbers of coroutines without a name and of attempts of
	// local activities, and mutable are those of calls of MutableSideEffect by ID.
	coroutines, locals int
	mutable            map[string]int
}

// encoding is what the SDK encodes, and for which call.
type encoding struct {
	// current is the call that is under way, and what the SDK encodes and logs
	// meanwhile belongs to it.
	current *Call
	// pending is the call that waits for its result to be encoded.
	pending *Call
	// heard is what was encoded for current.
	heard heard
	// continued are the inputs of next runs that were encoded.
	continued map[*commonpb.Payloads]heard
}

// taken is what comes to the code, and what it takes of that.
type taken struct {
	// history are the events as the SDK has them, and signaled is whether a signal is
	// among them. resolved are the events with what is kept in external storage, nil if
	// there is none.
	history, resolved []*historypb.HistoryEvent
	signaled          bool
	// rooted is whether the coroutine of the workflow function was started.
	rooted  bool
	decodes []decode
	// ofInput is how many decodes there were before the workflow function was called, 0 if
	// it was not.
	ofInput int
	signals signals
	updates updates
}

// NotesCalls reports whether the recorder notes what the code does.
func (r *Recorder) NotesCalls() bool { return !r.light }

// Options returns the options for the replayer.
func (r *Recorder) Options() worker.WorkflowReplayerOptions { return r.options }

// begin notes a call that workflow code makes now.
func (r *Recorder) begin(ctx workflow.Context, c *Call) *Call {
	c.Task = r.now()
	c.Coroutine = coroutine(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.poll()
	if c.Kind == MutableSideEffect {
		r.mutable[c.Name]++
		c.Count = r.mutable[c.Name]
	}
	c.late = r.over
	if !r.sealed {
		r.calls = append(r.calls, c)
	}
	r.current, r.pending, r.heard = c, nil, heard{}
	return c
}

// now is the ID of the WorkflowTaskStarted event of the current task: the SDK counts the
// history up to there.
func (r *Recorder) now() int64 {
	if r.info == nil {
		return 0
	}
	return int64(r.info.GetCurrentHistoryLength())
}

// call notes a call of workflow code, and where it was made.
func (r *Recorder) call(ctx workflow.Context, c *Call) *Call {
	c.place = here(r.interceptors)
	return r.begin(ctx, c)
}

// ask notes where workflow code asks for something to come, or starts a coroutine.
func (r *Recorder) ask(ctx workflow.Context, kind Kind, name string) {
	c := &Call{Kind: kind, Name: name, Task: r.now(), Coroutine: coroutine(ctx), place: here(r.interceptors)}
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.sealed {
		r.awaits = append(r.awaits, Await{c, len(r.calls)})
	}
}

// end notes what has become of the current call, with what the SDK encoded for it:
// that is nothing if the workflow uses a data converter of its own.
func (r *Recorder) end(note func(heard)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.current, r.pending = nil, nil
	if !r.sealed {
		note(r.heard)
	}
}

// listen notes what is encoded for no call of the trace: see continuing.
func (r *Recorder) listen() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.current, r.pending, r.heard = &Call{Kind: Ending}, nil, heard{}
}

// continuing keeps how the input of the next run was encoded, which the error does
// not tell.
func (r *Recorder) continuing(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var continued *workflow.ContinueAsNewError
	if errors.As(err, &continued) && r.heard.payloads != nil && r.heard.payloads == continued.Input {
		if r.continued == nil {
			r.continued = map[*commonpb.Payloads]heard{}
		}
		r.continued[continued.Input] = r.heard
	}
	r.current, r.heard = nil, heard{}
}

// inputOfNext is what is known of the input of the run that the error asks for.
func (r *Recorder) inputOfNext(err error) heard {
	var continued *workflow.ContinueAsNewError
	if errors.As(err, &continued) {
		return r.continued[continued.Input]
	}
	return heard{}
}

// await makes what is encoded next the result of the call.
func (r *Recorder) await(c *Call, note func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.current, r.pending = nil, c
	if !r.sealed {
		note()
	}
}

// converted is deferred by what asks a converter. One that gives an error, or panics, can
// have asked a service, so that the next replay reads what this one could not.
func (r *Recorder) converted(failed *bool) {
	if !*failed {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	before := len(r.calls)
	if r.current != nil || r.pending != nil {
		before-- // it is the call under way that it is about
	}
	if !r.sealed {
		r.faults = append(r.faults, max(0, before))
	}
}

// ended is called when the SDK has replayed everything.
func (r *Recorder) ended() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.over = true
}

// take notes that the code takes the signal now, with r.mu held.
func (r *Recorder) take(s *signal) {
	s.taken = r.now()
	s.call = &Call{Kind: Signal, Name: s.name, Task: s.taken, late: r.over}
	if !r.light {
		r.calls = append(r.calls, s.call)
	}
}

// poll takes the signals that are in no channel any more, with r.mu held.
func (r *Recorder) poll() {
	if r.sealed {
		return
	}
	for name, waiting := range r.signals.waiting {
		for len(waiting) > 0 && (waiting[0].taken != 0 || len(waiting) > r.signals.channels[name].Len()) {
			if waiting[0].taken == 0 {
				r.take(waiting[0])
			}
			waiting = waiting[1:]
		}
		if r.signals.waiting[name] = waiting; len(waiting) == 0 {
			delete(r.signals.waiting, name)
		}
	}
}
