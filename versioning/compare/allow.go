package compare

import (
	"errors"
	"fmt"
	"strings"
)

// Allow is a rule for a difference that is known and wanted.
type Allow struct {
	// Path is the path of the difference. A star stands for any text:
	// "ActivityTaskScheduled(Charge).startToCloseTimeout" or "*.retryPolicy.*".
	Path string
	// Reason says why the difference is wanted. Readers of the report see the reason.
	Reason string
	// Within is how far the two values may be apart. Empty allows any distance. For durations,
	// Within is a duration that time.ParseDuration reads ("10ms"). For numbers, Within is a number
	// ("0.5"). A rule with Within allows no other kinds of values.
	Within string
}

// String returns the rule without its reason.
func (a Allow) String() string {
	if a.Within == "" {
		return a.Path
	}
	return a.Path + " within " + a.Within
}

// Validate returns an error if the rule has no path or no reason, or if Within is not a tolerance.
func (a Allow) Validate() error {
	switch {
	case strings.Trim(a.Path, "*") == "":
		return errors.New("allow rule without a path: name the difference as the report does, such as " +
			"TimerStarted.startToFireTimeout")
	case strings.TrimSpace(a.Reason) == "":
		return fmt.Errorf("allow rule %s without a reason: say why the difference is wanted", a.Path)
	case a.Within != "" && !isTolerance(a.Within):
		return fmt.Errorf("allow rule %s: %q is no tolerance: write a duration, such as 10ms, or a number above 0",
			a.Path, a.Within)
	}
	return nil
}

// Matches reports whether the rule is about the difference.
func (a Allow) Matches(d Difference) bool {
	return a.matches(d) && (a.Within == "" || within(a.Within, d.Recorded, d.Now))
}

func (a Allow) matches(d Difference) bool {
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
