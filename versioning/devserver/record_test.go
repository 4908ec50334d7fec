package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/record"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/replaytest"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/revisions"
)

// TestRecordIsRepeatable records a family twice: only run IDs and times differ,
// and the verdicts of both are those of the golden file in the root.
func TestRecordIsRepeatable(t *testing.T) {
	t.Parallel()
	c := dial(t, start(t, Options{Address: "127.0.0.1:0"}))
	var files [2]map[string]string
	for i := range files {
		dir := t.TempDir()
		outcomes, err := record.Family(t.Context(), patching.Family, record.Options{Client: c, Dir: dir, Accept: replaysSafely, Timeout: patience})
		require.NoError(t, err)
		files[i] = masked(t, outcomes)

		t.Run(fmt.Sprintf("verdicts of recording %d", i+1), func(t *testing.T) {
			replaytest.Run(t, replaytest.Params{
				Family:     patching.Family,
				Recordings: os.DirFS(filepath.Join(dir, "patching")),
				Golden:     "../../testdata/patching.matrix",
			})
		})
	}
	if diff := cmp.Diff(files[0], files[1]); diff != "" {
		t.Errorf("the second recording differs in more than run IDs and times (-first +second):\n%s", diff)
	}

	// And so do the recordings in the repository, made at some other time.
	committed, err := history.Dir(os.DirFS("../../histories/patching"), ".")
	require.NoError(t, err)
	var names []string
	for _, source := range committed {
		names = append(names, source.Name)
		data, err := os.ReadFile(filepath.Join("../../histories/patching", source.Path))
		require.NoError(t, err)
		if diff := cmp.Diff(mask(string(data)), files[0][source.Name]); diff != "" {
			t.Errorf("histories/patching/%s.json differs from a new recording: go test . -record=patching (-committed +new):\n%s", source.Name, diff)
		}
	}
	require.Len(t, names, len(files[0]), "recordings in histories/patching")
}

// TestRecordJourneys tells the journeys that cannot be made, and why.
func TestRecordJourneys(t *testing.T) {
	t.Parallel()
	c := dial(t, start(t, Options{Address: "127.0.0.1:0"}))
	onlyJourneys := *revisions.Family
	onlyJourneys.Scenarios = []versioning.Scenario{versioning.RunsToCompletion}
	outcomes, err := record.Family(t.Context(), &onlyJourneys, record.Options{
		Client: c, Dir: t.TempDir(), Accept: replaysSafely, Timeout: patience, Stages: []string{"pre-patch"},
	})
	require.NoError(t, err)

	got := map[string]string{}
	for _, o := range outcomes {
		var failed *record.TaskFailedError
		switch {
		case o.Impossible == nil:
			got[o.Name] = "recorded"
		case errors.As(o.Impossible, &failed):
			got[o.Name] = fmt.Sprintf("%s at event %d", failed.Cause, failed.Event)
		default:
			got[o.Name] = "rejected"
		}
	}
	want := map[string]string{
		"pre-patch.completed":           "recorded",
		"pre-patch+version-1.completed": "recorded",
		"pre-patch+version-2.completed": "recorded",
		// The new code refuses the version, so the execution is stuck.
		"pre-patch+min-1.completed": "NonDeterministicError at event 10",
		"pre-patch+min-2.completed": "NonDeterministicError at event 10",
		// A live worker completes these, on the wrong branch: it compares
		// nothing of what it replayed for the task that closes the workflow.
		"pre-patch+replaced.completed": "rejected",
		"pre-patch+removed.completed":  "rejected",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("journeys from pre-patch (-want +got):\n%s", diff)
	}
}

// TestRecordErrors shows what a scenario that does not hold, or a recording that
// is interrupted, leaves behind: an error that names it, and whole files only.
func TestRecordErrors(t *testing.T) {
	t.Parallel()
	c := dial(t, start(t, Options{Address: "127.0.0.1:0"}))
	with := func(name string, change func(*versioning.Scenario)) *versioning.Family {
		f := *patching.Family
		f.Name = name
		f.Stages = f.Stages[:1]
		scenario := versioning.RunsToCompletion
		change(&scenario)
		f.Scenarios = []versioning.Scenario{scenario}
		return &f
	}
	for _, tt := range []struct {
		name    string
		family  *versioning.Family
		timeout time.Duration
		want    string
		why     string
	}{
		{"wrong ending", with("wrong-ending", func(s *versioning.Scenario) {
			s.Plan = versioning.EachStage{Ends: versioning.Failed}
		}), patience,
			"recording wrong-ending/initial.completed: the execution ended as Completed, the scenario says Failed",
			"a scenario that does not do what it says is not a recording of it"},
		{"never ends", with("never-ends", func(s *versioning.Scenario) { s.Activities = versioning.NoActivities }), 3 * time.Second,
			"recording never-ends/initial.completed: the execution did not get where its scenario leaves it within 3s",
			"an execution that hangs must not hang the recording"},
		{"drive fails", with("drive-fails", func(s *versioning.Scenario) {
			s.Plan = versioning.EachStage{Drive: func(context.Context, client.Client, client.WorkflowRun) error {
				return errors.New("no stock")
			}}
		}), patience, "recording drive-fails/initial.completed: driving the scenario: no stock", "the user's own error is passed on"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			_, err := record.Family(t.Context(), tt.family, record.Options{Client: c, Dir: dir, Timeout: tt.timeout})
			require.ErrorContains(t, err, tt.want, tt.why)
			require.Empty(t, filesBelow(t, dir), "nothing is written")
		})
	}

	t.Run("interrupted", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		dir := t.TempDir()
		outcomes, err := record.Family(ctx, patching.Family, record.Options{
			Client: c, Dir: dir, Timeout: patience,
			Progress: func(record.Attempt) { cancel() },
		})
		require.ErrorIs(t, err, context.Canceled)
		require.Len(t, outcomes, 1, "what is done is kept")
		require.Equal(t, []string{outcomes[0].Path}, filesBelow(t, dir))
		_, err = history.ReadFile(os.DirFS(filepath.Dir(outcomes[0].Path)), filepath.Base(outcomes[0].Path))
		require.NoError(t, err, "and is whole")
	})
}

// replaysSafely is what record_test.go in the root asks of a recording too.
func replaysSafely(ctx context.Context, stage versioning.Stage, r *history.Recording) error {
	if result := replay.Judge(ctx, stage, r, nil); result.Verdict != replay.Safe {
		return fmt.Errorf("%s: %s", result.Verdict, advice.Line(result))
	}
	return nil
}

// masked returns the files that were written, by the name of the recording.
func masked(t *testing.T, outcomes []record.Attempt) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, o := range outcomes {
		if o.Path == "" {
			continue
		}
		data, err := os.ReadFile(o.Path)
		require.NoError(t, err)
		require.Contains(t, string(data), namespaceLine)
		files[o.Name] = mask(string(data))
	}
	require.NotEmpty(t, files)
	return files
}

var volatile = regexp.MustCompile(`"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"` + // run IDs
	`|"\d{4}-\d{2}-\d{2}T[0-9:.]+Z"` + // times
	`|"historySizeBytes": "\d+"`) // counts the bytes of the times

// mask leaves the namespace out, too: the recordings of before do not have it.
func mask(file string) string {
	return volatile.ReplaceAllString(strings.Replace(file, namespaceLine, "", 1), `"…"`)
}

const namespaceLine = "    \"namespace\": \"default\",\n"

func filesBelow(t *testing.T, dir string) (files []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && !strings.HasPrefix(d.Name(), ".") {
			files = append(files, path)
		}
		return err
	}))
	return files
}
