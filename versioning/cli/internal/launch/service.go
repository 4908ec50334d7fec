package launch

import (
	"regexp"
)

// A Service is a Temporal Service that runs as a child process.
type Service struct {
	*Process
	Address, Namespace string
	// Ready is the line with which the service said that it is ready.
	Ready string
}

// ReadyAt reads the line with which a service says that it is ready, and returns the address of the
// service. If the line is another one, ok is false.
func ReadyAt(line string) (address string, ok bool) {
	ready := readyLine.FindStringSubmatch(line)
	if ready == nil {
		return "", false
	}
	return ready[1], true
}

var readyLine = regexp.MustCompile(`^Temporal Service ready at (\S+), namespace "([^"]+)"`)
