package replaytest

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// green says in a line what a test has proven in which nothing fails: "4 recordings, 1 open, all safe
// twice; versions 2 of 2, signals 1 of 2 proven".
func (r *run) green(m *matrix.Matrix) string {
	open := 0
	for _, row := range m.Rows {
		if !row.Closed && row.Err == nil {
			open++
		}
	}
	text := prose.Plural(len(m.Rows), "recording") + ", " + openText(open)
	if n := len(m.Family.Stages); n > 1 {
		text += fmt.Sprintf(", %s of %s", prose.Plural(len(r.cells), "cell"), prose.Plural(n, "stage"))
	}
	text += ", " + r.verdicts()
	if covered := covered(m); len(covered) > 0 {
		text += "; " + strings.Join(covered, ", ") + " proven"
	}
	return text
}

// openText counts open executions.
func openText(n int) string {
	if n == 0 {
		return "none open"
	}
	return prose.Thousands(n) + " open"
}

// verdicts counts the cells by their verdicts. The code of what is safe was replayed twice.
func (r *run) verdicts() string {
	counts := map[replay.Verdict]int{}
	for _, c := range r.cells {
		counts[c.Verdict]++
	}
	if len(counts) == 1 && counts[replay.Safe] > 0 {
		return "all safe twice"
	}
	var texts []string
	for _, info := range replay.Verdicts() {
		verdict, n := info.Verdict, counts[info.Verdict]
		switch {
		case n == 0:
		case verdict == replay.Safe:
			texts = append(texts, prose.Thousands(n)+" safe twice")
		default:
			texts = append(texts, prose.Thousands(n)+" "+string(verdict))
		}
	}
	text := strings.Join(texts, ", ")
	if r.Golden != "" || len(r.Want) > 0 {
		text += " as wanted"
	}
	return text
}

// covered counts what the recordings prove: the versions of GetVersion calls, as MinCoverage does for
// each stage, and the signals and updates that a replay has taken, as matrix.Unused does.
func covered(m *matrix.Matrix) (texts []string) {
	if len(m.Partial) > 0 {
		return nil
	}
	proven, all := 0, 0
	for _, s := range m.Coverage() {
		p, a := s.Count()
		proven, all = proven+p, all+a
	}
	add := func(what string, proven, all int) {
		if all > 0 {
			texts = append(texts, fmt.Sprintf("%s %s of %s", what, prose.Thousands(proven), prose.Thousands(all)))
		}
	}
	add("versions", proven, all)
	for _, kind := range []replay.OfferKind{replay.OfferedSignal, replay.OfferedUpdate} {
		used, taken := map[string]bool{}, 0
		for c := range m.Cells() {
			for _, o := range c.Offers {
				if o.Kind == kind {
					used[o.Name] = used[o.Name] || o.Used
				}
			}
		}
		for _, u := range used {
			if u {
				taken++
			}
		}
		add(string(kind)+"s", taken, len(used))
	}
	return texts
}
