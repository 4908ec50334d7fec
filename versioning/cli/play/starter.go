package play

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/connect"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

type starterFlags struct {
	service                        connect.Flags
	family, workflowType, scenario string
	start, finish, query, describe string
	queryName                      string
	untilStdinCloses               bool
}

func (c commands) starterCommand() *cobra.Command {
	var flags starterFlags
	f := c.Families[0]
	id := workflowID(f.Stages[0].Name)
	examples := []string{"starter --start-workflow " + id, "starter --query-workflow " + id,
		"starter --describe-workflow " + id}
	if len(f.Scenarios) > 0 {
		examples = append(examples, "starter --family "+f.Name+" --start-workflow x --scenario "+f.Scenarios[0].Name)
	}
	cmd := &cobra.Command{
		Use:   "starter",
		Short: "Start, query or describe an execution of a family's workflow",
		Long: `starter starts an execution, queries one, or tells what the service knows of one.
The flags may be combined: it starts, finishes, queries and describes, in this order.

An execution that is started and queried in one call is queried once it has
closed, or after 5 seconds.`,
		Example: c.Examples(examples...),
		Args:    shell.ArgsUsage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := connect.CheckIDs(cmd, "start-workflow", "finish-workflow", "query-workflow",
				"describe-workflow"); err != nil {
				return err
			}
			return c.starter(until(cmd.Context(), flags.untilStdinCloses), flags)
		},
	}
	flags.service.Add(cmd)
	cmd.Flags().StringVar(&flags.start, "start-workflow", "", "start an execution with this workflow ID")
	cmd.Flags().StringVar(&flags.finish, "finish-workflow", "",
		"send the execution with this workflow ID what closes it, according to --scenario")
	cmd.Flags().StringVar(&flags.query, "query-workflow", "", "query the execution with this workflow ID")
	cmd.Flags().StringVar(&flags.describe, "describe-workflow", "",
		"tell the status of the execution with this workflow ID, and why it is stuck")
	cmd.Flags().StringVar(&flags.queryName, "query", defaultQuery, "the name of the query")
	cmd.Flags().StringVar(&flags.family, "family", "", "the family whose workflow is started"+c.defaultFamily())
	cmd.Flags().StringVar(&flags.workflowType, "workflow-type", "",
		"the workflow type to start (default: the first one of the family)")
	cmd.Flags().StringVar(&flags.scenario, "scenario", "",
		"start as this scenario of the family does, and do what it does to the execution")
	addUntilStdinCloses(cmd, &flags.untilStdinCloses)
	for _, flag := range []string{"start-workflow", "finish-workflow", "query-workflow", "describe-workflow", "query"} {
		shell.CompleteFlag(cmd, flag, shell.Nothing)
	}
	shell.CompleteFlag(cmd, "family", c.FamilyWords)
	shell.CompleteFlag(cmd, "workflow-type",
		c.OfFamily(cmd, func(f *versioning.Family) []string { return f.WorkflowTypes }))
	shell.CompleteFlag(cmd, "scenario", c.OfFamily(cmd, scenarios))
	return cmd
}

func (c commands) starter(ctx context.Context, flags starterFlags) error {
	f, err := c.Family(flags.family)
	if err != nil {
		return err
	}
	sc, err := flags.toStart(f)
	if err != nil {
		return err
	}
	service, err := flags.service.Dial(ctx, c.Shell)
	if err != nil {
		return err
	}
	defer service.Close()
	s := &connection{Service: service, family: flags.family}

	if flags.start != "" {
		runID, err := s.start(ctx, f, sc, flags.start)
		if err != nil {
			return err
		}
		fmt.Fprintf(c.Stdout, "Started workflow with ID %s and run ID %s\n", flags.start, runID)
		if drive := driveOf(sc); drive != nil {
			if err := s.drive(ctx, drive, flags.start, runID); err != nil {
				return err
			}
		}
		if flags.query == flags.start && sc.Ending() != versioning.Open {
			s.awaitClose(ctx, flags.start, runID)
		}
	}
	if flags.finish != "" {
		if err := s.finish(ctx, finishOf(sc), flags.finish); err != nil {
			return err
		}
		fmt.Fprintf(c.Stdout, "Sent ID %s what closes it\n", flags.finish)
	}
	if flags.query != "" {
		answer, err := s.query(ctx, flags.query, flags.queryName)
		if err != nil {
			return err
		}
		fmt.Fprintf(c.Stdout, "Query result for ID %s: %s\n", flags.query, answer)
	}
	if flags.describe != "" {
		lines, err := s.describe(ctx, flags.describe)
		if err != nil {
			return err
		}
		for _, line := range lines {
			fmt.Fprintln(c.Stdout, line)
		}
	}
	return nil
}

// toStart checks the flags and returns the scenario that they mean.
func (flags starterFlags) toStart(f *versioning.Family) (sc versioning.Scenario, err error) {
	if flags.start == "" && flags.finish == "" && flags.query == "" && flags.describe == "" {
		return sc, shell.Usage(errors.New("nothing to do: give --start-workflow, --finish-workflow, " +
			"--query-workflow or --describe-workflow, each with a workflow ID"))
	}
	workflowType := cmp.Or(flags.workflowType, f.WorkflowTypes[0])
	if !slices.Contains(f.WorkflowTypes, workflowType) {
		return sc, shell.Usage(fmt.Errorf("unknown workflow type %q: the types of %s are %s", workflowType, f.Name,
			shell.Joined(f.WorkflowTypes)))
	}
	sc = firstOf(f, workflowType)
	if flags.scenario != "" {
		if flags.workflowType != "" {
			return sc, shell.Usage(errors.New("--workflow-type and --scenario both say what to start: leave one out"))
		}
		if sc, err = scenarioOf(f, flags.scenario); err != nil {
			return sc, err
		}
	}
	if flags.finish != "" && finishOf(sc) == nil {
		return sc, shell.Usage(unfinishable(f))
	}
	return sc, nil
}

// unfinishable is for a scenario that does not say what closes its execution.
func unfinishable(f *versioning.Family) error {
	var names []string
	for _, sc := range f.Scenarios {
		if finishOf(sc) != nil {
			names = append(names, sc.Name)
		}
	}
	if len(names) == 0 {
		return fmt.Errorf("--finish-workflow: no scenario of %s says what closes an execution", f.Name)
	}
	return fmt.Errorf("--finish-workflow needs a --scenario that says what closes the execution: those of %s are %s",
		f.Name, shell.Joined(names))
}
