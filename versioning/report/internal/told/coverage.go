package told

import (
	"slices"
	"strconv"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/terminal"
)

// WriteCoverage lists the branches of GetVersion calls. Branches that recordings prove are listed
// in short. Branches that no recording proves are listed at length.
func WriteCoverage(b *terminal.Writer, m *matrix.Matrix) {
	stages := m.Coverage()
	proven := &grouped{}
	width := 0
	for _, s := range stages {
		if text := provenText(s); text != "" {
			proven.add(s.Stage, text)
			width = max(width, len(s.Stage))
		}
	}
	if len(proven.keys) > 0 {
		b.Printf("Branches of GetVersion that recordings prove:\n")
		for _, stage := range proven.keys {
			b.Printf("  %-*s  %s\n", width, stage, prose.Wrap(proven.members[stage][0], b.Width, width+4))
		}
		b.Printf("\n")
	}
	writeUnproven(b, stages)
}

// writeUnproven lists the calls under the line that they share.
func writeUnproven(b *terminal.Writer, stages []matrix.StageCoverage) {
	const title = "UNPROVEN"
	findings := &grouped{}
	width := 0
	for _, s := range stages {
		width = max(width, len(s.Stage))
		lacks := &grouped{} // those of one line lack the same as a rule
		for _, call := range s.Calls {
			for _, branch := range call.Branches {
				if len(branch.Proven) == 0 {
					lacks.add(call.Source+"\n"+words.Versions(branch)+": "+words.Unproven(s, branch), call.ChangeID)
				}
			}
		}
		for _, lack := range lacks.keys {
			source, what, _ := strings.Cut(lack, "\n")
			findings.add(quoted(lacks.members[lack])+" "+what, s.Stage+"\n"+source)
		}
	}
	for _, finding := range findings.keys {
		b.Printf("%s  %s\n", b.Paint(terminal.Yellow, title), prose.Wrap(finding, b.Width, len(title)+2))
		for _, place := range findings.members[finding] {
			stage, source, _ := strings.Cut(place, "\n")
			b.Printf("  %-*s  %s\n", width, stage, source)
		}
		b.Printf("\n")
	}
}

// provenText names the change IDs with their versions that are proven at every
// call, together where they are the same.
func provenText(s matrix.StageCoverage) string {
	versions := &grouped{}
	for i, call := range s.Calls {
		if slices.ContainsFunc(s.Calls[:i], func(c matrix.CallCoverage) bool { return c.ChangeID == call.ChangeID }) {
			continue
		}
		var proven []string
		for _, version := range provenEverywhere(s, call.ChangeID) {
			proven = append(proven, words.Version(version))
		}
		if len(proven) > 0 {
			versions.add(strings.Join(proven, ", "), call.ChangeID)
		}
	}
	texts := make([]string, len(versions.keys))
	for i, key := range versions.keys {
		texts[i] = quoted(versions.members[key]) + ": " + key
	}
	return strings.Join(texts, "; ")
}

// provenEverywhere returns the versions of the change ID that are proven at every
// call which supports them.
func provenEverywhere(s matrix.StageCoverage, changeID string) (versions []int) {
	var lacks []matrix.Branch
	for _, call := range s.Calls {
		for _, b := range call.Branches {
			switch {
			case call.ChangeID != changeID:
			case len(b.Proven) == 0:
				lacks = append(lacks, b)
			default:
				versions = append(versions, b.From)
			}
		}
	}
	versions = slices.DeleteFunc(versions, func(v int) bool {
		return slices.ContainsFunc(lacks, func(b matrix.Branch) bool { return b.From <= v && v <= b.To })
	})
	slices.Sort(versions)
	return slices.Compact(versions)
}

// quoted lists change IDs, not all of very many: code can make them up.
func quoted(ids []string) string {
	shown, more := ids, ""
	if len(ids) > 8 {
		shown, more = ids[:6], " and "+strconv.Itoa(len(ids)-6)+" more"
	}
	var names []string
	for _, id := range shown {
		names = append(names, strconv.Quote(id))
	}
	return strings.Join(names, ", ") + more
}

// grouped holds lists by key, in the order of their first members.
type grouped struct {
	keys    []string
	members map[string][]string
}

func (g *grouped) add(key, member string) {
	if g.members == nil {
		g.members = map[string][]string{}
	}
	if g.members[key] == nil {
		g.keys = append(g.keys, key)
	}
	g.members[key] = append(g.members[key], member)
}
