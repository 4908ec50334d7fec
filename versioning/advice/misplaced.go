package advice

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// misplaced is about what both sides have, in another place or by another function.
func misplaced(kind cause.Kind, p *cause.Parting) string {
	switch kind {
	case cause.CallRetyped:
		return fmt.Sprintf("history has %s, code calls %s in its place", p.Recorded, p.Now)
	case cause.CallsSwapped:
		text := fmt.Sprintf("the code swaps two calls, those of %s at event %d and of %s at event %d", p.Recorded,
			p.Recorded.Event, p.Elsewhere, p.Elsewhere.Event)
		return text + andDiffering(p)
	case cause.CallsReordered:
		return fmt.Sprintf("the code makes the calls of this Workflow Task in another order: history begins with %s, "+
			"code with %s", p.Recorded, p.Now) + andDiffering(p)
	case cause.CallMovedInTask:
		return moved(p, "earlier in the same Workflow Task", "later in the same Workflow Task") + andDiffering(p)
	case cause.CallMoved:
		return moved(p, "in an earlier Workflow Task", "in a later Workflow Task")
	case cause.CallsMadeSequential:
		return fmt.Sprintf("history has %s in one Workflow Task with the call before, code waits first and makes it "+
			"then, at %s", p.Recorded, placeOf(p.Elsewhere))
	default:
		return fmt.Sprintf("history has waited before event %d, code calls %s without waiting, in one Workflow Task with "+
			"the call before", p.Elsewhere.Event, p.Now)
	}
}

// andDiffering says which value tells calls of one name apart, if one does.
func andDiffering(p *cause.Parting) string {
	if p.Difference == nil {
		return ""
	}
	return "; " + differing(*p.Difference)
}

// moved says where the call is now and where it was.
func moved(p *cause.Parting, earlier, later string) string {
	if p.Recorded == nil {
		return fmt.Sprintf("code calls %s %s than the history, which has it at event %d", p.Now, earlier, p.Elsewhere.Event)
	}
	text := fmt.Sprintf("history has %s, code makes that call %s", p.Recorded, later)
	if p.Elsewhere.Source != "" {
		text += ", at " + p.Elsewhere.Source
	}
	if p.Instead != nil {
		text += fmt.Sprintf("; here it calls %s", p.Instead)
	}
	return text
}

func placeOf(s *compare.Side) string {
	if s.Event > 0 {
		return fmt.Sprintf("event %d", s.Event)
	}
	if s.Source == "" {
		return s.String()
	}
	return s.Source
}

// untimely is about what a replay shows of cancellations and of the answers of updates.
func untimely(kind cause.Kind, p *cause.Parting) string {
	switch kind {
	case cause.CancellationAdded:
		return fmt.Sprintf("the code cancels %s, which the history does not cancel there", p.Now.Name)
	case cause.CancellationRemoved:
		return fmt.Sprintf("history has %s, which the code does not ask for there", p.Recorded)
	case cause.UpdateAnsweredAtOnce:
		return fmt.Sprintf("the handler of update %q returns at once, history has other commands before its answer",
			p.Now.Name)
	default:
		if p.Now == nil {
			return fmt.Sprintf("history has %s, the code has not returned from the handler by then", p.Recorded)
		}
		return fmt.Sprintf("history has %s, code calls %s before it returns from the handler", p.Recorded, p.Now)
	}
}
