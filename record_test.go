package replaymatrix_test

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/testdata/coroutines"
	"github.com/replaymatrix/replaymatrix/testdata/encrypted"
	"github.com/replaymatrix/replaymatrix/testdata/mistakes"
	"github.com/replaymatrix/replaymatrix/testdata/nexus"
	"github.com/replaymatrix/replaymatrix/testdata/unchanged"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/record"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/unnoticed"
)

// regenerate records the family of that name, or all of them, into histories
// and writes the manifest anew. It uses the service that Temporal's environment
// variables and profile name, or the devserver if TEMPORAL_ADDRESS is not set.
func regenerate(ctx context.Context, name string) error {
	corpora, err := chosen(name)
	if err != nil {
		return err
	}
	ctx, options, stop, err := service(ctx)
	if err != nil {
		return err
	}
	defer stop()
	options.Logger = quiet
	for _, corpus := range corpora {
		if corpus.elsewhere != "" {
			fmt.Fprintf(os.Stderr, "%s is recorded by %s\n", corpus.family.Name, corpus.elsewhere)
			continue
		}
		if corpus.racing && name != corpus.family.Name {
			fmt.Fprintf(os.Stderr, "%s is recorded by its name only: its calls race, and its goldens are written anew with -update\n", corpus.family.Name)
			continue
		}
		if err := corpus.record(ctx, options); err != nil {
			return errors.Join(err, writeManifest())
		}
	}
	return writeManifest()
}

