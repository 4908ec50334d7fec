package rehearse

import (
	"context"
	"sync"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// known keeps what the code that ran an execution does in made-up tasks: all stages that judge the
// recording ask for the same.
type known struct {
	mu      sync.Mutex
	answers map[string]*answers
	waits   *WaitsFor
}

// answers are what the code does in a made-up task and in those that follow.
type answers struct {
	once     sync.Once
	then     []following
	expected [][]*historypb.HistoryEvent
	known    bool
	borrowed bool
}

// of returns what is known of the recording.
func (r *Rehearser) known(recording *history.Recording, stage string) *known {
	key := knownKey{recording, stage}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.kept == nil {
		r.kept = map[knownKey]*known{}
	}
	k := r.kept[key]
	if k == nil {
		k = &known{answers: map[string]*answers{}}
		r.kept[key] = k
	}
	return k
}

type knownKey struct {
	recording *history.Recording
	stage     string
}

// Forget lets go of what the Rehearser keeps of a recording. Whoever rehearses many calls it when all
// stages have had the recording.
func (r *Rehearser) Forget(recording *history.Recording) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for key := range r.kept {
		if key.recording == recording {
			delete(r.kept, key)
		}
	}
}

// answer tells the made-up task what the code that ran the execution does in it, and reports whether
// other recordings were asked for that.
func (k *known) answer(ctx context.Context, reference *rehearsal, made *madeUp,
	another func(*bool) func(*visit) (following, bool)) (borrowed bool) {
	k.mu.Lock()
	a := k.answers[made.News.String()]
	if a == nil {
		a = &answers{}
		k.answers[made.News.String()] = a
	}
	k.mu.Unlock()
	a.once.Do(func() {
		asks := &madeUp{News: made.News, events: made.events, messages: made.messages}
		var choose func(*visit) (following, bool)
		if made.Kind == SignalCame {
			choose = another(&a.borrowed)
		}
		a.expected, a.known = reference.does(ctx, asks, choose)
		a.then = asks.then
	})
	made.then, made.expected, made.known = a.then, a.expected, a.known
	return a.borrowed
}

// listens are the signals and updates that the code that ran the execution listens to at the end.
func (k *known) listens(ctx context.Context, reference *rehearsal) WaitsFor {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.waits == nil {
		effect, _, err := reference.visit(ctx, len(reference.tasks), nil, false)
		if err != nil {
			return WaitsFor{}
		}
		k.waits = &effect.WaitsFor
	}
	return *k.waits
}
