package replaytest

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// all reports whether every cell is judged, and not only those that -run selects.
func (r *run) all() bool { return len(r.selected) == r.offered }

// faults returns what is wrong that is not about single cells, and writes the golden file if that is
// what is asked for.
func (r *run) faults(m *matrix.Matrix) (faults []string) {
	if !r.all() {
		if r.Golden != "" && r.Update {
			faults = append(faults, fmt.Sprintf("%s is not updated: that needs every cell, and -run selects %d", r.Golden,
				len(r.selected)))
		}
		return faults
	}
	add := func(err error) {
		if err != nil {
			faults = append(faults, err.Error())
		}
	}
	add(matrix.Unused(m))
	if keys := r.unused(); len(keys) > 0 {
		faults = append(faults, fmt.Sprintf("Want names %s, and no cell is called so: correct the name, or delete the "+
			"key; a cell is RECORDING@STAGE, such as %s", strings.Join(keys, ", "), r.selected[0]))
	}
	switch {
	case r.Golden == "":
	case r.Update:
		add(writeGolden(r.Golden, m))
	default:
		if differs := r.differs(m); differs != "" {
			faults = append(faults, differs)
		}
	}
	if err := matrix.Begun(m); err != nil {
		faults = append(faults, fmt.Sprintf("nothing is proven of %s: %v", r.Family.Name, err))
	}
	if r.MinCoverage > 0 {
		faults = append(faults, r.uncovered(m)...)
	}
	return faults
}
