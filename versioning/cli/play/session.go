package play

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/launch"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

// A session is what a person has in front of them during the walk-through: a
// service, a terminal in which one worker runs at a time, and one to type in.
// The commands are processes of this program.
type session struct {
	commands
	family  *versioning.Family
	service *connection
	// named is whether the service is one that runs already.
	named bool
	// env tells the commands where the service is.
	env            []string
	server, worker *launch.Process
	// heard are the lines of the worker that were printed.
	heard map[string]bool
	// fail ends everything, with the reason.
	fail context.CancelCauseFunc
	// started has the run IDs of executions by their workflow IDs.
	started map[string]string
}

func (s *session) printf(format string, args ...any) { fmt.Fprintf(s.Stdout, format, args...) }

// comment prints what neither a person nor a command says.
func (s *session) comment(format string, args ...any) {
	line := "#"
	for word := range strings.FieldsSeq(fmt.Sprintf(format, args...)) {
		if utf8.RuneCountInString(line+" "+word) > text.Width {
			s.printf("%s\n", line)
			line = "#"
		}
		line += " " + word
	}
	s.printf("%s\n", line)
}
