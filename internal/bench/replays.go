package bench

import (
	"log/slog"
	"testing"

	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// Quiet is a logger that logs nothing.
var Quiet = sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler))

// Replay replays the recording once with the SDK alone.
func Replay(stage versioning.Stage, r *history.Recording) error {
	replayer := worker.NewWorkflowReplayer()
	stage.Register(replayer)
	return replayer.ReplayWorkflowHistoryWithOptions(Quiet, r.History, worker.ReplayWorkflowHistoryOptions{})
}

// ReplayLoop is the loop that most people write: it makes a new replayer for each file of each
// stage.
func ReplayLoop(b *testing.B, family *versioning.Family, files []string) {
	for _, stage := range family.Stages {
		for _, file := range files {
			replayer := worker.NewWorkflowReplayer()
			stage.Register(replayer)
			if err := replayer.ReplayWorkflowHistoryFromJSONFile(Quiet, file); err != nil {
				b.Fatal(err)
			}
		}
	}
}
