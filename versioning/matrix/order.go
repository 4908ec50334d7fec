package matrix

import (
	"cmp"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// Order sorts sources by the STAGE[+STAGE…].SCENARIO in their names. Stages and scenarios have the
// order in which the family declares them, so that a matrix follows the releases. Recordings come
// last, by name, if their names hold no stages of the family.
func Order(f *versioning.Family, sources []history.Source) {
	stages, scenarios := map[string]int{}, map[string]int{}
	for i, s := range f.Stages {
		stages[s.Name] = i
	}
	for i, s := range f.Scenarios {
		scenarios[s.Name] = i
	}
	place := func(s history.Source) (lineage []int, scenario int) {
		names, scenarioName := split(f, s.Name)
		if names == nil {
			return []int{len(stages)}, 0
		}
		for _, name := range names {
			lineage = append(lineage, stages[name])
		}
		// What follows is what package record preferred in it.
		scenarioName, _, _ = strings.Cut(scenarioName, "--")
		scenario, ok := scenarios[scenarioName]
		if !ok {
			scenario = len(scenarios)
		}
		return lineage, scenario
	}
	slices.SortStableFunc(sources, func(a, b history.Source) int {
		aLineage, aScenario := place(a)
		bLineage, bScenario := place(b)
		return cmp.Or(slices.Compare(aLineage, bLineage), cmp.Compare(aScenario, bScenario),
			cmp.Compare(a.Name, b.Name))
	})
}

// Stages returns the stages that can ever meet the recording of that name. These are all stages of
// the family. In a catalogue they are the base and the change that ran the recording.
func Stages(f *versioning.Family, recording string) (stages []versioning.Stage) {
	lineage, _ := split(f, recording)
	for _, s := range f.Stages {
		if len(lineage) == 0 || f.Transition(lineage[len(lineage)-1], s.Name) {
			stages = append(stages, s)
		}
	}
	return stages
}

// split reads STAGE[+STAGE…].SCENARIO, nil if there are other stages in the name
// than the family's.
func split(f *versioning.Family, recording string) (lineage []string, scenario string) {
	stages, scenario, ok := strings.Cut(recording, ".")
	if !ok {
		return nil, ""
	}
	lineage = strings.Split(stages, "+")
	for _, name := range lineage {
		if _, ok := f.Stage(name); !ok {
			return nil, ""
		}
	}
	return lineage, scenario
}
