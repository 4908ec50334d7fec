package replay

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// brief says what has changed in few words, for the line of a cell.
func (p *parting) brief() string {
	event, call := "", ""
	if p.event != nil {
		event = p.trace.Describe(p.event)
	}
	if p.call != nil {
		call = callText(p.call)
	}
	switch p.change {
	case CallAdded:
		text := fmt.Sprintf("code calls %s, history has no event for it", call)
		if p.instead != nil && p.row.Event != nil {
			text += ", it goes on with " + p.trace.Describe(p.row.Event)
		}
		return text
	case CallRemoved:
		if _, ok := p.trace.Cancellation(p.event); ok {
			return fmt.Sprintf("history has %s, code does not cancel it there", event)
		}
		text := fmt.Sprintf("history has %s, code makes no such call there", event)
		if p.instead != nil && p.instead.Call != nil {
			text += ", it goes on with " + callText(p.instead.Call)
		}
		return text
	case CallRenamed, CallReplaced:
		return fmt.Sprintf("history has %s, code calls %s", event, call)
	case CallsReordered, CallMoved:
		return p.moved()
	case OptionsChanged, ValuesChanged:
		if len(p.row.Differences) > 0 {
			return p.row.Differences[0].String()
		}
	case EndsEarlier:
		if p.event == nil {
			return fmt.Sprintf("code ends (%s), history goes on", strings.TrimPrefix(call, "return "))
		}
		return fmt.Sprintf("history has %s, but the code has ended before (%s)", event, strings.TrimPrefix(call, "return "))
	case EndsOtherwise:
		if p.call == nil {
			return fmt.Sprintf("history ends with %s, code goes on", event)
		}
		return fmt.Sprintf("history ends with %s, code ends otherwise (%s)", event, strings.TrimPrefix(call, "return "))
	}
	return ""
}

// moved says where the call is now and where it was.
func (p *parting) moved() string {
	in := "later in the same Workflow Task"
	if p.change == CallMoved {
		in = "in another Workflow Task"
	}
	if p.event == nil {
		return fmt.Sprintf("code calls %s, history has it %s (event %d)", callText(p.call), in, p.elsewhere.Event.GetEventId())
	}
	text := fmt.Sprintf("history has %s, code makes that call %s", p.trace.Describe(p.event), in)
	if source := p.elsewhere.Call.Source(); source != "" {
		text += " (" + source + ")"
	}
	if p.instead != nil && p.instead.Call != nil {
		text += fmt.Sprintf(" and calls %s here", callText(p.instead.Call))
	}
	return text
}

// what says the same in sentences, with events and lines.
func (p *parting) what(result *Result) string {
	if p.change == ValuesChanged || p.change == OptionsChanged {
		return valuesText(p.row.Differences, len(result.Differences))
	}
	text := p.brief()
	if text == "" {
		return sentence(result.Detail)
	}
	var place []string
	if p.event != nil {
		place = append(place, fmt.Sprintf("event %d", p.event.GetEventId()))
	}
	if p.task.Completed > 0 {
		place = append(place, fmt.Sprintf("Workflow Task of event %d", p.task.Completed))
	}
	if near := p.source(); near != "" {
		if p.call == nil || p.call.Source() != near {
			near = "near " + near
		}
		if callers := p.callers(); len(callers) > 0 {
			near += ", called from " + strings.Join(callers, " and ")
		}
		place = append(place, near)
	}
	return sentence(text + " (" + strings.Join(place, ", ") + ")")
}

func valuesText(differences []compare.Difference, all int) string {
	shown := differences[:min(len(differences), 3)]
	parts := make([]string, len(shown))
	for i, d := range shown {
		parts[i] = d.String()
	}
	text := fmt.Sprintf("At event %d the code does otherwise than the history: %s", differences[0].Event, strings.Join(parts, "; "))
	switch more := all - len(shown); {
	case more == 1:
		text += "; and 1 more difference"
	case more > 1:
		text += fmt.Sprintf("; and %d more differences", more)
	}
	return text + "."
}
