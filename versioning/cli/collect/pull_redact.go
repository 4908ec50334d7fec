package collect

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/pull"
	"github.com/replaymatrix/replaymatrix/versioning/redact"
)

// redacting redacts histories between the service and the disk. What is there is
// kept if it is redacted: an original that an earlier pull has left is replaced, and so is
// what was redacted without the data converter that is there now.
type redacting struct {
	c       commands
	family  *versioning.Family // nil is that of the workflow type
	options redact.Options

	mu      sync.Mutex
	reports map[string]redact.Report // by the workflow ID and the run ID
}

// redacting makes a pull redact what it downloads.
func (c commands) redacting(familyName string, options *pull.Options) (*redacting, error) {
	x := &redacting{c: c, reports: map[string]redact.Report{}}
	if familyName != "" {
		var err error
		if x.family, err = c.Family(familyName); err != nil {
			return nil, err
		}
	} else if t := options.WorkflowType; t != "" && len(c.familiesWith(t)) == 0 {
		// All of them would be refused, after they were downloaded.
		return nil, shell.Usage(c.untyped(t))
	}
	// One salt for all, so that a customer stays one customer in all of them.
	x.options = redact.Options{Config: c.ConfigAt(compare.Values), Salt: redact.NewSalt()}
	options.Transform = x.transform
	options.Keep, options.Replace = x.keeps, x.replaces
	return x, nil
}

// keeps reports whether the file is redacted, and as well as it can be. Which payloads nothing could read when it was
// redacted, the file shows: they are random bytes now.
func (x *redacting) keeps(file *history.Recording) bool {
	worker := x.options.Worker
	return file.Redacted && (worker.DataConverter == nil && len(worker.Plugins) == 0 ||
		redact.Unread(file, x.options.Config) == 0)
}

// replaces reports whether more of the original can be read now than when the file was redacted. A replica that lags
// behind would say so of a part of it.
func (x *redacting) replaces(file, original *history.Recording) bool {
	return !file.Redacted || len(original.History.GetEvents()) == len(file.History.GetEvents()) &&
		redact.Unread(original, x.options.Config) < redact.Unread(file, x.options.Config)
}

func (x *redacting) transform(ctx context.Context, r *history.Recording) (*history.Recording, error) {
	family, err := x.familyOf(r)
	if err != nil {
		return nil, err
	}
	return redact.Transform(family.Stages, x.options, x.keep)(ctx, r)
}

// keep has the report ready for tell: the path of the file is not known yet.
func (x *redacting) keep(redacted *history.Recording, report redact.Report) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.reports[redacted.WorkflowID+" "+redacted.RunID] = report
}

// familyOf finds the code that replays the execution.
func (x *redacting) familyOf(r *history.Recording) (*versioning.Family, error) {
	if x.family != nil {
		return x.family, nil
	}
	switch known := x.c.familiesWith(r.WorkflowType()); len(known) {
	case 1:
		return known[0], nil
	case 0:
		return nil, x.c.untyped(r.WorkflowType())
	default:
		return nil, fmt.Errorf("%s and %s both have the workflow type %q: choose one with --family", known[0].Name,
			known[1].Name, r.WorkflowType())
	}
}

// familiesWith returns the families that have the workflow type.
func (c commands) familiesWith(workflowType string) (known []*versioning.Family) {
	for _, f := range c.Families {
		if slices.Contains(f.WorkflowTypes, workflowType) {
			known = append(known, f)
		}
	}
	return known
}

// untyped is the error of a workflow type that no family has.
func (c commands) untyped(workflowType string) error {
	fault := fmt.Sprintf("no family has the workflow type %q, so nothing can tell what its replay needs: ",
		workflowType)
	if c.Name == shell.DefaultName {
		return fmt.Errorf("%suse a command of your own, which %q writes, or pull without --redact", fault,
			shell.DefaultName+" init ./PACKAGE --command")
	}
	return fmt.Errorf("%sgive the command that family, choose one with --family, or pull without --redact", fault)
}

// tell prints what became of the data in the files that were written.
func (x *redacting) tell(o pull.Run) error {
	x.mu.Lock()
	report, ok := x.reports[o.WorkflowID+" "+o.RunID]
	delete(x.reports, o.WorkflowID+" "+o.RunID)
	x.mu.Unlock()
	if !ok || o.Err != nil {
		return nil
	}
	report.Recording = o.Path
	return report.Write(x.c.Stdout)
}

var errFamilyAlone = errors.New("--family says with which code --redact replays: it needs --redact")
