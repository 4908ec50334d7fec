package record

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.temporal.io/api/workflowservice/v1"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// DefaultSweepRuns is the number of executions that Sweep runs for one scenario at one stage if
// SweepOptions.Runs is zero.
const DefaultSweepRuns = 100

// SweepOptions say what to sweep. The embedded Options say where and how to record.
type SweepOptions struct {
	Options

	// Scenarios, if not empty, names the scenarios to sweep.
	Scenarios []string

	// Versions names versions, by change ID, that Sweep must record in a range of more than 16
	// versions: versions that the code handles differently. See Sweep. A change ID or a version
	// that no execution asks for is an error.
	Versions map[string][]int

	// Runs limits the executions of one scenario at one stage. Zero means
	// DefaultSweepRuns.
	Runs int
}

// Swept is the result of a sweep.
type Swept struct {
	// Attempts holds the attempt of each attempted recording, in order, as Family returns them.
	Attempts []Attempt
	// Branches are the versions of all change IDs that the code asked for, by stage and scenario.
	Branches []SweptBranch
}

// A SweptBranch says what became of one version of a change ID, or of several neighbouring versions
// that were left out.
type SweptBranch struct {
	Stage, Scenario, ChangeID string
	// From and To are the first and the last version. -1 is workflow.DefaultVersion.
	From, To int
	// Recording is the first recording that has the version. It is empty if no recording has the
	// version.
	Recording string
	// Impossible says why no recording has the version. It is nil if there is a recording.
	// Impossible is a *NotTakenError, *OwnProviderError, *LeftOutError, or the error of the
	// execution.
	Impossible error
}

// String says in one line what became of the versions.
func (b SweptBranch) String() string {
	versions := versionText(b.From)
	if b.To != b.From {
		versions += " to " + versionText(b.To)
	}
	became := "recorded in " + b.Recording
	if b.Impossible != nil {
		became, _, _ = strings.Cut(b.Impossible.Error(), "\n")
		became = "not recorded: " + became
	}
	return fmt.Sprintf("%s.%s %q %s: %s", b.Stage, b.Scenario, b.ChangeID, versions, became)
}

// Sweep records every branch of every GetVersion call that a scenario gets to, from the code
// of one stage. The worker's PreferredVersionProvider (Go SDK 1.47, experimental) says which
// version a first call records.
//
// Sweep runs each scenario at each stage that can run it. The first execution prefers nothing.
// It is the recording STAGE.SCENARIO that Family makes too. Then, for each change ID that the
// code has asked for, Sweep records each other version of the range. It does the same with the
// change IDs that only those executions ask for.
//
// These recordings are called STAGE.SCENARIO--CHANGE-ID--v2, or --default for
// workflow.DefaultVersion. If a change ID is not made of lower-case words joined by hyphens, Sweep
// makes such a name of it, with a part of the ID's hash. The field Preferred of the
// history.Recording has the versions that were preferred.
//
// A range of more than 16 versions, as dates make it, is not recorded in full. Sweep records
// the versions that begin or end a call for the change ID at any stage of the sweep,
// workflow.DefaultVersion, and what SweepOptions.Versions names. The rest is a *LeftOutError.
// If a range goes from workflow.DefaultVersion to 1 or more and nothing names version 0,
// version 0 is left out silently, as in matrix.CallCoverage.
//
// A preferred workflow.DefaultVersion leaves a marker with -1 in the history. An execution
// that began before the call was there has no such marker. GetVersion gives both the same
// answer. But the older execution may have gone on in the old code, and only a recording of
// such an execution shows that the stage can take it over in the middle.
//
// If the stage's own WorkerOptions set a PreferredVersionProvider, Sweep does not sweep the change
// IDs that this provider names. Sweep does not record journeys and scenarios that stages execute in
// turn (versioning.InTurn). Family records these.
//
// Branches lists what cannot be recorded, with the reason: the execution fails, or does not end as
// its scenario says, or Accept rejects it. The first execution of a scenario must be possible. If
// it is not, Sweep returns the same error as Family, with the results so far. If an earlier sweep
// made recordings that this sweep does not make again, these recordings stay where they are.
func Sweep(ctx context.Context, f *versioning.Family, opts SweepOptions) (*Swept, error) {
	r, err := newRecorder(ctx, f, opts.Options)
	if err != nil {
		return nil, err
	}
	if err := opts.validate(f); err != nil {
		return nil, err
	}
	s := &sweeper{recorder: r, known: newKnown(opts.Versions), runs: opts.Runs, swept: &Swept{}}
	if s.runs == 0 {
		s.runs = DefaultSweepRuns
	}
	any := false
	for _, e := range plan(f, opts.Stages) {
		if e.isJourney() || e.inTurn || len(opts.Scenarios) > 0 && !slices.Contains(opts.Scenarios, e.scenario.Name) {
			continue
		}
		any = true
		if err := s.sweep(ctx, e); err != nil {
			return s.swept, err
		}
	}
	if !any {
		return s.swept, fmt.Errorf("nothing to sweep: no stage runs a scenario of %s by itself", f.Name)
	}
	return s.swept, s.known.unasked()
}

