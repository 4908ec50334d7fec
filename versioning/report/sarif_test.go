package report_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/pipeline"
)

type sarifDocument struct {
	Runs []struct {
		Tool struct {
			Driver struct {
				Rules []struct {
					ID   string `json:"id"`
					Help struct {
						Text string `json:"text"`
					} `json:"help"`
				} `json:"rules"`
			} `json:"driver"`
		} `json:"tool"`
		Results []struct {
			RuleID       string            `json:"ruleId"`
			RuleIndex    int               `json:"ruleIndex"`
			Level        string            `json:"level"`
			Fingerprints map[string]string `json:"partialFingerprints"`
			Locations    []struct {
				Physical *struct {
					Artifact struct {
						URI string `json:"uri"`
					} `json:"artifactLocation"`
				} `json:"physicalLocation"`
			} `json:"locations"`
			Properties struct {
				Cells []string `json:"cells"`
			} `json:"properties"`
		} `json:"results"`
	} `json:"runs"`
}

func sarifOf(t *testing.T, text string) (doc sarifDocument) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(text), &doc))
	require.Len(t, doc.Runs, 1)
	return doc
}

// TestSARIF is about what code scanning needs beyond the schema.
func TestSARIF(t *testing.T) {
	t.Parallel()
	run := sarifOf(t, written(t, pipeline.SARIF, report.CIOptions{File: inRepository, Fallback: "go.mod"}, real(t),
		evil())).Runs[0]
	var rules []string
	for _, r := range run.Tool.Driver.Rules {
		rules = append(rules, r.ID)
		require.NotEmpty(t, r.Help.Text)
	}
	for _, info := range replay.Verdicts() {
		require.Contains(t, rules, string(info.Verdict))
	}
	prints := map[string]bool{}
	for _, r := range run.Results {
		require.Equal(t, r.RuleID, rules[r.RuleIndex])
		require.NotNil(t, r.Locations[0].Physical, "GitHub refuses the whole file otherwise")
		require.NotEmpty(t, r.Properties.Cells)
		print := r.Fingerprints["replaymatrix/v1"]
		require.NotEmpty(t, print)
		require.False(t, prints[print], "two alerts would become one")
		prints[print] = true
	}
	for _, r := range sarifOf(t, written(t, pipeline.SARIF, report.CIOptions{}, real(t))).Runs[0].Results {
		require.Nil(t, r.Locations[0].Physical, "no file is known, and none is made up")
		require.True(t, prints[r.Fingerprints["replaymatrix/v1"]], "an alert stays the same wherever it is built")
	}
}

// TestFingerprint is about alerts that stay the same while code and recordings change
// around them.
func TestFingerprint(t *testing.T) {
	t.Parallel()
	at := func(event int64, line int, recordings ...string) string {
		m := &matrix.Matrix{Family: &versioning.Family{Name: "x", Stages: []versioning.Stage{{Name: "s"}}}}
		for _, name := range recordings {
			m.Rows = append(m.Rows,
				matrix.Row{Recording: name,
					Cells: []matrix.Cell{{Family: "x", Recording: name, Stage: "s", Result: replay.Result{
						Verdict: replay.Nondeterministic,
						Cause:   says(fmt.Sprintf("history has it later (event %d)", event)),
						Place:   replay.Place{Event: event, Source: fmt.Sprintf("order/charge.go:%d", line)},
					}}}})
		}
		results := sarifOf(t, written(t, pipeline.SARIF, report.CIOptions{}, m)).Runs[0].Results
		require.Len(t, results, 1)
		return results[0].Fingerprints["replaymatrix/v1"]
	}
	require.Equal(t, at(5, 31, "a"), at(7, 40, "a", "b"))
}
