// Package rerecord makes the recordings of this repository again. The command go test . -record in
// the root of the module runs it. All paths are relative to the root.
package rerecord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"go.temporal.io/sdk/client"
	sdklog "go.temporal.io/sdk/log"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/record"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// Families records the family with this name, or the group of families with this name. An empty
// name means all families. Families then writes the manifest again. It uses the service that
// Temporal's environment variables and profile name. If TEMPORAL_ADDRESS is not set, it uses the
// devserver.
func Families(ctx context.Context, name string) error { return families(ctx, name, everything) }

// Observations observes live Workers again and makes no recordings, as Families does otherwise.
func Observations(ctx context.Context, name string) error { return families(ctx, name, liveOnly) }

// part is what is made again.
type part int

const (
	everything part = iota
	liveOnly
)

func families(ctx context.Context, name string, only part) error {
	list, err := chosen(name)
	if err != nil {
		return err
	}
	ctx, options, stop, err := service(ctx)
	if err != nil {
		return err
	}
	defer stop()
	options.Logger = sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler))
	for _, c := range list {
		if c.Elsewhere != "" {
			fmt.Fprintf(os.Stderr, "%s is recorded by %s\n", c.Family.Name, c.Elsewhere)
			continue
		}
		if c.Racing && name != c.Family.Name {
			fmt.Fprintf(os.Stderr,
				"%s is recorded by its name only: its calls race, and its goldens are written anew with -update\n",
				c.Family.Name)
			continue
		}
		if err := recordFamily(ctx, c, options, only); err != nil {
			return errors.Join(err, writeManifest())
		}
	}
	return writeManifest()
}

// recordFamily records it with a client that has its converters.
func recordFamily(ctx context.Context, c corpora.Corpus, options client.Options, only part) error {
	options.DataConverter, options.FailureConverter = c.Replay.DataConverter, c.Replay.FailureConverter
	service, err := client.DialContext(ctx, options)
	if err != nil {
		return fmt.Errorf("connecting to the Temporal Service at %s: %w", options.HostPort, err)
	}
	defer service.Close()
	if err := addAttributes(ctx, service, options.Namespace); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "recording %s\n", c.Family.Name)
	if only == liveOnly {
		return observe(ctx, c, record.Options{Client: service, Namespace: options.Namespace, Timeout: observing})
	}
	accept := func(ctx context.Context, stage versioning.Stage, r *history.Recording) error {
		return replaysSafely(ctx, c, stage, r)
	}
	if c.Unreplayed {
		accept = nil
	}
	outcomes, err := record.Family(ctx, c.Family, record.Options{
		Client:    service,
		Namespace: options.Namespace,
		Dir:       c.Dir,
		Stages:    c.Stages,
		Accept:    accept,
		Progress: func(o record.Attempt) {
			if o.Impossible != nil {
				fmt.Fprintf(os.Stderr, "  no journey %s: %v\n", o.Name, o.Impossible)
				return
			}
			fmt.Fprintf(os.Stderr, "  %s\n", o.Path)
		},
	})
	if err != nil {
		return err
	}
	if err := removeStale(folderOf(c), outcomes); err != nil {
		return err
	}
	return observe(ctx, c, record.Options{Client: service, Namespace: options.Namespace, Timeout: observing})
}

// observing limits one observation: that nothing happens to an execution is seen after a while only.
const observing = 2 * time.Minute

// observe writes what live workers do with the open executions of the family.
func observe(ctx context.Context, c corpora.Corpus, opts record.Options) error {
	if !slices.ContainsFunc(c.Family.Scenarios, func(s versioning.Scenario) bool { return s.IsObserved() }) {
		return nil
	}
	var seen []corpora.Observed
	opts.Observed = func(o history.Observation, r *history.Recording) {
		seen = append(seen, corpora.Observed{Observation: o, Recording: r})
	}
	live, err := record.Live(ctx, c.Family, opts)
	if err != nil {
		return err
	}
	if err := c.WriteObserved(seen); err != nil {
		return err
	}
	file := filepath.Join(folderOf(c), history.LiveFile)
	fmt.Fprintf(os.Stderr, "  %s: %d observations\n", file, len(live.Observations))
	return history.WriteLive(file, live)
}

func folderOf(c corpora.Corpus) string {
	return filepath.Join(filepath.FromSlash(c.Dir), filepath.FromSlash(c.Family.Name))
}

func chosen(name string) ([]corpora.Corpus, error) {
	if name == "" {
		return corpora.All(), nil
	}
	var names []string
	var found []corpora.Corpus
	for _, c := range corpora.All() {
		if c.Family.Name == name || strings.HasPrefix(c.Family.Name, name+"/") {
			found = append(found, c)
		}
		names = append(names, c.Family.Name)
	}
	if len(found) > 0 {
		return found, nil
	}
	return nil, fmt.Errorf("-record=%s: no such family; the families are %s", name, strings.Join(names, ", "))
}

// replaysSafely keeps a journey out of the recordings that a live worker could
// complete, but the SDK does not replay. One that drifts stays: it shows what a
// worker does that no SDK stops.
func replaysSafely(ctx context.Context, c corpora.Corpus, stage versioning.Stage, r *history.Recording) error {
	result := replay.Judge(ctx, stage, r,
		&replay.Options{Config: replay.Config{Worker: c.Replay, Level: compare.Commands}})
	if result.Verdict != replay.Safe {
		return fmt.Errorf("it completed, yet its replay by %s is %s at event %d: %s",
			stage.Name, result.Verdict, result.Place.Event, advice.Line(result))
	}
	return nil
}

// removeStale removes the recordings in the folder of a family that the family no longer makes.
func removeStale(folder string, outcomes []record.Attempt) error {
	made := map[string]bool{}
	for _, o := range outcomes {
		made[o.Path] = true
	}
	sources, err := history.Dir(os.DirFS(folder), ".")
	if err != nil {
		return err
	}
	for _, source := range sources {
		file := filepath.Join(folder, source.Path)
		if !made[file] {
			if err := os.Remove(file); err != nil {
				return err
			}
		}
	}
	return nil
}
