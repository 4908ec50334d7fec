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

// readyAt is the address of the service that says with the line that it is ready.
func readyAt(line string) (address string, ok bool) {
	ready := readyLine.FindStringSubmatch(line)
	if ready == nil {
		return "", false
	}
	return ready[1], true
}

var readyLine = regexp.MustCompile(`^Temporal Service ready at (\S+), namespace "([^"]+)"`)
