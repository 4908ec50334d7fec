package cli

import (
	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// completeFlags tells the shells what the flags of all commands take, by the names
// of the flags: those that commands share mean the same in each.
func (c *Command) completeFlags(cmd *cobra.Command) {
	complete := map[string]cobra.CompletionFunc{
		"fail-on":       offer(listed(verdicts)),
		"level":         offer(levels),
		"family":        offer(c.families),
		"scenario":      offer(c.of(cmd, scenarios)),
		"profile":       offer(profiles),
		"address":       offer(nothing),
		"namespace":     offer(nothing),
		"query":         offer(nothing),
		"workflow-type": offer(c.of(cmd, func(f *versioning.Family) []string { return f.WorkflowTypes })),
		historiesFlag:   folders,
	}
	switch cmd.Name() {
	case "matrix":
		complete["format"] = offer(func(string) []string { return formatNames() })
	case "explain":
		complete["format"] = offer(func(string) []string { return explainFormats })
	case "worker":
		complete["workflow"] = offer(c.of(cmd, stages))
	case "starter":
		for _, id := range []string{"start-workflow", "finish-workflow", "query-workflow", "describe-workflow"} {
			complete[id] = offer(nothing)
		}
	}
	for name, words := range complete {
		if cmd.Flags().Lookup(name) != nil || cmd.PersistentFlags().Lookup(name) != nil {
			_ = cmd.RegisterFlagCompletionFunc(name, words) // an error is a flag that has one already
		}
	}
	for _, sub := range cmd.Commands() {
		c.completeFlags(sub)
	}
}

// nothing is for a value that only a person knows: without it a shell offers files.
func nothing(string) []string { return nil }

func folders(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}
