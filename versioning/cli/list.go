package cli

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning"
)

func (c *Command) listCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list [FAMILY…]",
		Short: "Show families, their stages and their recordings",
		Example: `  replaymatrix list
  replaymatrix list patching`,
		RunE: func(_ *cobra.Command, args []string) error {
			families, err := c.chosen(args)
			if err != nil {
				return err
			}
			for _, f := range families {
				if err := c.list(f); err != nil {
					return err
				}
			}
			return nil
		},
	}
}

func (c *Command) list(f *versioning.Family) error {
	sources, err := c.sources(f)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(c.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s: %s\n", f.Name, f.Doc)
	fmt.Fprintf(w, "  workflow type %s\n", strings.Join(f.WorkflowTypes, ", "))
	fmt.Fprintf(w, "\n  stages, in the order of release\n")
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
	for _, source := range sources {
		r, err := source.Load()
		if err != nil {
			fmt.Fprintf(w, "    %s\tunreadable: %v\n", source.Name, err)
			continue
		}
		state := "open"
		if r.Closed() {
			state = "closed"
		}
		if f.HasBuilds() {
			state += ", build " + strings.Join(r.Builds(), ", ")
		}
		fmt.Fprintf(w, "    %s\t%d events, %s\n", source.Name, len(r.History.GetEvents()), state)
	}
	fmt.Fprintln(w)
	return w.Flush()
}
