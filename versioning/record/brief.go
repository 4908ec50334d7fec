package record

import (
	"regexp"
	"slices"
	"strings"
)

// longestMessage is the number of bytes of a message that are kept.
const longestMessage = 400

// unsteady is what differs between two equal observations in the events and
// commands that a message quotes: times, task IDs, run IDs, which are a part of
// default Child Workflow IDs too, the time in the marker of a local activity, and
// the spaces of protobuf's text format, of which there are more in some binaries
// than in others.
var unsteady = regexp.MustCompile(`\\"ReplayTime\\":\\"[^\\]*\\",|EventTime:\([^)]*\), |TaskId:\d+, |\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|  +`)

func steady(part string) string {
	switch {
	case strings.HasPrefix(part, " "):
		return " "
	case strings.Contains(part, ":"):
		return ""
	default:
		return "RUN"
	}
}

// brief returns the first line of what a worker said, the same each time.
func brief(message string) string {
	line, _, _ := strings.Cut(message, "\n")
	line = unsteady.ReplaceAllStringFunc(line, steady)
	line = typeList.ReplaceAllStringFunc(line, func(list string) string {
		types := strings.Split(typeList.FindStringSubmatch(list)[1], ", ")
		slices.Sort(types)
		return "Supported types: [" + strings.Join(types, ", ") + "]"
	})
	if len(line) > longestMessage {
		line = strings.ToValidUTF8(line[:longestMessage], "") + "…"
	}
	return line
}

// typeList is a list that the SDK prints in the order of a map.
var typeList = regexp.MustCompile(`Supported types: \[([^]]*)\]`)