// record records the family with a client that has its converters.
func (c corpus) record(ctx context.Context, options client.Options) error {
	options.DataConverter, options.FailureConverter = c.replay.DataConverter, c.replay.FailureConverter
	service, err := client.DialContext(ctx, options)
	if err != nil {
		return fmt.Errorf("connecting to the Temporal Service at %s: %w", options.HostPort, err)
	}
	defer service.Close()
	if err := addAttributes(ctx, service, options.Namespace); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "recording %s\n", c.family.Name)
	accept := c.replaysSafely
	if c.unreplayed {
		accept = nil
	}
	outcomes, err := record.Family(ctx, c.family, record.Options{
		Client:    service,
		Namespace: options.Namespace,
		Dir:       c.dir,
		Stages:    c.stages,
		Accept:    accept,
		Progress: func(o record.Outcome) {
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
	if err := removeStale(c, outcomes); err != nil {
		return err
	}
	return observe(ctx, c, record.Options{Client: service, Namespace: options.Namespace})
}

// observe writes what live workers do with the open executions of the family.
func observe(ctx context.Context, c corpus, opts record.Options) error {
	if !slices.ContainsFunc(c.family.Scenarios, func(s versioning.Scenario) bool { return s.Live }) {
		return nil
	}
	live, err := record.Live(ctx, c.family, opts)
	if err != nil {
		return err
	}
	file := filepath.Join(c.dir, filepath.FromSlash(c.family.Name), history.LiveFile)
	fmt.Fprintf(os.Stderr, "  %s: %d observations\n", file, len(live.Observations))
	return history.WriteLive(file, live)
}

// A corpus is a family and where its recordings are kept.
type corpus struct {
	family *versioning.Family
	dir    string
	// stages are those that recordings begin with, all if empty.
	stages []string
	// replay are the options of its workers.
	replay worker.WorkflowReplayerOptions
	// coverage is the share of branches that its recordings have to prove.
	coverage float64
	// elsewhere is the command that records it, empty if -record does.
	elsewhere string
	// racing is whether its calls race, so that each recording has its events in
	// another order.
	racing bool
	// unreplayed is whether it is written without being replayed first: its recordings
	// are there to be replayed wrongly.
	unreplayed bool
}

func (c corpus) recordings() fs.FS {
	return os.DirFS(filepath.Join(c.dir, filepath.FromSlash(c.family.Name)))
}

// corpora lists the reference families and the fixtures.
func corpora() (list []corpus) {
	for _, f := range workflows.Families {
		c := corpus{family: f, dir: "histories", coverage: 1}
		switch f {
		case unnoticed.GetVersion:
			c.coverage = 0 // it shows calls, and not all that they decide
		case unnoticed.InputType:
			c.unreplayed = true // an execution that failed because of its input is not safe yet
		}
		list = append(list, c)
	}
	const fixtures = "testdata/histories"
	return append(list,
		corpus{family: mistakes.Family, dir: fixtures, stages: []string{"base"}},
		corpus{family: encrypted.Family, dir: fixtures, stages: encrypted.Recorded, replay: worker.WorkflowReplayerOptions{
			DataConverter:    encrypted.Converter,
			FailureConverter: encrypted.FailureConverter,
		}},
		corpus{family: coroutines.Family, dir: fixtures, stages: []string{"base"}, racing: true},
		corpus{family: unchanged.Family, dir: fixtures, unreplayed: true},
		corpus{family: nexus.Family, dir: fixtures, stages: nexus.Recorded, elsewhere: "go -C versioning/devserver test -run TestRecordNexus -record"},
	)
}

func chosen(name string) ([]corpus, error) {
	if name == "" {
		return corpora(), nil
	}
	var names []string
	var found []corpus
	for _, c := range corpora() {
		if c.family.Name == name || strings.HasPrefix(c.family.Name, name+"/") {
			found = append(found, c)
		}
		names = append(names, c.family.Name)
	}
	if len(found) > 0 {
		return found, nil
	}
	return nil, fmt.Errorf("-record=%s: no such family; the families are %s", name, strings.Join(names, ", "))
}

// replaysSafely keeps a journey out of the recordings that a live worker could
// complete, but the SDK does not replay. One that drifts stays: it shows what a
// worker does that no SDK stops.
func (c corpus) replaysSafely(ctx context.Context, stage versioning.Stage, r *history.Recording) error {
	result := replay.Judge(ctx, stage, r, replay.Options{Replayer: c.replay, Level: compare.Commands})
	if result.Verdict != replay.Safe {
		return fmt.Errorf("it completed, yet its replay by %s is %s at event %d: %s",
			stage.Name, result.Verdict, result.Divergence.Event, result.Detail)
	}
	return nil
}

// removeStale removes the recordings that the family no longer makes.
func removeStale(c corpus, outcomes []record.Outcome) error {
	made := map[string]bool{}
	for _, o := range outcomes {
		made[o.Path] = true
	}
	sources, err := history.Dir(c.recordings(), ".")
	if err != nil {
		return err
	}
	for _, source := range sources {
		file := filepath.Join(c.dir, c.family.Name, source.Path)
		if !made[file] {
			if err := os.Remove(file); err != nil {
				return err
			}
		}
	}
	return nil
}

// service returns the options of a client, a context that ends when the service
// does, and how to stop the service.
func service(ctx context.Context) (context.Context, client.Options, func(), error) {
	if os.Getenv("TEMPORAL_ADDRESS") != "" {
		options, err := envconfig.LoadDefaultClientOptions()
		return ctx, options, func() {}, err
	}
	return startDevserver(ctx)
}

var readyLine = regexp.MustCompile(`^Temporal Service ready at (\S+), namespace "([^"]+)"`)

// startDevserver builds and starts versioning/devserver as a process of its own.
func startDevserver(ctx context.Context) (context.Context, client.Options, func(), error) {
	fail := func(err error) (context.Context, client.Options, func(), error) {
		return nil, client.Options{}, nil, fmt.Errorf("starting versioning/devserver: %w", err)
	}
	folder, err := os.MkdirTemp("", "devserver")
	if err != nil {
		return fail(err)
	}
	binary := filepath.Join(folder, "devserver")
	fmt.Fprintln(os.Stderr, "building versioning/devserver (the first time takes minutes)")
	build := exec.CommandContext(ctx, "go", "build", "-C", "versioning/devserver", "-o", binary, ".")
	if out, err := build.CombinedOutput(); err != nil {
		return fail(fmt.Errorf("%w\n%s", err, out))
	}
	cmd := exec.CommandContext(ctx, binary, "--ephemeral-port", "--until-stdin-closes")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return fail(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return fail(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return fail(err)
	}
	line, readErr := bufio.NewReader(stdout).ReadString('\n')

	alive, ended := context.WithCancelCause(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		err := cmd.Wait()
		ended(fmt.Errorf("the Temporal Service, versioning/devserver with process ID %d, has ended: %w; what is recorded is kept, run again", cmd.Process.Pid, cmp.Or(err, errors.New("exit status 0"))))
	}()
	stop := func() {
		stdin.Close()
		<-done
		os.RemoveAll(folder)
	}
	ready := readyLine.FindStringSubmatch(line)
	if ready == nil {
		stop()
		return fail(fmt.Errorf("it said %q: %w", line, readErr))
	}
	return alive, client.Options{HostPort: ready[1], Namespace: ready[2]}, stop, nil
}
