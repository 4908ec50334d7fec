package play

import (
	"regexp"
)

// A launched is a Temporal Service that runs as a child process.
type launched struct {
	*process
	address, namespace string
	// ready is the line that says so.
	ready string
}

var readyLine = regexp.MustCompile(`^Temporal Service ready at (\S+), namespace "([^"]+)"`)
