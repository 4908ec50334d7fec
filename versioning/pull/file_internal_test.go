package pull

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	historypb "go.temporal.io/api/history/v1"
	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

var run = Execution{"order/1", "a1a20225-4e81-7357-abbe-3e61e40070ee"}

// closed is a history that has ended.
func closed(t *testing.T) *history.Recording {
	t.Helper()
	r, err := history.ReadFile(os.DirFS("../history/testdata"), "cli.json")
	require.NoError(t, err)
	require.True(t, r.Closed())
	r.WorkflowID, r.RunID = run.WorkflowID, run.RunID
	return r
}

func open(t *testing.T, events int) *history.Recording {
	t.Helper()
	r := closed(t)
	r.History = &historypb.History{Events: r.History.Events[:events]}
	return r
}

func TestLook(t *testing.T) {
	t.Parallel()
	const name = "order-1_a1a20225-4e81-7357-abbe-3e61e40070ee"
	whole := func(t *testing.T, file string) { require.NoError(t, history.WriteFile(file, closed(t))) }
	for _, tt := range []struct {
		name     string
		make     func(t *testing.T, file string)
		file     string
		compress bool
		want     string
		there    bool
		whole    bool
		why      string
	}{
		{"nothing", nil, "", false, name + ".json", false, false, "it is to be written"},
		{"nothing, to be compressed", nil, "", true, name + ".json.gz", false, false, "in the form that was asked for"},
		{"whole", whole, name + ".json", false, name + ".json", true, true, "nothing to do"},
		{"whole in the other form", whole, name + ".json.gz", false, name + ".json.gz", true, true,
			"two files would be two recordings of one name"},
		{"plain where compressed is wanted", whole, name + ".json", true, name + ".json", true, true, "the same"},
		{"cut off", func(t *testing.T, file string) {
			whole(t, file)
			require.NoError(t, os.Truncate(file, 2000))
		}, name + ".json", false, name + ".json", true, false, "by a disk that was full, under another program"},
		{"empty", func(t *testing.T, file string) { require.NoError(t, os.WriteFile(file, nil, 0o600)) },
			name + ".json", false, name + ".json", true, false, "by a machine that lost power"},
		{"of another run", func(t *testing.T, file string) {
			r := closed(t)
			r.RunID = "01234567-89ab-cdef-0123-456789abcdef"
			require.NoError(t, history.WriteFile(file, r))
		}, name + ".json", false, name + ".json", true, false, "copied over it by hand"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := Options{Dir: t.TempDir(), Compress: tt.compress}
			if tt.make != nil {
				tt.make(t, filepath.Join(o.Dir, tt.file))
			}
			got, err := o.look(run)
			require.NoError(t, err, tt.why)
			require.Equal(t, filepath.Join(o.Dir, tt.want), got.path, tt.why)
			require.Equal(t, tt.there, got.there, tt.why)
			require.Equal(t, tt.whole, got.recording != nil, tt.why)
		})
	}
	o := Options{Dir: t.TempDir()}
	require.NoError(t, os.Mkdir(filepath.Join(o.Dir, name+".json"), 0o700))
	_, err := o.look(run)
	require.ErrorContains(t, err, "it is a folder", "not to be replaced")
}

func TestUnchanged(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		was, is *history.Recording
		want    bool
		why     string
	}{
		{open(t, 5), open(t, 5), true, "nothing has happened"},
		{open(t, 5), open(t, 6), false, "it has gone on"},
		{open(t, 5), closed(t), false, "it has ended"},
		{open(t, 6), open(t, 5), true, "a replica that lags behind"},
	} {
		require.Equal(t, tt.want, stored{recording: tt.was}.unchanged(tt.is), tt.why)
	}
}

