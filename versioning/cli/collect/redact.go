package collect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/budget"
	"github.com/replaymatrix/replaymatrix/versioning/redact"
)

type redactFlags struct {
	output, format string
	inPlace        bool
	trials         int
}

func (c commands) redactCommand() *cobra.Command {
	var flags redactFlags
	first := c.Families[0].Name
	cmd := &cobra.Command{
		Use:   "redact FAMILY FILE|FOLDER…",
		Short: "Replace the data in histories, so that they replay as before",
		Long: `Redact replaces the payloads, failure messages and identities in the histories of
a family's executions by made-up ones of the same shape. It replays each before and
after with every stage of the family: verdicts, events, lines and differences stay
the same, and what they need is kept. It then prints where data can still be read,
and never the data.

A history that no stage can replay is not redacted, and none is written as it was.`,
		Example: c.Examples("redact "+first+" downloads -o histories/"+first, "redact "+first+
			" order-4711.json --in-place"),
		Args: shell.ArgsUsage(func(_ *cobra.Command, args []string) error {
			if len(args) < 2 {
				return fmt.Errorf("name a family, and the files or folders to redact, such as %s downloads", first)
			}
			return nil
		}),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.redact(cmd.Context(), flags, args[0], args[1:])
		},
	}
	cmd.Flags().StringVarP(&flags.output, "output", "o", "",
		"write the redacted histories into this folder, which is made if it is not there")
	cmd.Flags().BoolVar(&flags.inPlace, "in-place", false,
		"replace the files by the redacted histories; the originals are gone then")
	cmd.Flags().StringVar(&flags.format, "format", "text", "how to report what became of the data: text or json")
	cmd.Flags().IntVar(&flags.trials, "trials", redact.DefaultTrials,
		"replay at most this many redacted forms of a history; what was not tried is kept")
	return cmd
}

func (c commands) redact(ctx context.Context, flags redactFlags, name string, args []string) error {
	switch {
	case flags.inPlace == (flags.output != ""):
		return shell.Usage(errors.New("name a folder for the redacted histories with -o DIR, or replace the files " +
			"with --in-place"))
	case flags.format != "text" && flags.format != "json":
		return shell.Usage(fmt.Errorf("unknown format %q: the formats are text, json", flags.format))
	case flags.trials < 1:
		return shell.Usage(fmt.Errorf("--trials %d: it takes one trial at least", flags.trials))
	}
	if name == "" {
		return shell.Usage(fmt.Errorf("FAMILY is empty: the families are %s", shell.Joined(shell.Names(c.Families))))
	}
	family, err := c.Family(name)
	if err != nil {
		return err
	}
	jobs, err := redactions(args, flags)
	if err != nil {
		return err
	}
	if flags.output != "" {
		if err := os.MkdirAll(flags.output, 0o777); err != nil {
			return fmt.Errorf("making the folder for the redacted histories: %w", err)
		}
	}
	opts := redact.Options{Config: c.ConfigAt(compare.Values), Trials: flags.trials, Salt: redact.NewSalt()}
	progress := shell.NewProgress(c.Stderr)
	failed := 0
	var reports []redact.Report
	memory := budget.New(c.Memory())
	for i, job := range jobs {
		job.memory = memory
		progress.Show("redacting %d of %d: %s", i+1, len(jobs), job.in)
		report, err := job.run(ctx, family, opts)
		progress.Clear()
		if ctx.Err() != nil {
			return fmt.Errorf("interrupted after %d of %d files; those are redacted, the others are as they were: %w",
				i, len(jobs), context.Cause(ctx))
		}
		if err != nil {
			failed++
			fmt.Fprintf(c.Stderr, "%s: %s\n", c.Name, shell.FirstLine(err.Error()))
			continue
		}
		reports = append(reports, report)
		if flags.format == "text" {
			if err := report.Write(c.Stdout); err != nil {
				return err
			}
		}
	}
	if flags.format == "json" {
		if err := writeReports(c.Stdout, reports); err != nil {
			return err
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d files were not redacted, and nothing was written for them", failed, len(jobs))
	}
	return nil
}

func writeReports(w io.Writer, reports []redact.Report) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(struct {
		Version int             `json:"version"`
		Reports []redact.Report `json:"reports"`
	}{1, reports})
}

// redaction is a file to redact, and where the redacted one goes.
type redaction struct {
	in, out string
	inPlace bool
	memory  *budget.Budget
}

