package replaytest_test

import (
	"io/fs"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/replaytest"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// alone is patching with its second stage only, as somebody has it who begins
// with the code of today.
var alone = &versioning.Family{
	Name: "alone", Doc: "x", WorkflowTypes: []string{patching.WorkflowType}, Stages: patching.Family.Stages[1:2],
}

// upTo is what patched is, with another maximum.
func upTo(maximum workflow.Version) *versioning.Family {
	return &versioning.Family{
		Name: "up-to", Doc: "x", WorkflowTypes: []string{patching.WorkflowType},
		Stages: []versioning.Stage{{Name: "only", Doc: "x", Register: func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(func(ctx workflow.Context) (string, error) {
				if workflow.GetVersion(ctx, "my-patch", workflow.DefaultVersion, maximum) == workflow.DefaultVersion {
					return patching.Initial(ctx)
				}
				return patching.PatchComplete(ctx)
			}, workflow.RegisterOptions{Name: patching.WorkflowType})
		}}},
	}
}

// TestMinCoverage compares the exact messages.
func TestMinCoverage(t *testing.T) {
	t.Parallel()
	const (
		place   = " at patching/patched.go:19: no recording takes it; "
		upPlace = " at replaytest/coverage_test.go:30: no recording takes it; "
		excused = "\nwhat nobody can record goes into Unproven, with the reason"
		started = "no stage here records it: add the history of an execution that began before the call was " +
			"there, or record it with record.Sweep"
		has = "no stage here records it: add the history of an execution that has it, or record it with " +
			"record.Sweep"
	)
	old, recent, both := folder(t, "initial.completed"), folder(t, "patched.completed"),
		folder(t, "initial.completed", "patched.completed")
	excuse := func(stage, changeID string, from, to int) replaytest.Excuse {
		return replaytest.Excuse{Stage: stage, ChangeID: changeID, From: from, To: to, Reason: "all are closed"}
	}
	for _, tt := range []struct {
		name       string
		family     *versioning.Family
		recordings fs.FS
		minimum    float64
		excuses    []replaytest.Excuse
		want       []string
		why        string
	}{
		{"all proven", alone, both, 1, nil, nil, "both branches are taken"},
		{"not asked for", alone, recent, 0, nil, nil, "the default"},
		{"only recent", alone, recent, 1, nil, []string{
			"Test: recordings prove 1 of 2 branches of the GetVersion calls of stage patched, and MinCoverage is " +
				"1; these are unproven:\n" +
				`  "my-patch" DefaultVersion` + place + started + excused,
		}, "which branch, where, and what to record"},
		{"only old", alone, old, 0.6, nil, []string{
			"Test: recordings prove 1 of 2 branches of the GetVersion calls of stage patched, and MinCoverage is " +
				"0.6; these are unproven:\n" +
				`  "my-patch" version 1` + place + "record an execution of patched that gets there" + excused,
		}, "new executions of the stage take it"},
		{"half is enough", alone, recent, 0.5, nil, nil, "one of two"},
		{"stage before", &versioning.Family{Name: "small", Doc: "x", WorkflowTypes: small.WorkflowTypes,
			Stages: patching.Family.Stages[:2]}, folder(t, "patched.waiting=a"), 1, nil, []string{
			"Test: recordings prove 1 of 2 branches of the GetVersion calls of stage patched, and MinCoverage is " +
				"1; these are unproven:\n" +
				`  "my-patch" DefaultVersion` + place + "record an execution of initial that gets there" + excused,
			"Test: finding 1 of 1: a@initial\nnondeterministic at event 7: " + broken +
				"\nin the workflow code at patching/initial.go:19\nlive: stuck unless it closes in that Workflow Task",
			"a@initial: finding 1, told above: nondeterministic at event 7, patching/initial.go:19",
		}, "the family has a stage that records it"},
		{"no calls", &versioning.Family{Name: "small", Doc: "x", WorkflowTypes: small.WorkflowTypes,
			Stages: patching.Family.Stages[:1]}, old, 1, nil, nil, "nothing to prove"},

		{"excused", alone, recent, 1, []replaytest.Excuse{excuse("patched", "my-patch", -1, -1)}, nil,
			"somebody has said why"},
		{"excused in every stage", alone, recent, 1, []replaytest.Excuse{excuse("", "my-patch", -1, -1)}, nil,
			"no stage is every stage"},
		{"excuse unused", alone, both, 1, []replaytest.Excuse{excuse("patched", "my-patch", -1, -1)}, []string{
			`Test: the excuse of "my-patch" DefaultVersion of stage patched excuses nothing any more: delete it (its reason was: all are closed)`,
		}, "a recording has come that proves it"},
		{"excuse of another", alone, recent, 0.5, []replaytest.Excuse{excuse("", "my-path", -1, 0)}, []string{
			`Test: the excuse of "my-path" versions DefaultVersion to 0 excuses nothing any more: delete it (its reason was: all are closed)`,
		}, "a misspelt one"},
		{"everything excused", alone, folder(t, "patched.completed"), 1,
			[]replaytest.Excuse{excuse("", "my-patch", math.MinInt, math.MaxInt)}, nil, "what is proven stays so"},

		{"dates", upTo(20260131), both, 0.5, nil, []string{
			"Test: recordings prove 2 of 20260132 branches of the GetVersion calls of stage only, and MinCoverage " +
				"is 0.5; these are unproven:\n" +
				`  "my-patch" versions 2 to 20260130` + upPlace + has + "\n" +
				`  "my-patch" version 20260131` + upPlace + "record an execution of only that gets there" + excused,
		}, "versions that are dates leave gaps"},
		{"dates, excused in part", upTo(20260131), both, 0.5, []replaytest.Excuse{excuse("", "my-patch", 3, 20260130)},
			nil, "half of those that are left"},
		{"dates, excused but for two", upTo(20260131), both, 1,
			[]replaytest.Excuse{excuse("", "my-patch", 3, 20260130)}, []string{
				"Test: recordings prove 2 of 4 branches of the GetVersion calls of stage only, and MinCoverage is 1; " +
					"these are unproven:\n" +
					`  "my-patch" version 2` + upPlace + has + "\n" +
					`  "my-patch" version 20260131` + upPlace + "record an execution of only that gets there" + excused,
			}, "an excuse takes a part out of a gap"},

		{"a percentage", alone, both, 80, nil, []string{"Test: FATAL MinCoverage is a share from 0 to 1, not 80"},
			"a misunderstanding"},
		{"no number", alone, both, math.NaN(), nil, []string{"Test: FATAL MinCoverage is a share from 0 to 1, not NaN"},
			"nothing is less than it"},
		{"excuse without minimum", alone, both, 0, []replaytest.Excuse{excuse("", "x", 1, 1)},
			[]string{"Test: FATAL Unproven excuses from MinCoverage, which is not set"}, "it would never be looked at"},
		{"excuse without reason", alone, both, 1, []replaytest.Excuse{{ChangeID: "x", From: 1, To: 1}},
			[]string{`Test: FATAL the excuse of "x" version 1 needs a ChangeID and a Reason`},
			"the reason is what it is for"},
		{"excuse without To", alone, both, 1, []replaytest.Excuse{{ChangeID: "x", From: 1, Reason: "x"}},
			[]string{`Test: FATAL the excuse of "x" versions 1 to 0 ends before it begins`}, "half of it"},
		{"excuse of no stage", alone, both, 1, []replaytest.Excuse{excuse("initial", "x", 1, 1)},
			[]string{`Test: FATAL the excuse of "x" version 1 of stage initial: alone has no such stage`},
			"a stage was deleted"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			got, _ := run(t.Context(),
				replaytest.Params{Family: tt.family, Recordings: tt.recordings, MinCoverage: tt.minimum,
					Unproven: tt.excuses}, nil)
			for i := range got {
				got[i] = abridge(got[i])
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s\nmessages (-want +got):\n%s\n%s", tt.why, diff, join(got))
			}
		})
	}
}

// TestMinCoverageOfPart is about -run: who looks at one cell is not told what the
// others prove.
func TestMinCoverageOfPart(t *testing.T) {
	t.Parallel()
	p := replaytest.Params{
		Family: alone, Recordings: folder(t, "initial.completed", "patched.completed"), MinCoverage: 1,
		Unproven: []replaytest.Excuse{{ChangeID: "no-patch", From: 1, To: 1, Reason: "unused"}},
	}
	for name, selects := range map[string]func(string) bool{
		"one cell": func(name string) bool { return name == "initial.completed@patched" },
		"none":     func(string) bool { return false },
	} {
		messages, _ := run(t.Context(), p, selects)
		require.Empty(t, messages, name)
	}
	messages, _ := run(t.Context(), p, nil)
	require.Len(t, messages, 1, "the excuse")
}
