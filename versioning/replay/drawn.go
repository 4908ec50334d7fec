package replay

import (
	"regexp"
	"time"

	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
)

// What a program draws when it starts is the same in all of its replays, and another one in the next
// process: only the form of the values tells that.

var (
	uuidText = regexp.MustCompile(`[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}`)
	timeText = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)`)
)

// near is how far the clock may have gone on since a value was taken from it.
const near = time.Hour

// drawnAnew reports whether both values are the same but for UUIDs, or but for times that were those of
// the clock when the value was recorded, and now.
func (c *cell) drawnAnew(result *Result) bool {
	p := result.Cause.Parting
	if p == nil || p.Difference == nil || p.Difference.Recorded == p.Difference.Now {
		return false
	}
	recorded, now := p.Difference.Recorded, p.Difference.Now
	if alikeBut(uuidText, recorded, now) {
		for _, id := range uuidText.FindAllString(now, -1) {
			if id == events.MadeUpRunID {
				return false // the recording does not tell its run ID
			}
		}
		return true
	}
	e := events.ByID(c.recording.History.GetEvents(), p.Difference.Event)
	return alikeBut(timeText, recorded, now) && takenAt(recorded, e.GetEventTime().AsTime()) && takenAt(now, time.Now())
}

// alikeBut reports whether both texts have such parts, and nothing else tells them apart.
func alikeBut(parts *regexp.Regexp, a, b string) bool {
	return parts.MatchString(a) && parts.MatchString(b) &&
		parts.ReplaceAllString(a, "\x00") == parts.ReplaceAllString(b, "\x00")
}

// takenAt reports whether all times of the text are near the time.
func takenAt(text string, at time.Time) bool {
	for _, found := range timeText.FindAllString(text, -1) {
		t, err := time.Parse(time.RFC3339Nano, found)
		if err != nil || t.Sub(at).Abs() > near {
			return false
		}
	}
	return true
}
