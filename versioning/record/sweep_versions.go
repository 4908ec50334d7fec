package record

import (
	"fmt"
	"maps"
	"slices"
)

// mostVersions is the largest range of which every version is tried: change IDs that
// count their releases stay below, versions that are dates do not.
const mostVersions = 16

// known is what a sweep knows about change IDs over all stages: at which versions a
// branch can begin or end.
type known struct {
	named map[string][]int
	ends  map[string]map[int]bool
	// reached has the named versions that were in the range of a call.
	reached map[string]map[int]bool
}

func newKnown(named map[string][]int) *known {
	return &known{named, map[string]map[int]bool{}, map[string]map[int]bool{}}
}

func (k *known) see(call asked) {
	if k.ends[call.changeID] == nil {
		k.ends[call.changeID], k.reached[call.changeID] = map[int]bool{}, map[int]bool{}
	}
	for _, version := range k.named[call.changeID] {
		if call.min <= version && version <= call.max {
			k.reached[call.changeID][version] = true
		}
	}
	for _, end := range []int{call.min, call.max, call.version} {
		k.ends[call.changeID][end] = true
	}
}

// versions returns those of the call's range that are tried, in order.
func (k *known) versions(call asked) (list []int) {
	// As unsigned numbers the difference of any two is right.
	if between := uint64(call.max) - uint64(call.min); between < mostVersions {
		for i := range int(between) + 1 {
			list = append(list, call.min+i)
		}
	} else {
		list = append(slices.Collect(maps.Keys(k.ends[call.changeID])), k.named[call.changeID]...)
		list = append(list, call.min, call.max, -1)
	}
	list = slices.DeleteFunc(list, func(v int) bool {
		return v < call.min || call.max < v || v == 0 && k.skipsZero(call.changeID, call.min, call.max)
	})
	slices.Sort(list)
	return slices.Compact(list)
}

// skipsZero reports whether the range has a version 0 that no code means.
func (k *known) skipsZero(changeID string, min, max int) bool {
	return min < 0 && 0 < max && !k.ends[changeID][0] && !slices.Contains(k.named[changeID], 0)
}

// unasked returns an error for a change ID, or a version of one, that was named and
// never asked for.
func (k *known) unasked() error {
	for _, changeID := range slices.Sorted(maps.Keys(k.named)) {
		if k.ends[changeID] == nil {
			return fmt.Errorf("SweepOptions.Versions names %q, and no execution has asked for it: the change IDs are %q",
				changeID, slices.Sorted(maps.Keys(k.ends)))
		}
		for _, version := range k.named[changeID] {
			if !k.reached[changeID][version] {
				return fmt.Errorf("SweepOptions.Versions names %s of %q, and no execution has asked for a range "+
					"that has it", versionText(version), changeID)
			}
		}
	}
	return nil
}
