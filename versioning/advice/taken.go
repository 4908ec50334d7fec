package advice

import (
	"fmt"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
)

// unreadable says which value does not decode, and what comes of it live.
func unreadable(c cause.Cause) string {
	return undecoded(*c.Value) + unreadableEnd(c)
}

func unreadableEnd(c cause.Cause) string {
	switch {
	case c.Value.Rejected:
		return "; live the Workflow Task fails, as the history goes on otherwise"
	case (c.Notice == cause.ClosesUnnoticed || c.Notice == cause.FailsExecution) && c.Parting != nil:
		return fmt.Sprintf("; live the code gets an error and ends there (%s)", ending(c.Parting.Now))
	default:
		return "; " + unreadableLive(*c.Value)
	}
}

func undecoded(v cause.UnreadValue) string {
	if v.Encoding != "" {
		return fmt.Sprintf("%s has the encoding %q, which the data converter of this replay does not know",
			valueName(v), v.Encoding)
	}
	return fmt.Sprintf("%s is %s, which does not decode into %s", valueName(v), orNothing(v.Recorded), v.Type)
}

// unreadableLive says what happens live.
func unreadableLive(v cause.UnreadValue) string {
	live := "live the code gets an error where there was a value"
	switch v.Of {
	case cause.OfInput:
		live = "live its next Workflow Task fails the execution, for good"
	case cause.OfSignal:
		live = "live the SDK drops it, and code that waits for it goes on only when another one comes"
	case cause.OfUpdate:
		live = "live the Workflow Task fails, since the update was accepted before"
	case cause.OfFailure:
		live = "live the code gets no details"
	}
	if v.Encoding != "" {
		live = strings.Replace(live, "live ", "if that of your Workers does not either, ", 1)
	}
	return live
}

// readable says how the value can be read.
func readable(v cause.UnreadValue) string {
	switch {
	case v.Encoding != "":
		return yourConverter
	case v.Of == cause.OfInput:
		return "let the new type read what the old one wrote, or register the new code under another workflow type"
	case v.Of == cause.OfSignal:
		return "keep the old type, or receive it as converter.RawValue and read both, while such executions are open"
	default:
		return "keep the old type, or give the new one an UnmarshalJSON that reads both, while such executions are open"
	}
}

// valueName says what the value is.
func valueName(v cause.UnreadValue) string {
	switch v.Of {
	case cause.OfInput:
		if v.Item > 0 {
			return fmt.Sprintf("argument %d of the input", v.Item+1)
		}
		return "the input"
	case cause.OfSignal:
		return "signal " + v.Name
	case cause.OfUpdate:
		return fmt.Sprintf("the argument of update %q", v.Name)
	case cause.OfActivity:
		return "the result of activity " + v.Name
	case cause.OfLocalActivity:
		return "the result of a local activity"
	case cause.OfChildWorkflow:
		return "the result of Child Workflow " + v.Name
	case cause.OfNexusOperation:
		return "the result of Nexus operation " + v.Name
	case cause.OfMarker:
		return "the value of " + v.Name
	case cause.OfFailure:
		return "the details of the failure in " + v.Name
	default:
		return v.Field + " of " + v.Name
	}
}

func orNothing(recorded string) string {
	const longest = 80
	if recorded == "" {
		return "nothing"
	}
	return shortened(recorded, longest)
}

// shortened keeps the beginning of a text that is longer.
func shortened(text string, longest int) string {
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest-1]) + "…"
	}
	return text
}

func missingArgument(p cause.Parameters) string {
	return fmt.Sprintf("the workflow function takes %s, and the input has %d", prose.Plural(p.Takes, "parameter"),
		p.Has) + missingLive
}

const missingLive = "; live it gets zero values for the rest"

// unread says which signal the code leaves.
func unread(s cause.UnreadSignal) string {
	listens := ""
	if len(s.Listens) > 0 {
		listens = "; the code listens to " + strings.Join(s.Listens, ", ")
	}
	// The place stands beside a note, whose text is then the same for all executions with
	// such a signal.
	switch text := "history has signal " + s.Name; {
	case s.Now != "":
		return fmt.Sprintf("%s (%s), the code asks for %s in its place", text, eventIDs(s.Events), s.Now)
	case s.Taken && s.Asked:
		return fmt.Sprintf("%s (%s), which the code that ran took; this code listens to it, and has not taken it by the end of the replay",
			text, eventIDs(s.Events))
	case s.Taken:
		return fmt.Sprintf("%s (%s), which the code that ran took; this code has not taken it by the end of the replay%s", text,
			eventIDs(s.Events), listens)
	case s.Asked:
		return text + ", which the code listens to and has not received"
	default:
		return text + ", which the code never asks for" + listens
	}
}

// askedLater says when the code asks for a signal that it has not asked for where the replay ends.
func askedLater(c cause.Cause, e rehearse.Effects) string {
	if c.Signal == nil || c.Signal.Asked || c.Signal.Now != "" || slices.Contains(c.Signal.Listens, c.Signal.Name) {
		return ""
	}
	for _, one := range e.List {
		if slices.Contains(one.WaitsFor.Signals, c.Signal.Name) {
			return fmt.Sprintf("the code asks for %s later, %s", c.Signal.Name, whenOf(one))
		}
	}
	return ""
}

func unreadLive(s cause.UnreadSignal) string {
	if s.Rejected {
		return "; live the Workflow Task fails, as the history goes on otherwise"
	}
	return "; live it stays unread until the code receives it"
}

func eventIDs(events []int64) string {
	texts := make([]string, len(events))
	for i, id := range events {
		texts[i] = fmt.Sprint(id)
	}
	if len(events) == 1 {
		return "event " + texts[0]
	}
	return "events " + strings.Join(texts, ", ")
}

func unhandled(u cause.UnhandledUpdate) string {
	if u.Now != "" {
		return fmt.Sprintf("history has accepted update %q (event %d), the code handles %q in its place", u.Name, u.Event,
			u.Now)
	}
	has := "the code handles no update"
	if len(u.Handlers) > 0 {
		has = "the code handles " + strings.Join(u.Handlers, ", ")
	}
	return fmt.Sprintf("history has accepted update %q (event %d), for which there is no handler; %s", u.Name, u.Event,
		has)
}
