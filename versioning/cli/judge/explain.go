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
		Use:   "explain [CELL|RECORDING|FAMILY|TYPE|ID…]",
		Short: "Show one cell: history and code side by side, what changed, and what to do",
		Long: `Explain replays one recording against one stage and lays the commands of the
history beside the calls of the code, Workflow Task by Workflow Task. The first
divergence is marked with >>. Below it stands what the change was, who notices it,
what a live Worker does next at each point at which such an execution can wait, and
what to do.

A cell is FAMILY/RECORDING@STAGE, as matrix and the subtests in go test name it. Any
other argument stands for the worst of several cells: of a recording
(FAMILY/RECORDING), of a family, of the recordings of a workflow type, or of those of
a workflow ID. Without an argument it is the worst of all. The first line says which
cell it is. A name that is two of these is the first of them. If the program has one
family, the names of cells and recordings need none, and where a recording is the only
run of its workflow ID, its name needs no run ID.`,
		ValidArgsFunction: shell.Unused(c.cells),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.explain(cmd.Context(), flags, args)
		},
	}
	exampleLater(cmd, func() string {
		example := "explain " + c.Families[0].Name + "/" + c.anyCell(c.Families[0])
		return c.Examples("explain", "explain "+c.Families[0].Name, example, example+" --all -o cell.txt")
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
	shown, err := c.shown(ctx, names, &matrix.Options{Config: c.ConfigAt(level), Rehearse: scope, Memory: c.Memory()})
	if err != nil {
		return err
	}
	for _, o := range outputs {
		if err := c.emit(o.file,
			func(w io.Writer) error { return c.writeExplained(w, o, flags.all, level, shown) }); err != nil {
			return err
		}
	}
	// The other formats hold cells, and nothing besides.
	if !slices.ContainsFunc(outputs, func(o output) bool { return o.format == "text" }) {
		for _, s := range shown {
			if s.line != "" {
				fmt.Fprintln(c.Stderr, "note: "+s.line)
			}
		}
	}
	return nil
}

// explainFormats are those of explain, the first one being the default.
var explainFormats = []string{"text", "json", "markdown"}

func (c commands) writeExplained(w io.Writer, o output, all bool, level compare.Level, shown []shownCell) error {
	explained := make([]report.Explained, len(shown))
	for i, s := range shown {
		explained[i] = s.Explained
	}
	switch o.format {
	case "json":
		return document.Explain(w, level, explained...)
	case "markdown":
		return markdown.Explain(w,
			markdown.ExplainOptions{Options: c.rendering(o, rendering{ci: c.ciOptions(nil)}).markdown(), All: all},
			explained...)
	}
	opts := text.ExplainOptions{All: all}
	if o.file == "" {
		opts.Color, opts.Width = shell.IsTerminal(c.Stdout), shell.Width(c.Stdout)
	}
	for i, s := range shown {
		if i > 0 {
			fmt.Fprintf(w, "\n\n")
		}
		if _, err := io.WriteString(w, s.text()); err != nil {
			return err
		}
		opts.Live = s.Live
		if err := text.Explain(w, opts, s.Cell); err != nil {
			return err
		}
	}
	return nil
}
