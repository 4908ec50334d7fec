package report_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/histories"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/document"
	"github.com/replaymatrix/replaymatrix/versioning/report/markdown"
	"github.com/replaymatrix/replaymatrix/versioning/report/page"
	"github.com/replaymatrix/replaymatrix/versioning/report/pipeline"
	"github.com/replaymatrix/replaymatrix/versioning/report/svg"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// TestFolded holds that a matrix of which most safe rows are only counted is told as one with all of them, and that what
// needs each row refuses it.
func TestFolded(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{}
	for name, n := range map[string]int{"initial.completed": 900, "initial.waiting": 300, "initial.failed": 150, "patched.completed": 40, "patched.waiting": 7} {
		data, err := fs.ReadFile(histories.FS, "patching/"+name+".json")
		require.NoError(t, err)
		for i := range n {
			files[fmt.Sprintf("patching/%s-%04d.json", name, i)] = &fstest.MapFile{Data: data}
		}
	}
	files["patching/initial.torn.json"] = &fstest.MapFile{Data: []byte(`{"events":[`)}
	sources, err := history.Dir(files, "patching")
	require.NoError(t, err)
	for _, stages := range [][]string{{"initial", "patched"}, {"initial", "patched", "patch-complete"}} {
		t.Run(strings.Join(stages, ","), func(t *testing.T) {
			t.Parallel()
			family := *patching.Family
			family.Stages = nil
			for _, name := range stages {
				stage, _ := patching.Family.Stage(name)
				family.Stages = append(family.Stages, stage)
			}
			judged := func(fold bool) *matrix.Matrix {
				m, err := matrix.Judge(t.Context(), &family, slices.Values(sources), &matrix.Options{Fold: fold})
				require.NoError(t, err)
				return m
			}
			all, folded := judged(false), judged(true)
			require.Len(t, all.Rows, 1398)
			require.Equal(t, 1398, folded.Recordings())
			if len(stages) == 2 {
				require.Len(t, folded.Rows, 1000+2+48, "a thousand, one for each kind, and what is not safe")
			}
			failOn := &finding.FailOn{Verdicts: []replay.Verdict{replay.Unjudged, replay.Nondeterministic}, Otherwise: true, Roll: true}
			for name, write := range map[string]func(b *bytes.Buffer, m *matrix.Matrix) error{
				"text":     func(b *bytes.Buffer, m *matrix.Matrix) error { return text.Write(b, text.Options{}, m) },
				"overview": func(b *bytes.Buffer, m *matrix.Matrix) error { return text.Overview(b, text.OverviewOptions{}, m, m) },
				"markdown": func(b *bytes.Buffer, m *matrix.Matrix) error { return markdown.Write(b, markdown.Options{}, m) },
				"junit":    func(b *bytes.Buffer, m *matrix.Matrix) error { return pipeline.JUnit(b, report.CIOptions{}, m) },
				"github":   func(b *bytes.Buffer, m *matrix.Matrix) error { return pipeline.GitHub(b, report.CIOptions{}, m) },
				"sarif":    func(b *bytes.Buffer, m *matrix.Matrix) error { return pipeline.SARIF(b, report.CIOptions{}, m) },
				"svg":      func(b *bytes.Buffer, m *matrix.Matrix) error { return svg.Write(b, svg.Options{}, m) },
				"failing": func(b *bytes.Buffer, m *matrix.Matrix) error {
					return pipeline.JUnit(b, report.CIOptions{FailOn: failOn}, m)
				},
			} {
				var want, got bytes.Buffer
				require.NoError(t, write(&want, all))
				require.NoError(t, write(&got, folded))
				if diff := cmp.Diff(strings.Split(want.String(), "\n"), strings.Split(got.String(), "\n")); diff != "" {
					t.Errorf("%s (-all +folded):\n%s", name, diff)
				}
			}
			if len(stages) == 2 {
				require.ErrorIs(t, document.Write(&bytes.Buffer{}, folded), matrix.ErrFolded)
				require.ErrorIs(t, page.Write(&bytes.Buffer{}, page.Options{}, folded), matrix.ErrFolded)
			}
			require.False(t, errors.Is(document.Write(&bytes.Buffer{}, all), matrix.ErrFolded))
		})
	}
}