// redactions lists the files, those in folders by the rules of history.Dir, and makes sure that
// none is written over unawares.
func redactions(args []string, flags redactFlags) (jobs []redaction, err error) {
	from := map[string]string{}
	for _, arg := range args {
		files, err := filesOf(arg)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			job := redaction{in: file, out: file, inPlace: flags.inPlace}
			if !flags.inPlace {
				job.out = filepath.Join(flags.output, jsonName(filepath.Base(file)))
			}
			if other, twice := from[job.out]; twice {
				return nil, shell.Usage(fmt.Errorf("%s and %s would both be written to %s", other, file, job.out))
			}
			from[job.out] = file
			jobs = append(jobs, job)
		}
	}
	for _, job := range jobs {
		if target, err := os.Stat(job.out); err == nil && !flags.inPlace {
			for _, other := range jobs {
				if source, err := os.Stat(other.in); err == nil && os.SameFile(source, target) {
					return nil, shell.Usage(fmt.Errorf("%s would be written over: name another folder with -o, or "+
						"mean it with --in-place", other.in))
				}
			}
		}
	}
	return jobs, nil
}

func filesOf(arg string) (files []string, err error) {
	info, err := os.Stat(arg)
	if err != nil || !info.IsDir() {
		return []string{arg}, nil // what is wrong with a file is said when its turn comes
	}
	sources, err := history.Dir(os.DirFS(arg), ".")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", arg, err)
	}
	for _, s := range sources {
		files = append(files, filepath.Join(arg, s.Path))
	}
	return slices.Compact(files), nil // an export is several sources
}

// jsonName is the name under which a recording is written: as JSON, compressed if it was.
func jsonName(base string) string {
	for _, ext := range []string{".pb", ".binpb", ".pb.gz"} {
		if name, ok := strings.CutSuffix(base, ext); ok {
			return name + ".json" + map[bool]string{true: ".gz"}[strings.HasSuffix(ext, ".gz")]
		}
	}
	return base
}

func (job redaction) run(ctx context.Context, family *versioning.Family, opts redact.Options) (redact.Report, error) {
	r, err := readRecording(ctx, job.memory, job.in)
	if err != nil {
		return redact.Report{}, err
	}
	if job.inPlace && jsonName(filepath.Base(job.in)) != filepath.Base(job.in) {
		return redact.Report{},
			fmt.Errorf("redacting %s: redacted histories are written as JSON; write them into a folder with -o", job.in)
	}
	if job.inPlace {
		// The file behind a link is the one to replace.
		if job.out, err = filepath.EvalSymlinks(job.in); err != nil {
			return redact.Report{}, fmt.Errorf("redacting %s: %w", job.in, err)
		}
	}
	if err := job.spare(ctx); err != nil {
		return redact.Report{}, err
	}
	redacted, report, err := redact.Recording(ctx, family.Stages, r, opts)
	report.Recording = job.in
	var unjudged *redact.UnjudgedError
	var unstable *redact.UnstableError
	var notCalled *redact.NotCalledError
	switch {
	case errors.As(err, &notCalled):
		notCalled.Recording = job.in
	case errors.As(err, &unjudged):
		unjudged.Recording = job.in
	case errors.As(err, &unstable):
		unstable.Recording = job.in
	}
	if err != nil {
		return report, err
	}
	return report, history.WriteFile(job.out, redacted)
}

// spare returns an error if the target is a file that is not a redacted recording.
func (job redaction) spare(ctx context.Context) error {
	if job.inPlace {
		return nil
	}
	if _, err := os.Stat(job.out); err != nil {
		return nil //nolint:nilerror // WriteFile says what is wrong
	}
	if old, err := readRecording(ctx, job.memory, job.out); err != nil || !old.Redacted {
		return fmt.Errorf("redacting %s: %s is there, and it is not a redacted history; remove it or name another "+
			"folder with -o", job.in, job.out)
	}
	return nil
}

// readRecording reads a file of the operating system, and names it as it was given.
func readRecording(ctx context.Context, memory *budget.Budget, path string) (*history.Recording, error) {
	r, release, err := memory.Load(ctx, history.File(os.DirFS(filepath.Dir(path)), filepath.Base(path)))
	release() // files are read one after the other
	var format *history.FormatError
	var system *fs.PathError
	switch {
	case errors.As(err, &format):
		format.Path = path
	case errors.As(err, &system):
		err = fmt.Errorf("reading recording %s: %w", path, system.Err)
	}
	return r, err
}
