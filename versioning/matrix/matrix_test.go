package matrix_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// errorText compares errors by what they say.
var errorText = cmp.Comparer(func(a, b error) bool {
	return (a == nil) == (b == nil) && (a == nil || a.Error() == b.Error())
})

// TestSameWhateverTheWorkers judges the recordings by one worker and by eight, with
// loads that take unequal times: rows, cells and results are the same.
func TestSameWhateverTheWorkers(t *testing.T) {
	t.Parallel()
	sources := realSources(t)
	one, err := matrix.Judge(t.Context(), family, slices.Values(sources), &matrix.Options{Workers: 1})
	require.NoError(t, err)
	require.Len(t, one.Rows, len(sources))
	for range 3 {
		slow, loads := counted(sources)
		eight, err := matrix.Judge(t.Context(), family, slices.Values(slow), &matrix.Options{Workers: 8})
		require.NoError(t, err)
		ignore := cmpopts.IgnoreFields(replay.Result{}, "Err", "SDKErr") // the protobuf library varies its spaces
		if diff := cmp.Diff(one.Rows, eight.Rows, ignore); diff != "" {
			t.Fatalf("(-one +eight):\n%s", diff)
		}
		for name, n := range loads {
			require.EqualValues(t, 1, n.Load(), "%s is read once for all %d stages", name, len(family.Stages))
		}
	}
	for i, row := range one.Rows {
		require.Equal(t, sources[i].Name, row.Recording)
		for j, cell := range row.Cells {
			require.Equal(t, "patching/"+sources[i].Name+"@"+family.Stages[j].Name, cell.String())
		}
	}
}

