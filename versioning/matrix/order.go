package matrix

import (
	"cmp"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// Order sorts sources as the family declares its stages and scenarios, by the
// STAGE[+STAGE…].SCENARIO of their names: a matrix then reads along the
// releases. Recordings with other names come last, by name.
func Order(f *versioning.Family, sources []history.Source) {
	stages, scenarios := map[string]int{}, map[string]int{}
	for i, s := range f.Stages {
		stages[s.Name] = i
	}
	for i, s := range f.Scenarios {
		scenarios[s.Name] = i
	}
	place := func(s history.Source) (lineage []int, scenario int) {
		lineageNames, scenarioName, _ := strings.Cut(s.Name, ".")
		for name := range strings.SplitSeq(lineageNames, "+") {
			lineage = append(lineage, placeOf(stages, name))
		}
		return lineage, placeOf(scenarios, scenarioName)
	}
	slices.SortStableFunc(sources, func(a, b history.Source) int {
		aLineage, aScenario := place(a)
		bLineage, bScenario := place(b)
		return cmp.Or(slices.Compare(aLineage, bLineage), cmp.Compare(aScenario, bScenario), cmp.Compare(a.Name, b.Name))
	})
}

func placeOf(places map[string]int, name string) int {
	if i, ok := places[name]; ok {
		return i
	}
	return len(places)
}
