package cli_test

import (
	"bytes"
	"context"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/runtimechecks"
)

// TestAllow gives the command rules for known differences.
func TestAllow(t *testing.T) {
	t.Parallel()
	duration := compare.Allow{Path: "TimerStarted.startToFireTimeout", Reason: "the deadline is longer now"}
	result := compare.Allow{Path: "WorkflowExecutionCompleted.result*", Reason: "it names the days"}
	near := compare.Allow{Path: "TimerStarted.startToFireTimeout", Reason: "a day more or less", Within: "25h"}
	families := []*versioning.Family{runtimechecks.Timer}
	for _, tt := range []struct {
		name     string
		families []*versioning.Family
		allow    []compare.Allow
		args     []string
		exit     int
		stdout   []string
		without  string
		stderr   string
		why      string
	}{
		{"none", families, nil, []string{"matrix", "--all", "--fail-on", "drift"}, cli.ExitIncompatible,
			[]string{"CHANGES what executions do of"}, "Differences that a rule allows",
			"--fail-on: 8 of the verdicts named", "there are differences"},
		{"all", families, []compare.Allow{duration, result}, []string{"matrix", "--all", "--fail-on", "drift"}, cli.ExitOK,
			[]string{
				"Differences that a rule allows:\n" +
					"  8 cells  TimerStarted.startToFireTimeout: the deadline is longer now\n",
				"  4 cells  WorkflowExecutionCompleted.result*: it names the days\n",
			},
			"DRIFT", "", "an allowed difference is no drift, and is printed with its reason"},
		{"some", families, []compare.Allow{duration}, []string{"matrix", "--all", "--fail-on", "drift"}, cli.ExitIncompatible,
			[]string{"{Path: \"WorkflowExecutionCompleted.result[0]\", Reason: "}, "{Path: \"TimerStarted", "",
			"the others count as before"},
		{"JSON", families, []compare.Allow{duration, result}, []string{"matrix", "--format", "json"}, cli.ExitOK,
			[]string{`"reason": "the deadline is longer now"`}, `"drift"`, "", "programs see it too"},
		{"unused", families, []compare.Allow{duration, result, {Path: "*.memo.*", Reason: "x"}}, []string{"matrix"},
			cli.ExitFailed,
			[]string{"safe for"}, "",
			"no difference needs the allow rule *.memo.*: remove it, or spell the path as the report does",
			"a rule that nothing needs hides what comes later"},
		{"unused in a part", []*versioning.Family{runtimechecks.Timer, patching.Family},
			[]compare.Allow{duration, result}, []string{"matrix", "patching"}, cli.ExitOK,
			nil, "", "", "the other family may need them"},
		{"tolerance", families, []compare.Allow{near, result}, []string{"matrix", "--format", "json"}, cli.ExitOK,
			[]string{`"within": "25h"`}, `"drift"`, "", "programs see it too"},
		{"in the text", families, []compare.Allow{near, result}, []string{"matrix", "--all"}, cli.ExitOK,
			[]string{"TimerStarted.startToFireTimeout within 25h: a day more or less"}, "", "",
			"the rule says how far"},
		{"unused tolerance", families, []compare.Allow{{Path: duration.Path, Reason: "x", Within: "1ms"}, result},
			[]string{"matrix"}, cli.ExitFailed,
			[]string{"{Path: \"TimerStarted.startToFireTimeout\""}, "",
			"no difference needs the allow rule TimerStarted.startToFireTimeout within 1ms", "nothing is that near"},
		{"no tolerance", families, []compare.Allow{{Path: duration.Path, Reason: "x", Within: "soon"}},
			[]string{"matrix"}, cli.ExitFailed,
			nil, "base.open", `"soon" is no tolerance`, "nothing is judged"},
		{"no reason", families, []compare.Allow{{Path: "*.memo.*"}}, []string{"matrix"}, cli.ExitFailed,
			nil, "base.open", "allow rule *.memo.* without a reason", "nothing is judged"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var stdout, stderr bytes.Buffer
			command := &cli.Command{Families: tt.families, Recordings: os.DirFS("../../histories"), Allow: tt.allow,
				Stdout: &stdout, Stderr: &stderr}
			require.Equal(t, tt.exit, command.Run(context.Background(), tt.args), "%s\n%s", tt.why, stderr.String())
			for _, want := range tt.stdout {
				require.Contains(t, stdout.String(), want, tt.why)
			}
			if tt.without != "" {
				require.NotContains(t, stdout.String(), tt.without, tt.why)
			}
			require.Contains(t, stderr.String(), tt.stderr, tt.why)
		})
	}
}
