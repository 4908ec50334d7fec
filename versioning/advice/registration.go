package advice

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
)

// keepRegistered is what to do about a workflow type that is gone. A Worker registers one function for a type, so one
// Worker is not enough where executions of one type were begun by several.
func keepRegistered(c cause.Cause) string {
	text := "keep it registered while such executions are open"
	if t := c.Type; t != nil && len(t.Others) > 0 {
		text += fmt.Sprintf("; other executions of this type were begun by another function (%s), and a Worker registers one: keep a "+
			"Worker for each, by Worker Versioning", strings.Join(t.Others, ", "))
	}
	return text
}

// registration is the call that registers the workflow type again, with the function that was registered for it. It is ""
// where that function is not known, and for code that is older than the type.
func registration(c cause.Cause) string {
	t := c.Type
	if t == nil || t.Function == "" || c.CuringWay() == cause.ByRollback || c.Decided.Kind == cause.RanShadow {
		return ""
	}
	text := "// Beside the other registrations of your Worker, and with its activities"
	if t.Source != "" {
		text += ": in the code that ran it,\n// " + t.Function + " begins at " + t.Source
	}
	function := t.Function
	receiver, name, method := strings.Cut(function, ".")
	if method {
		value := strings.ToLower(receiver[:1]) + receiver[1:]
		function = value + "." + name
		text += fmt.Sprintf("\n// (%s is a value of type %s)", value, receiver)
	} else {
		name = function
	}
	if name == t.Name {
		return text + fmt.Sprintf("\nw.RegisterWorkflow(%s)", function)
	}
	return text + fmt.Sprintf("\nw.RegisterWorkflowWithOptions(%s, workflow.RegisterOptions{Name: %q})", function, t.Name)
}
