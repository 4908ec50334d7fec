package advice

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// At names the line of code, with those that lead to it: "at order/pay.go:31, called from order/order.go:7". All
// of them are named: the line is in a function that many parts of the code may call, and the workflow function
// may be one for many. It is empty if no line is known.
func At(source string, callers []string, near bool) string {
	if source == "" {
		return ""
	}
	text := "at " + source
	if near {
		text = "near " + source
	}
	if len(callers) > 0 {
		text += ", called from " + strings.Join(callers, " and ")
	}
	return text
}

// behind is At as the end of a phrase: ", at order/pay.go:31". It is empty if no line is known.
func behind(source string, callers []string, near bool) string {
	if source == "" {
		return ""
	}
	return ", " + At(source, callers, near)
}

// sketchPlace says where a sketch belongs, or that somebody has to find that out.
func sketchPlace(r replay.Result) string {
	p := r.Place
	where := At(p.Source, p.Callers, p.Near)
	found, look := "what it did, in the code that recorded this", ""
	if x := r.Explanation; x != nil && x.Parted != nil && x.Parted.Event != nil {
		found = fmt.Sprintf("the call that made event %d, in the code that recorded it", x.Parted.Event.GetEventId())
		look = "// Look for " + found + ".\n"
	}
	before := callBeforeFirst(r)
	switch parting := r.Cause.Parting; {
	case r.Cause.Kind == cause.UpdateAnsweredAtOnce && parting != nil && parting.Now != nil:
		return fmt.Sprintf("// It belongs in the handler of update %q, before it returns: look for what the code that recorded "+
			"this did there.\n", parting.Now.Name)
	case where == "":
		return "// Its place has to be found: look for " + found + ".\n"
	case r.Cause.Kind == cause.CancellationRemoved && before != "":
		return fmt.Sprintf("// It belongs in the Workflow Task of event %d: after the code has waited for the call at %s, and "+
			"before %s.\n", parting.Task, before, p.Source) + look
	case len(p.Callers) > 1: // the line is in a function that others may call
		return fmt.Sprintf("// It belongs before %s, and not in the function at %s, which others may call.\n",
			p.Callers[0], p.Source) + look
	case p.Near:
		return fmt.Sprintf("// It belongs %s.\n", where) + look
	}
	return fmt.Sprintf("// It belongs %s.\n", where)
}

// callBeforeFirst is the line of the last call above the first row that differs, "" if none is known.
func callBeforeFirst(r replay.Result) (source string) {
	x := r.Explanation
	if x == nil || x.First == nil {
		return ""
	}
	for _, task := range x.Tasks {
		for _, row := range task.Rows {
			if row.Event != nil && row.Event == x.First.Event {
				return source
			}
			if row.Call != nil && row.Call.Sends() && row.Call.Source() != "" {
				source = row.Call.Source()
			}
		}
	}
	return ""
}
