package shell

import (
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/trace"
)

// ReplayOptions are those of the command, at a level.
func (s *Shell) ReplayOptions(level trace.Level) replay.Options {
	options := s.Replay
	options.Level = level
	return options
}
