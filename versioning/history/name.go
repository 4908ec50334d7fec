package history

import (
	"path"
	"regexp"
	"strings"
)

// extensions of the files that hold recordings, longest first because ".json.gz" ends in neither
// ".json" nor ".pb".
var extensions = []string{".json.gz", ".pb.gz", ".binpb", ".json", ".pb"}

// reserved are names of data files that live beside recordings and are none.
var reserved = map[string]bool{"live": true}

// stageScenario is the shape of the names that this project gives: STAGE[+STAGE…].SCENARIO, lower
// case, one dot. Anything else, as 4711.json or order.2024.json, says nothing about stages.
var stageScenario = regexp.MustCompile(`^([a-z][a-z0-9-]*(?:\+[a-z][a-z0-9-]*)*)\.([a-z][a-z0-9-]*)$`)

// runID is what a downloaded history can be named after:
// order.a199c3b0-5a00-4000-8000-0123456789ab.json has the shape of STAGE.SCENARIO, and is of no
// stage called order.
var runID = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// splitPath gives the family and the name that a file path stands for. The path may use either
// slash.
func splitPath(p string) (family, name string) {
	p = path.Clean(strings.ReplaceAll(p, `\`, "/"))
	name, _ = trimExtension(path.Base(p))
	family = path.Base(path.Dir(p))
	if family == "." || family == ".." || family == "/" {
		family = ""
	}
	return family, name
}

// trimExtension cuts the extension of a recording off, in either case, and reports whether there
// was one.
func trimExtension(base string) (string, bool) {
	for _, ext := range extensions {
		if n := len(base) - len(ext); n > 0 && strings.EqualFold(base[n:], ext) {
			return base[:n], true
		}
	}
	return base, false
}

// recordingName gives the name of the recording in the file, and whether the file is a recording at
// all by the rule that Dir documents.
func recordingName(base string) (string, bool) {
	name, ok := trimExtension(base)
	if !ok || reserved[name] || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") {
		return "", false
	}
	return name, true
}

// parseName reads lineage and scenario out of a recording's name.
func parseName(name string) (lineage []string, scenario string) {
	m := stageScenario.FindStringSubmatch(name)
	if m == nil || runID.MatchString(m[2]) {
		return nil, ""
	}
	return strings.Split(m[1], "+"), m[2]
}
