package judge

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
)

// rehearseUsage is the help of --rehearse.
const rehearseUsage = "the waiting points at which a Worker, without a service, is given the next Workflow Task: all or " +
	"none (default the last one of an open recording, and of a cell that is not safe as many as a budget allows)"

// scopes are what --rehearse takes.
func scopes(string) []string { return []string{string(rehearse.All), string(rehearse.None)} }

func scopeOf(name string) (rehearse.Scope, error) {
	switch scope := rehearse.Scope(name); scope {
	case rehearse.Budgeted, rehearse.All, rehearse.None:
		return scope, nil
	}
	return "", shell.Usage(fmt.Errorf("--rehearse: unknown %q: it is %s", name, shell.Joined(scopes(""))))
}
