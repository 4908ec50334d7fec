package told

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
)

func TestSubjects(t *testing.T) {
	t.Parallel()
	known, swept := Subject{lineage: "v1"},
		Subject{lineage: lineageText(finding.Lineage{Stages: []string{"v1", "v2"},
			Preferred: map[string]int{"b": 2, "a c": -1}})}
	for _, tt := range []struct {
		subjects                  []Subject
		executions, those, theyDo string
	}{
		{[]Subject{known}, "executions of v1", "v1", "executions do of v1"},
		{[]Subject{known, swept}, `executions of v1, v1+v2 with "a c" at DefaultVersion and "b" at 2`,
			`v1, v1+v2 with "a c" at DefaultVersion and "b" at 2`,
			`executions do of v1, v1+v2 with "a c" at DefaultVersion and "b" at 2`},
		{[]Subject{{recordings: 3, of: 17}}, "3 of 17 executions of unknown stage", "3 of 17 executions of unknown stage",
			"3 of 17 executions of unknown stage do"},
		{[]Subject{{recordings: 1, of: 17}}, "1 of 17 executions of unknown stage", "1 of 17 executions of unknown stage",
			"1 of 17 executions of unknown stage does"},
		{[]Subject{{recordings: 17, of: 17}}, "all 17 executions of unknown stage", "all 17 executions of unknown stage",
			"all 17 executions of unknown stage do"},
		{[]Subject{{recordings: 1, of: 1}}, "the one execution of unknown stage", "the one execution of unknown stage",
			"the one execution of unknown stage does"},
		{[]Subject{{recordings: 3, of: 17}, known}, "executions of v1, and 3 of 17 of unknown stage",
			"v1, and 3 of 17 of unknown stage", "executions do of v1, and 3 of 17 of unknown stage"},
	} {
		require.Equal(t, tt.executions, executionsOf(tt.subjects))
		require.Equal(t, tt.those, those(tt.subjects))
		require.Equal(t, tt.theyDo, whatTheyDo(tt.subjects))
	}
	require.Equal(t, []string{"BREAKS 3 of 17 executions of unknown stage", "safe for 14 of them"},
		OfThem([]string{"BREAKS 3 of 17 executions of unknown stage", "safe for 14 of 17 executions of unknown stage"}))
	require.Equal(t, []string{"BREAKS executions of v1, and 3 of 17 of unknown stage",
		"safe for 14 of 17 executions of unknown stage"},
		OfThem([]string{"BREAKS executions of v1, and 3 of 17 of unknown stage",
			"safe for 14 of 17 executions of unknown stage"}), "they were not named as executions")
}
