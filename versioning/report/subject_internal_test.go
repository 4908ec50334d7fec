package report

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
)

func TestSubjects(t *testing.T) {
	t.Parallel()
	known, swept := subject{lineage: "v1"}, subject{lineage: lineageText(finding.Lineage{Stages: []string{"v1", "v2"}, Preferred: map[string]int{"b": 2, "a c": -1}})}
	for _, tt := range []struct {
		subjects                  []subject
		executions, those, theyDo string
	}{
		{[]subject{known}, "executions of v1", "v1", "executions do of v1"},
		{[]subject{known, swept}, `executions of v1, v1+v2 with "a c" at DefaultVersion and "b" at 2`, `v1, v1+v2 with "a c" at DefaultVersion and "b" at 2`,
			`executions do of v1, v1+v2 with "a c" at DefaultVersion and "b" at 2`},
		{[]subject{{"", 3, 17}}, "3 of 17 executions of unknown stage", "3 of 17 executions of unknown stage", "3 of 17 executions of unknown stage do"},
		{[]subject{{"", 1, 17}}, "1 of 17 executions of unknown stage", "1 of 17 executions of unknown stage", "1 of 17 executions of unknown stage does"},
		{[]subject{{"", 17, 17}}, "all 17 executions of unknown stage", "all 17 executions of unknown stage", "all 17 executions of unknown stage do"},
		{[]subject{{"", 1, 1}}, "the one execution of unknown stage", "the one execution of unknown stage", "the one execution of unknown stage does"},
		{[]subject{{"", 3, 17}, known}, "executions of v1, and 3 of 17 of unknown stage", "v1, and 3 of 17 of unknown stage", "executions do of v1, and 3 of 17 of unknown stage"},
	} {
		require.Equal(t, tt.executions, executionsOf(tt.subjects))
		require.Equal(t, tt.those, those(tt.subjects))
		require.Equal(t, tt.theyDo, whatTheyDo(tt.subjects))
	}
	require.Equal(t, []string{"BREAKS 3 of 17 executions of unknown stage", "safe for 14 of them"},
		ofThem([]string{"BREAKS 3 of 17 executions of unknown stage", "safe for 14 of 17 executions of unknown stage"}))
	require.Equal(t, []string{"BREAKS executions of v1, and 3 of 17 of unknown stage", "safe for 14 of 17 executions of unknown stage"},
		ofThem([]string{"BREAKS executions of v1, and 3 of 17 of unknown stage", "safe for 14 of 17 executions of unknown stage"}), "they were not named as executions")
}

// TestDownloadedInDocs keeps what the docs quote what is printed.
func TestDownloadedInDocs(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/recording.md")
	require.NoError(t, err)
	printed, err := os.ReadFile("testdata/downloaded.txt")
	require.NoError(t, err)
	_, line, found := strings.Cut(string(printed), "deploy patch-deprecated: ")
	require.True(t, found)
	line, _, _ = strings.Cut(line, "\n\n")
	require.Contains(t, string(page), "deploy patch-deprecated: "+line+"\n")
}
