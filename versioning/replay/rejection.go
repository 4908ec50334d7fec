package replay

import (
	"errors"
	"fmt"
	"strings"

	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
	"github.com/replaymatrix/replaymatrix/versioning/internal/sdkerror"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// reading is what the SDK's error tells, with the verdict of that.
type reading struct {
	sdkerror.Reading
	verdict Verdict
}

func classify(err error) reading {
	r := sdkerror.Read(err)
	switch r.Kind {
	case sdkerror.UnknownType:
		return reading{r, Unregistered}
	case sdkerror.BelowMinimum:
		return reading{r, VersionRemoved}
	case sdkerror.AboveMaximum:
		return reading{r, VersionUnknown}
	case sdkerror.Deadlock:
		return reading{r, Panic}
	case sdkerror.Panicked:
		var escaped *escapedPanic
		if errors.As(err, &escaped) {
			return reading{r, Unjudged}
		}
		return reading{r, Panic}
	case sdkerror.Other:
		return reading{r, Unjudged}
	default:
		return reading{r, Nondeterministic}
	}
}

// rejection is why the SDK rejects a replay. The text is read once.
type rejection struct{ reading }

// read returns nil where the SDK has accepted the replay.
func read(err error) *rejection {
	if err == nil {
		return nil
	}
	return &rejection{classify(err)}
}

// deadlocked reports whether the workflow code did not yield.
func (r *rejection) deadlocked() bool { return r != nil && r.Kind == sdkerror.Deadlock }

// inCode reports whether the SDK ended the replay within a call of the code.
func (r reading) inCode() bool {
	switch r.Kind {
	case sdkerror.BelowMinimum, sdkerror.AboveMaximum, sdkerror.UnexpectedSideEffect,
		sdkerror.UnexpectedMutableSideEffect, sdkerror.Deadlock:
		return true
	default:
		return r.verdict == Panic
	}
}

// notice says when a live Worker notices what the SDK's text is about: the layers are those of
// docs/live.md. It is a fall-back for where nothing is rehearsed: rehearse.Effects.Settle knows what
// Workers do.
func (r reading) notice() cause.Notice {
	switch r.Kind {
	case sdkerror.MissingCommand, sdkerror.ExtraCommand, sdkerror.DifferentCommand:
		return cause.NoticedUnlessClosing
	case sdkerror.DifferentEnding:
		return cause.NeverNoticed
	default:
		return cause.NoticedAtOnce
	}
}

// locate finds the event that the SDK's text is about, nil if it does not tell.
func (r reading) locate(v versions) *historypb.HistoryEvent {
	switch r.Kind {
	case sdkerror.BelowMinimum, sdkerror.AboveMaximum:
		if marker := v.of(r.Clues["change"]); marker != nil {
			return marker
		}
		return events.Completion(v.events, v.asked[r.Clues["change"]].TaskStarted)
	default:
		return r.Locate(v.events)
	}
}

// source returns the line of workflow code that the error is about, the zero Line if
// it is about none or it is not known.
func (r reading) source(seen *observer.Observer) trace.Line {
	switch {
	case r.Kind == sdkerror.Deadlock:
		return seen.Blocked()
	case r.Clues["change"] != "":
		return seen.Asked()[r.Clues["change"]].Source
	default:
		return seen.Panicked()
	}
}

// escapedPanic is a panic that came out of the SDK's replayer.
type escapedPanic struct {
	value any
	stack []byte
}

func (e *escapedPanic) Error() string {
	return fmt.Sprintf("the SDK's replayer panicked: %v", e.value)
}

// StackTrace returns the stack trace of the panic. The SDK's own panic errors have the same method.
func (e *escapedPanic) StackTrace() string { return string(e.stack) }

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}
