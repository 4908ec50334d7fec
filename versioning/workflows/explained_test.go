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
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// explanations hold what explained gives, for all tests that ask.
var explanations sync.Map

// explained judges all recordings of a Corpus, with explanations.
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
		&matrix.Options{Config: replay.Config{Worker: c.Replay}, Explain: true})
	if err != nil {
		return nil, err
	}
	live, err := history.ReadLive(c.Recordings())
	m.Live = live.Observations
	return m, err
}
