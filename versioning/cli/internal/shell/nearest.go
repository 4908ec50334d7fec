package shell

import (
	"fmt"
	"slices"
)

// fewNames is the number of names up to which an error lists all of them in their
// order.
const fewNames = 8

// Nearest lists the names. If there are few, Nearest lists all of them in their order. Otherwise
// Nearest lists the names whose spelling is closest to the wrong name.
func Nearest(wrong string, names []string) string {
	if len(names) <= fewNames {
		return Joined(names)
	}
	if wrong != "" {
		names = slices.Clone(names)
		slices.SortStableFunc(names, func(a, b string) int { return edits(wrong, a) - edits(wrong, b) })
	}
	return fmt.Sprintf("%s and %d more", Joined(names[:fewNames]), len(names)-fewNames)
}

// edits is the number of letters to insert, remove or replace between both.
func edits(a, b string) int {
	from, to := []rune(a), []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i := range from {
		diagonal := row[0]
		row[0] = i + 1
		for j := range to {
			cost := diagonal
			if from[i] != to[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(to)]
}
