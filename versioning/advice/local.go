package advice

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/source"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// edited makes the code of then from that of now and from the history, where the code of then is not
// at hand.
func edited(r replay.Result) *source.Edit {
	place := source.Line{File: r.Place.File, Number: r.Place.Line}
	switch c := r.Cause; c.Kind {
	case cause.UpdateRenamed:
		return source.AlsoNamed(source.Call{Line: place, Functions: functions[trace.UpdateHandler]}, c.Update.Name)
	case cause.SignalRenamed:
		return source.ReplaceCall(source.Call{Line: place, Functions: []string{receive}},
			source.Was{Function: receive, Name: c.Signal.Name}, source.New(changeIDOf("rename", c.Signal.Name)))
	}
	p := r.Explanation.Parted
	if p == nil || !partedComplete(*p) {
		return nil
	}
	if p.Call != nil && !ownLine(r, p.Call) {
		return nil
	}
	switch p.Kind {
	case cause.CallAdded:
		return source.WithoutCall(called(p.Call), source.New(changeID("add", *p)))
	case cause.UpdateAnsweredLater:
		if p.Call == nil {
			return nil
		}
		return source.WithoutCall(called(p.Call), source.New(changeID("add", *p)))
	case cause.CancellationAdded:
		return source.WithoutStatement(lineOfCall(p.Call), source.New(changeID("cancel", *p)))
	case cause.CancellationRemoved:
		return source.WithCall(place, source.Was{Function: "cancel"}, false, source.New(changeID("remove-cancel", *p)))
	case cause.CallRemoved:
		if was, known := then(p.Event); known {
			return source.WithCall(place, was, waitedFor(r, p.Event), source.New(changeID("remove", *p)))
		}
	case cause.CallRenamed, cause.CallReplaced, cause.CallRetyped:
		was, known := then(p.Event)
		if !known || p.Call == nil {
			return nil
		}
		if t := r.Explanation.Trace; t != nil && t.Carries(p.Call) != "" && t.Carries(p.Call) == t.Carried(p.Event) {
			was.Inputs, was.All = nil, false
		}
		return source.ReplaceCall(called(p.Call), was, source.New(changeID("replace", *p)))
	case cause.ValuesChanged, cause.OptionsChanged:
		if p.Call == nil {
			return nil
		}
		was, known := valueThen(*p)
		if !known {
			return nil
		}
		return source.ReplaceCall(called(p.Call), was, source.New(changeID("change", *p)))
	case cause.CallMovedInTask, cause.CallsReordered:
		return inOrder(r, *p)
	case cause.CallsSwapped:
		if p.Call == nil || p.Elsewhere == nil || p.Elsewhere.Call == nil {
			return nil
		}
		if t := r.Explanation.Trace; t == nil || p.Event == nil || t.Carries(p.Elsewhere.Call) != t.Carried(p.Event) {
			return nil // more than their order differs
		}
		now, other := p.Call.Lines(), p.Elsewhere.Call.Lines()
		for i := 1; i <= len(now) && i <= len(other); i++ {
			a, b := now[len(now)-i], other[len(other)-i]
			if a != b {
				// The one that is made first now was made last.
				return source.InOrder([]source.Line{source.Line(b), source.Line(a)}, source.New(changeID("swap", *p)))
			}
		}
	case cause.CallsMadeSequential:
		if before := lastInTask(r); before != nil && p.Elsewhere != nil {
			return source.Follow(lineOfCall(p.Elsewhere.Call), lineOfCall(before), source.New(changeID("wait-before", *p)))
		}
	case cause.CallsMadeParallel:
		if before := callBefore(r, p.Call); before != nil {
			return source.Await(lineOfCall(p.Call), lineOfCall(before), source.New(changeID("start-early", *p)))
		}
	}
	return nil
}

// ownLine reports whether the code makes no other call at the line of the call. A function that many
// parts of the code call is not to be edited for one of them.
func ownLine(r replay.Result, c *compare.Call) bool {
	t := r.Explanation.Trace
	return t != nil && !slices.ContainsFunc(t.Calls, func(other *compare.Call) bool {
		return other.Line() == c.Line() && (other.Kind != c.Kind || other.Name != c.Name)
	})
}

// inOrder is for the same calls in another order.
func inOrder(r replay.Result, p replay.Parted) *source.Edit {
	t := r.Explanation.Trace
	if t == nil || r.Cause.Parting == nil {
		return nil
	}
	var lines []source.Line
	for _, c := range t.InHistoryOrder(r.Cause.Parting.Task) {
		lines = append(lines, lineOfCall(c))
	}
	verb := "move"
	if p.Kind == cause.CallsReordered {
		verb = "reorder"
	}
	return source.InOrder(lines, source.New(changeID(verb, p)))
}

// lastInTask is the last call that the code makes in the Workflow Task of the parting.
func lastInTask(r replay.Result) (last *compare.Call) {
	t := r.Explanation.Trace
	if t == nil || r.Cause.Parting == nil {
		return nil
	}
	for _, task := range t.Tasks() {
		for _, c := range task.Calls {
			if task.Completed == r.Cause.Parting.Task && c.Sends() && len(c.Lines()) > 0 {
				last = c
			}
		}
	}
	return last
}

// callBefore is the call that the code makes before the call.
func callBefore(r replay.Result, c *compare.Call) (before *compare.Call) {
	if r.Explanation.Trace == nil {
		return nil
	}
	for _, other := range r.Explanation.Trace.Calls {
		if other == c {
			return before
		}
		if other.Sends() && len(other.Lines()) > 0 {
			before = other
		}
	}
	return nil
}

