package replay_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/testdata/edits"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// edit is what a replay tells of an edit: what kind of change it is, where, and whether GetVersion
// mends it.
type edit struct {
	Kind cause.Kind
	// Event is its ID and type, and Line the comment that marks the line.
	Event int64
	Type  string
	Line  string
	// Decided is what of GetVersion explains it.
	Decided cause.DecisionKind
	// Code is whether code with GetVersion is printed.
	Code bool
}

// TestEdits holds, for each program and each edit of it, what the edit is taken for, and that this
// is the same for an execution that was left open and for one that has closed.
func TestEdits(t *testing.T) {
	t.Parallel()
	const (
		scheduled = "ActivityTaskScheduled"
		child     = "StartChildWorkflowExecutionInitiated"
		accepted  = "WorkflowExecutionUpdateAccepted"
		task      = "WorkflowTaskCompleted"
		answered  = "WorkflowExecutionUpdateCompleted"
		marker    = "MarkerRecorded"
		memo      = "WorkflowPropertiesModified"
		none      = cause.Unversioned
	)
	for _, tt := range []struct {
		program, stage string
		want           edit
		why            string
	}{
		{"children", "swaps", edit{"calls-swapped", 5, child, "parcel", none, true},
			"each has the ID of the other, and its own input"},
		{"child", "renames", edit{"options-changed", 5, child, "parcel", none, true}, "the ID is an option"},
		{"child", "draws", edit{"not-deterministic", 5, child, "parcel", "", false},
			"no branch helps against an ID that is new each time"},
		{"timers", "swaps", edit{"calls-swapped", 5, "TimerStarted", "timers", none, true},
			"the SDK compares no durations, and misses what comes after the short one"},
		{"activities", "swaps", edit{"calls-swapped", 5, scheduled, "activities", none, true},
			"two of a kind are in the places of each other"},
		{"activities", "draws", edit{"not-deterministic", 5, scheduled, "draws", "", false},
			"no branch helps against a value that is new each time"},
		{"parallel", "sequential", edit{"calls-made-sequential", 6, scheduled, "sequential", none, true},
			"the call is there, and waits for the one before"},
		{"sequence", "parallel", edit{"calls-made-parallel", 4, task, "parallel", none, true},
			"the call is in the history too, once the one before has ended"},
		{"deadline", "moves", edit{"call-moved-in-task", 5, scheduled, "deadline", none, true},
			"the timer stands before both activities, and those are as they were"},
		{"deadline", "reorders", edit{"calls-reordered", 5, scheduled, "reorders", none, true},
			"three calls in the opposite order are no swap and no move"},
		{"sequence", "replaces", edit{"call-replaced", 5, scheduled, "replaces", none, true},
			"a timer has nothing to do with an activity"},
		{"draw", "moves", edit{"call-moved-in-task", 5, marker, "charge", none, true},
			"the side effect comes after the activity, whose ID has shifted for that alone"},
		{"draw", "to-mutable", edit{"call-retyped", 5, marker, "to-mutable", none, true},
			"another function gives the same value"},
		{"draw", "to-local", edit{"call-retyped", 5, marker, "to-local", none, true}, "so does a local activity"},
		{"discount", "to-local", edit{"call-retyped", 5, scheduled, "activity-to-local", none, true},
			"the activity has its name"},
		{"discount", "also-versioned", edit{"call-renamed", 5, scheduled, "also-versioned", none, true},
			"whichever version it got, it would call the other activity"},
		{"versioned-discount", "also-versioned", edit{"call-renamed", 5, scheduled, "also-versioned", none, true},
			"the history has a call of that name later, with another input"},
		{"versioned-discount", "handler-unversioned",
			edit{"call-renamed", 17, scheduled, "handler-unversioned", cause.NotAsked, true},
			"the handler does what it did before the version"},
		{"discount", "renames", edit{"update-renamed", 14, accepted, "handler", "", true},
			"a handler of another name is new"},
		{"discount", "handler-removed", edit{"update-unhandled", 14, accepted, "function", "", false},
			"there is no other, and the first call of the function is where one could be set"},
		{"discount", "handler-at-once", edit{"update-answered-at-once", 14, accepted, "handler", none, true},
			"the handler starts no timer any more"},
		{"bargain", "handler-at-once", edit{"update-answered-at-once", 9, accepted, "bargain", none, true},
			"the handler sends nothing in either case, and its answer comes before the next activity"},
		{"payment", "renames", edit{"signal-renamed", 5, "WorkflowExecutionSignaled", "payment", "", true},
			"nobody takes the signal, and one of another name is asked for"},
		{"notify", "renames", edit{"call-renamed", 5, "SignalExternalWorkflowExecutionInitiated", "notify", none, true},
			"the signal goes to the same execution"},
		{"children", "sequential", edit{"calls-made-sequential", 6, child, "parcel", none, true},
			"the second waits until the first has started"},
		{"child", "replaces", edit{"call-replaced", 5, child, "child-replaces", none, true},
			"the activity has another name and another input"},
		{"timers", "sequential", edit{"calls-made-sequential", 6, "TimerStarted", "timers-sequential", none, true},
			"the long timer starts when the short one has fired"},
		{"timers", "parallel", edit{"calls-made-parallel", 4, task, "timers-parallel", none, true},
			"the activity starts beside the timers"},
		{"timers", "cancels", edit{"cancellation-added", 0, task, "timers-cancels", none, true},
			"it cancels the long timer before it charges"},
		{"activities", "cancels", edit{"cancellation-added", 0, task, "activities-cancels", none, true},
			"the activity is still running"},
		{"deadline", "cancels", edit{"cancellation-added", 0, task, "deadline-cancels", none, true},
			"it cancels the timer when the others have ended"},
		{"draw", "replaces", edit{"call-replaced", 5, marker, "draw-replaces", none, true},
			"a memo gives no value"},
		{"payment", "replaces", edit{"call-replaced", 9, scheduled, "payment-replaces", none, true},
			"it tells another workflow in the place of an activity"},
		{"notify", "replaces",
			edit{"call-replaced", 5, "SignalExternalWorkflowExecutionInitiated", "notify-replaces", none, true},
			"an activity in the place of a signal"},
		{"notify", "draws",
			edit{"not-deterministic", 5, "SignalExternalWorkflowExecutionInitiated", "notify", "", false},
			"it sends the time of its machine"},
		{"reminder", "draws", edit{"not-deterministic", 5, "TimerStarted", "reminder-draws", "", false},
			"it counts from the time of its machine"},
		{"reminder", "moves", edit{"call-moved-in-task", 5, "TimerStarted", "reminder-moves", none, true},
			"the timer comes after the activity"},
		{"cancelled-reminder", "moves",
			edit{"call-moved-in-task", 5, "TimerStarted", "cancelled-reminder-moves", none, true},
			"the same, and it is cancelled later"},
		{"discount", "handler-later", edit{"update-answered-later", 20, answered, "charge", none, true},
			"it charges once more before it returns"},
		{"bargain", "handler-later", edit{"update-answered-later", 21, answered, "bargain-later", none, true},
			"it sleeps before it returns"},
		{"versioned-discount", "handler-later",
			edit{"update-answered-later", 23, answered, "versioned-discount-later", none, true},
			"the version is what it was"},
		{"versioned-discount", "older",
			edit{"version-not-known", 15, marker, "versioned-discount-older", "", false},
			"it asks for version 0 at most"},
		{"versioned-discount", "handler-at-once",
			edit{"update-answered-at-once", 14, accepted, "versioned-discount", cause.NotAsked, true},
			"it returns before it asks for the version"},
		{"bargain", "parallel", edit{"calls-made-parallel", 4, task, "bargain-parallel", none, true},
			"the update waits for both, as before"},
		{"bargain", "renames", edit{"update-renamed", 9, accepted, "bargain", "", true}, "its handler sends nothing"},
		{"bargain", "handler-removed", edit{"update-unhandled", 9, accepted, "function", "", false}, "the same"},
		{"parcels", "older", edit{"version-not-known", 5, marker, "parcels-older", "", false},
			"it asks for version 1 at most"},
		{"trip", "reorders", edit{"calls-reordered", 5, memo, "trip-swaps", none, true}, "five calls in another order"},
		{"trip", "swaps", edit{"calls-reordered", 5, memo, "trip-swaps", none, true},
			"two calls of other kinds in the places of each other"},
		{"trip", "sequential", edit{"calls-made-sequential", 9, scheduled, "trip-sequential", none, true},
			"it charges when the Child Workflow has started"},
		{"trip", "parallel", edit{"calls-made-parallel", 4, task, "trip-parallel", none, true},
			"it ships before it is confirmed"},
		{"trip", "renames", edit{"signal-renamed", 16, "WorkflowExecutionSignaled", "trip-renames", "", true},
			"nobody takes the signal, and one of another name is asked for"},
		{"trip", "cancels", edit{"cancellation-added", 0, task, "trip-cancels", none, true},
			"it cancels the timer too"},
		{"trip", "keeps", edit{"cancellation-removed", 20, "ActivityTaskCancelRequested", "", none, true},
			"the activity goes on"},
		{"offer", "moves", edit{"call-moved-in-task", 15, marker, "offer-moves", none, true},
			"the side effect comes after the activity"},
		{"offer", "reorders", edit{"calls-reordered", 15, marker, "offer-reorders", none, true},
			"three calls of the handler in the opposite order"},
		{"offer", "sequential", edit{"calls-made-sequential", 17, "TimerStarted", "offer-sequential", none, true},
			"the timer starts when the activity has ended"},
		{"offer", "parallel", edit{"calls-made-parallel", 13, task, "offer-parallel", none, true},
			"the voucher is on its way with the refund"},
		{"offer", "keeps", edit{"cancellation-removed", 23, "TimerCanceled", "", none, true}, "the timer goes on"},
		{"offer", "older", edit{"version-not-known", 24, marker, "offer-older", "", false},
			"it does not know the version that sends a voucher"},
		{"offer", "renames", edit{"update-renamed", 14, accepted, "offer", "", true}, "a handler of another name is new"},
		{"offer", "handler-removed", edit{"update-unhandled", 14, accepted, "function", "", false}, "there is no other"},
		{"offer", "handler-at-once", edit{"update-answered-at-once", 14, accepted, "offer", none, true},
			"it makes none of its calls"},
		{"offer", "handler-later", edit{"update-answered-later", 32, answered, "charge", none, true},
			"it charges before it returns"},
		{"reminder", "cancels", edit{"cancellation-added", 0, task, "cancels", none, true},
			"the history has the timer, and nothing that cancels it"},
		{"cancelled-reminder", "keeps", edit{"cancellation-removed", 12, "TimerCanceled", "", none, true},
			"the timer goes on"},
	} {
		for _, left := range []string{"open", "closed"} {
			name := "base." + tt.program + "-" + left
			t.Run(name+"@"+tt.stage, func(t *testing.T) {
				t.Parallel()
				stage, ok := edits.Family.Stage(tt.stage)
				require.True(t, ok)
				r, err := history.ReadFile(os.DirFS("../../testdata/histories/edits"), name+".json")
				require.NoError(t, err)
				result := replay.Judge(t.Context(), stage, r,
					&replay.Options{Stages: edits.Family.Stages, Explain: true})
				got := edit{result.Cause.Kind, result.Place.Event, result.Place.EventType,
					result.Place.Source, result.Cause.Decided.Kind, advice.Explain(result).Code != ""}
				want := tt.want
				if want.Line = lineOf(t, want.Line); want.Line == "" {
					got.Line = ""
				}
				if want.Event == 0 {
					got.Event = 0
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s; %s (-want +got):\n%s", tt.why, result.Cause, diff)
				}
			})
		}
	}
}

