package report_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/document"
)

func asJSON(t *testing.T, m ...*matrix.Matrix) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, document.Write(&b, m...))
	return b.String()
}

func TestJSON(t *testing.T) {
	t.Parallel()
	m := real(t)
	got := asJSON(t, m)
	compareGolden(t, "patching.json", got)
	require.True(t, strings.HasPrefix(got, "{\n  \"version\": 1,\n"), "a reader sees the version first")
	require.True(t, strings.HasSuffix(got, "}\n"))

	var doc document.Document
	decoder := json.NewDecoder(strings.NewReader(got))
	decoder.DisallowUnknownFields()
	require.NoError(t, decoder.Decode(&doc))
	require.Len(t, doc.Families, 1)
	require.Len(t, doc.Families[0].Recordings, len(m.Rows))
	cells := 0
	for cell := range m.Cells() {
		want := document.Cell{Recording: cell.Recording, Stage: cell.Stage, Verdict: cell.Verdict,
			Event: cell.Place.Event, Detail: advice.Line(cell.Result), Cause: causeOf(cell), Source: cell.Place.Source}
		written := doc.Families[0].Cells[cells]
		require.Len(t, written.Answers, len(cell.Answers))
		for _, a := range cell.Answers {
			require.Equal(t, document.Answer{Value: json.RawMessage(a.Value), Error: a.Err}, written.Answers[a.Query],
				"%s", cell)
		}
		require.Len(t, written.Live, len(m.Observed(cell)), "%s", cell)
		require.Equal(t, cell.Park.Total > 0, written.Park != nil, "%s", cell)
		require.Equal(t, len(cell.Effects.List) > 0, written.Effects != nil, "%s", cell)
		if written.Effects != nil {
			require.Len(t, written.Effects.List, len(cell.Effects.List), "%s", cell)
			require.Equal(t, advice.Live(cell.Effects), written.Effects.Detail, "%s", cell)
		}
		if diff := cmp.Diff(want, written,
			cmpopts.IgnoreFields(document.Cell{}, "Answers", "Effects", "Live", "Park")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", cell, diff)
		}
		cells++
	}
	require.Len(t, doc.Families[0].Cells, cells)
}

// causeOf is the cause that a program gets, nil where there is none.
func causeOf(c matrix.Cell) *cause.Cause {
	if c.Cause == (cause.Cause{}) {
		return nil
	}
	return &c.Cause
}

// TestJSONFields holds the exact fields, in their order: programs depend on them.
func TestJSONFields(t *testing.T) {
	t.Parallel()
	cell := matrix.Cell{Family: "x", Recording: "r", Stage: "s", Result: replay.Result{
		Verdict: replay.Unjudged, Err: errors.New("a < b & \"c\"\nnot written"),
	}}
	m := &matrix.Matrix{
		Family: &versioning.Family{Name: "x", Stages: []versioning.Stage{{Name: "s"}}},
		Rows:   []matrix.Row{{Recording: "r", Cells: []matrix.Cell{cell}}},
	}
	const want = `{
  "version": 1,
  "level": "values",
  "families": [
    {
      "name": "x",
      "stages": [
        "s"
      ],
      "deploy": "unknown",
      "rollback": "none",
      "recordings": [
        {
          "name": "r",
          "lineage": [],
          "scenario": "",
          "events": 0,
          "closed": false
        }
      ],
      "cells": [
        {
          "recording": "r",
          "stage": "s",
          "verdict": "unjudged",
          "event": 0,
          "detail": "a < b & \"c\""
        }
      ],
      "findings": [
        {
          "verdict": "unjudged",
          "detail": "a < b & \"c\"",
          "cells": 1,
          "open": 1,
          "closed": 0,
          "stages": [
            "s"
          ],
          "examples": [
            "r@s"
          ]
        }
      ]
    }
  ]
}
`
	if diff := cmp.Diff(want, asJSON(t, m)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestJSONEmptyLists(t *testing.T) {
	t.Parallel()
	require.Contains(t, asJSON(t), `"families": []`)
	got := asJSON(t, &matrix.Matrix{Family: &versioning.Family{Name: "x"}})
	for _, list := range []string{"stages", "recordings", "cells"} {
		require.Contains(t, got, `"`+list+`": []`)
	}
	require.NotContains(t, got, "null")
}
