package matrix_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestCoverage holds, for the real recordings of patching, who proves which branch.
func TestCoverage(t *testing.T) {
	t.Parallel()
	beganBefore := []string{"initial.completed", "initial.waiting", "initial.failed", "initial.cancelled",
		"initial+patched.completed"}
	withMarker := []string{
		"patched.completed", "patched.waiting", "patched.failed", "patched.cancelled",
		"patched+patch-deprecated.completed",
		"patched+patch-complete.completed", "patch-deprecated.completed", "patch-deprecated.waiting",
		"patch-deprecated.failed",
		"patch-deprecated.cancelled", "patch-deprecated+patch-complete.completed",
	}
	afterwards := []string{"patch-complete.completed", "patch-complete.waiting", "patch-complete.failed",
		"patch-complete.cancelled"}
	want := []matrix.StageCoverage{
		{Stage: "patched", Calls: []matrix.CallCoverage{{ChangeID: "my-patch", Min: -1, Max: 1,
			Source: "patching/patched.go:19", Branches: []matrix.Branch{
				{From: -1, To: -1, Proven: beganBefore, Breaking: afterwards, RecordedBy: []string{"initial"}},
				{From: 1, To: 1, Proven: withMarker, RecordedBy: []string{"patched", "patch-deprecated"}},
			}}}},
		{Stage: "patch-deprecated",
			Calls: []matrix.CallCoverage{{ChangeID: "my-patch", Min: 1, Max: 1,
				Source: "patching/patch_deprecated.go:19", Branches: []matrix.Branch{
					{From: 1, To: 1, Proven: withMarker, RecordedBy: []string{"patched", "patch-deprecated"}},
				}}}},
	}
	sources := realSources(t)
	matrix.Order(family, sources)
	m, err := matrix.Judge(t.Context(), family, slices.Values(sources), nil)
	require.NoError(t, err)
	if diff := cmp.Diff(want, m.Coverage()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for i, counts := range [][2]int{{2, 2}, {1, 1}} {
		proven, all := m.Coverage()[i].Count()
		require.Equal(t, counts, [2]int{proven, all})
	}
}

// took is a cell's call of "x" with the range that gave the version.
func took(minimum, maximum, version int) replay.VersionCall {
	return replay.VersionCall{ChangeID: "x", Min: minimum, Max: maximum, Source: "order/charge.go:31", Taken: true,
		Version: version}
}

// refused is the call where the recorded version is outside of the range.
func refused(minimum, maximum int) replay.VersionCall {
	return replay.VersionCall{ChangeID: "x", Min: minimum, Max: maximum, Source: "order/charge.go:31"}
}

// row is a recording with the result of each stage, in order.
func row(recording string, results ...replay.Result) matrix.Row {
	r := matrix.Row{Recording: recording}
	for i, result := range results {
		r.Cells = append(r.Cells, matrix.Cell{Recording: recording, Stage: stageNames[i], Result: result})
	}
	return r
}

var stageNames = []string{"a", "b", "c"}

func result(verdict replay.Verdict, calls ...replay.VersionCall) replay.Result {
	return replay.Result{Verdict: verdict, Evidence: replay.Evidence{Versions: calls}}
}

// TestBranches is about what is in the range of a call, and what counts as proven.
// Stage b makes the call. The branches print as VERSIONS(PROVEN)(BREAKING)(ELSEWHERE).
func TestBranches(t *testing.T) {
	t.Parallel()
	safe := func(calls ...replay.VersionCall) replay.Result { return result(replay.Safe, calls...) }
	for _, tt := range []struct {
		name string
		rows []matrix.Row
		want []string
		why  string
	}{
		{"both", []matrix.Row{row("r1", safe(), safe(took(-1, 1, -1))), row("r2", safe(), safe(took(-1, 1, 1)))},
			[]string{"x order/charge.go:31: -1(r1) 1(r2)"}, "nobody means 0"},
		{"one", []matrix.Row{row("r1", safe(), safe(took(-1, 1, 1)))}, []string{"x order/charge.go:31: -1 1(r1)"},
			"no older execution is recorded"},
		{"none", []matrix.Row{row("r1", safe(), result(replay.VersionUnknown, refused(-1, 1)))},
			[]string{"x order/charge.go:31: -1 1"}, "the call was seen, and gave nothing"},
		{"single", []matrix.Row{row("r1", safe(), result(replay.VersionRemoved, refused(2, 2)))},
			[]string{"x order/charge.go:31: 2"}, "a call is a branch, however short its range"},
		{"breaking", []matrix.Row{
			row("r1", safe(), result(replay.Nondeterministic, took(-1, 1, 1))),
			row("r2", safe(), result(replay.Panic, took(-1, 1, 1))),
			row("r3", safe(), result(replay.Drift, took(-1, 1, -1))),
		}, []string{"x order/charge.go:31: -1(r3) 1()(r1 r2)"},
			"a recording that does not replay proves nothing; drift does replay"},
		{"both kinds", []matrix.Row{row("r1", safe(), result(replay.Nondeterministic, took(-1, 1, 1))),
			row("r2", safe(), safe(took(-1, 1, 1)))},
			[]string{"x order/charge.go:31: -1 1(r2)(r1)"}, "one that does is enough"},
		{"elsewhere", []matrix.Row{row("r1", safe(),
			replay.Result{Verdict: replay.NotApplicable, Moved: replay.Safe,
				Evidence: replay.Evidence{Versions: []replay.VersionCall{took(-1, 1, 1)}}})},
			[]string{"x order/charge.go:31: -1 1()()(r1)"}, "the execution does not get here"},

		{"gaps", []matrix.Row{row("r1", safe(), safe(took(-1, 9, 4))), row("r2", safe(), safe(took(-1, 9, 5)))},
			[]string{"x order/charge.go:31: -1 1..3 4(r1) 5(r2) 6..8 9"},
			"neighbours that nobody takes are one branch, but for what the stage records"},
		{"from 1", []matrix.Row{row("r1", safe(), safe(took(1, 3, 3)))}, []string{"x order/charge.go:31: 1..2 3(r1)"},
			"the oldest are unproven"},
		{"dates", []matrix.Row{row("r1", safe(), safe(took(-1, 20260131, 20260131)))},
			[]string{"x order/charge.go:31: -1 1..20260130 20260131(r1)"},
			"versions can be dates, and nobody goes through them"},
		{"no bound", []matrix.Row{row("r1", safe(), safe(took(-1, math.MaxInt, 7)))},
			[]string{"x order/charge.go:31: -1 1..6 7(r1) 8..9223372036854775806 9223372036854775807"},
			"a call can be meant to take all"},
		{"zero taken", []matrix.Row{row("r1", safe(), safe(took(-1, 1, 0)))},
			[]string{"x order/charge.go:31: -1 0(r1) 1"}, "somebody does mean 0"},
		{"zero was the maximum", []matrix.Row{row("r1", safe(took(-1, 0, 0)), safe(took(-1, 1, 1)))},
			[]string{"x order/charge.go:31: -1 0 1(r1)"}, "code before it records 0"},
		{"from 0", []matrix.Row{row("r1", safe(), safe(took(0, 1, 1)))}, []string{"x order/charge.go:31: 0 1(r1)"},
			"the call says so"},
		{"up to 0", []matrix.Row{row("r1", safe(), safe(took(-1, 0, -1)))}, []string{"x order/charge.go:31: -1(r1) 0"},
			"the same"},

		{"two lines", []matrix.Row{
			row("r1", safe(), safe(took(-1, 1, 1),
				replay.VersionCall{ChangeID: "x", Min: -1, Max: 1, Source: "order/charge.go:9", Taken: true,
					Version: 1})),
			row("r2", safe(), safe(took(-1, 1, -1))),
		}, []string{"x order/charge.go:9: -1 1(r1)", "x order/charge.go:31: -1(r2) 1(r1)"}, "r2 ended before line 9"},
		{"two ranges on a line",
			[]matrix.Row{row("r1", safe(), safe(took(-1, 1, 1))), row("r2", safe(), safe(took(-1, 2, 2)))},
			[]string{"x order/charge.go:31: -1 1(r1)", "x order/charge.go:31: -1 1 2(r2)"},
			"a range from a variable; each is a call"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			m := &matrix.Matrix{Family: threeStages(), Rows: tt.rows}
			var got []string
			for _, s := range m.Coverage() {
				if s.Stage == "b" {
					for _, call := range s.Calls {
						got = append(got, printed(call))
					}
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

func threeStages() *versioning.Family {
	f := &versioning.Family{Name: "order"}
	for _, name := range stageNames {
		f.Stages = append(f.Stages, versioning.Stage{Name: name})
	}
	return f
}

func printed(call matrix.CallCoverage) string {
	s := call.ChangeID + " " + call.Source + ":"
	for _, b := range call.Branches {
		s += fmt.Sprintf(" %d", b.From)
		if b.To != b.From {
			s += fmt.Sprintf("..%d", b.To)
		}
		parts := fmt.Sprintf("(%s)(%s)(%s)", strings.Join(b.Proven, " "), strings.Join(b.Breaking, " "),
			strings.Join(b.Elsewhere, " "))
		for strings.HasSuffix(parts, "()") {
			parts = strings.TrimSuffix(parts, "()")
		}
		s += parts
	}
	return s
}

// TestRecordedBy is about the stages to record an execution under that takes a
// branch of stage b's call.
func TestRecordedBy(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name      string
		catalogue bool
		a, b, c   []replay.VersionCall
		want      []string // for the branches in order
		why       string
	}{
		{"before the call", false, nil, []replay.VersionCall{took(-1, 1, 1)}, nil, []string{"a", "b"},
			"c comes after it, and an execution of c has no marker either, but is none of DefaultVersion's"},
		{"earlier version", false, []replay.VersionCall{took(-1, 1, 1)}, []replay.VersionCall{took(-1, 2, 2)}, nil,
			[]string{"", "a", "b"}, "no stage is left that records DefaultVersion"},
		{"later stage", false, nil, []replay.VersionCall{took(1, 2, 1)}, []replay.VersionCall{took(2, 2, 2)},
			[]string{"", "b c"}, "executions of a later stage meet this one in a rollback"},
		{"several", false, []replay.VersionCall{took(1, 3, 3), took(1, 5, 3)}, []replay.VersionCall{took(1, 9, 9)},
			[]replay.VersionCall{took(1, 5, 5)},
			[]string{"", "a", "", "a c", "", "b"}, "the versions that a stage records are no part of a gap"},
		{"catalogue", true, nil, []replay.VersionCall{took(-1, 1, 1)}, []replay.VersionCall{took(-1, 1, 1)},
			[]string{"a", "b"}, "c is another change, and no executions go from it to b"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			f := threeStages()
			f.Catalogue = tt.catalogue
			m := &matrix.Matrix{Family: f, Rows: []matrix.Row{
				row("r", result(replay.Safe, tt.a...), result(replay.Safe, tt.b...), result(replay.Safe, tt.c...)),
			}}
			stages := m.Coverage()
			b := stages[slices.IndexFunc(stages, func(s matrix.StageCoverage) bool { return s.Stage == "b" })]
			var got []string
			for _, branch := range b.Calls[0].Branches {
				got = append(got, strings.Join(branch.RecordedBy, " "))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

// TestCoverageOfPart is about stages that have not seen all recordings: what they
// were not shown they may take.
func TestCoverageOfPart(t *testing.T) {
	t.Parallel()
	covered := func(m *matrix.Matrix) (stages []string) {
		for _, s := range m.Coverage() {
			stages = append(stages, s.Stage)
		}
		return stages
	}
	for _, tt := range []struct {
		name string
		only func(recording, stage string) bool
		want []string
		why  string
	}{
		{"all", nil, []string{"patched", "patch-deprecated"}, "the other two call no GetVersion"},
		{"every cell", func(string, string) bool { return true }, []string{"patched", "patch-deprecated"},
			"nothing is left out"},
		{"one recording", func(recording, _ string) bool { return recording == "patched.completed" }, nil,
			"others may take the branch"},
		{"one cell less", func(recording, stage string) bool {
			return recording != "patched.completed" ||
				stage != "patched"
		}, []string{"patch-deprecated"}, "patched may take it there"},
		{"one stage", func(_, stage string) bool { return stage == "patched" }, []string{"patched"},
			"it has seen them all"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			m, err := matrix.Judge(t.Context(), family, slices.Values(realSources(t)), &matrix.Options{Only: tt.only})
			require.NoError(t, err)
			require.Equal(t, tt.want, covered(m), tt.why)
		})
	}

	ctx, cancel := context.WithCancel(t.Context())
	sources := realSources(t)
	m, err := matrix.Judge(ctx, family, slices.Values(sources), &matrix.Options{Workers: 1, Progress: func(n int) {
		if n == len(sources)-1 {
			cancel()
		}
	}})
	require.ErrorIs(t, err, context.Canceled)
	require.NotEmpty(t, m.Rows)
	require.Empty(t, m.Coverage(), "rows are missing")
}

// TestCoverageOfUnreadable counts what may hold more.
func TestCoverageOfUnreadable(t *testing.T) {
	t.Parallel()
	sources := append(realSources(t)[:1:1],
		history.Source{Name: "bad", Load: func() (*history.Recording, error) { return nil, errors.New("damaged") }})
	m, err := matrix.Judge(t.Context(), family, slices.Values(sources), nil)
	require.NoError(t, err)
	for _, s := range m.Coverage() {
		require.Equal(t, 1, s.Unjudged, s.Stage)
	}
	require.Len(t, m.Coverage(), 2)
	require.Empty(t, (&matrix.Matrix{Family: family}).Coverage())
}
