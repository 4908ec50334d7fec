package play

import (
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/connect"
)

// A connection is one to the service on which executions are played.
type connection struct {
	*connect.Service
	// family is the one that was given, for hints.
	family string
}
