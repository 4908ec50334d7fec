package workflows_test

import (
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// explanations hold what explained gives, for all tests that ask.
var explanations sync.Map

// explained judges all recordings of a Corpus, with explanations. Tests share the matrix: none may
// change it.
func explained(t *testing.T, c corpora.Corpus) *matrix.Matrix {
	t.Helper()
	once, _ := explanations.LoadOrStore(c.Family.Name,
		sync.OnceValues(func() (*matrix.Matrix, error) { return explain(c) }))
	m, err := once.(func() (*matrix.Matrix, error))()
	require.NoError(t, err)
	return m
}

func explain(c corpora.Corpus) (*matrix.Matrix, error) {
	sources, err := history.Dir(c.Recordings(), ".")
	if err != nil {
		return nil, err
	}
	matrix.Order(c.Family, sources)
	m, err := matrix.Judge(context.Background(), c.Family, slices.Values(sources),
		&matrix.Options{Config: configOf(c), Explain: true})
	if err != nil {
		return nil, err
	}
	live, err := history.ReadLive(c.Recordings())
	m.Live = live.Observations
	return m, err
}

// judged is the matrix as it is without explanations, of which TestExplainedAlone holds that the rest is
// the same.
func judged(t *testing.T, c corpora.Corpus) *matrix.Matrix {
	t.Helper()
	m := *explained(t, c)
	m.Rows = slices.Clone(m.Rows)
	for i := range m.Rows {
		m.Rows[i].Cells = slices.Clone(m.Rows[i].Cells)
		for j := range m.Rows[i].Cells {
			m.Rows[i].Cells[j].Explanation = nil
		}
	}
	return &m
}
