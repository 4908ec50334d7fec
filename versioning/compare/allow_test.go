package compare

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

// TestAllowWithin is about a rule that has a tolerance.
func TestAllowWithin(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		within        string
		recorded, now string
		want          bool
		why           string
	}{
		{"10ms", `"1m0s"`, `"1m0.01s"`, true, "a timer within 10 ms, and they are in it"},
		{"10ms", `"1m0.01s"`, `"1m0s"`, true, "in both directions"},
		{"10ms", `"1m0s"`, `"1m0.011s"`, false, "outside"},
		{"1h30m", `"48h0m0s"`, `"46h30m0s"`, true, "as Go writes a duration"},
		{"10ms", `5`, `6`, false, "a number is no duration"},
		{"10ms", `"soon"`, `"later"`, false, "neither is a word"},
		{"10ms", ``, `"5ms"`, false, "nothing is not zero"},
		{"0.5", `3`, `3.5`, true, "numbers"},
		{"0.1", `0.3`, `0.2`, true, "as they are written, and not as a computer rounds them"},
		{"0.5", `3`, `3.6`, false, "outside"},
		{"1", `9007199254740993`, `9007199254740991`, false, "all digits count"},
		{"2", `9007199254740993`, `9007199254740991`, true, "all digits count"},
		{"1e3", `1e6`, `1000999`, true, "with an exponent"},
		{"1", `"3"`, `"4"`, false, "a text is no number"},
		{"1", `1e999999999`, `1`, false, "no number that Go has"},
		{"1", `"1s"`, `"2s"`, false, "a duration is no number"},
		{"1", `[1]`, `[2]`, false, "a list is no number"},
	} {
		rule := Allow{Path: "*.x", Reason: "test", Within: tt.within}
		require.NoError(t, rule.Validate())
		require.Equal(t, tt.want, rule.Matches(Difference{Path: "a.x", Recorded: tt.recorded, Now: tt.now}),
			"%s: %s and %s: %s", tt.within, tt.recorded, tt.now, tt.why)
		require.False(t, rule.Matches(Difference{Path: "a.y", Recorded: tt.recorded, Now: tt.now}),
			"the path counts as before")
	}
	for within, why := range map[string]string{
		"ten": "a word", "-10ms": "less than nothing", "0": "no tolerance at all", "0s": "no tolerance at all",
		"NaN": "no number", "Inf": "everything", "10 ms": "not as Go writes it",
	} {
		require.ErrorContains(t, Allow{Path: "x", Reason: "wanted", Within: within}.Validate(), "allow rule x", why)
	}
	require.Equal(t, "*.x", Allow{Path: "*.x"}.String())
	require.Equal(t, "*.x within 10ms", Allow{Path: "*.x", Within: "10ms"}.String())
}
