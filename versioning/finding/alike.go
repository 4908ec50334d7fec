package finding

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// alike is the same text for cells whose causes are the same, and where none could be judged
// what keeps that. Values, IDs and events are those of each execution, and a person mends a line of code.
func alike(c matrix.Cell) string {
	if c.Verdict == replay.Unjudged {
		return anyValue(Sentence(c))
	}
	return fmt.Sprintf("%s %s %t %d", ofAll(c.Cause), c.Cause.CuringWay(), c.Cause.Namespace != nil,
		severityOf(c.Result))
}

// ofAll is the cause without what only the one execution has.
func ofAll(c cause.Cause) cause.Cause {
	if c.Parting != nil {
		p := *c.Parting
		p.Recorded, p.Now, p.Elsewhere = anySide(p.Recorded), anySide(p.Now), anySide(p.Elsewhere)
		p.Instead = nil // what comes after the change differs with what the execution does
		if p.Difference != nil {
			p.Difference = &compare.Difference{Path: anyPath(p.Difference.Path)}
		}
		c.Parting = &p
	}
	if c.Value != nil {
		v := *c.Value
		v.Recorded = ""
		c.Value = &v
	}
	if c.Signal != nil {
		c.Signal = &cause.UnreadSignal{Name: c.Signal.Name, Now: c.Signal.Now}
	}
	if c.Update != nil {
		c.Update = &cause.UnhandledUpdate{Name: c.Update.Name, Now: c.Update.Now}
	}
	if c.Failure != nil {
		c.Failure = &cause.Failure{Text: anyValue(c.Failure.Text), Subject: anyValue(c.Failure.Subject)}
	}
	if c.Ahead != nil {
		a := *c.Ahead
		a.News, a.Recorded, a.Now = anyValue(a.News), anyValue(a.Recorded), anyValue(a.Now)
		c.Ahead = &a
	}
	if c.Unstable != nil {
		u := *c.Unstable
		u.Path = anyPath(u.Path)
		c.Unstable = &u
	}
	return c
}

// anySide is the event or the call, of whichever execution.
func anySide(s *compare.Side) *compare.Side {
	if s == nil {
		return nil
	}
	any := *s
	any.Event, any.Error = min(any.Event, 1), anyValue(any.Error)
	if !any.Ends() { // the workflow type that it continues as
		any.To = ""
	}
	switch {
	case strings.HasPrefix(any.Type, cancelsAnother):
		any.Name = ""
	case strings.HasPrefix(any.Type, "Timer"), strings.HasPrefix(any.Type, "Marker"): // numbered by the SDK
		any.Name = number.ReplaceAllString(any.Name, "#")
	}
	return &any
}

// cancelsAnother begins the types of events that only the ID of another execution names.
const cancelsAnother = "RequestCancelExternalWorkflowExecution"

var (
	number = regexp.MustCompile(`\d+`)
	// value is what stands for a value in a text: what is quoted, and what has a digit.
	value = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|[\pL\pN_\-]*\pN[\pL\pN_\-]*`)
	// item is an element of a list below the value itself, and a key that looks like an ID.
	item = regexp.MustCompile(`\[\d+\]|[\pL\pN_\-]*\d{3,}[\pL\pN_\-]*`)
)

// anyValue is the text without what differs with the execution.
func anyValue(text string) string { return value.ReplaceAllString(text, "#") }

// anyPath is the path in any element of a list and under any ID. The first index stays: it says which
// argument it is.
func anyPath(path string) string {
	if strings.HasPrefix(path, cancelsAnother) {
		_, field, _ := strings.Cut(path, ")")
		path = cancelsAnother + field
	}
	head := path
	if i := strings.IndexByte(path, ']'); i >= 0 {
		head = path[:i+1]
	}
	return head + item.ReplaceAllString(path[len(head):], "#")
}
