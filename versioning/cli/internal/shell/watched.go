package shell

import (
	"io"
	"sync"
)

// Watched keeps the first error of a writer. Lost output, because the disk is full for example, is
// a failure of the command. It does not matter which part of the command wrote the output.
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

// Failed returns the first error of the writer, nil if there was none.
func (w *Watched) Failed() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}
