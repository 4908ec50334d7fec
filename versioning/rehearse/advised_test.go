package rehearse_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/unnoticed"
)

// TestAdvised deploys what the advice on a cause that lies ahead says, to the execution that it is
// said of.
func TestAdvised(t *testing.T) {
	t.Parallel()
	const (
		keep = "call GetVersion before that wait, where they have passed already, or give new executions another " +
			"workflow type"
		mend = "mend the code; such executions stay open until a Worker has code that does not fail"
	)
	for _, tt := range []struct {
		family, recording, bad string
		kind                   cause.Kind
		advice                 string
		advised                any
		safe                   bool
		why                    string
	}{
		{"unnoticed/unread-signal", "base.charged", "renamed", cause.HangsAhead, keep,
			func(ctx workflow.Context) (string, error) {
				v := workflow.GetVersion(ctx, "rename-paid", workflow.DefaultVersion, 1)
				return renames(ctx, func() workflow.Version { return v })
			}, true, "GetVersion before the wait"},
		{"unnoticed/unread-signal", "base.noted", "renamed", cause.HangsAhead, keep,
			func(ctx workflow.Context) (string, error) {
				v := workflow.GetVersion(ctx, "rename-paid", workflow.DefaultVersion, 1)
				return renames(ctx, func() workflow.Version { return v })
			}, true, "a signal that nobody has asked for has come"},
		{"unnoticed/unread-signal", "base.charged", "renamed", cause.HangsAhead, keep, nil, true,
			"another workflow type"},
		{"unnoticed/entity", "base.two", "takes-three", cause.ClosesAhead, keep,
			func(ctx workflow.Context, sum int) error {
				v := workflow.GetVersion(ctx, "take-three", workflow.DefaultVersion, 1)
				return adds(ctx, sum, func() int { return map[bool]int{true: 5, false: 3}[v == workflow.DefaultVersion] })
			}, true, "GetVersion before the wait"},
		{"unnoticed/entity", "base.two", "takes-three", cause.ClosesAhead, keep,
			func(ctx workflow.Context, sum int) error {
				return adds(ctx, sum, func() int {
					if workflow.GetInfo(ctx).GetCurrentHistoryLength() < 13 {
						return 5
					}
					v := workflow.GetVersion(ctx, "take-three", workflow.DefaultVersion, 1)
					return map[bool]int{true: 5, false: 3}[v == workflow.DefaultVersion]
				})
			}, false, "GetVersion after the wait gives the new version to those that wait"},
		{"unnoticed/entity", "base.four", "takes-seven", cause.HangsAhead, keep,
			func(ctx workflow.Context, sum int) error {
				v := workflow.GetVersion(ctx, "take-seven", workflow.DefaultVersion, 1)
				return adds(ctx, sum, func() int { return map[bool]int{true: 5, false: 7}[v == workflow.DefaultVersion] })
			}, true, "GetVersion before the wait"},
		{"unnoticed/entity", "base.two", "takes-three", cause.ClosesAhead, keep, nil, true, "another workflow type"},
		{"unchanged", "base.late-signal", "buggy", cause.StuckAhead, mend, nil, true, "the code that does not panic"},
		{"unchanged", "base.late-activity", "buggy", cause.StuckAhead, mend, nil, true, "a task that is made up panics"},
	} {
		t.Run(tt.family+" "+tt.recording+" "+tt.why, func(t *testing.T) {
			t.Parallel()
			cells := deployed(t, tt.family, tt.recording, tt.bad, tt.advised)
			require.Equal(t, tt.kind, cells[0].Cause.Kind, cells[0].Effects)
			require.Contains(t, advice.Line(cells[0].Result), tt.advice)
			effects := cells[1].Effects
			require.NotEmpty(t, effects.List)
			require.Equal(t, !tt.safe, slices.ContainsFunc(effects.List, rehearse.Effect.Notable), "%s: %+v", tt.why, effects)
			if tt.safe {
				require.Equal(t, replay.Safe, cells[1].Verdict, "%s: %s", tt.why, advice.Line(cells[1].Result))
			}
		})
	}
}

// deployed judges one recording under the stage with the bad change and under the advised one, which
// has the old code under the old workflow type where it is nil.
func deployed(t *testing.T, family, recording, bad string, advised any) []matrix.Cell {
	t.Helper()
	all := corpora.All()
	c := all[slices.IndexFunc(all, func(c corpora.Corpus) bool { return c.Family.Name == family })]
	f := *c.Family
	stage := func(name string) versioning.Stage {
		return f.Stages[slices.IndexFunc(f.Stages, func(s versioning.Stage) bool { return s.Name == name })]
	}
	old := stage("base")
	last := old
	last.Name = "advised"
	last.Register = func(r worker.WorkflowRegistry) {
		if advised == nil {
			old.Register(r)
			return
		}
		r.RegisterWorkflowWithOptions(advised, workflow.RegisterOptions{Name: f.WorkflowTypes[0]})
	}
	f.Stages = []versioning.Stage{old, stage(bad), last}
	sources, err := history.Dir(c.Recordings(), ".")
	require.NoError(t, err)
	m, err := matrix.Judge(t.Context(), &f, slices.Values(sources), &matrix.Options{
		Config: replay.Config{Worker: c.Replay},
		Only:   func(of, at string) bool { return of == recording && at != "base" },
	})
	require.NoError(t, err)
	cells := slices.Collect(m.Cells())
	require.Len(t, cells, 2)
	return cells
}

// renames is the workflow of unread-signal, which waits for another signal in a new version.
func renames(ctx workflow.Context, v func() workflow.Version) (string, error) {
	state := "charged"
	if err := workflow.SetQueryHandler(ctx, "state", func() (string, error) { return state, nil }); err != nil {
		return "", err
	}
	signal := "order-paid"
	if v() == workflow.DefaultVersion {
		signal = "paid"
	}
	workflow.GetSignalChannel(ctx, signal).Receive(ctx, nil)
	state = "paid"
	workflow.GetSignalChannel(ctx, "approved").Receive(ctx, nil)
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
	if err := workflow.ExecuteActivity(ctx, unnoticed.Ship, "a book").Get(ctx, &state); err != nil {
		return "", err
	}
	workflow.GetSignalChannel(ctx, "delivered").Receive(ctx, nil)
	return state, nil
}

// adds is the workflow of entity, which takes so many numbers.
func adds(ctx workflow.Context, sum int, takes func() int) error {
	state := ""
	if err := workflow.SetQueryHandler(ctx, "state", func() (string, error) { return state, nil }); err != nil {
		return err
	}
	added := workflow.GetSignalChannel(ctx, "add")
	for taken := 0; taken < takes(); taken++ {
		var n int
		added.Receive(ctx, &n)
		sum += n
		state = strconv.Itoa(sum)
	}
	return workflow.NewContinueAsNewError(ctx, "Entity", sum)
}
