package interleavings_test

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/interleavings"
)

const root = "../../.."

// TestMistakes holds what the stages of interleavings are called against the
// verdicts on orders of the right stages before them, and holds live workers
// against the verdicts: they agree wherever the order goes on.
func TestMistakes(t *testing.T) {
	t.Parallel()
	verdicts := map[string]string{} // of cells
	golden, err := os.ReadFile(root + "/testdata/interleavings.matrix")
	require.NoError(t, err)
	for line := range strings.Lines(string(golden)) {
		if words := strings.Fields(line); len(words) > 1 && strings.Contains(words[0], "@") {
			verdicts[words[0]] = strings.TrimRight(words[1], ":,")
		}
	}
	stages := interleavings.Family.StageNames()
	isMistake := func(stage string) bool { return strings.HasSuffix(stage, "-mistake") }

	// met has the verdicts on orders that only right stages have executed, none
	// of them later than the stage.
	met := map[string][]string{}
	for cell, verdict := range verdicts {
		recording, stage, _ := strings.Cut(cell, "@")
		lineage, _, _ := strings.Cut(recording, ".")
		if !slices.ContainsFunc(strings.Split(lineage, "+"), func(ran string) bool {
			return isMistake(ran) || slices.Index(stages, ran) > slices.Index(stages, stage)
		}) {
			met[stage] = append(met[stage], verdict)
		}
	}
	breaks := map[string]bool{
		"moved-mistake": true, "hoisted-mistake": true, "reused-mistake": true, "renamed-mistake": true,
	}
	for i, stage := range stages {
		require.NotEmpty(t, met[stage])
		require.Equal(t, breaks[stage], slices.Contains(met[stage], "nondeterministic"), stage)
		rightFollows := slices.ContainsFunc(stages[i:], func(s string) bool { return !isMistake(s) })
		require.True(t, !isMistake(stage) || rightFollows, stage)
	}

	live, err := history.ReadLive(os.DirFS(root + "/histories/interleavings"))
	require.NoError(t, err)
	require.NotEmpty(t, live.Observations)
	for _, o := range live.Observations {
		cell := o.Recording() + "@" + o.To
		if o.Task == history.OtherTask {
			require.Equal(t, verdicts[cell] == "safe", o.Outcome == history.WentOn, cell)
		}
	}
}

// TestChangeVersionsAreStale shows what a run is started with that another one is
// continued as: the search attribute of its versions, and no version.
func TestChangeVersionsAreStale(t *testing.T) {
	t.Parallel()
	r, err := history.ReadFile(os.DirFS(root+"/histories/interleavings"), "moved-mistake.second-run.json")
	require.NoError(t, err)
	started := r.History.GetEvents()[0].GetWorkflowExecutionStartedEventAttributes()
	require.NotEmpty(t, started.GetContinuedExecutionRunId())
	require.Equal(t, []string{"insure-parcel-1-1", "insure-parcel-2-1", "tax-in-quote-1"},
		changeVersions(t, started.GetSearchAttributes()))

	var markers int
	var upserted [][]string
	for _, e := range r.History.GetEvents() {
		if e.GetMarkerRecordedEventAttributes().GetMarkerName() == "Version" {
			markers++
		}
		if upsert := e.GetUpsertWorkflowSearchAttributesEventAttributes(); upsert != nil {
			upserted = append(upserted, changeVersions(t, upsert.GetSearchAttributes()))
		}
	}
	require.Equal(t, 1, markers, "the run holds one version")
	require.Equal(t, [][]string{{"insure-parcel-3-1"}}, upserted, "and its first one replaces the list")
}

func changeVersions(t *testing.T, attributes *commonpb.SearchAttributes) (versions []string) {
	t.Helper()
	require.NoError(t, json.Unmarshal(attributes.GetIndexedFields()["TemporalChangeVersion"].GetData(), &versions))
	return versions
}
