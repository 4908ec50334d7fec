package trace

import (
	"errors"
	"fmt"
	"strings"
)

// Allow is a rule for a difference that is known and wanted.
type Allow struct {
	// Path is the path of the difference, in which a star stands for any text:
	// "ActivityTaskScheduled(Charge).startToCloseTimeout" or "*.retryPolicy.*".
	Path string
	// Reason says why, for whoever reads the report.
	Reason string
}

// Validate returns an error if the rule has no path or no reason.
func (a Allow) Validate() error {
	switch {
	case strings.Trim(a.Path, "*") == "":
		return errors.New("allow rule without a path: name the difference as the report does, such as TimerStarted.startToFireTimeout")
	case strings.TrimSpace(a.Reason) == "":
		return fmt.Errorf("allow rule %s without a reason: say why the difference is wanted", a.Path)
	}
	return nil
}

// Matches reports whether the rule is about the difference.
func (a Allow) Matches(d Difference) bool {
	parts := strings.Split(a.Path, "*")
	rest, found := strings.CutPrefix(d.Path, parts[0])
	if !found || len(parts) == 1 {
		return found && rest == ""
	}
	last := parts[len(parts)-1]
	for _, part := range parts[1 : len(parts)-1] {
		_, after, found := strings.Cut(rest, part)
		if !found {
			return false
		}
		rest = after
	}
	return strings.HasSuffix(rest, last)
}
