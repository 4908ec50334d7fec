package judge

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/budget"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

func (c commands) listCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list [FAMILY…]",
		Short: "Show families, their stages and their recordings",
		Long: `list shows what the command works on: each family with its workflow types, its stages,
its scenarios and its recordings, and what is wrong with a recording that cannot be
read. Nothing is judged.`,
		Example:           c.Examples("list", "list "+c.Families[0].Name),
		ValidArgsFunction: shell.Unused(c.FamilyWords),
		RunE: func(cmd *cobra.Command, args []string) error {
			families, err := c.Chosen(args)
			if err != nil {
				return err
			}
			for _, f := range families {
				if err := c.list(cmd.Context(), f); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func (c commands) list(ctx context.Context, f *versioning.Family) error {
	sources, err := c.Sources(f)
	var missing *shell.MissingError
	if err != nil && !errors.As(err, &missing) {
		return err
	}
	w := tabwriter.NewWriter(c.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s: %s\n", f.Name, f.Doc)
	fmt.Fprintf(w, "  workflow type %s\n", strings.Join(f.WorkflowTypes, ", "))
	order := "in the order of release"
	if f.Catalogue {
		order = "a base and changes of it"
	}
	fmt.Fprintf(w, "\n  stages, %s\n", order)
	for _, s := range f.Stages {
		name := s.Name
		if s.BuildID != "" {
			name += "\tbuild " + s.BuildID
		}
		fmt.Fprintf(w, "    %s\t%s\n", name, s.Doc)
	}
	if len(f.Scenarios) > 0 {
		fmt.Fprintf(w, "\n  scenarios\n")
	}
	for _, s := range f.Scenarios {
		fmt.Fprintf(w, "    %s\t%s\n", s.Name, s.Doc)
	}
	fmt.Fprintf(w, "\n  recordings\n")
	if missing != nil {
		fmt.Fprintf(w, "    none: %s\n    %s\n", missing.Looked, missing.Next)
	}
	var unknown strangers
	memory := budget.New(c.Memory())
	for _, source := range sources {
		r, release, err := memory.Load(ctx, source)
		release() // one at a time
		if err != nil {
			fmt.Fprintf(w, "    %s\tunreadable: %v\n", source.Name, err)
			continue
		}
		unknown.meet(f, r.Lineage)
		state := "open"
		if r.Closed() {
			state = "closed"
		}
		if f.HasBuilds() {
			state += ", build " + strings.Join(r.Builds(), ", ")
		}
		fmt.Fprintf(w, "    %s\t%d events, %s%s\n", source.Name, len(r.History.GetEvents()), state, answers(ctx, f, r))
	}
	fmt.Fprintln(w)
	if err := w.Flush(); err != nil {
		return err
	}
	c.note(f, unknown)
	return nil
}

// answers returns what the execution answers to queries, under the stage that ran
// it last.
func answers(ctx context.Context, f *versioning.Family, r *history.Recording) (text string) {
	if len(r.Lineage) == 0 {
		return ""
	}
	stage, known := f.Stage(r.Lineage[len(r.Lineage)-1])
	if !known {
		return ""
	}
	for _, answer := range replay.Judge(ctx, stage, r, nil).Answers {
		text += ", " + words.Answer(answer)
	}
	return text
}
