package told

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// An UnusedLine names what the code of some stages has and no replay uses.
type UnusedLine struct {
	stages []string
	every  bool
	What   string
}

func Unused(m *matrix.Matrix) (lines []UnusedLine) {
	at := map[string]int{}
	for _, s := range m.Unused() {
		what := unusedText(s)
		if _, ok := at[what]; !ok {
			at[what] = len(lines)
			lines = append(lines, UnusedLine{What: what})
		}
		line := &lines[at[what]]
		line.stages = append(line.stages, s.Stage)
		line.every = len(line.stages) == len(m.Family.Stages) && len(line.stages) > 1
	}
	return lines
}

func (l UnusedLine) StagesText(form func(string) string) string {
	if l.every {
		return "every stage"
	}
	var names []string
	for _, stage := range l.stages {
		names = append(names, form(stage))
	}
	return strings.Join(names, ", ")
}

// unusedText names what a stage has and no replay uses: "signal hurry; activities
// Refund, Ship".
func unusedText(s matrix.StageUnused) string {
	var parts []string
	for rest := s.Offers; len(rest) > 0; {
		kind := rest[0].Kind
		n := slices.IndexFunc(rest, func(o replay.Offer) bool { return o.Kind != kind })
		if n < 0 {
			n = len(rest)
		}
		parts = append(parts, offersText(kind, rest[:n]))
		rest = rest[n:]
	}
	text := strings.Join(parts, "; ")
	if s.Unjudged > 0 {
		text += fmt.Sprintf(" (%s could not be judged)", prose.Plural(s.Unjudged, "recording"))
	}
	return text
}

// offersText lists names, not all of very many: code can make them up.
func offersText(kind replay.OfferKind, offers []replay.Offer) string {
	const most = 8
	names := make([]string, 0, len(offers))
	for _, o := range offers {
		names = append(names, prose.Plain(o.Name))
	}
	if more := len(names) - most; more > 1 {
		names = append(names[:most], fmt.Sprintf("and %d more", more))
	}
	what := map[replay.OfferKind][2]string{
		replay.OfferedSignal:             {"signal", "signals"},
		replay.OfferedUpdate:             {"update", "updates"},
		replay.OfferedQuery:              {"query", "queries"},
		replay.OfferedQueryWithArguments: {"query", "queries"},
		replay.OfferedActivity:           {"activity", "activities"},
	}[kind]
	text := what[min(len(offers), 2)-1] + " " + strings.Join(names, ", ")
	if kind == replay.OfferedQueryWithArguments {
		text += " (with arguments, so no replay asks)"
	}
	return text
}
