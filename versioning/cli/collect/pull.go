package collect

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/connect"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/pull"
)

type pullFlags struct {
	service       connect.Flags
	ids           []string
	runID, status string
	redact        bool
	family        string
	pull.Options
}

func (c commands) pullCommand() *cobra.Command {
	var flags pullFlags
	f := c.Families[0]
	folder := "testdata/histories/" + f.Name
	cmd := &cobra.Command{
		Use:   "pull FOLDER",
		Short: "Download event histories from a running Temporal Service",
		Long: `pull downloads the event histories of executions into a folder, which it creates:
one file for each run, called WORKFLOWID_RUNID.json. Say which ones with
--workflow-type and --query, or name them with --workflow-id.

The same command again goes on where it stopped, however that was: files of closed
runs are not downloaded again, those of open ones when their history has gone on.
What is there has been written whole.

Payloads are stored as the service has them, encrypted or not. With --redact the
original never reaches the disk, and one that is there is replaced: what is
written replays as the original does, and it is printed what can still be read.

The exit code is 1 if a history could not be downloaded, or if there was none to
download; the other ones are downloaded nevertheless.`,
		Example: c.Examples(
			"pull --workflow-type "+f.WorkflowTypes[0]+" "+folder,
			"pull --workflow-type "+f.WorkflowTypes[0]+" --status open --limit 200 "+folder,
			`pull --query "ExecutionStatus = 'Failed' AND StartTime > '2026-01-01T00:00:00Z'" `+folder,
			"pull --workflow-id order-4711 --chain "+folder,
			"pull --workflow-type "+f.WorkflowTypes[0]+" --redact "+folder,
		),
		Args: shell.ArgsUsage(func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("name one folder to write to, such as %s", folder)
			}
			return nil
		}),
		RunE: func(cmd *cobra.Command, args []string) error {
			flags.Dir = args[0]
			if err := flags.check(cmd); err != nil {
				return shell.Usage(err)
			}
			return c.pull(cmd, flags)
		},
	}
	flags.service.Add(cmd)
	cmd.Flags().StringVar(&flags.Query, "query", "", "a List Filter, as that of temporal workflow list")
	cmd.Flags().StringVar(&flags.WorkflowType, "workflow-type", "", "executions of this workflow type")
	cmd.Flags().StringVar(&flags.status, "status", pull.All.String(), "open, closed or all executions")
	cmd.Flags().IntVar(&flags.Limit, "limit", 0,
		"at most so many executions, open ones and the last closed ones first (default all)")
	cmd.Flags().StringArrayVar(&flags.ids, "workflow-id", nil, "the latest run of this workflow ID; may be repeated")
	cmd.Flags().StringVar(&flags.runID, "run-id", "", "this run of the one --workflow-id")
	cmd.Flags().BoolVar(&flags.Chain, "chain", false,
		"also the runs before and after a Continue-As-New, a retry or a cron schedule")
	cmd.Flags().IntVar(&flags.Concurrency, "concurrency", pull.DefaultConcurrency,
		"how many histories are downloaded at a time")
	cmd.Flags().BoolVar(&flags.redact, "redact", false,
		"replace the data before anything is written, so that the histories replay as before; see redact --help")
	cmd.Flags().StringVar(&flags.family, "family", "",
		"the family that --redact replays with (default the one that has the workflow type)")
	cmd.Flags().BoolVar(&flags.Compress, "gzip", false, "write .json.gz")
	shell.CompleteFlag(cmd, "query", shell.Nothing)
	shell.CompleteFlag(cmd, "workflow-type",
		c.OfFamily(cmd, func(f *versioning.Family) []string { return f.WorkflowTypes }))
	shell.CompleteFlag(cmd, "family", c.FamilyWords)
	return cmd
}

