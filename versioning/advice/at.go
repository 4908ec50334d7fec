package advice

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// At names the line of code: "at order/pay.go:31, called from order/order.go:7". Of a line that is only near,
// the one in the function that is called first comes first: that is the workflow function as a rule, and the
// others are in functions that many parts of the code call. It is empty if no line is known.
func At(source string, callers []string, near bool) string {
	switch first := len(callers) - 1; {
	case source == "":
		return ""
	case near && first >= 0:
		return "near " + callers[first] + ", which leads to " + source
	case near:
		return "near " + source
	case first >= 0:
		return "at " + source + ", called from " + strings.Join(callers, " and ")
	}
	return "at " + source
}

// sketchPlace says where a sketch belongs, or that somebody has to find that out.
func sketchPlace(r replay.Result) string {
	p := r.Place
	where := At(p.Source, p.Callers, p.Near)
	found := "where the code of then made what it did"
	if x := r.Explanation; x != nil && x.Parted != nil && x.Parted.Event != nil {
		found = fmt.Sprintf("where the code of then made event %d", x.Parted.Event.GetEventId())
	}
	switch {
	case where == "":
		return "// Its place has to be found: " + found + ".\n"
	case p.Near:
		return fmt.Sprintf("// It belongs %s: look %s.\n", where, found)
	}
	return fmt.Sprintf("// It belongs %s.\n", where)
}
