package redact

import (
	"log/slog"

	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
	"google.golang.org/protobuf/proto"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// To find out where and from which park point on a replay fails takes as much time as ten replays,
// and the search has no use for it: a trial that the SDK rejects on a stage that replays the
// recording is lost.

// lost reports whether the SDK rejects the trial on the stage that leads. It is asked only where
// the SDK, alone, accepts the recording.
func (s *search) lost(redacted *history.Recording) bool {
	switch {
	case s.trials <= 1 || s.lead < 0:
		return false // most recordings need one trial, which is judged at once
	case !s.calibrated:
		s.calibrated, s.quick = true, s.accepts(s.recording)
	}
	return s.quick && !s.accepts(redacted)
}

// accepts asks the SDK, without anything of this module around it.
func (s *search) accepts(r *history.Recording) (ok bool) {
	defer func() { ok = recover() == nil && ok }()
	replayer, err := worker.NewWorkflowReplayerWithOptions(s.opts.Worker)
	if err != nil {
		return false
	}
	s.stages[s.lead].Register(replayer)
	return replayer.ReplayWorkflowHistoryWithOptions(silent, proto.CloneOf(r.History),
		worker.ReplayWorkflowHistoryOptions{
			OriginalExecution: workflow.Execution{ID: r.WorkflowID, RunID: r.RunID},
		}) == nil
}

var silent = sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler))