func (o SweepOptions) validate(f *versioning.Family) error {
	if o.Dir == "" {
		return errors.New("recording needs a Dir")
	}
	if o.Runs < 0 {
		return fmt.Errorf("SweepOptions.Runs is %d: it is the number of executions of one scenario at one stage",
			o.Runs)
	}
	for _, name := range o.Stages {
		if _, ok := f.Stage(name); !ok {
			return fmt.Errorf("nothing to sweep at stage %q: %s has %s", name, f.Name,
				strings.Join(f.StageNames(), ", "))
		}
	}
	for _, name := range o.Scenarios {
		if !slices.ContainsFunc(f.Scenarios,
			func(sc versioning.Scenario) bool { return sc.Name == name && !isInTurn(sc) }) {
			return fmt.Errorf("nothing to sweep in scenario %q: %s has no such one that a stage runs by itself", name,
				f.Name)
		}
	}
	return nil
}

func isInTurn(sc versioning.Scenario) bool {
	_, inTurn := sc.Plan.(versioning.InTurn)
	return inTurn
}

// A sweeper sweeps one family.
type sweeper struct {
	*recorder
	known *known
	runs  int
	swept *Swept
}

// sweep sweeps one scenario at one stage.
func (s *sweeper) sweep(ctx context.Context, e execution) error {
	t := newTree(s.known, s.runs)
	err := t.grow(func(a attempt) (string, []asked, error) { return s.try(ctx, e, a) })
	for _, b := range t.branches() {
		b.Stage, b.Scenario = e.last().Name, e.scenario.Name
		s.swept.Branches = append(s.swept.Branches, b)
	}
	if err != nil {
		return fmt.Errorf("recording %s/%s: %w", s.family.Name, e.name(), err)
	}
	return nil
}

// try records one execution. An *impossibleError is about this attempt alone.
func (s *sweeper) try(ctx context.Context, e execution, a attempt) (string, []asked, error) {
	if a.changeID != "" {
		e.swept = sweptName(a.changeID, a.version)
	}
	e.prefer = newPreferences(a, s.workflowID(e))
	rec, err := s.accepted(ctx, e)
	var attempt Attempt
	if err == nil {
		attempt, err = s.write(e, rec)
	} else if a.changeID != "" && s.isAlive(ctx) {
		attempt = Attempt{Name: e.name(), Impossible: err}
		err = &impossibleError{err}
	}
	if attempt.Name != "" {
		s.swept.Attempts = append(s.swept.Attempts, attempt)
		if s.Progress != nil {
			s.Progress(attempt)
		}
	}
	if err != nil {
		return "", nil, err
	}
	return e.name(), e.prefer.of(rec.RunID), nil
}

// isAlive reports whether the service answers and nobody has cancelled: then what
// went wrong is the execution's.
func (s *sweeper) isAlive(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	_, err := s.Client.WorkflowService().GetSystemInfo(ctx, &workflowservice.GetSystemInfoRequest{})
	return err == nil
}

type impossibleError struct{ error }

func (e *impossibleError) Unwrap() error { return e.error }
