package advice

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// apart shortens two texts that differ, so that what differs is there: long texts that begin alike are
// cut around the first difference.
func apart(a, b string, longest int) (string, string) {
	x, y := []rune(a), []rune(b)
	if len(x) <= longest && len(y) <= longest {
		return a, b
	}
	const before = 20 // what stands before the difference tells where it is
	same := 0
	for same < len(x) && same < len(y) && x[same] == y[same] {
		same++
	}
	from := same - before
	if same < longest-before || from <= 0 || a == b {
		return shortened(a, longest), shortened(b, longest)
	}
	cut := func(runes []rune) string { return "…" + shortened(string(runes[from:]), longest-1) }
	return cut(x), cut(y)
}

// differing is the difference in one line, with long values cut to where they differ.
func differing(d compare.Difference) string {
	recorded, now := apart(d.Recorded, d.Now, longestEffect)
	recorded, now = cmp.Or(recorded, "none"), cmp.Or(now, "none")
	if d.Open {
		return fmt.Sprintf("%s: history has %s, the code leaves it open, and services fill in %s", d.Path, recorded, now)
	}
	return fmt.Sprintf("%s: history has %s, code has %s", d.Path, recorded, now)
}

// theDifference is that of a value behind its path, as an Effect has them.
func theDifference(recorded, now string) (path, was, is string) {
	path, was, found := strings.Cut(recorded, ": ")
	other, is, alike := strings.Cut(now, ": ")
	if !found || !alike || path != other || strings.Contains(path, " ") {
		return "", recorded, now
	}
	return path, was, is
}
