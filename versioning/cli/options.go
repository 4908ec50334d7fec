package cli

import (
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/trace"
)

// replayOptions are the Command's, at a level.
func (c *Command) replayOptions(level trace.Level) replay.Options {
	return replay.Options{Replayer: c.Replayer, Level: level, Allow: c.Allow, DefaultNamespace: c.DefaultNamespace}
}
