package advice

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// AllowRules are the rules for a drift that is meant, as elements of Config.Allow in Go. There are none for
// another verdict, nor where so many fields differ that the code is another one.
func AllowRules(r replay.Result) (rules []string) {
	if r.Verdict != replay.Drift {
		return nil
	}
	var paths []string
	for _, d := range r.Differences {
		if !slices.Contains(paths, d.Path) {
			paths = append(paths, d.Path)
		}
	}
	const most = 3
	if len(paths) > most {
		return nil
	}
	for _, path := range paths {
		rules = append(rules, fmt.Sprintf("{Path: %q, Reason: \"why it may differ\"},", path))
	}
	return rules
}

// Allow is the code of AllowRules as comments, to stand below other code. It is empty if there are none.
func Allow(r replay.Result) string {
	rules := AllowRules(r)
	if len(rules) == 0 {
		return ""
	}
	return "// Or, if it may differ, in Config.Allow:\n// " + strings.Join(rules, "\n// ")
}
