package matrix

import (
	"iter"
	"sync"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/budget"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
)

// arguments finds what signals and updates have brought in the recordings of the family. It reads
// the recordings once more, in their order, and no further than it is asked.
type arguments struct {
	mu    sync.Mutex
	next  func() (history.Source, bool)
	stop  func()
	found rehearse.Arguments
	// memory says which recordings are too large. Nothing of it is taken: who asks holds some, and must not wait.
	memory *budget.Budget
}

func argumentsOf(recordings iter.Seq[history.Source], memory *budget.Budget) *arguments {
	a := &arguments{memory: memory}
	a.next, a.stop = iter.Pull(recordings)
	return a
}

// of returns the argument of the signal or update that the first recording has that has one.
func (a *arguments) of(news rehearse.News) (rehearse.Argument, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for {
		if argument, ok := a.found.Of(news); ok {
			return argument, true
		}
		source, ok := a.next()
		if !ok {
			return nil, false
		}
		if !a.memory.Fits(source) {
			continue
		}
		if r, err := source.Load(); err == nil && r != nil {
			a.found.Add(rehearse.ArgumentsOf(r))
		}
	}
}

func (a *arguments) close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.stop()
}
