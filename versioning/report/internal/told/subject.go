package told

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
)

// A Subject names the executions that a sentence is about. They are the executions of one lineage,
// or some executions whose stage is unknown, such as downloaded histories. For executions of
// unknown stage the sentence gives their number, because they may come from different code.
type Subject struct {
	lineage string // empty if unknown
	// recordings is their number, and of that of all whose lineage is unknown.
	recordings, of int
	// only is whether the family has one stage, so that nobody asks of which stage they are.
	only bool
}

func subjectOf(g finding.Group, only bool) Subject {
	if !g.Lineage.Known() {
		return Subject{recordings: g.Recordings, of: g.Of, only: only}
	}
	return Subject{lineageText(g.Lineage), g.Recordings, g.Of, only}
}

// lineageText names the stages that ran the executions. One that was made to take
// other versions than new executions of its stage do stands for itself.
func lineageText(l finding.Lineage) string {
	text := strings.Join(l.Stages, "+")
	if len(l.Preferred) == 0 {
		return text
	}
	var versions []string
	for _, changeID := range slices.Sorted(maps.Keys(l.Preferred)) {
		versions = append(versions, fmt.Sprintf("%q at %s", changeID, words.Version(l.Preferred[changeID])))
	}
	return text + " with " + strings.Join(versions, " and ")
}

// Split returns the known lineages, and a text with the number of executions of unknown lineage.
// The text is "" if there are none.
func Split(subjects []Subject) (known []string, unknown string) {
	for _, s := range subjects {
		switch {
		case s.lineage != "":
			known = append(known, s.lineage)
		case s.of == 1:
			unknown = "the one"
		case s.recordings == s.of:
			unknown = "all " + prose.Thousands(s.of)
		default:
			unknown = prose.Thousands(s.recordings) + " of " + prose.Thousands(s.of)
		}
	}
	return known, unknown
}

// OfUnknownStage is the text after executions whose stage is unknown.
const OfUnknownStage = " of unknown stage"

// executionsOf names them where the sentence needs the word.
func executionsOf(subjects []Subject) string {
	known, unknown := Split(subjects)
	switch {
	case unknown == "the one":
		unknown = "the one execution"
	case unknown != "":
		unknown += " executions"
	}
	switch {
	case len(known) == 0 && subjects[0].only:
		return strings.Replace(unknown, "the one execution", "the recorded execution", 1)
	case len(known) == 0:
		return unknown + OfUnknownStage
	}
	return "executions of " + those(subjects)
}

// whatTheyDo ends a sentence that begins with "what".
func whatTheyDo(subjects []Subject) string {
	if known, _ := Split(subjects); len(known) > 0 {
		return "executions do of " + those(subjects)
	}
	if subjects[0].recordings == 1 {
		return executionsOf(subjects) + " does"
	}
	return executionsOf(subjects) + " do"
}

// those names them where it does not, but for executions of unknown stage alone.
func those(subjects []Subject) string {
	known, unknown := Split(subjects)
	switch {
	case len(known) == 0:
		return executionsOf(subjects)
	case unknown == "":
		return strings.Join(known, ", ")
	default:
		return strings.Join(known, ", ") + ", and " + unknown + OfUnknownStage
	}
}

var someUnknown = regexp.MustCompile(`^(.*\b\d+ of )\d+ executions(?:` + OfUnknownStage + `)?`)

// OfThem shortens the parts of one sentence. The first part that counts executions of unknown stage
// says so in full. The later parts say only "of them".
func OfThem(parts []string) []string {
	said := false
	for i, part := range parts {
		if said {
			parts[i] = someUnknown.ReplaceAllString(part, "${1}them")
		}
		said = said || someUnknown.MatchString(part)
	}
	return parts
}
