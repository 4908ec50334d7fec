package pull

import (
	"path/filepath"
	"regexp"
	"strings"
)

const (
	extension  = ".json"
	compressed = ".json.gz"
	// longestID leaves room for all that a name has besides, within the 143 bytes of
	// the narrowest file system in use.
	longestID = 80
)

var (
	unsafe = regexp.MustCompile(`[^A-Za-z0-9._-]+`)
	// device is what Windows opens instead of a file, whatever follows the dot.
	device = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)`)
	// pulled is the name of a file of this package; the underscore keeps it from being
	// a STAGE.SCENARIO for package history.
	pulled = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.json(\.gz)?$`)
)

// RecordingName returns the name of a run's recording, which is also the name of its file without
// the extension. The name is the workflow ID, an underscore and the run ID.
//
// The workflow ID is changed so that it can be a file name. ASCII letters, ASCII digits, dots,
// hyphens and underscores stay. Each sequence of other characters becomes one hyphen. At most 80
// characters are kept. The first and the last of them are letters or digits. A name that Windows
// takes for a device gets "id-" in front. An empty name becomes "id".
//
// Two workflow IDs can become the same text. Their run IDs differ, and so do their names, also on a
// file system that ignores case. No name has the form STAGE.SCENARIO, because that form would say
// which stage the recording is of.
func RecordingName(x Execution) string {
	id := unsafe.ReplaceAllString(x.WorkflowID, "-")
	id = strings.TrimLeft(id, "._-")
	if len(id) > longestID {
		id = id[:longestID]
	}
	id = strings.TrimRight(id, "._-")
	switch {
	case id == "":
		id = "id"
	case device.MatchString(id):
		id = "id-" + id
	}
	return id + "_" + x.RunID
}

// path returns the file of the run: the one that is there in either form, or else
// the one to write.
func (o *Options) path(x Execution, exists func(string) bool) (path string, there bool) {
	name := filepath.Join(o.Dir, RecordingName(x))
	wanted, other := name+extension, name+compressed
	if o.Compress {
		wanted, other = other, wanted
	}
	switch {
	case exists(wanted):
		return wanted, true
	case exists(other):
		return other, true
	}
	return wanted, false
}