func TestRow(t *testing.T) {
	t.Parallel()
	sources := realSources(t)
	i := slices.Index(names(sources), "patched+patch-complete.completed")
	m, err := matrix.Judge(t.Context(), family, slices.Values(sources[i:i+1]), nil)
	require.NoError(t, err)
	cell := func(stage string, result replay.Result) matrix.Cell {
		return matrix.Cell{Family: "patching", Recording: "patched+patch-complete.completed", Stage: stage,
			Result: result}
	}
	safe := replay.Result{Verdict: replay.Safe,
		Evidence: replay.Evidence{Answers: []replay.Answer{{Query: "result", Value: `"post-patch"`}}}}
	took1 := func(source string, from int) (r replay.Result) {
		r = safe
		r.Versions = []replay.VersionCall{{ChangeID: "my-patch", Min: from, Max: 1, Source: source, Taken: true,
			Version: 1}}
		return r
	}
	want := []matrix.Row{{
		Recording: "patched+patch-complete.completed",
		Lineage:   []string{"patched", "patch-complete"},
		Scenario:  "completed",
		Events:    m.Rows[0].Events,
		Closed:    true,
		Cells: []matrix.Cell{
			cell("initial", replay.Result{
				Verdict: replay.Nondeterministic,
				Place:   replay.Place{Event: 7, EventType: "ActivityTaskScheduled", Source: "patching/initial.go:19"},
				Cause: cause.Cause{
					Kind: cause.CallRenamed,
					Parting: &cause.Parting{
						Recorded: &compare.Side{Event: 7, Type: "ActivityTaskScheduled", Name: "PostPatchActivity"},
						Now: &compare.Side{Type: "ExecuteActivity", Name: "PrePatchActivity",
							Source: "patching/initial.go:19"},
						Task: 4,
					},
					Decided: cause.Decision{Kind: cause.OlderCode, Way: cause.ByRollback},
					Notice:  cause.NoticedUnlessClosing,
				},
				Evidence: replay.Evidence{Park: replay.Park{Total: 1,
					Points: []replay.ParkPoint{{Task: 4, Event: 7, Verdict: replay.Nondeterministic}}}},
			}),
			cell("patched", took1("patching/patched.go:19", -1)),
			cell("patch-deprecated", took1("patching/patch_deprecated.go:19", 1)),
			cell("patch-complete", safe),
		},
	}}
	require.NotEmpty(t, m.Rows[0].Shape)
	want[0].WorkflowType, want[0].Shape = "PatchingWorkflow", m.Rows[0].Shape
	if diff := cmp.Diff(want, m.Rows, cmpopts.IgnoreFields(replay.Result{}, "SDKErr", "Offers"),
		cmpopts.IgnoreFields(replay.Place{}, "File", "Line"), cmpopts.IgnoreFields(matrix.Cell{}, "Effects")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	require.Positive(t, m.Rows[0].Events)
	for first := range m.Cells() {
		require.Equal(t, "initial", first.Stage)
		break // the iterator lets go
	}
}

// TestUnreadable is about sources that give no recording: each has its row, and
// the others are judged.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	damaged := errors.New("the disk is damaged\nin two places")
	for _, tt := range []struct {
		name   string
		load   func() (*history.Recording, error)
		detail string
		why    string
	}{
		{"error", func() (*history.Recording, error) { return nil, damaged }, "the disk is damaged",
			"a detail is one line"},
		{"nothing", func() (*history.Recording, error) { return nil, nil }, "the source gave no recording",
			"a Load of the caller's own, and a mistake in it"},
		{"empty", func() (*history.Recording, error) { return &history.Recording{Name: "patched.bad"}, nil },
			"the recording has no events", "the same"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			sources := realSources(t)[:3]
			sources[1] = history.Source{Name: "patched.bad", Load: tt.load}
			m, err := matrix.Judge(t.Context(), family, slices.Values(sources), nil)
			require.NoError(t, err)
			require.Len(t, m.Rows, 3)
			require.Len(t, m.Rows[1].Cells, len(family.Stages))
			for _, cell := range m.Rows[1].Cells {
				require.Equal(t, replay.Unjudged, cell.Verdict)
				require.Equal(t, tt.detail, advice.Line(cell.Result), tt.why)
				require.Error(t, cell.Err)
			}
			require.Equal(t, replay.Safe, m.Rows[0].Cells[1].Verdict)
			require.Equal(t, replay.Safe, m.Rows[2].Cells[0].Verdict)
			if tt.name == "error" {
				require.ErrorIs(t, m.Rows[1].Err, damaged)
				require.Equal(t, []string{"patched"}, m.Rows[1].Lineage, "its name says whose it is")
				require.Equal(t, "bad", m.Rows[1].Scenario)
			}
		})
	}
}

func TestOnly(t *testing.T) {
	t.Parallel()
	sources, loads := counted(realSources(t))
	var progress []int
	m, err := matrix.Judge(t.Context(), family, slices.Values(sources), &matrix.Options{
		Only: func(recording, stage string) bool {
			return recording == "initial.completed" && stage != "patched" || recording == "patched.waiting" &&
				stage == "initial"
		},
		Progress: func(n int) { progress = append(progress, n) },
	})
	require.NoError(t, err)
	var cells []string
	for cell := range m.Cells() {
		cells = append(cells, cell.Name())
	}
	want := []string{
		"initial.completed@initial", "initial.completed@patch-deprecated", "initial.completed@patch-complete",
		"patched.waiting@initial",
	}
	if diff := cmp.Diff(want, cells); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
	for name, n := range loads {
		chosen := name == "initial.completed" || name == "patched.waiting"
		require.Equal(t, chosen, n.Load() == 1, "%s was read %d times", name, n.Load())
	}
	require.Len(t, progress, len(sources))
	require.True(t, slices.IsSorted(progress))
}

func TestNoRecordings(t *testing.T) {
	t.Parallel()
	m, err := matrix.Judge(t.Context(), family, slices.Values([]history.Source(nil)), nil)
	require.NoError(t, err)
	require.Equal(t, &matrix.Matrix{Family: family}, m)
	for range m.Cells() {
		t.Error("a cell of nothing")
	}
}
