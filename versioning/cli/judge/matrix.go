package judge

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

type matrixFlags struct {
	outputFlags
	level    string
	rehearse string
	failOn   []string
	all      bool
	grid     bool
	noCache  bool
}

func (c commands) matrixCommand() *cobra.Command {
	var flags matrixFlags
	first := c.Families[0].Name
	cmd := &cobra.Command{
		Use:   "matrix [FAMILY…]",
		Short: "Replay every recording against every stage and print the verdicts",
		Long: `matrix replays every recording of the families against each of their stages. For one
family it prints whether the newest stage may be deployed and rolled back, then what
breaks, the worst first: the line of code, what becomes of how many executions, and what
to do. The verdict of each recording at each stage is below, if there are few.

Without a name, or with several, it prints a line for each family.

A recording that cannot be read is a line with the reason, and the others are judged.
A family without any recording is an error, and so is one of which no recording has
begun: see unstarted in docs/verdicts.md.`,
		Example: c.Examples("matrix "+first, "matrix --format json -o matrix.json",
			"matrix "+first+" --fail-on nondeterministic,version-removed",
			"matrix --format text --format markdown=comment.md --format junit=report.xml"),
		ValidArgsFunction: shell.Unused(c.FamilyWords),
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("fail-on") && len(flags.failOn) == 0 {
				return shell.Usage(errors.New("--fail-on is empty: name the verdicts to fail on, or leave it out"))
			}
			return c.matrix(cmd.Context(), flags, args)
		},
	}
	flags.add(cmd, formatNames())
	cmd.Flags().StringVar(&flags.level, "level", compare.Values.String(), levelUsage)
	cmd.Flags().StringSliceVar(&flags.failOn, "fail-on", nil,
		`exit with 3 if one of these verdicts occurs; "incompatible" stands for all that break executions or change what they
do, "otherwise" for cells that replay and answer a query otherwise than the code that ran the execution;
"findings" for what the history alone cannot settle, of which each kind has a name too, such as unread;
"stuck", "closes" and "hangs" for what a live Worker does next, and "roll" for executions that get stuck on old
Workers, or that these close, while new ones run beside them`)
	cmd.Flags().BoolVar(&flags.all, "all", false, "as text: every transition, finding, cell and note of each family")
	cmd.Flags().BoolVar(&flags.grid, "grid", false, fmt.Sprintf(`as text: the verdict of each recording at each stage, also of more than %d recordings`,
		text.MostRows))
	cmd.Flags().BoolVar(&flags.noCache, "no-cache", false, `judge everything anew, and fail if the cache has other verdicts; it keeps those of unchanged
recordings under an unchanged program`)
	shell.CompleteFlag(cmd, "format", func(string) []string { return formatNames() })
	cmd.Flags().StringVar(&flags.rehearse, "rehearse", "", rehearseUsage)
	shell.CompleteFlag(cmd, "level", levels)
	shell.CompleteFlag(cmd, "rehearse", scopes)
	shell.CompleteFlag(cmd, "fail-on", shell.Listed(verdicts))
	return cmd
}

