package trace

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAllow(t *testing.T) {
	t.Parallel()
	const path = "ActivityTaskScheduled(billing.Charge).input[0].amount"
	for _, tt := range []struct {
		rule string
		want bool
		why  string
	}{
		{path, true, "the path itself"},
		{"ActivityTaskScheduled(billing.Charge).input[0]", false, "a rule without a star is for one path"},
		{"ActivityTaskScheduled(billing.Charge).input*", true, "all below"},
		{"*.amount", true, "whatever it belongs to"},
		{"*Charge*amount", true, "several stars"},
		{"*Charge*Charge*amount", false, "each part must be there"},
		{"*input[0].amount*", true, "a star can stand for nothing"},
		{"ActivityTaskScheduled(Charge)*", false, "not another activity"},
		{"*.price", false, "another field"},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, Allow{Path: tt.rule, Reason: "test"}.Matches(Difference{Path: path}), tt.why)
		})
	}
	require.ErrorContains(t, Allow{Path: "**", Reason: "all"}.Validate(), "without a path", "it would allow everything")
	require.ErrorContains(t, Allow{Path: "x", Reason: " "}.Validate(), "without a reason")
	require.NoError(t, Allow{Path: "x", Reason: "wanted"}.Validate())
}
