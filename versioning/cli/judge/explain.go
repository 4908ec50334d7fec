package judge

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/document"
	"github.com/replaymatrix/replaymatrix/versioning/report/markdown"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

type explainFlags struct {
	outputFlags
	level    string
	rehearse string
	all      bool
}

func (c commands) explainCommand() *cobra.Command {
	var flags explainFlags
	cmd := &cobra.Command{
		Use:   "explain FAMILY/RECORDING@STAGE…",
		Short: "Show one cell: history and code side by side, what changed, and what to do",
		Long: `Explain replays one recording against one stage and lays the commands of the
history beside the calls of the code, Workflow Task by Workflow Task. The first
divergence is marked with >>. Below it stands what the change was, who notices it,
what a live Worker does next at each point at which such an execution can wait, and
what to do.

The names of cells are those of matrix and of the subtests in go test.`,
		Args: shell.ArgsUsage(func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return fmt.Errorf("name a cell, such as %s/%s", c.Families[0].Name, c.anyCell(c.Families[0]))
			}
			return nil
		}),
		ValidArgsFunction: shell.Unused(c.cells),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.explain(cmd.Context(), flags, args)
		},
	}
	exampleLater(cmd, func() string {
		example := "explain " + c.Families[0].Name + "/" + c.anyCell(c.Families[0])
		return c.Examples(example, example+" --all -o cell.txt", example+" --level commands")
	})
	flags.add(cmd, explainFormats)
	cmd.Flags().StringVar(&flags.level, "level", compare.Values.String(), levelUsage)
	cmd.Flags().BoolVar(&flags.all, "all", false, "show every command of a long history, also where nothing differs")
	shell.CompleteFlag(cmd, "format", func(string) []string { return explainFormats })
	cmd.Flags().StringVar(&flags.rehearse, "rehearse", "", rehearseUsage)
	shell.CompleteFlag(cmd, "level", levels)
	shell.CompleteFlag(cmd, "rehearse", scopes)
	return cmd
}

// exampleLater makes the examples when somebody asks for help: they may need to look
// into folders, which the other calls of the command have no use for.
func exampleLater(cmd *cobra.Command, examples func() string) {
	cmd.SetHelpFunc(func(asked *cobra.Command, args []string) {
		cmd.Example = examples()
		cmd.Root().HelpFunc()(asked, args)
	})
}

func (c commands) explain(ctx context.Context, flags explainFlags, names []string) error {
	level, err := levelOf(flags.level)
	if err != nil {
		return err
	}
	scope, err := scopeOf(flags.rehearse)
	if err != nil {
		return err
	}
	outputs, err := flags.outputs(explainFormats)
	if err != nil {
		return err
	}
	var places []place
	for _, name := range names {
		p, err := c.cell(name)
		if err != nil {
			return err
		}
		places = append(places, p)
	}
	var explained []report.Explained
	for _, p := range places {
		e, err := c.explained(ctx, p, &matrix.Options{Config: c.ConfigAt(level), Rehearse: scope})
		if err != nil {
			return err
		}
		explained = append(explained, e)
	}
	for _, o := range outputs {
		if err := c.emit(o.file,
			func(w io.Writer) error { return c.writeExplained(w, o, flags.all, level, explained) }); err != nil {
			return err
		}
	}
	return nil
}

// explainFormats are those of explain, the first one being the default.
var explainFormats = []string{"text", "json", "markdown"}

func (c commands) writeExplained(w io.Writer, o output, all bool, level compare.Level,
	explained []report.Explained) error {
	switch o.format {
	case "json":
		return document.Explain(w, level, explained...)
	case "markdown":
		return markdown.Explain(w,
			markdown.ExplainOptions{Options: c.rendering(o, rendering{ci: c.ciOptions(nil)}).markdown(), All: all},
			explained...)
	}
	opts := text.ExplainOptions{Color: o.file == "" && shell.IsTerminal(c.Stdout), All: all}
	for i, e := range explained {
		if i > 0 {
			fmt.Fprintf(w, "\n\n")
		}
		opts.Live = e.Live
		if err := text.Explain(w, opts, e.Cell); err != nil {
			return err
		}
	}
	return nil
}

// explained judges one cell. Another recording is read only for what a signal or an update has brought
// in it, as the matrix does.
func (c commands) explained(ctx context.Context, p place, opts *matrix.Options) (e report.Explained, err error) {
	live, err := c.Live(p.family)
	if err != nil {
		return e, err
	}
	of := *opts
	of.Explain = true
	of.Only = func(recording, stage string) bool { return recording == p.recording && stage == p.stage }
	m, err := matrix.Judge(ctx, p.family, slices.Values(p.sources), &of)
	if len(m.Rows) != 1 || err != nil {
		return e, fmt.Errorf("interrupted at %s/%s@%s: %w", p.family.Name, p.recording, p.stage, err)
	}
	m.Live = live.Observations
	e.Cell = m.Rows[0].Cells[0]
	e.Live = m.Observed(e.Cell)
	return e, nil
}
