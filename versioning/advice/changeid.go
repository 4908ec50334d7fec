package advice

import (
	"cmp"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// proposedID is a change ID for the whole of the change, made from what it changes.
func proposedID(r replay.Result) string {
	c := r.Cause
	if c.Ahead != nil {
		return aheadChangeID(r)
	}
	if p := r.Explanation.Parted; p != nil && partedComplete(*p) && verbs[p.Kind] != "" {
		return changeID(verbs[p.Kind], *p)
	}
	switch {
	case c.Signal != nil:
		return changeIDOf("receive", c.Signal.Name)
	case c.Update != nil:
		return changeIDOf("handle", c.Update.Name)
	}
	return string(cmp.Or(c.Kind, "change"))
}

// verbs begin the change IDs of the kinds that are about one call.
var verbs = map[cause.Kind]string{
	cause.CallRemoved: "remove", cause.CallAdded: "add", cause.CallRenamed: "replace", cause.CallReplaced: "replace",
	cause.CallRetyped: "replace", cause.ValuesChanged: "change", cause.OptionsChanged: "change",
	cause.CallsSwapped: "swap", cause.CallsReordered: "reorder", cause.CallMovedInTask: "move", cause.CallMoved: "move",
	cause.CallsMadeSequential: "wait-before", cause.CallsMadeParallel: "start-early",
	cause.CancellationAdded: "cancel", cause.CancellationRemoved: "remove-cancel",
	cause.UpdateAnsweredAtOnce: "answer", cause.UpdateAnsweredLater: "add",
	cause.EndsEarlier: "end-earlier", cause.EndsOtherwise: "change-ending",
}

// whole are the verbs that are a change ID by themselves.
var whole = map[string]bool{"end-earlier": true, "change-ending": true}

// changeID proposes a change ID: what is done with what. It has no data of an execution, such as the
// Workflow ID that a signal goes to, so that it is the same for all executions.
func changeID(verb string, p replay.Parted) string {
	if whole[verb] {
		return verb
	}
	var name string
	switch {
	case p.Event != nil && p.Event.GetWorkflowExecutionUpdateAcceptedEventAttributes() != nil:
		name = p.Recorded.Name
	case p.Event != nil && (p.Kind != cause.UpdateAnsweredLater || p.Call == nil):
		name = p.Recorded.Name
		if spoken := spokenNames[p.Recorded.Type]; spoken != "" {
			name = strings.TrimSpace(spoken + " " + signalName(p.Recorded.Type, name))
		} else if strings.Trim(name, "0123456789") == "" {
			name = p.Recorded.Type
		}
	case p.Call != nil:
		kind := string(p.Call.Kind)
		if name = p.Call.Name; spokenNames[kind] != "" {
			name = strings.TrimSpace(spokenNames[kind] + " " + signalName(kind, name))
		}
		name = cmp.Or(name, kind)
	}
	if p.Kind == cause.CancellationAdded {
		name = strings.TrimRight(name, " 0123456789") // "timer 5"
	}
	return changeIDOf(verb, name)
}

// signalName is the name of a signal to another execution, "" of everything else: a timer's ID tells
// nothing, and the target of a request to cancel is that of one execution.
func signalName(of, name string) string {
	if strings.HasPrefix(of, "SignalExternal") {
		return name
	}
	return ""
}

// spokenNames are what people call what an event or a call is about, where its own name tells nothing.
var spokenNames = map[string]string{
	"TimerStarted": "timer", "TimerCanceled": "timer", "NewTimer": "timer", "Timer": "timer",
	"ActivityTaskCancelRequested":                     "activity",
	"SignalExternalWorkflowExecutionInitiated":        "signal",
	"SignalExternalWorkflow":                          "signal",
	"RequestCancelExternalWorkflowExecutionInitiated": "cancel-request",
	"RequestCancelExternalWorkflow":                   "cancel-request",
	"WorkflowExecutionCompleted":                      "result",
	"WorkflowExecutionFailed":                         "failure",
	"WorkflowExecutionContinuedAsNew":                 "next-run",
}

// changeIDOf cuts the name between words.
func changeIDOf(verb, name string) string {
	name = hyphenated(name)
	if len(name) > longestInID {
		if at := strings.LastIndexByte(name[:longestInID+1], '-'); at > 0 {
			name = name[:at]
		} else {
			name = strings.ToValidUTF8(name[:longestInID], "")
		}
	}
	return strings.Trim(verb+"-"+strings.Trim(name, "-"), "-")
}

// aheadChangeID proposes a change ID for what comes after a wait, by what brings the task.
func aheadChangeID(r replay.Result) string {
	kind, name, _ := strings.Cut(r.Cause.Ahead.News, " ")
	if r.Cause.Ahead.Untold != "" {
		kind = "" // what comes first is not what is told of
	}
	switch rehearse.NewsKind(kind) {
	case rehearse.SignalCame, rehearse.UpdateCame:
		return changeIDOf("after", name)
	case rehearse.TimerFired, rehearse.CancelRequested:
		return "after-" + kind
	}
	if r.Cause.Kind == cause.ClosesAhead {
		return "change-ending"
	}
	return "after-wait"
}
