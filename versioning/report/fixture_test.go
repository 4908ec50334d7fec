package report_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

var update = flag.Bool("update", false, "rewrite the golden files in testdata")

// judge replays the real recordings of patching by the family, which may be
// another one with the same workflow type.
func judge(t *testing.T, f *versioning.Family, opts matrix.Options, rename func(i int, s *history.Source) bool) *matrix.Matrix {
	t.Helper()
	all, err := history.Dir(os.DirFS("../../histories/patching"), ".")
	require.NoError(t, err)
	matrix.Order(patching.Family, all)
	var sources []history.Source
	for i, s := range all {
		if rename == nil || rename(i, &s) {
			sources = append(sources, s)
		}
	}
	m, err := matrix.Judge(t.Context(), f, slices.Values(sources), &opts)
	require.NoError(t, err)
	return m
}

func real(t *testing.T) *matrix.Matrix {
	t.Helper()
	m := judge(t, patchingFamily(), matrix.Options{}, nil)
	live, err := history.ReadLive(os.DirFS("../../histories/patching"))
	require.NoError(t, err)
	m.Live = live.Observations
	return m
}

// otherwise is patching with a stage that replays what patched ran and answers a
// query in another way.
func otherwise(t *testing.T) *matrix.Matrix {
	t.Helper()
	f := *patching.Family
	f.Name = "otherwise"
	f.Stages = append(slices.Clone(f.Stages[:2]), versioning.Stage{
		Name: "louder",
		Doc:  "Answers in capitals.",
		Register: func(r worker.WorkflowRegistry) {
			r.RegisterWorkflowWithOptions(func(ctx workflow.Context) (result string, err error) {
				result, err = "", nil
				ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: time.Minute})
				err = workflow.SetQueryHandler(ctx, "result", func() (string, error) { return strings.ToUpper(result), nil })
				if err != nil {
					return "", err
				}
				workflow.GetVersion(ctx, "my-patch", 1, 1)
				err = workflow.ExecuteActivity(ctx, patching.PostPatchActivity).Get(ctx, &result)
				return result, err
			}, workflow.RegisterOptions{Name: patching.WorkflowType})
		},
	})
	m := judge(t, &f, matrix.Options{}, func(_ int, s *history.Source) bool {
		return s.Name == "initial.waiting" || s.Name == "patched.completed" || s.Name == "patched.waiting"
	})
	return m
}

// completedOnly keeps the recordings of one scenario.
func completedOnly(_ int, s *history.Source) bool { return strings.HasSuffix(s.Name, ".completed") }

// manyStages is patching with every stage released n times, under long names.
func manyStages(n int, name string) *versioning.Family {
	f := *patching.Family
	f.Name, f.Stages = "many/stages", nil
	for i := range n {
		for _, s := range patching.Family.Stages {
			s.Name = fmt.Sprintf("%s-%s-%d", s.Name, name, i+1)
			f.Stages = append(f.Stages, s)
		}
	}
	return &f
}

// released gives the lineage of the recordings the long names of manyStages.
func released(name string) func(int, *history.Source) bool {
	return func(i int, s *history.Source) bool {
		load := s.Load
		s.Load = func() (*history.Recording, error) {
			r, err := load()
			for i := range r.Lineage {
				r.Lineage[i] += "-" + name + "-1"
			}
			return r, err
		}
		return completedOnly(i, s)
	}
}

// unreadable damages some recordings and gives others names of no stage.
func unreadable(i int, s *history.Source) bool {
	switch i {
	case 1, 2:
		s.Load = func() (*history.Recording, error) { return nil, errors.New("recording " + s.Name + ": is damaged") }
	case 4:
		load := s.Load
		s.Name = "an export from the web interface of the staging environment (1)"
		s.Load = func() (*history.Recording, error) {
			r, err := load()
			r.Lineage, r.Scenario = nil, ""
			return r, err
		}
	}
	return i < 6
}

// downloaded is what a folder of histories from production is like, of which some
// could not be read.
func downloaded(i int, s *history.Source) bool {
	load := s.Load
	s.Name = fmt.Sprintf("order-%d.0199c3b0-5a00-7000-8000-%012d", 4711+i, i)
	s.Load = func() (*history.Recording, error) {
		r, err := load()
		if i == 3 {
			return nil, errors.New("recording " + s.Name + ": is damaged")
		}
		r.Lineage, r.Scenario = nil, ""
		return r, err
	}
	return i < 8
}

// oneStage is the stage initial of patching under that name, with so many recordings that have begun: downloads,
// whose stage is unknown.
func oneStage(t *testing.T, name string, begun int) *matrix.Matrix {
	t.Helper()
	m := judge(t, &versioning.Family{Name: name, Doc: "One stage.", Stages: patching.Family.Stages[:1]}, matrix.Options{}, unstarted(begun))
	for i := range m.Rows {
		m.Rows[i].Lineage = nil
	}
	return m
}

// unstarted leaves of all recordings but the first ones nothing but their start.
func unstarted(begun int) func(int, *history.Source) bool {
	return func(i int, s *history.Source) bool {
		load := s.Load
		s.Load = func() (*history.Recording, error) {
			r, err := load()
			if err == nil && i >= begun {
				r.History.Events = r.History.Events[:2]
			}
			return r, err
		}
		return i < 7
	}
}

// swept turns recordings of the old stage into some that the new one was made to
// make.
func swept(_ int, s *history.Source) bool {
	load, scenario := s.Load, strings.TrimPrefix(s.Name, "initial.")
	if scenario != s.Name {
		s.Name = "patched." + scenario + "--my-patch--default"
		s.Load = func() (*history.Recording, error) {
			r, err := load()
			r.Lineage, r.Preferred = []string{"patched"}, map[string]int{"my-patch": -1}
			return r, err
		}
	}
	return strings.HasPrefix(s.Name, "patched.")
}

func asText(t *testing.T, opts text.Options, m ...*matrix.Matrix) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, text.Write(&b, opts, m...))
	return b.String()
}

// compareGolden compares with a file in testdata, or rewrites it.
func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}
