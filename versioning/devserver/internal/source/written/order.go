// Package written is where programs are put that are written as Go source: files that are in no work
// tree join it in a build with an overlay. Its own files are what they share.
package written

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"
)

// An order is what a workflow keeps.
type order struct {
	// last is the last value that it got, and taken are all of them.
	last  string
	taken []string
	// updates is the number of updates that are done.
	updates int
}

// got notes a value.
func (o *order) got(value any) {
	o.last = fmt.Sprint(value)
	o.taken = append(o.taken, o.last)
}

// note notes what a wait without a value has come to.
func (o *order) note(what string, err error) {
	if err != nil {
		what = "not " + what
	}
	o.taken = append(o.taken, what)
}

// result is the result of the workflow.
func (o *order) result() string { return strings.Join(o.taken, " ") }

// patience is a timeout that nothing reaches.
const patience = time.Hour

// withOptions has the options of activities.
func withOptions(ctx workflow.Context) workflow.Context {
	once := &temporal.RetryPolicy{MaximumAttempts: 1}
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{
		TaskQueue: "activities", StartToCloseTimeout: patience, RetryPolicy: once,
	})
	return workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{
		StartToCloseTimeout: patience, RetryPolicy: once,
	})
}

// keyword is a search attribute that a new service has.
var keyword = temporal.NewSearchAttributeKeyKeyword("CustomKeywordField")

// A Workflow is the function of a program.
type Workflow = func(workflow.Context, string) (string, error)

var written = map[string]Workflow{}

// add is called by the files of an overlay.
func add(name string, w Workflow) bool {
	written[name] = w
	return true
}

// Find returns the workflow function of that name, nil if the build has none.
func Find(name string) Workflow { return written[name] }

// Names are those of all that the build has.
func Names() []string {
	names := make([]string, 0, len(written))
	for name := range written {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
