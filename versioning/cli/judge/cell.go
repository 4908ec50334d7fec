package judge

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// place is a cell that a person has named.
type place struct {
	family *versioning.Family
	// sources are all recordings of the family.
	sources   []history.Source
	recording string
	stage     string
}

// cell finds FAMILY/RECORDING@STAGE. An error names what is there instead, what is
// spelt most like it first. The recording is not read.
func (c commands) cell(name string) (p place, err error) {
	usage := func(format string, args ...any) (place, error) {
		return place{}, shell.Usage(fmt.Errorf("%q: "+format, append([]any{name}, args...)...))
	}
	var recording string
	p.family, recording = c.familyOf(name)
	if p.family == nil {
		family, _, _ := strings.Cut(name, "@")
		if i := strings.LastIndex(family, "/"); i >= 0 {
			family = family[:i]
		}
		if f, err := c.Family(family); err == nil && family != "" {
			return usage("want FAMILY/RECORDING@STAGE, such as %s/%s", f.Name, c.anyCell(f))
		}
		return usage("want FAMILY/RECORDING@STAGE; the families are %s", shell.Nearest(family, shell.Names(c.Families)))
	}
	sources, err := c.Sources(p.family)
	if err != nil {
		return place{}, err
	}
	if i := strings.LastIndex(recording, "@"); i >= 0 {
		recording, p.stage = recording[:i], recording[i+1:]
	}
	full, known := recordingNamed(sources, recording)
	if !known {
		names := make([]string, len(sources))
		for i, s := range sources {
			names[i] = s.Name
		}
		return usage("%s has no recording %q: the recordings are %s", p.family.Name, recording,
			shell.Nearest(recording, names))
	}
	recording = full
	p.sources, p.recording = sources, recording
	var stages []string
	for _, s := range matrix.Stages(p.family, recording) {
		stages = append(stages, s.Name)
	}
	_, known = p.family.Stage(p.stage)
	switch {
	case slices.Contains(stages, p.stage):
		return p, nil
	case p.stage == "":
		return usage("the stage is missing: write %s/%s@STAGE; the stages are %s", p.family.Name, recording,
			shell.Nearest("", stages))
	case known:
		return usage("%s never meets %s: of a catalogue, a recording meets its own stage and the base; they are %s",
			p.stage, recording, shell.Joined(stages))
	default:
		return usage("%s has no stage %q: the stages are %s", p.family.Name, p.stage, shell.Nearest(p.stage, stages))
	}
}

// anyCell is a cell of the family, as an example.
func (c commands) anyCell(f *versioning.Family) string {
	stage := f.Stages[len(f.Stages)-1].Name
	if sources, err := c.Sources(f); err == nil {
		return sources[0].Name + "@" + stage
	}
	return "RECORDING@" + stage
}