// check completes the options, and finds what does not go together.
func (flags *pullFlags) check(cmd *cobra.Command) (err error) {
	if flags.Status, err = pull.ParseStatus(flags.status); err != nil {
		return fmt.Errorf("--status: %w", err)
	}
	if flags.family != "" && !flags.redact {
		return errFamilyAlone
	}
	for _, name := range []string{"limit", "concurrency"} {
		if n, _ := cmd.Flags().GetInt(name); cmd.Flags().Changed(name) && n < 1 {
			return fmt.Errorf("--%s %d: want at least 1", name, n)
		}
	}
	for _, name := range []string{"query", "workflow-type", "run-id"} {
		if cmd.Flags().Changed(name) && cmd.Flags().Lookup(name).Value.String() == "" {
			return fmt.Errorf("--%s is empty: leave it out, or give it a value", name)
		}
	}
	if len(flags.ids) == 0 {
		switch {
		case flags.runID != "":
			return errors.New("--run-id needs the --workflow-id of the run")
		case flags.Query == "" && flags.WorkflowType == "":
			return errors.New("say which executions: give --workflow-type, --query or --workflow-id")
		}
		return nil
	}
	for _, name := range []string{"query", "workflow-type", "status", "limit"} {
		if cmd.Flags().Changed(name) {
			return fmt.Errorf("--workflow-id names executions and --%s chooses some: leave one out", name)
		}
	}
	if flags.runID != "" && len(flags.ids) > 1 {
		return fmt.Errorf("--run-id goes with one --workflow-id, and there are %d", len(flags.ids))
	}
	for _, id := range flags.ids {
		if id == "" || len(id) > connect.MaxID {
			return fmt.Errorf("--workflow-id %s: a workflow ID has at least one character, and at most %d",
				connect.Shortened(id), connect.MaxID)
		}
		x := pull.Execution{WorkflowID: id, RunID: flags.runID}
		if !x.Valid() {
			return fmt.Errorf("--run-id %s: a run ID is like 01234567-89ab-cdef-0123-456789abcdef",
				connect.Shortened(flags.runID))
		}
		flags.Executions = append(flags.Executions, x)
	}
	return nil
}

func (c commands) pull(cmd *cobra.Command, flags pullFlags) error {
	ctx := cmd.Context()
	var redacts *redacting
	if flags.redact {
		var err error
		if redacts, err = c.redacting(flags.family, &flags.Options); err != nil {
			return err
		}
	}
	service, err := flags.service.DialToRead(ctx, c.Shell)
	if err != nil {
		return err
	}
	defer service.Close()
	flags.Client, flags.Namespace = service.Client, service.Namespace

	shown := newPulling(ctx, c, flags.Options)
	shown.redacting = redacts
	flags.Progress = shown.add
	summary, err := pull.Histories(ctx, flags.Options)
	shown.Clear()
	if summary != (pull.Summary{}) {
		fmt.Fprintf(c.Stdout, "%v (%s)\n", summary, flags.Dir)
	}
	var incomplete *pull.IncompleteError
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("%w: the same command goes on from here", shell.ErrInterrupted)
	case errors.As(err, &incomplete):
		return fmt.Errorf("%s not downloaded: the same command tries again, and keeps what is there",
			histories(incomplete.Failed))
	case err != nil:
		return service.Explain(err)
	}
	c.afterPull(flags.Dir, shown.file)
	return nil
}

func histories(n int) string {
	if n == 1 {
		return "1 history was"
	}
	return fmt.Sprintf("%d histories were", n)
}

// pulling shows what is being done: on a terminal how far it is, everywhere what
// went wrong.
type pulling struct {
	*shell.Progress
	c     commands
	done  int
	total string
	// file is one that was written or is there.
	file string
	// redacting is nil where nothing is redacted.
	redacting *redacting
}

func newPulling(ctx context.Context, c commands, o pull.Options) *pulling {
	s := &pulling{Progress: shell.NewProgress(c.Stderr), c: c}
	if s.Seen() { // The count is for people, and can be wrong or refused.
		if total, err := pull.Count(ctx, o); err == nil {
			s.total = fmt.Sprintf(" of %d", total)
		}
		if o.Chain {
			s.total = ""
		}
	}
	return s
}

func (s *pulling) add(o pull.Run) {
	s.done++
	if o.Err != nil {
		s.Clear()
		fmt.Fprintf(s.c.Stderr, "%s: %s\n", s.c.Name, connect.Line(o.Err.Error()))
	} else {
		s.file = o.Path
	}
	if s.redacting != nil {
		s.Clear()
		// What cannot be printed is found when the command ends.
		_ = s.redacting.tell(o)
	}
	s.Show("%d%s histories", s.done, s.total)
}
