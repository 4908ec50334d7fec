package record

import (
	"errors"
	"maps"
	"slices"
)

// An attempt is an execution to be recorded: what it prefers, and for which version
// of which change ID it is made. The first one prefers nothing.
type attempt struct {
	prefer   map[string]int
	changeID string
	version  int
}

// others are what it prefers to get to where the change ID is asked for.
func (a attempt) others() map[string]int {
	others := maps.Clone(a.prefer)
	delete(others, a.changeID)
	return others
}

// A tree is what the executions of one scenario have asked for, and what is left to
// be tried.
type tree struct {
	known *known
	runs  int
	queue []attempt
	ids   []string // in the order in which they were met
	met   map[string]*metID
}

// A metID is a change ID with its range, over all its calls, and its branches.
type metID struct {
	min, max int
	branches map[int]*SweptBranch
}

func newTree(k *known, runs int) *tree {
	return &tree{known: k, runs: runs, queue: []attempt{{}}, met: map[string]*metID{}}
}

// grow tries one attempt after the other, those with fewer preferences first. try
// returns the name of the recording and what was asked in it; an *impossibleError is
// noted, any other ends it.
func (t *tree) grow(try func(attempt) (name string, asked []asked, err error)) error {
	for runs := 0; len(t.queue) > 0; {
		a := t.queue[0]
		var branch *SweptBranch
		if a.changeID != "" {
			branch = t.met[a.changeID].branches[a.version]
			if branch.Recording != "" {
				t.queue = t.queue[1:]
				continue
			}
		}
		if runs == t.runs {
			break
		}
		t.queue, runs = t.queue[1:], runs+1
		name, list, err := try(a)
		var impossible *impossibleError
		switch {
		case branch != nil && errors.As(err, &impossible):
			branch.Impossible = impossible.error
			continue
		case err != nil:
			return err
		}
		for _, call := range list {
			t.meet(call, name, a.prefer)
		}
	}
	for _, id := range t.met {
		for _, b := range id.branches {
			if b.Recording == "" && b.Impossible == nil {
				b.Impossible = &LeftOutError{Runs: true}
			}
		}
	}
	t.queue = nil
	return nil
}

// meet takes a call that the recording of that name has made while the worker
// preferred these versions.
func (t *tree) meet(call asked, name string, prefer map[string]int) {
	t.known.see(call)
	id := t.met[call.changeID]
	if id == nil {
		id = &metID{min: call.min, max: call.max, branches: map[int]*SweptBranch{}}
		t.met[call.changeID] = id
		t.ids = append(t.ids, call.changeID)
	}
	id.min, id.max = min(id.min, call.min), max(id.max, call.max)
	taken := id.branch(call.changeID, call.version)
	if taken.Recording == "" {
		taken.Recording, taken.Impossible = name, nil
	}
	for _, version := range t.known.versions(call) {
		if id.branches[version] != nil {
			continue
		}
		b := id.branch(call.changeID, version)
		if call.own {
			b.Impossible = &OwnProviderError{Prefers: call.version}
			continue
		}
		with := map[string]int{call.changeID: version}
		for other, v := range prefer {
			if other != call.changeID {
				with[other] = v
			}
		}
		t.queue = append(t.queue, attempt{prefer: with, changeID: call.changeID, version: version})
	}
}

func (id *metID) branch(changeID string, version int) *SweptBranch {
	if id.branches[version] == nil {
		id.branches[version] = &SweptBranch{ChangeID: changeID, From: version, To: version}
	}
	return id.branches[version]
}

// branches lists the change IDs in the order in which they were met, each with its
// versions in order, and what is left out between them.
func (t *tree) branches() (list []SweptBranch) {
	for _, name := range t.ids {
		id := t.met[name]
		gap := func(from, to int) {
			if from == 0 && t.known.skipsZero(name, id.min, id.max) {
				from = 1
			}
			if from <= to {
				list = append(list, SweptBranch{ChangeID: name, From: from, To: to, Impossible: &LeftOutError{}})
			}
		}
		next := id.min
		for _, version := range slices.Sorted(maps.Keys(id.branches)) {
			gap(next, version-1)
			list = append(list, *id.branches[version])
			next = version + 1
		}
		// The last version is the maximum, which is always tried.
	}
	return list
}
