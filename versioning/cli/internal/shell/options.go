package shell

import (
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// ReplayOptions are those of the command, at a level.
func (s *Shell) ReplayOptions(level compare.Level) replay.Options {
	options := s.Replay
	options.Level = level
	return options
}
