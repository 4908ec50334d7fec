package judge

import (
	"regexp"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
)

// runID is what ends the name of a recording that was pulled.
var runID = regexp.MustCompile(`_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// short is the name of the recording as a person is shown it: without the run ID, if no other
// recording is called so.
func short(sources []history.Source, recording string) string {
	stem := runID.ReplaceAllString(recording, "")
	if full, ok := recordingNamed(sources, stem); stem != "" && ok && full == recording {
		return stem
	}
	return recording
}

// recordingNamed returns the recording of this name, or of this name and a run ID if there is one
// such recording.
func recordingNamed(sources []history.Source, name string) (recording string, ok bool) {
	runs := 0
	for _, s := range sources {
		if s.Name == name {
			return name, true
		}
		if runID.ReplaceAllString(s.Name, "") == name {
			recording = s.Name
			runs++
		}
	}
	return recording, runs == 1
}

// familyOf returns the family that the name begins with, and what follows its slash. If there is one
// family, its tests name cells without it.
func (c commands) familyOf(name string) (f *versioning.Family, rest string) {
	for _, known := range c.Families {
		// The name of one family can begin that of another one.
		if strings.HasPrefix(name, known.Name+"/") && (f == nil || len(known.Name) > len(f.Name)) {
			f = known
		}
	}
	switch {
	case f != nil:
		return f, strings.TrimPrefix(name, f.Name+"/")
	case len(c.Families) == 1 && name != c.Families[0].Name:
		return c.Families[0], name
	default:
		return nil, name
	}
}

// argument is the shortest name of the cell that explain takes. A shell reads it as one word.
func (c commands) argument(p place) string {
	name := short(p.sources, p.recording) + "@" + p.stage
	if len(c.Families) > 1 {
		name = p.family.Name + "/" + name
	}
	return prose.ShellWord(name)
}