func (c commands) matrix(ctx context.Context, flags matrixFlags, names []string) error {
	families, err := c.Chosen(names)
	if err != nil {
		return err
	}
	failing, err := failOn(flags.failOn)
	if err != nil {
		return err
	}
	outputs, err := flags.outputs(formatNames())
	if err != nil {
		return err
	}
	level, err := levelOf(flags.level)
	if err != nil {
		return err
	}
	scope, err := scopeOf(flags.rehearse)
	if err != nil {
		return err
	}
	kept, err := c.openCache(flags.noCache)
	if err != nil {
		return err
	}
	explanations, each := explaining(outputs)
	matrices, err := c.judge(ctx, families, &matrix.Options{Config: c.ConfigAt(level), Rehearse: scope, Memory: c.Memory(), Each: each,
		Fold: folds(outputs, flags, failing)}, kept)
	kept.close()
	missing, err := apart(matrices, err)
	for _, m := range matrices {
		var unknown strangers
		for row := range m.All() {
			unknown.meet(m.Family, row.Lineage)
		}
		c.note(m.Family, unknown)
	}
	if err != nil {
		// What is done is worth seeing, but a file or a document would pass for
		// the whole.
		if slices.Contains(outputs, output{format: "text"}) && len(matrices) > 0 {
			c.write([]output{{format: "text"}}, flags.rendering(c.ciOptions(nil)), matrices)
		}
		return err
	}
	shown := flags.rendering(c.ciOptions(failing))
	shown.explanations = explanations
	shown.ci.Mend = c.mending(ctx, families, &matrix.Options{Config: c.ConfigAt(level), Rehearse: scope, Memory: c.Memory()})
	if err := c.write(outputs, shown, matrices); err != nil {
		return err
	}
	// Nothing found is not a success, whatever the other families say.
	if unstarted := begun(matrices); len(missing) > 0 || unstarted != nil {
		return errors.Join(check(failing, matrices), missing.orNil(), unstarted)
	}
	if len(families) == len(c.Families) {
		if err := matrix.Unused(matrices...); err != nil {
			return err
		}
	}
	if err := check(failing, matrices); err != nil {
		return errors.Join(c.proven(kept), err)
	}
	return c.proven(kept)
}

// folds reports whether the outputs count rows and name none that is safe, so that few of those have to be kept.
func folds(outputs []output, flags matrixFlags, failing *finding.FailOn) bool {
	namesSafe := failing != nil && slices.Contains(failing.Verdicts, replay.Safe)
	return !namesSafe && !flags.all && !flags.grid && !slices.ContainsFunc(outputs, func(o output) bool { return o.format == "json" || o.format == "html" })
}

// rendering is what the flags say of the text.
func (f matrixFlags) rendering(ci report.CIOptions) rendering {
	return rendering{ci: ci, all: f.all, grid: f.grid}
}

// begun returns an error for families of which no recording has begun.
func begun(matrices []*matrix.Matrix) (err error) {
	for _, m := range matrices {
		if unstarted := matrix.Begun(m); unstarted != nil {
			err = errors.Join(err, fmt.Errorf("nothing is proven of %s: %w", m.Family.Name, unstarted))
		}
	}
	return err
}

// judge returns the matrices of the families; with an error, those that are
// done, the last of them in part. A family without recordings has a matrix without
// rows, and is in the error, which is severalMissing if that is all. If Each of the
// options is not nil it gets every cell with its explanation.
func (c commands) judge(ctx context.Context, families []*versioning.Family, opts *matrix.Options,
	kept *kept) (matrices []*matrix.Matrix, err error) {
	var missing severalMissing
	progress := shell.NewProgress(c.Stderr)
	defer progress.Clear()
	for _, f := range families {
		sources, err := c.Sources(f)
		if missing.add(err) {
			matrices = append(matrices, &matrix.Matrix{Family: f, Level: opts.Level, Allow: opts.Allow})
			continue
		}
		if err != nil {
			return matrices, err
		}
		live, err := c.Live(f)
		if err != nil {
			return matrices, err
		}
		rows, keep := kept.rows(f, opts)
		of := *opts
		of.Explain, of.Cache = opts.Each != nil, rows
		of.Progress = func(done int) { progress.Show("%s: %d of %d recordings", f.Name, done, len(sources)) }
		m, err := matrix.Judge(ctx, f, slices.Values(sources), &of)
		keep(m)
		m.Live = live.Observations
		if len(m.Rows) > 0 {
			matrices = append(matrices, m)
		}
		if err != nil {
			return matrices, fmt.Errorf("interrupted at %s, after %d of %d recordings: %w", f.Name, m.Recordings(),
				len(sources), err)
		}
	}
	if len(missing) == len(families) {
		return nil, missing
	}
	return matrices, missing.orNil()
}
