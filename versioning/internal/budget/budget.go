// Package budget shares an amount of memory among what is read at the same time.
package budget

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"golang.org/x/sync/semaphore"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/caught"
)

// A Budget is an amount of bytes that several goroutines share.
type Budget struct {
	bytes int64
	free  *semaphore.Weighted
}

// New returns a budget of that many bytes, of Default if that is 0.
func New(bytes int64) *Budget {
	if bytes <= 0 {
		bytes = Default()
	}
	return &Budget{bytes, semaphore.NewWeighted(bytes)}
}

// A TooLargeError says that one alone needs more than there is for all.
type TooLargeError struct{ Needs, Budget int64 }

func (e *TooLargeError) Error() string {
	return fmt.Sprintf("reading it can take %s of memory, more than the %s that all files may take together; raise that with --memory "+
		"if the machine has more", megabytes(e.Needs), megabytes(e.Budget))
}

func megabytes(n int64) string { return fmt.Sprintf("%d MB", (n+1<<20-1)>>20) }

// Acquire waits until that many bytes are free, and takes them until release is called.
//
// The error is a *TooLargeError, or the cause of the end of the context. Nothing is taken then.
func (b *Budget) Acquire(ctx context.Context, bytes int64) (release func(), err error) {
	if bytes > b.bytes {
		return nil, &TooLargeError{Needs: bytes, Budget: b.bytes}
	}
	if err := b.free.Acquire(ctx, bytes); err != nil {
		return nil, context.Cause(ctx)
	}
	return func() { b.free.Release(bytes) }, nil
}

// Hold takes what the source weighs before it is loaded. A source that does not say takes nothing.
//
// The error is that of Weigh, a *history.FormatError of KindTooLarge with a *TooLargeError in it, or the cause of the end of
// the context.
func (b *Budget) Hold(ctx context.Context, source history.Source) (release func(), err error) {
	if source.Weigh == nil {
		return func() {}, nil
	}
	var bytes int64
	if panicked := caught.Do("weighing "+source.Name, func() { bytes, err = source.Weigh() }); panicked != nil {
		err = panicked
	}
	if err != nil {
		return nil, err
	}
	release, err = b.Acquire(ctx, bytes)
	var large *TooLargeError
	if errors.As(err, &large) {
		err = &history.FormatError{Path: source.Path, Kind: history.KindTooLarge, Detail: large.Error(), Err: large}
	}
	return release, err
}

// Fits reports whether Hold would give the source what it weighs, some time.
func (b *Budget) Fits(source history.Source) bool {
	if source.Weigh == nil {
		return true
	}
	bytes, err := source.Weigh()
	return err == nil && bytes <= b.bytes
}

// Load loads the source within the budget. The release gives back what the recording takes, and is never nil.
func (b *Budget) Load(ctx context.Context, source history.Source) (r *history.Recording, release func(), err error) {
	release, err = b.Hold(ctx, source)
	if err != nil {
		return nil, func() {}, err
	}
	r, err = source.Load()
	return r, release, err
}

// usual is the budget of a machine that has enough.
const usual = 1 << 30

// Default is 1 GiB, or a quarter of the memory that the process may use where that is less.
var Default = sync.OnceValue(func() int64 { return atMost(mayUse()) })

func atMost(memory int64) int64 { return max(1, min(usual, memory/4)) }