// receive is the function of the SDK with the name of a signal.
const receive = "GetSignalChannel"

func lineOfCall(c *compare.Call) source.Line {
	if c == nil {
		return source.Line{}
	}
	return source.Line(c.Line())
}

// functions are the names that functions of the SDK have for a kind of calls.
var functions = map[trace.Kind][]string{
	trace.Timer:            {"NewTimer", "NewTimerWithOptions", "Sleep", "AwaitWithTimeout"},
	trace.SearchAttributes: {"UpsertSearchAttributes", "UpsertTypedSearchAttributes"},
	trace.SignalExternal:   {"SignalExternalWorkflow", "SignalChildWorkflow"},
	trace.UpdateHandler:    {"SetUpdateHandler", "SetUpdateHandlerWithOptions"},
}

func called(c *compare.Call) source.Call {
	names := functions[c.Kind]
	if names == nil {
		names = []string{string(c.Kind)}
	}
	return source.Call{Line: lineOfCall(c), Functions: names}
}

// then is the call that made the event, as far as the event tells.
func then(e *historypb.HistoryEvent) (was source.Was, known bool) {
	var input *commonpb.Payloads
	switch {
	case e.GetActivityTaskScheduledEventAttributes() != nil:
		a := e.GetActivityTaskScheduledEventAttributes()
		was.Function, was.Name, input = "ExecuteActivity", a.GetActivityType().GetName(), a.GetInput()
	case e.GetStartChildWorkflowExecutionInitiatedEventAttributes() != nil:
		a := e.GetStartChildWorkflowExecutionInitiatedEventAttributes()
		was.Function, was.Name, input = "ExecuteChildWorkflow", a.GetWorkflowType().GetName(), a.GetInput()
	case e.GetTimerStartedEventAttributes() != nil:
		was.Function = "NewTimer"
		was.Duration = durationCode(e.GetTimerStartedEventAttributes().GetStartToFireTimeout().AsDuration())
		return was, true
	case e.GetSignalExternalWorkflowExecutionInitiatedEventAttributes() != nil:
		a := e.GetSignalExternalWorkflowExecutionInitiatedEventAttributes()
		was.Function, was.Name = "SignalExternalWorkflow", a.GetSignalName()
		return was, true
	case e.GetMarkerRecordedEventAttributes().GetMarkerName() == "SideEffect":
		was.Function = "SideEffect"
		return was, true
	default:
		return was, false
	}
	was.Inputs, was.All = map[int]string{}, true
	for i, p := range input.GetPayloads() {
		text, ok := literal(p)
		if !ok {
			return was, false
		}
		was.Inputs[i] = text
	}
	return was, true
}

// literal is the payload as Go code, if it is a number, a string, a truth value or nothing.
func literal(p *commonpb.Payload) (string, bool) {
	switch string(p.GetMetadata()["encoding"]) {
	case "binary/null":
		return "nil", true
	case "json/plain":
		return jsonLiteral(string(p.GetData()))
	}
	return "", false
}

func jsonLiteral(text string) (string, bool) {
	var value any
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&value); err != nil {
		return "", false
	}
	switch v := value.(type) {
	case json.Number:
		return v.String(), true
	case string:
		return strconv.Quote(v), true
	case bool:
		return strconv.FormatBool(v), true
	case nil:
		return "nil", true
	}
	return "", false
}

// options are the functions that set an option in the context, by the field of the event.
var options = map[string]string{
	"startToCloseTimeout": "WithStartToCloseTimeout", "scheduleToCloseTimeout": "WithScheduleToCloseTimeout",
	"scheduleToStartTimeout": "WithScheduleToStartTimeout", "heartbeatTimeout": "WithHeartbeatTimeout",
	"taskQueue.name": "WithTaskQueue",
}

// valueThen is the call with the one value that the history has.
func valueThen(p replay.Parted) (was source.Was, known bool) {
	d := p.Difference
	if p.Now == nil || d.Recorded == "" {
		return was, false
	}
	field := d.Path[strings.Index(d.Path, ").")+2:]
	was.Function = called(p.Call).Functions[0]
	if p.Call.Kind != trace.Timer {
		was.Function = string(p.Call.Kind)
	}
	var index int
	if n, err := fmt.Sscanf(field, "input[%d]", &index); err == nil && n == 1 && field == fmt.Sprintf("input[%d]", index) {
		text, ok := jsonLiteral(d.Recorded)
		was.Inputs = map[int]string{index: text}
		return was, ok
	}
	if a := p.Event.GetTimerStartedEventAttributes(); a != nil && field == "startToFireTimeout" {
		was.Duration = durationCode(a.GetStartToFireTimeout().AsDuration())
		return was, true
	}
	option := options[field]
	if option == "" {
		return was, false
	}
	text, err := strconv.Unquote(d.Recorded)
	if err != nil {
		return was, false
	}
	was.Option, was.Value = option, strconv.Quote(text)
	if strings.HasSuffix(field, "Timeout") {
		value, err := time.ParseDuration(text)
		if err != nil || strings.HasPrefix(string(p.Call.Kind), "ExecuteChild") {
			return was, false
		}
		was.Value = durationCode(value)
	}
	return was, true
}

// waitedFor reports whether the execution went on only when what the event began had ended: then the
// next command came in another Workflow Task.
func waitedFor(r replay.Result, e *historypb.HistoryEvent) bool {
	if r.Explanation.Trace == nil {
		return false
	}
	for _, later := range r.Explanation.Trace.Events {
		if later.GetEventId() > e.GetEventId() && events.TaskOf(later) > 0 {
			return events.TaskOf(later) != events.TaskOf(e)
		}
	}
	return true
}
