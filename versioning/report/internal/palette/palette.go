// Package palette holds the colours of answers and verdicts, in light and dark, for all writers that draw.
package palette

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A Color is one of the palette, as it is in light and in dark.
type Color struct{ Name, Light, Dark string }

// A Pair is what is behind a text, and the text: their contrast is at least 4.5, which is level AA of WCAG 2.
type Pair struct{ Back, Text Color }

// colors are those of pages and pictures by their names. Those of a Pair end in -b and in -t.
var colors = []Color{
	{"page", "#ffffff", "#14171b"}, {"raised", "#f5f6f8", "#1d2127"}, {"ink", "#16191d", "#e9ecf0"},
	{"muted", "#4d5560", "#a9b2bd"}, {"line", "#c9ced6", "#434b56"}, {"focus", "#0b57d0", "#8ab4ff"},
	{"link", "#0b50b8", "#9cc0ff"},
	{"safe-b", "#dcf3e3", "#17392a"}, {"safe-t", "#0d4a24", "#b4e8c6"},
	{"drift-b", "#ffd97a", "#d9a02b"}, {"drift-t", "#402c00", "#201500"},
	{"nondet-b", "#c62a35", "#c22a37"}, {"nondet-t", "#ffffff", "#ffffff"},
	{"noread-b", "#8fd4dc", "#14525b"}, {"noread-t", "#04363d", "#c9f1f6"},
	{"vmin-b", "#f3a683", "#7d3413"}, {"vmin-t", "#431300", "#ffdccb"},
	{"vmax-b", "#f0a1cf", "#782059"}, {"vmax-t", "#460432", "#ffd9ef"},
	{"unreg-b", "#c3b0f7", "#4b3595"}, {"unreg-t", "#25095f", "#e6deff"},
	{"na-b", "#e4e7ec", "#2d333b"}, {"na-t", "#3b434d", "#c3cad3"},
	{"new-b", "#dde8fb", "#22344f"}, {"new-t", "#23416e", "#bfd4f5"},
	{"panic-b", "#5b0912", "#ffb3b8"}, {"panic-t", "#ffffff", "#47030b"},
	{"unstab-b", "#93d9d2", "#0f5a52"}, {"unstab-t", "#04352f", "#cdf5f0"},
	{"unjudged-b", "#ffffff", "#14171b"}, {"unjudged-t", "#3b434d", "#c3cad3"},
	{"bad-ink", "#a8121f", "#ff9aa2"}, {"mark-b", "#ffe9ea", "#43191e"}, {"changed-edge", "#a86f00", "#d9a02b"},
}

var verdicts = map[replay.Verdict]string{
	replay.Safe: "safe", replay.Drift: "drift", replay.Nondeterministic: "nondet", replay.Undecodable: "noread",
	replay.VersionRemoved: "vmin", replay.VersionUnknown: "vmax", replay.Unregistered: "unreg",
	replay.NotApplicable: "na", replay.Panic: "panic", replay.Unstable: "unstab", replay.Unstarted: "new",
	replay.Unjudged: "unjudged",
}

var answers = map[finding.Answer]string{
	finding.Breaks: "nondet", finding.Changes: "drift", finding.Unknown: "na", finding.Otherwise: "drift",
	finding.Doubted: "drift", finding.Pinned: "na", finding.Safe: "safe", finding.Unbegun: "new", finding.NotAsked: "na",
}

// OfVerdict is the Pair of a cell.
func OfVerdict(v replay.Verdict) Pair { return pair(verdicts[v]) }

// OfAnswer is the Pair of what is done to executions.
func OfAnswer(a finding.Answer) Pair { return pair(answers[a]) }

func pair(name string) Pair { return Pair{Named(name + "-b"), Named(name + "-t")} }

// Named is the colour of that name. It panics if there is none.
func Named(name string) Color {
	for _, c := range colors {
		if c.Name == name {
			return c
		}
	}
	panic("there is no colour " + name)
}

// CSS defines a variable for each colour, and a class with the variables --b and --t for each verdict, such as
// .v-drift, and each answer, such as .k-breaks. What is printed is light.
func CSS() string {
	var light, dark, classes strings.Builder
	for _, c := range colors {
		fmt.Fprintf(&light, " --%s: %s;", c.Name, c.Light)
		fmt.Fprintf(&dark, " --%s: %s;", c.Name, c.Dark)
	}
	class := func(name, pair string) {
		fmt.Fprintf(&classes, ".%s { --b: var(--%s-b); --t: var(--%s-t); }\n", name, pair, pair)
	}
	for _, info := range replay.Verdicts() {
		class("v-"+string(info.Verdict), verdicts[info.Verdict])
	}
	for _, a := range finding.Answers() {
		class("k-"+a.String(), answers[a])
	}
	return fmt.Sprintf(":root { color-scheme: light dark;%s }\n@media screen and (prefers-color-scheme: dark) {\n  :root {%s }\n}\n%s",
		&light, &dark, &classes)
}
