package launch

import (
	"regexp"
)

// A Service is a Temporal Service that runs as a child process.
type Service struct {
	*Process
	Address, Namespace string
	// Ready is the line that says so.
	Ready string
}

// ReadyAt is the address of the service that says with the line that it is ready.
func ReadyAt(line string) (address string, ok bool) {
	ready := readyLine.FindStringSubmatch(line)
	if ready == nil {
		return "", false
	}
	return ready[1], true
}

var readyLine = regexp.MustCompile(`^Temporal Service ready at (\S+), namespace "([^"]+)"`)
