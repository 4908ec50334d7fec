package play

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// completes reports a scenario that a worker and the starter can play.
func completes(sc versioning.Scenario) bool {
	_, inTurn := sc.Plan.(versioning.InTurn)
	return !inTurn && sc.Activities == nil && sc.Ending() == versioning.Completed
}

// staysOpen reports a scenario that is left open for another worker, which closes
// it with its next workflow task.
func staysOpen(sc versioning.Scenario) bool {
	return sc.IsObserved() && (sc.Activities == nil || sc.WithoutActivities())
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
	return "", errors.New("its stages have no query in common: the walk-through asks the same one after each release")
}

// unreleased says why the stages of the family are none for the walk-through.
func unreleased(f *versioning.Family) string {
	switch {
	case f.Catalogue:
		return "its stages are not released one after another"
	case len(f.Stages) < 2:
		return "it has one stage only"
	case slices.ContainsFunc(f.Stages, func(s versioning.Stage) bool { return s.BuildID != "" }):
		return "its stages use Worker Versioning"
	}
	return ""
}

// unplayable says why the family, or what is recorded of it, is none for the
// walk-through.
func (p *proof) unplayable() string {
	if reason := unreleased(p.family); reason != "" {
		return reason
	}
	var missing []string
	for _, s := range p.family.Stages {
		if _, ok := p.recorded(s.Name, completes); !ok {
			missing = append(missing, s.Name)
		}
	}
	if len(missing) > 0 {
		return "there is no recording of an execution that completes under " + strings.Join(missing, ", ")
	}
	return ""
}
