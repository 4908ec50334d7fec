package redact

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/caught"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// DefaultTrials is the limit of trials if Options.Trials is 0.
const DefaultTrials = 200

// Options say how to redact. The zero value suits workers with default options.
type Options struct {
	// Config is what the stages' workers are set up with. Its data converter opens payloads that
	// are encrypted and closes them again; without it they are replaced as a whole. Level and Allow
	// do not count: a redacted recording has to be the same in all that can be compared.
	replay.Config

	// Trials limits how many redacted forms of a recording are replayed on all stages. These
	// replays search for the values that have to be kept. 0 means DefaultTrials. One trial is
	// enough if the recording replays the same with everything replaced. Any other recording needs
	// at least three trials. At the limit, every value that was not tried is kept, and
	// Report.Complete is false.
	Trials int

	// Salt is the key that the replacements are made with. If several recordings use one salt,
	// equal values get equal replacements in all of them, unless two replacements clash. A person
	// who knows the salt can find short values by trying. Nil means a random salt for each
	// recording.
	Salt []byte
}

// An UnjudgedError says that no stage can replay the recording, so nothing can be proven about it.
// Nothing was redacted.
type UnjudgedError struct {
	// Recording is the name of the recording.
	Recording string
	// Err says why the first stage does not judge the recording.
	Err error
}

func (e *UnjudgedError) Error() string {
	why, _, _ := strings.Cut(fmt.Sprint(e.Err), "\n")
	return fmt.Sprintf("redacting %s: no stage can replay it, so nothing tells whether it would stay the same: %s",
		e.Recording, why)
}

// Unwrap returns Err.
func (e *UnjudgedError) Unwrap() error { return e.Err }

// An UnstableError says that a recording gave two different results although only identities were
// replaced. So the code of the stage is not deterministic. Nothing was redacted.
type UnstableError struct {
	// Recording and Stage name the cell.
	Recording, Stage string
}

func (e *UnstableError) Error() string {
	return fmt.Sprintf("redacting %s: stage %s does not replay it twice in the same way, so nothing tells whether "+
		"it stays the same; find what is not deterministic in its code, or leave the stage out", e.Recording, e.Stage)
}

// Recording returns a redacted copy of the recording. The Report says what was replaced and what
// was not. On every stage that can judge the recording, the copy has the same verdict, divergence,
// park points, versions and differences as the recording. Only the values in their texts can
// differ. Answers of query handlers can differ too.
//
// The error is an *UnjudgedError, a *NotCalledError, an *UnstableError, a panic of the code or of the data converter, the error of ctx, or an error about the
// options. Recording never returns the recording unredacted, not even with an error.
func Recording(ctx context.Context, stages []versioning.Stage, r *history.Recording, opts Options) (*history.Recording,
	Report, error) {
	if len(stages) == 0 {
		return nil, Report{},
			errors.New("redacting needs a stage to replay with: a family without stages cannot tell what has to be kept")
	}
	if err := opts.Config.Validate(); err != nil {
		return nil, Report{}, err
	}
	if opts.Salt == nil {
		opts.Salt = NewSalt()
	}
	opts.Trials = cmp.Or(opts.Trials, DefaultTrials)
	opts.Level, opts.Allow = compare.Values, nil
	s := &search{ctx: ctx, stages: stages, recording: r, opts: opts}
	defer s.replayer.Close()
	var best *history.Recording
	var report Report
	var err error
	if panicked := caught.Do("redacting "+r.String(), func() {
		if err = s.begin(); err != nil {
			return
		}
		if best, err = s.run(); err == nil {
			report = s.report(best)
		}
	}); panicked != nil {
		err = panicked
	}
	if err != nil {
		return nil, Report{}, err
	}
	return best, report, nil
}

// Transform returns Recording as a function of one recording, for callers that write recordings one
// by one. If told is not nil, told gets the report.
func Transform(stages []versioning.Stage, opts Options, told func(*history.Recording, Report)) func(context.Context,
	*history.Recording) (*history.Recording, error) {
	return func(ctx context.Context, r *history.Recording) (*history.Recording, error) {
		redacted, report, err := Recording(ctx, stages, r, opts)
		if err == nil && told != nil {
			told(redacted, report)
		}
		return redacted, err
	}
}

// NewSalt returns a random salt for several recordings that belong together.
func NewSalt() []byte {
	salt := make([]byte, 32)
	_, _ = rand.Read(salt) // it never fails
	return salt
}

// copyOf returns the recording with events of its own.
func copyOf(r *history.Recording) *history.Recording {
	redacted := *r
	redacted.Redacted = true
	redacted.History = proto.CloneOf(r.History)
	return &redacted
}
