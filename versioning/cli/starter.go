package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning"
)

type starterFlags struct {
	connectFlags
	family, workflowType   string
	start, query, describe string
	queryName              string
}

func (c *Command) starterCommand() *cobra.Command {
	var flags starterFlags
	cmd := &cobra.Command{
		Use:   "starter",
		Short: "Start, query or describe an execution of a family's workflow",
		Long: `starter starts an execution, queries one, or tells what the service knows of one.
The flags may be combined: it starts, then queries, then describes.

An execution that is started and queried in one call is queried once it has
closed, or after 5 seconds.`,
		Example: `  replaymatrix starter --start-workflow initial-workflow-id
  replaymatrix starter --query-workflow initial-workflow-id
  replaymatrix starter --describe-workflow initial-workflow-id`,
		Args: asUsage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return c.starter(cmd.Context(), flags) },
	}
	flags.add(cmd)
	cmd.Flags().StringVar(&flags.start, "start-workflow", "", "start an execution with this workflow ID")
	cmd.Flags().StringVar(&flags.query, "query-workflow", "", "query the execution with this workflow ID")
	cmd.Flags().StringVar(&flags.describe, "describe-workflow", "", "tell the status of the execution with this workflow ID, and why it is stuck")
	cmd.Flags().StringVar(&flags.queryName, "query", defaultQuery, "the name of the query")
	cmd.Flags().StringVar(&flags.family, "family", "", "the family whose workflow is started"+c.defaultFamily())
	cmd.Flags().StringVar(&flags.workflowType, "workflow-type", "", "the workflow type to start (default: the first one of the family)")
	return cmd
}

// defaultQuery is what the stages of the reference families answer.
const defaultQuery = "result"

func (c *Command) starter(ctx context.Context, flags starterFlags) error {
	f, err := c.family(flags.family)
	if err != nil {
		return err
	}
	flags.workflowType = cmp.Or(flags.workflowType, f.WorkflowTypes[0])
	if !slices.Contains(f.WorkflowTypes, flags.workflowType) {
		return &usageError{fmt.Errorf("unknown workflow type %q: the types of %s are %s", flags.workflowType, f.Name, joined(f.WorkflowTypes))}
	}
	if flags.start == "" && flags.query == "" && flags.describe == "" {
		return &usageError{errors.New("nothing to do: give --start-workflow, --query-workflow or --describe-workflow, each with a workflow ID")}
	}
	s, err := c.connect(ctx, flags.connectFlags)
	if err != nil {
		return err
	}
	defer s.Close()

	if flags.start != "" {
		runID, err := s.start(ctx, f, flags.workflowType, flags.start)
		if err != nil {
			return err
		}
		fmt.Fprintf(c.Stdout, "Started workflow with ID %s and run ID %s\n", flags.start, runID)
		if flags.query == flags.start {
			s.awaitClose(ctx, flags.start, runID)
		}
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

// inputOf returns the arguments that the family's scenarios give to the type.
func inputOf(f *versioning.Family, workflowType string) []any {
	for _, sc := range f.Scenarios {
		if cmp.Or(sc.WorkflowType, f.WorkflowTypes[0]) == workflowType {
			return sc.Input
		}
	}
	return nil
}
