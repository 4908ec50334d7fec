package replay

import (
	"path"
	"strings"
)

// notWorkflowCode are the packages whose frames stand above the workflow's own
// in the stack of a panic.
var notWorkflowCode = []string{
	"go.temporal.io/sdk/", "github.com/replaymatrix/replaymatrix/versioning/replay.",
	"runtime.", "runtime/", "reflect.", "panic(", "goroutine ",
}

// sourceLine returns the first line of workflow code in a stack trace, with the
// last two elements of its path: the rest of it belongs to the machine.
func sourceLine(stack string) string {
	lines := strings.Split(stack, "\n")
	for i := 0; i+1 < len(lines); i++ {
		function, file := lines[i], lines[i+1]
		if !strings.HasPrefix(file, "\t") || hasAnyPrefix(function, notWorkflowCode) {
			continue
		}
		file, _, _ = strings.Cut(strings.TrimSpace(file), " +0x")
		return path.Join(path.Base(path.Dir(file)), path.Base(file))
	}
	return ""
}

func hasAnyPrefix(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}
