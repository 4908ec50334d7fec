package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// proof is what the recordings in the binary say of a family, without a service.
type proof struct {
	family     *versioning.Family
	recordings map[string]history.Source
}

func (c *Command) proof(f *versioning.Family) (*proof, error) {
	sources, err := c.sources(f)
	if err != nil {
		return nil, err
	}
	p := &proof{family: f, recordings: map[string]history.Source{}}
	for _, s := range sources {
		p.recordings[s.Name] = s
	}
	return p, nil
}

// A foretold cell is what a replay says of an execution of that kind.
type foretold struct {
	cell   string
	result replay.Result
}

// judge replays the recording on the stage.
func (p *proof) judge(ctx context.Context, recording, stage string) (foretold, error) {
	cell := foretold{cell: p.family.Name + "/" + recording + "@" + stage}
	r, err := p.recordings[recording].Load()
	if err != nil {
		return cell, fmt.Errorf("%s: %w", cell.cell, err)
	}
	s, _ := p.family.Stage(stage)
	cell.result = replay.Judge(ctx, s, r, replay.Options{Releases: p.family.StageNames()})
	if cell.result.Verdict == replay.Unjudged {
		if ctx.Err() != nil {
			return cell, context.Cause(ctx)
		}
		return cell, fmt.Errorf("%s could not be judged: %s", cell.cell, cell.result.Detail)
	}
	return cell, nil
}

// answer returns what the replayed code answers to the query, as the starter
// prints it.
func (f foretold) answer(query string) (string, bool) {
	for _, a := range f.result.Answers {
		if a.Query == query && a.Err == "" {
			return plain(a.Value), true
		}
	}
	return "", false
}

func (f foretold) safe() bool { return f.result.Verdict == replay.Safe }

// String is the verdict as the goldens have it.
func (f foretold) String() string {
	text := f.cell + " is " + string(f.result.Verdict)
	if f.result.Divergence.Event != 0 {
		text += fmt.Sprintf(" at event %d", f.result.Divergence.Event)
	}
	if f.result.Detail != "" {
		text += ": " + f.result.Detail
	}
	return text
}

// byItself reports a scenario that needs nothing but a worker, or a worker
// without activities.
func byItself(sc versioning.Scenario) bool {
	return len(sc.Turns) == 0 && sc.Activities == nil && sc.Drive == nil
}

func completes(sc versioning.Scenario) bool {
	return byItself(sc) && !sc.WithoutActivities && sc.Ends == versioning.Completed
}

func staysOpen(sc versioning.Scenario) bool {
	return byItself(sc) && sc.WithoutActivities && sc.Ends == versioning.Open
}

// recorded returns the first scenario of that kind in which the stage was
// recorded.
func (p *proof) recorded(stage string, kind func(versioning.Scenario) bool) (versioning.Scenario, bool) {
	for _, sc := range p.family.Scenarios {
		if _, ok := p.recordings[stage+"."+sc.Name]; ok && kind(sc) {
			return sc, true
		}
	}
	return versioning.Scenario{}, false
}

// query returns the name of the query to ask: "result", or the first that every
// stage answers.
func (p *proof) query(ctx context.Context) (string, error) {
	var common []string
	for i, s := range p.family.Stages {
		sc, _ := p.recorded(s.Name, completes)
		own, err := p.judge(ctx, s.Name+"."+sc.Name, s.Name)
		if err != nil {
			return "", err
		}
		var answered []string
		for _, a := range own.result.Answers {
			if a.Err == "" && (i == 0 || slices.Contains(common, a.Query)) {
				answered = append(answered, a.Query)
			}
		}
		common = answered
	}
	switch {
	case slices.Contains(common, defaultQuery):
		return defaultQuery, nil
	case len(common) > 0:
		return common[0], nil
	}
	return "", errors.New("its stages have no query in common")
}

// unplayable says why the family is none for the walk-through.
func (p *proof) unplayable() string {
	if p.family.Catalogue {
		return "its stages are not released one after another"
	}
	if len(p.family.Stages) < 2 {
		return "it has one stage only"
	}
	var missing []string
	for _, s := range p.family.Stages {
		if s.BuildID != "" {
			return "its stages use Worker Versioning"
		}
		if _, ok := p.recorded(s.Name, completes); !ok {
			missing = append(missing, s.Name)
		}
	}
	if len(missing) > 0 {
		return "there is no recording of an execution that completes by itself under " + strings.Join(missing, ", ")
	}
	return ""
}