// lineOf is the line of the fixture with that mark.
func lineOf(t *testing.T, mark string) string {
	t.Helper()
	if mark == "" {
		return ""
	}
	files, err := filepath.Glob("../../testdata/edits/*.go")
	require.NoError(t, err)
	for _, file := range files {
		code, err := os.ReadFile(file)
		require.NoError(t, err)
		at := slices.IndexFunc(strings.Split(string(code), "\n"),
			func(line string) bool { return strings.HasSuffix(line, "// edit: "+mark) })
		if at >= 0 {
			return "edits/" + filepath.Base(file) + ":" + strconv.Itoa(at+1)
		}
	}
	t.Fatalf("no line of the fixture is marked %q", mark)
	return ""
}

// TestRenamedUpdate needs the code that ran to call an update renamed: it may have had both handlers.
func TestRenamedUpdate(t *testing.T) {
	t.Parallel()
	stage, ok := edits.Family.Stage("renames")
	require.True(t, ok)
	for _, tt := range []struct {
		stages []versioning.Stage
		want   cause.Kind
		why    string
	}{
		{edits.Family.Stages, cause.UpdateRenamed, "the code that ran has no handler of the other name"},
		{nil, cause.UpdateUnhandled, "nobody knows which handlers the code that ran had"},
	} {
		r, err := history.ReadFile(os.DirFS("../../testdata/histories/edits"), "base.discount-open.json")
		require.NoError(t, err)
		result := replay.Judge(t.Context(), stage, r, &replay.Options{Stages: tt.stages})
		require.Equal(t, tt.want, result.Cause.Kind, tt.why)
	}
}
