package judge

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// levelUsage is the help of --level.
const levelUsage = "how much is compared: commands (the SDK's own check, and how it ends), shape (also types, " +
	"IDs, options) or values (also arguments, durations, results)"

func levelOf(name string) (compare.Level, error) {
	level, err := compare.ParseLevel(name)
	if err != nil {
		return "", shell.Usage(fmt.Errorf("--level: %w", err))
	}
	return level, nil
}
