package history

import (
	"slices"
	"strings"
)

// outputs are keys that tell what other commands print.
var outputs = []struct{ key, what string }{
	{"workflowExecutionInfo", `it is what "temporal workflow describe" prints`},
	{"closeEvent", `it is what "temporal workflow execute" or "result" prints`},
	{"executions", `it is a list of executions`},
	{"execution", `it is what "temporal workflow list" prints`},
	{"rawHistory", `its events are still encoded, in "rawHistory"`},
}

// note keeps the first keys: more would only be memory for a hostile file to fill.
func note(keys []string, key string) []string {
	if len(keys) == 32 {
		return keys
	}
	return append(keys, key)
}

func describeKeys(subject string, keys []string) string {
	for _, o := range outputs {
		if slices.Contains(keys, o.key) {
			return o.what
		}
	}
	const most = 5
	switch n := len(keys); {
	case n == 0:
		return subject + " is an empty object"
	case n == 1:
		return subject + " has the key " + keys[0]
	case n > most:
		return subject + " has the keys " + strings.Join(keys[:most], ", ") + " and more"
	}
	return subject + " has the keys " + strings.Join(keys, ", ")
}
