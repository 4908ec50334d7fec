package pull

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// DefaultConcurrency is how many histories are downloaded at the same time if Options.Concurrency
// is zero.
const DefaultConcurrency = 8

// Options say which histories to download, and where to.
type Options struct {
	// Client is connected to the service and the namespace. Required.
	Client client.Client

	// Namespace is the Namespace that Client is connected to. A client does not tell its Namespace.
	// Namespace is written into the files, for code that asks for it. Empty means that the
	// Namespace is not known.
	Namespace string

	// Dir is the folder that gets the recordings; it is created if it does not
	// exist. Required.
	Dir string

	// Query is a List Filter, for example "ExecutionStatus = 'Failed'". See
	// https://docs.temporal.io/list-filter. Empty means all executions that the other options
	// choose.
	Query string

	// WorkflowType chooses executions of this type. Empty means any type.
	WorkflowType string

	// Status chooses open executions, closed ones or both.
	Status Status

	// Limit is the maximum number of executions to take from the list, in the order of the list. A
	// Temporal Service lists open executions first. Closed executions follow, and the last closed
	// comes first. Runs that Chain adds do not count. Zero means all.
	Limit int

	// Executions names the executions to download. With Executions, the options Query,
	// WorkflowType, Status and Limit must be empty.
	Executions []Execution

	// Chain also downloads the other runs of the same chain: the runs before and after a
	// Continue-As-New, a retry or a cron schedule.
	Chain bool

	// Concurrency is how many histories are downloaded at the same time. Zero means
	// DefaultConcurrency.
	Concurrency int

	// Compress writes .json.gz files. A file that already exists keeps its format.
	Compress bool

	// Transform, if not nil, gets each recording that was downloaded and returns the one that
	// is written. The downloaded one never reaches the disk. An error is reported as that of
	// the execution, and nothing is written. Several workers call Transform at once. It may
	// change or keep the recording.
	Transform func(ctx context.Context, r *history.Recording) (*history.Recording, error)

	// Keep, if not nil, is asked about each file that is already in Dir. False downloads the
	// execution again and replaces the file. A nil Keep keeps every file if Transform is nil
	// too. With a Transform it keeps no file, because a transformed file cannot be told from
	// an original. If the run of a kept file is open and has new events, the run is
	// downloaded again and goes through Transform again.
	Keep func(r *history.Recording) bool

	// Replace, if not nil, is asked about each file that Keep does not keep, when its run is
	// downloaded and has no event that the file was not made of. False leaves the file as it is. A
	// nil Replace replaces all of these files.
	Replace func(file, downloaded *history.Recording) bool

	// Progress, if not nil, is called after each run, by one goroutine at a time.
	Progress func(Run)
}

// Execution names one run, or the latest run of a workflow ID.
type Execution struct {
	WorkflowID string
	// RunID is empty for the latest run of the workflow ID.
	RunID string
}

// Valid reports whether the execution has a workflow ID, and a run ID that is empty or well-formed.
func (x Execution) Valid() bool {
	return x.WorkflowID != "" && (x.RunID == "" || runIDs.MatchString(x.RunID))
}

// Status says which executions to choose: open, closed or both.
type Status int

const (
	// All chooses open and closed executions.
	All Status = iota
	// Open chooses executions that have not ended.
	Open
	// Closed chooses executions that have ended in any way.
	Closed
)

var statusNames = []string{"all", "open", "closed"}

// String returns "all", "open" or "closed".
func (s Status) String() string {
	if s < 0 || int(s) >= len(statusNames) {
		return fmt.Sprintf("Status(%d)", int(s))
	}
	return statusNames[s]
}

// ParseStatus returns the Status for a text that String returns.
func ParseStatus(text string) (Status, error) {
	for i, name := range statusNames {
		if text == name {
			return Status(i), nil
		}
	}
	return 0, fmt.Errorf("unknown status %q: want open, closed or all", text)
}

// runIDs are UUIDs; they become a part of file names.
var runIDs = regexp.MustCompile(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

func (o *Options) validate() error {
	switch {
	case o.Client == nil:
		return errors.New("pulling needs a Client")
	case o.Dir == "":
		return errors.New("pulling needs a Dir")
	case o.Status < All || o.Status > Closed:
		return fmt.Errorf("pulling: unknown %v", o.Status)
	case o.Limit < 0:
		return fmt.Errorf("pulling: the limit is %d: want at least 1, or 0 for all", o.Limit)
	case o.Concurrency < 0:
		return fmt.Errorf("pulling %d at a time: want at least 1", o.Concurrency)
	case len(o.Executions) > 0 && (o.Query != "" || o.WorkflowType != "" || o.Status != All || o.Limit != 0):
		return errors.New("pulling: executions are named or chosen: Executions goes without Query, WorkflowType, " +
			"Status and Limit")
	}
	for _, x := range o.Executions {
		if x.WorkflowID == "" {
			return errors.New("pulling: the workflow ID of an execution is empty")
		}
		if x.RunID != "" && !runIDs.MatchString(x.RunID) {
			return fmt.Errorf("pulling %s: %q is no run ID: want one like 01234567-89ab-cdef-0123-456789abcdef", x,
				x.RunID)
		}
	}
	return nil
}