func TestCovers(t *testing.T) {
	t.Parallel()
	// As a Transform leaves it: other data in the same events.
	transformed := func(r *history.Recording) *history.Recording {
		r.History.Events[0].GetWorkflowExecutionStartedEventAttributes().Identity = "made up"
		return r
	}
	later := open(t, 5)
	later.History.Events[4].EventTime = timestamppb.New(later.History.Events[4].GetEventTime().AsTime().Add(time.Second))
	for _, tt := range []struct {
		was, is *history.Recording
		want    bool
		why     string
	}{
		{transformed(open(t, 5)), open(t, 5), true, "nothing has happened"},
		{transformed(open(t, 5)), open(t, 6), false, "it has gone on"},
		{transformed(open(t, 5)), closed(t), false, "it has ended"},
		{transformed(open(t, 6)), open(t, 5), true, "a replica that lags behind"},
		{transformed(open(t, 5)), later, false, "another event"},
	} {
		require.Equal(t, tt.want, stored{recording: tt.was}.covers(tt.is), tt.why)
	}
}

func TestKeeps(t *testing.T) {
	t.Parallel()
	file := stored{recording: closed(t)}
	no := func(*history.Recording) bool { return false }
	yes := func(*history.Recording) bool { return true }
	transform := func(_ context.Context, r *history.Recording) (*history.Recording, error) { return r, nil }
	require.True(t, (&Options{}).keeps(file))
	require.False(t, (&Options{}).keeps(stored{there: true}), "damaged")
	require.False(t, (&Options{Keep: no}).keeps(file))
	require.True(t, (&Options{Keep: yes}).keeps(file))
	require.False(t, (&Options{Transform: transform}).keeps(file), "it may be an original")
	require.True(t, (&Options{Transform: transform, Keep: yes}).keeps(file))
}

func TestStays(t *testing.T) {
	t.Parallel()
	transform := func(_ context.Context, r *history.Recording) (*history.Recording, error) { return r, nil }
	answers := func(replace bool) func(_, _ *history.Recording) bool {
		return func(_, _ *history.Recording) bool { return replace }
	}
	file := stored{recording: open(t, 5)}
	for _, tt := range []struct {
		o    Options
		file stored
		is   *history.Recording
		keep bool
		want bool
		why  string
	}{
		{Options{Transform: transform}, file, open(t, 5), true, true, "nothing has happened"},
		{Options{Transform: transform}, file, open(t, 6), true, false, "it has gone on"},
		{Options{}, file, open(t, 5), true, false, "without a Transform the events themselves are compared"},
		{Options{Transform: transform}, file, open(t, 5), false, false, "it is not kept, and nobody is asked"},
		{Options{Transform: transform, Replace: answers(true)}, file, open(t, 5), false, false, "it can be made better"},
		{Options{Transform: transform, Replace: answers(false)}, file, open(t, 5), false, true, "it cannot"},
		{Options{Transform: transform, Replace: answers(false)}, file, open(t, 6), false, false, "it has gone on"},
		{Options{Transform: transform, Replace: answers(false)}, stored{there: true}, open(t, 5), false, false, "damaged"},
	} {
		require.Equal(t, tt.want, tt.o.stays(tt.file, tt.is, tt.keep), tt.why)
	}
}

func TestSweep(t *testing.T) {
	t.Parallel()
	const name = "order-1_a1a20225-4e81-7357-abbe-3e61e40070ee.json"
	o := Options{Dir: t.TempDir()}
	files := map[string]string{
		"." + name + ".123456":    "",
		"." + name + ".gz.123456": "",
		"." + name:                "not the name of a temporary file",
		name:                      "a recording",
		".gitignore":              "not of this package",
		".notes.json.1":           "not of this package",
		".vimrc.4711":             "not of this package",
	}
	for file := range files {
		require.NoError(t, os.WriteFile(filepath.Join(o.Dir, file), nil, 0o600))
	}
	require.NoError(t, os.Mkdir(filepath.Join(o.Dir, "."+name+".1"), 0o700))
	require.NoError(t, o.sweep())
	require.DirExists(t, filepath.Join(o.Dir, "."+name+".1"))
	for file, why := range files {
		_, err := os.Stat(filepath.Join(o.Dir, file))
		require.Equal(t, why == "", os.IsNotExist(err), "%s: %s", file, why)
	}
}
