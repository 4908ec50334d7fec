package connect

import (
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
)

// Line is the first line of a text that may come from a service, with what would drive a terminal shown instead.
func Line(text string) string { return prose.Plain(shell.FirstLine(text)) }
