package shell

import (
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// ConfigAt is how recordings are replayed, at the level.
func (s *Shell) ConfigAt(level compare.Level) replay.Config {
	config := s.Replay
	config.Level = level
	return config
}
