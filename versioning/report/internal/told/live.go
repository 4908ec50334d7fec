package told

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// Live returns a sentence on what a live Worker did.
func Live(o history.Observation) string {
	task := "a Workflow Task that leaves it open"
	if o.Task == history.ClosingTask {
		task = "the Workflow Task that closes it"
	}
	return fmt.Sprintf("but live, in %s: %s", task, o)
}
