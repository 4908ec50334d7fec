package acceptance

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/histories"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report/page"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

// explained returns the matrices of reference families, explained, with what live
// workers did. Each is replayed once, whatever the number of tests.
func explained(t testing.TB, names ...string) (matrices []*matrix.Matrix) {
	t.Helper()
	for _, name := range names {
		once, _ := families.LoadOrStore(name, sync.OnceValues(func() (*matrix.Matrix, error) { return judge(t, name) }))
		m, err := once.(func() (*matrix.Matrix, error))()
		require.NoError(t, err)
		matrices = append(matrices, m)
	}
	return matrices
}

var families sync.Map

func judge(t testing.TB, name string) (*matrix.Matrix, error) {
	i := slices.IndexFunc(workflows.Families, func(f *versioning.Family) bool { return f.Name == name })
	f := workflows.Families[i]
	folder, err := fs.Sub(histories.FS, name)
	if err != nil {
		return nil, err
	}
	sources, err := history.Dir(folder, ".")
	if err != nil {
		return nil, err
	}
	matrix.Order(f, sources)
	live, err := history.ReadLive(folder)
	if err != nil {
		return nil, err
	}
	m, err := matrix.Judge(t.Context(), f, slices.Values(sources), &matrix.Options{Explain: true})
	m.Live = live.Observations
	return m, err
}

// pageOf writes the page of the matrices to a file.
func pageOf(t testing.TB, matrices ...*matrix.Matrix) string {
	t.Helper()
	var html bytes.Buffer
	require.NoError(t, page.Write(&html, page.Options{}, matrices...))
	file := filepath.Join(t.TempDir(), "matrix.html")
	require.NoError(t, os.WriteFile(file, html.Bytes(), 0o644))
	return file
}

// repeated returns the matrix n times as one, or as families of their own: real
// replays, and many of them.
func repeated(m *matrix.Matrix, n int, asOne bool) (matrices []*matrix.Matrix) {
	for i := range n {
		suffix := fmt.Sprintf("-%02d", i)
		f := *m.Family
		f.Name += suffix
		other := &matrix.Matrix{Family: &f, Level: m.Level}
		for _, row := range m.Rows {
			row.Cells = slices.Clone(row.Cells)
			if asOne {
				row.Recording += suffix
			}
			for j := range row.Cells {
				row.Cells[j].Recording = row.Recording
				row.Cells[j].Family = f.Name
				if asOne {
					row.Cells[j].Family = m.Family.Name
				}
			}
			other.Rows = append(other.Rows, row)
		}
		matrices = append(matrices, other)
	}
	if !asOne {
		return matrices
	}
	one := &matrix.Matrix{Family: m.Family, Level: m.Level}
	for _, part := range matrices {
		one.Rows = append(one.Rows, part.Rows...)
	}
	return []*matrix.Matrix{one}
}

func cellsOf(matrices ...*matrix.Matrix) (cells []matrix.Cell) {
	for _, m := range matrices {
		cells = slices.AppendSeq(cells, m.Cells())
	}
	return cells
}
