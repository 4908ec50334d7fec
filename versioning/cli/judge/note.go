package judge

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

// strangers counts the recordings of a family whose lineage names stages that the
// family does not have: after a rename, the matrix knows them as those of an
// unknown stage, and claims nothing about deploys.
type strangers struct {
	recordings int
	stages     []string
}

// meet takes the lineage of a recording, which is empty if it is unknown.
func (s *strangers) meet(f *versioning.Family, lineage []string) {
	stranger := false
	for _, stage := range lineage {
		if _, ok := f.Stage(stage); ok {
			continue
		}
		stranger = true
		if !slices.Contains(s.stages, stage) {
			s.stages = append(s.stages, stage)
		}
	}
	if stranger {
		s.recordings++
	}
}

// note prints a line about them, if there are any.
func (c commands) note(f *versioning.Family, s strangers) {
	if s.recordings == 0 {
		return
	}
	count, are, them := fmt.Sprintf("%d recordings", s.recordings), "are", "them"
	if s.recordings == 1 {
		count, are, them = "1 recording", "is", "it"
	}
	names := make([]string, len(s.stages))
	for i, stage := range s.stages {
		names[i] = shell.Printable(stage)
	}
	fmt.Fprintf(c.Stderr,
		"note: %s of %s %s of stages that it does not have (%s): recorded before a rename? record %s again\n",
		count, f.Name, are, strings.Join(names, ", "), them)
}
