package judge_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/unnoticed"
)

// downloads are histories of nobody knows which code, which waited for the signal "paid"
// and got it.
func downloads(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for i, name := range []string{"base.charged", "base.paid"} {
		r, err := history.ReadFile(os.DirFS("../../../histories/unnoticed/unread-signal"), name+".json")
		require.NoError(t, err)
		r.Lineage = nil
		require.NoError(t, history.WriteFile(filepath.Join(dir, "471"+string(rune('0'+i))+".json"), r))
	}
	return dir
}

// renamed is the code that listens to another name of the signal.
func renamed() *versioning.Family {
	i := slices.IndexFunc(unnoticed.UnreadSignal.Stages, func(s versioning.Stage) bool { return s.Name == "renamed" })
	return &versioning.Family{Name: "order", Doc: "An order.", WorkflowTypes: unnoticed.UnreadSignal.WorkflowTypes,
		Stages: unnoticed.UnreadSignal.Stages[i : i+1]}
}

// TestFindings is about executions of unknown code that replay, and of which the history
// alone cannot tell whether they break.
func TestFindings(t *testing.T) {
	t.Parallel()
	const says = "replaymatrix: --fail-on: 1 of the verdicts and findings named, the first is order/4711@renamed: " +
		"safe, and unread at event 5\n"
	for _, tt := range []struct {
		name   string
		args   []string
		code   int
		out    []string
		stderr string
		why    string
	}{
		{"nobody has asked", []string{"matrix"}, cli.ExitOK, []string{
			"4711               safe*\n",
			"*          1  with findings    the history alone cannot tell whether it breaks the execution\n",
			"deploy renamed:                 replays with FINDINGS for 1 of 2 executions\n " +
				"                               safe for 1 of them\n",
			"NOTE  deploying renamed replays executions with findings (unread)\n      1 open execution\n      " +
				"history has signal paid, which the code never asks for; the code listens to order-paid\n    " +
				"  event 5  open    order/4711@renamed\n      replaymatrix explain order/4711@renamed\n",
		}, "", "it is told, and fails nothing"},
		{"findings", []string{"matrix", "--fail-on", "unread,unreadable"}, cli.ExitIncompatible, []string{"NOTE  "},
			says, "a pipeline can fail on it"},
		{"all findings", []string{"matrix", "--fail-on", "findings"}, cli.ExitIncompatible, []string{"NOTE  "},
			says, "whatever their kinds"},
		{"the other kind", []string{"matrix", "--fail-on", "unreadable"}, cli.ExitOK, []string{"NOTE  "}, "",
			"which it has not"},
		{"verdicts", []string{"matrix", "--fail-on", "incompatible,unjudged"}, cli.ExitOK, []string{"NOTE  "}, "",
			"a finding is no verdict"},
		{"annotations", []string{"matrix", "--format", "github", "--fail-on", "unread"}, cli.ExitIncompatible,
			[]string{"::error file=versioning/workflows/unnoticed/", "title=order%3A deploying renamed replays executions with " +
				"findings (unread)%2C 1 ", "::history has signal paid, which the code never asks for"}, says, "the formats agree"},
		{"no annotation that fails", []string{"matrix", "--format", "github"}, cli.ExitOK,
			[]string{"::notice file=versioning/workflows/unnoticed/", "findings (unread)%2C 1 "}, "",
			"nobody has asked"},
		{"explain", []string{"explain", "order/4711@renamed"}, cli.ExitOK, []string{
			"Finding        unread at event 5: history has signal paid, which the code never asks for; the code\n " +
				"              listens to order-paid\n",
			"the history alone cannot tell\n        whether the finding below breaks it.\n",
		}, "", "the story of the cell has it"},
		{"a kind that is none", []string{"matrix", "--fail-on", "unred"}, cli.ExitUsage, nil,
			`replaymatrix: --fail-on: unknown verdict "unred": the verdicts are safe, drift, nondeterministic, undecodable, version-removed, version-unknown, unregistered, not-applicable, panic, unstable, unstarted, unjudged; what may be seen beside them is unread, unreadable, unrun, missing-argument, service-default, zero-value, namespace-unknown, version-replaced, unanswered, undelivered; what a live Worker does next is stuck, closes, hangs, roll` + "\n", "the message has all names"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var out, errs bytes.Buffer
			command := &cli.Command{Families: []*versioning.Family{renamed()}, Recordings: os.DirFS(downloads(t)),
				Stdout: &out, Stderr: &errs}
			require.Equal(t, tt.code, command.Run(t.Context(), tt.args), "%s\n%s", tt.why, errs.String())
			require.Equal(t, tt.stderr, errs.String(), tt.why)
			for _, want := range tt.out {
				require.Contains(t, out.String(), want, tt.why)
			}
		})
	}
}
