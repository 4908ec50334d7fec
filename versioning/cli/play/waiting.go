package play

import (
	"fmt"
	"time"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

// waiting shows on a terminal what is being waited for, if it takes a second, and
// returns how to take that away.
func (s *session) waiting(what string) (done func()) {
	if !shell.IsTerminal(s.Stderr) {
		return func() {}
	}
	shown := make(chan bool, 1)
	timer := time.AfterFunc(time.Second, func() {
		fmt.Fprintf(s.Stderr, "%s …", what)
		shown <- true
	})
	return func() {
		if !timer.Stop() {
			<-shown
			fmt.Fprint(s.Stderr, "\r\x1b[K")
		}
	}
}
