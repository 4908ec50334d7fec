// Package record makes recordings: it runs the scenarios of a family at every
// stage, with real workers against a real Temporal Service, and writes the
// event histories that the service kept.
//
//	options := record.Options{Client: c, Dir: "testdata/histories"}
//	attempts, err := record.Family(ctx, order.Family, options) // testdata/histories/order/*.json
//	live, err := record.Live(ctx, order.Family, options)
//	err = history.WriteLive("testdata/histories/order/live.json", live)
//
// The package's example shows the whole program. Set the Logger of the client to choose what the
// SDK logs.
//
// Sweep runs the code of one stage and records every version of every change ID. Without Sweep,
// only executions of older stages take some of these versions.
//
// Package record also records journeys. In a journey, the Worker is swapped for the Worker of a
// later stage while the execution is parked. Package record judges nothing: with Options.Accept,
// the caller can judge a recording before it is written.
package record

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// DefaultTimeout is the time limit of one recording if Options.Timeout is zero. A recording of a
// small workflow takes well under a second with a service on the same machine.
const DefaultTimeout = 30 * time.Second

// Options say where and how to record.
type Options struct {
	// Client is connected to the service and namespace to record in. Required.
	Client client.Client

	// Namespace is the Namespace that Client is connected to. A client does not tell its Namespace.
	// Empty means client.DefaultNamespace.
	Namespace string

	// Dir is the folder that gets one folder of recordings for each family. Dir is created if it
	// does not exist. Required.
	Dir string

	// Stages, if not empty, limits the recordings to those that begin with one of these stages.
	Stages []string

	// Accept, if not nil, is asked about each recording before it is written. The argument stage is
	// the last stage of the recording's lineage. An error rejects the recording. A rejected journey
	// is reported as not possible. Any other rejected recording stops the run with a
	// *RejectedError. The test of the reference families replays the recording in Accept, because a
	// live Worker can complete a journey with the wrong branch.
	Accept func(ctx context.Context, stage versioning.Stage, r *history.Recording) error

	// Progress, if not nil, is called after each recording. It is also called after each journey or
	// preferred version that is not possible.
	Progress func(Attempt)

	// Observed, if not nil, is called by Live with each observation and the history of the execution
	// that was observed. The order is that in which they are made, one call at a time.
	Observed func(history.Observation, *history.Recording)

	// Timeout limits one recording. Zero means DefaultTimeout.
	Timeout time.Duration
}

// An Attempt is the result of one attempt to make a recording.
type Attempt struct {
	// Name is the name of the recording, for example "initial+patched.completed".
	Name string
	// Path is the path of the written file. It is empty if no file was written.
	Path string
	// Impossible says why a journey, or a version that Sweep prefers, cannot be recorded. It is nil
	// if it was recorded.
	Impossible error
}

// Family records every scenario of the family at every stage, and the journeys between its stages.
// If there is an error, Family returns the first error with the attempts so far. The error names
// the recording. If the context is cancelled, the files that are already written stay, and each
// file is complete.
//
// Executions of a family with build IDs are recorded several at a time. Each of them has a Worker
// Deployment of its own. Executions of other families are recorded one at a time.
func Family(ctx context.Context, f *versioning.Family, opts Options) ([]Attempt, error) {
	r, err := newRecorder(ctx, f, opts)
	if err != nil {
		return nil, err
	}
	if opts.Dir == "" {
		return nil, errors.New("recording needs a Dir")
	}
	var attempts []Attempt
	for batch := range slices.Chunk(plan(f, opts.Stages), atOnce(f)) {
		results := make([]func() (Attempt, error), len(batch))
		for i, e := range batch {
			results[i] = inBackground(func() (Attempt, error) { return r.record(ctx, e) })
		}
		var first error
		for i, result := range results {
			attempt, err := result()
			if err != nil {
				first = cmp.Or(first, fmt.Errorf("recording %s/%s: %w", f.Name, batch[i].name(), err))
				continue
			}
			attempts = append(attempts, attempt)
			if opts.Progress != nil {
				opts.Progress(attempt)
			}
		}
		if first != nil {
			return attempts, first
		}
	}
	return attempts, nil
}

func newRecorder(ctx context.Context, f *versioning.Family, opts Options) (*recorder, error) {
	if err := f.Validate(); err != nil {
		return nil, err
	}
	if opts.Client == nil {
		return nil, errors.New("recording needs a Client")
	}
	if opts.Timeout == 0 {
		opts.Timeout = DefaultTimeout
	}
	if opts.Namespace == "" {
		opts.Namespace = client.DefaultNamespace
	}
	info, err := opts.Client.WorkflowService().GetSystemInfo(ctx, &workflowservice.GetSystemInfoRequest{})
	if err != nil {
		return nil, fmt.Errorf("asking the Temporal Service for its version: %w", err)
	}
	return &recorder{Options: opts, family: f, serverVersion: info.GetServerVersion()}, nil
}

type recorder struct {
	Options
	family        *versioning.Family
	serverVersion string
}

func (r *recorder) record(ctx context.Context, e execution) (Attempt, error) {
	rec, err := r.accepted(ctx, e)
	if err != nil {
		attempt := Attempt{Name: e.name()}
		if e.isJourney() && ctx.Err() == nil && saysImpossible(err) {
			attempt.Impossible = err
			return attempt, nil
		}
		return attempt, err
	}
	return r.write(e, rec)
}

// accepted makes a recording and asks Options.Accept about it.
func (r *recorder) accepted(ctx context.Context, e execution) (*history.Recording, error) {
	rec, err := r.drive(ctx, e)
	if err == nil && e.prefer != nil {
		err = e.prefer.check(rec)
	}
	if err == nil && r.Accept != nil {
		if reason := r.Accept(ctx, e.last(), rec); reason != nil {
			err = &RejectedError{reason}
		}
	}
	return rec, err
}

func (r *recorder) write(e execution, rec *history.Recording) (Attempt, error) {
	attempt := Attempt{Name: e.name()}
	folder := filepath.Join(r.Dir, filepath.FromSlash(r.family.Name))
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return attempt, fmt.Errorf("making the folder of the recordings: %w", err)
	}
	attempt.Path = filepath.Join(folder, e.name()+".json")
	return attempt, history.WriteFile(attempt.Path, rec)
}

// RejectedError reports that Options.Accept has rejected a recording. It wraps the error that
// Accept returned.
type RejectedError struct{ Err error }

func (e *RejectedError) Error() string { return "the recording is not accepted: " + e.Err.Error() }
func (e *RejectedError) Unwrap() error { return e.Err }

// saysImpossible reports whether the error is what happened to the execution.
// Any other one, of the service or of the machine, says nothing about a journey.
func saysImpossible(err error) bool {
	var failed *TaskFailedError
	var ending *EndingError
	var rejected *RejectedError
	return errors.As(err, &failed) || errors.As(err, &ending) || errors.As(err, &rejected)
}

func (r *recorder) recording(e execution, run client.WorkflowRun) *history.Recording {
	return &history.Recording{
		Family:        r.family.Name,
		Name:          e.name(),
		Lineage:       e.lineage(),
		Scenario:      e.scenario.Name,
		WorkflowID:    run.GetID(),
		RunID:         run.GetRunID(),
		Namespace:     r.Namespace,
		SDKVersion:    temporal.SDKVersion,
		ServerVersion: r.serverVersion,
		RecordedAt:    time.Now().UTC().Truncate(time.Second),
	}
}
