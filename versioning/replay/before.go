package replay

import (
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// differencesBefore are the differences of values and options before the parting, which the SDK does not
// see: there history and code part first.
func (c *cell) differencesBefore(t *compare.SideBySide, p *compare.Parting) (before []compare.Difference) {
	precedes := map[int64]bool{}
	for _, call := range t.Calls {
		if call.Event != nil && t.Precedes(call, p) {
			precedes[call.Event.GetEventId()] = true
		}
	}
	if len(precedes) == 0 {
		return nil
	}
	var seen Result
	c.compare(t, &seen)
	for _, d := range seen.Differences {
		if precedes[d.Event] && d.Source != "" && d.Level != compare.Commands && !d.InTime() && !tunes(d) {
			before = append(before, d)
		}
	}
	return before
}

// tunes reports whether the difference is an option that people tune while executions run. It does not
// change what the code does next, so it explains nothing that comes after.
func tunes(d compare.Difference) bool {
	return d.Level == compare.Shape && (strings.HasSuffix(d.Path, "Timeout") || slices.ContainsFunc([]string{".retryPolicy.", ".taskQueue.", ".priority."},
		func(field string) bool { return strings.Contains(d.Path, field) }))
}
