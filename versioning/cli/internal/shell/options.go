package shell

import (
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// ConfigAt returns the configuration for replaying recordings at the level.
func (s *Shell) ConfigAt(level compare.Level) replay.Config {
	config := s.Replay
	config.Level = level
	return config
}
