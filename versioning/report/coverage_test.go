package report_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/internal/words"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/document"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

// covered has a stage for each thing that coverage can say.
func covered() *matrix.Matrix {
	m := &matrix.Matrix{Family: &versioning.Family{Name: "order", Doc: "Every kind of branch."}}
	calls := map[string]map[replay.Verdict][]replay.VersionCall{}
	add := func(stage string, verdict replay.Verdict, changeID string, low, high, version, line int) {
		if calls[stage] == nil {
			m.Family.Stages = append(m.Family.Stages, versioning.Stage{Name: stage})
			calls[stage] = map[replay.Verdict][]replay.VersionCall{}
		}
		if changeID != "" {
			calls[stage][verdict] = append(calls[stage][verdict], replay.VersionCall{
				ChangeID: changeID, Min: low, Max: high, Source: fmt.Sprintf("order/%s.go:%d", stage, line),
				Taken: true, Version: version,
			})
		}
	}
	const safe, breaks, elsewhere = replay.Safe, replay.Nondeterministic, replay.NotApplicable
	add("before", safe, "", 0, 0, 0, 0)
	add("one-of-two", safe, "tax", -1, 1, 1, 12)
	add("others-line", safe, "tax", -1, 1, -1, 7)
	add("others-line", safe, "tax", -1, 1, 1, 7)
	add("others-line", safe, "tax", -1, 2, 1, 30)
	add("gap", safe, "tax", -1, 9, -1, 7)
	add("gap", safe, "tax", -1, 9, 9, 7) // another recording's, as far as this is concerned
	add("breaking", breaks, "fraud", 1, 1, 1, 8)
	add("breaking", elsewhere, "points", 1, 1, 1, 9)
	add("breaking", safe, "both", -1, 2, 2, 10)
	add("breaking", breaks, "both", -1, 2, -1, 10)
	add("breaking", elsewhere, "both", -1, 2, -1, 10)
	for i := range 20 {
		add("made-up", safe, fmt.Sprintf("parcel-%02d", i), -1, 1, 1, 40)
	}
	for _, verdict := range []replay.Verdict{safe, breaks, elsewhere} {
		row := matrix.Row{Recording: string(verdict)}
		for _, stage := range m.Family.StageNames() {
			row.Cells = append(row.Cells, matrix.Cell{Family: "order", Recording: row.Recording, Stage: stage,
				Result: replay.Result{Verdict: verdict, Evidence: replay.Evidence{Versions: calls[stage][verdict]}}})
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

// TestCoverageText holds what somebody reads who wants to know which branches are
// proven.
func TestCoverageText(t *testing.T) {
	t.Parallel()
	section := func(m *matrix.Matrix, opts text.Options) string {
		_, rest, _ := strings.Cut(asText(t, opts, m), "Branches of GetVersion")
		section, _, _ := strings.Cut(rest, "\nrecording ")
		return "Branches of GetVersion" + section
	}
	compareGolden(t, "coverage.txt", section(covered(), text.Options{All: true}))
	require.Contains(t, section(covered(), text.Options{Color: true, All: true}), "\x1b[33mUNPROVEN\x1b[0m  \"tax\"")

	partial := covered()
	partial.Partial = map[string]bool{}
	for _, stage := range partial.Family.StageNames() {
		partial.Partial[stage] = true
	}
	got := asText(t, text.Options{All: true}, partial)
	require.NotContains(t, got, "Branches of GetVersion", "what a part of the recordings does says nothing")
	require.NotContains(t, got, "UNPROVEN")
}

func TestUnprovenText(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		branch   matrix.Branch
		unjudged int
		want     string
		why      string
	}{
		{matrix.Branch{From: -1, To: -1, RecordedBy: []string{"initial"}}, 0,
			"DefaultVersion: no recording takes it; record an execution of initial that gets there",
			"a stage before the call"},
		{matrix.Branch{From: 2, To: 2, RecordedBy: []string{"v2", "v3"}}, 0,
			"version 2: no recording takes it; record an execution of v2 or v3 that gets there", "any of them will do"},
		{matrix.Branch{From: 1, To: 1, RecordedBy: []string{"a", "b", "c", "d", "e"}}, 0,
			"version 1: no recording takes it; record an execution of a, b, c or 2 other stages that gets there",
			"a long list helps nobody"},
		{matrix.Branch{From: -1, To: -1}, 0,
			"DefaultVersion: no recording takes it; no stage here records it: add the history of an execution " +
				"that began before the call was there, or record it with record.Sweep",
			"a family of one stage"},
		{matrix.Branch{From: 1, To: 7}, 0,
			"versions 1 to 7: no recording takes it; no stage here records it: add the history of an execution " +
				"that has it, or record it with record.Sweep",
			"the stages that recorded them are gone"},
		{matrix.Branch{From: 1, To: 1, RecordedBy: []string{"v1"}}, 3,
			"version 1: no recording takes it, as far as they could be judged; record an execution of v1 that " +
				"gets there", "it may be there already"},
		{matrix.Branch{From: 1, To: 1, Breaking: []string{"r"}, RecordedBy: []string{"v1"}}, 3,
			"version 1: r takes it, and does not replay", "there is nothing to record"},
		{matrix.Branch{From: 1, To: 1, Breaking: []string{"r", "s"}}, 0,
			"version 1: 2 recordings take it, and none of them replays", "the same for more"},
		{matrix.Branch{From: 1, To: 1, Elsewhere: []string{"r"}}, 0,
			"version 1: r takes it, and stays on another build", "Worker Versioning"},
		{matrix.Branch{From: 1, To: 1, Elsewhere: []string{"r", "s"}}, 0,
			"version 1: 2 recordings take it, and stay on other builds", "the same for more"},
		{matrix.Branch{From: 1, To: 1, Breaking: []string{"r"}, Elsewhere: []string{"s"}}, 0,
			"version 1: 2 recordings take it, which do not replay or stay on other builds", "some of each"},
	} {
		t.Run(tt.want, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			require.Equal(t, tt.want, words.Versions(tt.branch)+": "+
				words.Unproven(matrix.StageCoverage{Unjudged: tt.unjudged}, tt.branch))
		})
	}
}

// TestCoverageJSON holds the fields: programs depend on them.
func TestCoverageJSON(t *testing.T) {
	t.Parallel()
	var doc document.Document
	got := asJSON(t, covered())
	require.NoError(t, json.Unmarshal([]byte(got), &doc))
	want := []document.Coverage{
		{Stage: "one-of-two", Proven: 1, Branches: 2,
			Calls: []document.Call{{ChangeID: "tax", Min: -1, Max: 1, Source: "order/one-of-two.go:12",
				Branches: []document.Branch{
					{From: -1, To: -1, Proven: []string{}, RecordedBy: []string{"before"}},
					{From: 1, To: 1, Proven: []string{"safe"}, RecordedBy: []string{"one-of-two", "others-line"}},
				}}}},
		{Stage: "gap", Proven: 2, Branches: 10,
			Calls: []document.Call{{ChangeID: "tax", Min: -1, Max: 9, Source: "order/gap.go:7",
				Branches: []document.Branch{
					{From: -1, To: -1, Proven: []string{"safe"}, RecordedBy: []string{"before"}},
					{From: 1, To: 1, Proven: []string{}, RecordedBy: []string{"one-of-two", "others-line"}},
					{From: 2, To: 2, Proven: []string{}, RecordedBy: []string{"others-line"}},
					{From: 3, To: 8, Proven: []string{}},
					{From: 9, To: 9, Proven: []string{"safe"}, RecordedBy: []string{"gap"}},
				}}}},
	}
	coverage := doc.Families[0].Coverage
	if diff := cmp.Diff(want, []document.Coverage{coverage[0], coverage[2]}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	require.Contains(t, got, `            {
              "changeId": "fraud",
              "min": 1,
              "max": 1,
              "source": "order/breaking.go:8",
              "branches": [
                {
                  "from": 1,
                  "to": 1,
                  "proven": [],
                  "breaking": [
                    "nondeterministic"
                  ],
                  "recordedBy": [
                    "breaking"
                  ]
                }
              ]
            }`)
	require.NotContains(t, got, "null")
}
