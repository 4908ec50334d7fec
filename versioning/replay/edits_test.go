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
		marker    = "MarkerRecorded"
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
