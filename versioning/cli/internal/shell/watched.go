package shell

import (
	"io"
	"sync"
)

// Watched keeps the first error of a writer: output that is lost, because the
// disk is full for example, is a failure of the command whoever wrote it.
type Watched struct {
	io.Writer
	mu  sync.Mutex
	err error
}

func (w *Watched) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	w.mu.Lock()
	defer w.mu.Unlock()
	if err != nil && w.err == nil {
		w.err = err
	}
	return n, err
}

// Failed is the first error.
func (w *Watched) Failed() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}
