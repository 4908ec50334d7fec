package matrix

import (
	"maps"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// sightings are the calls that the cells of a matrix have made.
type sightings struct {
	family *versioning.Family
	// calls has the takers of each call, by stage. The keys have neither Taken nor
	// Version. A call that never returned has no takers.
	calls    map[string]map[replay.VersionCall]takers
	unjudged map[string]int
	// ends has the greatest version of each call, by change ID and stage.
	ends map[string]map[string][]int
	// zero has the change IDs of which code or recordings know a version 0.
	zero map[string]bool
}

// takers are the cells in which a call gave a version, by version.
type takers map[int][]Cell

func survey(m *Matrix) *sightings {
	s := &sightings{
		family: m.Family, calls: map[string]map[replay.VersionCall]takers{}, unjudged: map[string]int{},
		ends: map[string]map[string][]int{}, zero: map[string]bool{},
	}
	for cell := range m.kept() {
		if !Proves(cell) {
			continue // no code has run, so what it calls is not known
		}
		if cell.Verdict == replay.Unjudged {
			s.unjudged[cell.Stage]++
		}
		calls := s.calls[cell.Stage]
		if calls == nil {
			calls = map[replay.VersionCall]takers{}
			s.calls[cell.Stage] = calls
		}
		for _, c := range cell.Versions {
			call := replay.VersionCall{ChangeID: c.ChangeID, Min: c.Min, Max: c.Max, Source: c.Source}
			if calls[call] == nil {
				calls[call] = takers{}
				if s.ends[c.ChangeID] == nil {
					s.ends[c.ChangeID] = map[string][]int{}
				}
				s.ends[c.ChangeID][cell.Stage] = append(s.ends[c.ChangeID][cell.Stage], c.Max)
			}
			if c.Min == 0 || c.Max == 0 || c.Taken && c.Version == 0 {
				s.zero[c.ChangeID] = true
			}
			if c.Taken {
				calls[call][c.Version] = append(calls[call][c.Version], cell)
			}
		}
	}
	return s
}

// branches divides the range of the stage's call at the versions that recordings
// take or stages record. It goes through no others: a range is as long as its
// numbers are large.
func (s *sightings) branches(stage string, call replay.VersionCall) (list []Branch) {
	gap := func(from, to int) {
		if from == 0 && call.Min < 0 && 0 < call.Max && !s.zero[call.ChangeID] {
			from = 1
		}
		if from <= to {
			list = append(list, Branch{From: from, To: to})
		}
	}
	next := call.Min
	taken := s.calls[stage][call]
	for _, version := range s.versions(call, taken) {
		gap(next, version-1)
		b := Branch{From: version, To: version, RecordedBy: s.recordedBy(stage, call.ChangeID, version)}
		for _, cell := range taken[version] {
			switch {
			case cell.Verdict == replay.Drift && tookOther(cell, call.ChangeID):
				b.Breaking = append(b.Breaking, cell.Recording)
			case cell.Verdict == replay.Safe, cell.Verdict == replay.Drift:
				b.Proven = append(b.Proven, cell.Recording)
			case cell.Verdict == replay.NotApplicable:
				b.Elsewhere = append(b.Elsewhere, cell.Recording)
			default:
				b.Breaking = append(b.Breaking, cell.Recording)
			}
		}
		list = append(list, b)
		next = version + 1
	}
	return list
}

// tookOther reports whether the execution took another version of the change ID than
// the code does.
func tookOther(cell Cell, changeID string) bool {
	return slices.ContainsFunc(cell.Differences, func(d compare.Difference) bool {
		return d.Path == replay.VersionPath(changeID)
	})
}

// versions returns those of the call's range that are known: workflow.DefaultVersion,
// what is taken, and what any stage records, the last of which is the call's own
// maximum.
func (s *sightings) versions(call replay.VersionCall, taken takers) []int {
	known := append(slices.Collect(maps.Keys(taken)), defaultVersion)
	for _, ends := range s.ends[call.ChangeID] {
		known = append(known, ends...)
	}
	known = slices.DeleteFunc(known, func(v int) bool { return v < call.Min || call.Max < v })
	slices.Sort(known)
	return slices.Compact(known)
}

// recordedBy returns the stages whose new executions take the version where they
// get to a call for the change ID. One that was not seen to make such a call takes
// workflow.DefaultVersion at the calls of later stages.
func (s *sightings) recordedBy(stage, changeID string, version int) (names []string) {
	before := true
	for _, name := range s.family.StageNames() {
		before = before && name != stage
		if !s.family.Transition(name, stage) {
			continue
		}
		ends := s.ends[changeID][name]
		_, judged := s.calls[name]
		if slices.Contains(ends, version) || before && judged && len(ends) == 0 && version == defaultVersion {
			names = append(names, name)
		}
	}
	return names
}

// defaultVersion is workflow.DefaultVersion.
const defaultVersion = -1
