package play

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/connect"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

type walkthroughFlags struct {
	service connect.Flags
	family  string
}

func (c commands) walkthroughCommand() *cobra.Command {
	var flags walkthroughFlags
	cmd := &cobra.Command{
		Use:   "walkthrough",
		Short: "Play the releases of a family on a live service, and check every answer",
		Long: `walkthrough releases the stages of a family one after another on a Temporal
Service: it runs a worker of each, starts an execution with it, and queries all
executions started so far. Then it shows the step that people get wrong: going on
while an older execution is still open. Workers are processes of their own, and
everything that is printed without a # in front is what they and the service said.

What each query has to answer comes from replays of its recordings.
An answer that is another ends the walk-through with exit code 1.

It starts a service of its own, as "` + c.Name + ` server" does, unless
TEMPORAL_ADDRESS, --address or --profile names one. No other worker may poll the task queue
of the family there: the walk-through looks for one, and refuses.`,
		Example: c.Examples("walkthrough", "walkthrough --family "+c.Families[0].Name),
		Args:    shell.ArgsUsage(cobra.NoArgs),
		RunE:    func(cmd *cobra.Command, _ []string) error { return c.walkthrough(cmd.Context(), flags) },
	}
	flags.service.Add(cmd)
	cmd.Flags().StringVar(&flags.family, "family", "", "the family to play"+c.defaultFamily())
	shell.CompleteFlag(cmd, "family", c.FamilyWords)
	return cmd
}

func (c commands) walkthrough(ctx context.Context, flags walkthroughFlags) error {
	f, err := c.Family(flags.family)
	if err != nil {
		return err
	}
	named, err := flags.service.Named()
	if err != nil {
		return err
	}
	if reason := unreleased(f); reason != "" {
		return c.cannotPlay(f, reason)
	}
	p, err := c.proof(f)
	if err != nil {
		return err
	}
	if reason := p.unplayable(); reason != "" {
		return c.cannotPlay(f, reason)
	}
	query, err := p.query(ctx)
	if err != nil {
		return shell.Usage(fmt.Errorf("the walk-through cannot play %s: %w", f.Name, err))
	}
	if c.Program == "" {
		return errors.New("the walk-through starts this program again, so it has to be run by Command.Main")
	}

	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	s := &session{commands: c, family: f, named: named, fail: cancel, started: map[string]string{}}
	defer s.close(ctx)
	if err := s.open(ctx, flags.service); err != nil {
		return why(ctx, err)
	}
	return why(ctx, (&story{session: s, proof: p, query: query}).tell(ctx))
}

// cannotPlay names the families that it can play instead.
func (c commands) cannotPlay(f *versioning.Family, reason string) error {
	instead := "it needs stages that are released one after another, each with a recording of an execution that " +
		"completes"
	if names := c.playable(); len(names) > 0 {
		instead = "it plays " + shell.Joined(names)
	}
	return shell.Usage(fmt.Errorf("the walk-through cannot play %s: %s; %s", f.Name, reason, instead))
}

// playable lists the families that it can play.
func (c commands) playable() (names []string) {
	for _, f := range c.Families {
		if unreleased(f) != "" {
			continue
		}
		if p, err := c.proof(f); err == nil && p.unplayable() == "" {
			names = append(names, f.Name)
		}
	}
	return names
}

// why prefers the reason why ctx has ended to what failed because of it. A step
// can fail a moment before the death of a process is noticed.
func why(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	select {
	case <-ctx.Done():
	case <-time.After(500 * time.Millisecond):
		return err
	}
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return cause
	}
	return shell.ErrInterrupted
}
