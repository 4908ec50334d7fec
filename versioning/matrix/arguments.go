package matrix

import (
	"iter"
	"sync"

	commonpb "go.temporal.io/api/common/v1"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
)

// arguments finds what signals and updates have brought in the recordings of the family. It reads
// the recordings once more, in their order, and no further than it is asked.
type arguments struct {
	mu    sync.Mutex
	next  func() (history.Source, bool)
	stop  func()
	found rehearse.Arguments
}

func argumentsOf(recordings iter.Seq[history.Source]) *arguments {
	a := &arguments{found: rehearse.Arguments{
		Signals: map[string]*commonpb.Payloads{}, Updates: map[string]*commonpb.Payloads{},
	}}
	a.next, a.stop = iter.Pull(recordings)
	return a
}

// of returns the argument of the signal or update that the first recording has that has one.
func (a *arguments) of(news rehearse.News) (*commonpb.Payloads, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	known := a.found.Signals
	if news.Kind == rehearse.UpdateCame {
		known = a.found.Updates
	}
	for {
		if input, ok := known[news.Name]; ok {
			return input, true
		}
		source, ok := a.next()
		if !ok {
			return nil, false
		}
		if r, err := source.Load(); err == nil && r != nil {
			a.add(rehearse.ArgumentsOf(r))
		}
	}
}

func (a *arguments) add(of rehearse.Arguments) {
	for name, input := range of.Signals {
		if _, ok := a.found.Signals[name]; !ok {
			a.found.Signals[name] = input
		}
	}
	for name, input := range of.Updates {
		if _, ok := a.found.Updates[name]; !ok {
			a.found.Updates[name] = input
		}
	}
}

func (a *arguments) close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.stop()
}
