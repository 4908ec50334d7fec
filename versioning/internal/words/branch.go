package words

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// Versions names the versions of a branch: "DefaultVersion", "version 2",
// "versions 2 to 9".
func Versions(b matrix.Branch) string {
	switch {
	case b.From != b.To:
		return fmt.Sprintf("versions %s to %s", Version(b.From), Version(b.To))
	case b.From == -1:
		return Version(b.From)
	default:
		return "version " + Version(b.From)
	}
}

// Unproven says why a branch of the stage is not proven. If a recording is missing, Unproven also
// says what to record.
func Unproven(s matrix.StageCoverage, b matrix.Branch) string {
	breaking, elsewhere := len(b.Breaking), len(b.Elsewhere)
	recordings := slices.Concat(b.Breaking, b.Elsewhere)
	switch {
	case breaking == 1 && elsewhere == 0:
		return recordings[0] + " takes it, and does not replay"
	case elsewhere == 1 && breaking == 0:
		return recordings[0] + " takes it, and stays on another build"
	case elsewhere == 0 && breaking > 0:
		return fmt.Sprintf("%d recordings take it, and none of them replays", breaking)
	case breaking == 0 && elsewhere > 0:
		return fmt.Sprintf("%d recordings take it, and stay on other builds", elsewhere)
	case breaking > 0:
		return fmt.Sprintf("%d recordings take it, which do not replay or stay on other builds", len(recordings))
	}
	text := "no recording takes it"
	if s.Unjudged > 0 {
		text += ", as far as they could be judged"
	}
	return text + "; " + whatProves(b)
}

// whatProves says how to get the recording that is missing.
func whatProves(b matrix.Branch) string {
	const most = 3
	switch n := len(b.RecordedBy); {
	case n > most:
		return fmt.Sprintf("record an execution of %s or %d other stages that gets there",
			strings.Join(b.RecordedBy[:most], ", "), n-most)
	case n > 0:
		return "record an execution of " + strings.Join(b.RecordedBy, " or ") + " that gets there"
	case b.From == -1:
		return "no stage here records it: add the history of an execution that began before the call was there, " +
			"or record it with record.Sweep"
	default:
		return "no stage here records it: add the history of an execution that has it, or record it with record.Sweep"
	}
}

// Version names the number of a version as the code does: -1 is DefaultVersion.
func Version(version int) string {
	if version == -1 {
		return "DefaultVersion"
	}
	return strconv.Itoa(version)
}
