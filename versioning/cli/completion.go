package cli

import (
	"bytes"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

// A shellScript is the script for a shell.
type shellScript struct {
	name   string
	script func(root *cobra.Command, w io.Writer) error
}

var shells = []shellScript{
	{"bash", bashScript},
	{"zsh", func(root *cobra.Command, w io.Writer) error { return root.GenZshCompletion(w) }},
	{"fish", func(root *cobra.Command, w io.Writer) error { return root.GenFishCompletion(w, true) }},
	{"powershell", func(root *cobra.Command, w io.Writer) error { return root.GenPowerShellCompletionWithDesc(w) }},
}

// bashScript lets a cell be one word: to readline an at sign begins another one,
// which is for names of hosts.
func bashScript(root *cobra.Command, w io.Writer) error {
	var script bytes.Buffer
	if err := root.GenBashCompletionV2(&script, true); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "%s\nCOMP_WORDBREAKS=${COMP_WORDBREAKS//@/} # RECORDING@STAGE is one word\n",
		script.Bytes())
	return err
}

func shellNames() (names []string) {
	for _, s := range shells {
		names = append(names, s.name)
	}
	return names
}

func completionCommand(s *shell.Shell) *cobra.Command {
	name := s.Name
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Print the script that completes commands, flags and names in a shell",
		Long: `completion prints a script for bash (with its package bash-completion), zsh, fish or
powershell. With it, the tab key completes commands, flags, families, cells, stages,
scenarios, formats, levels, verdicts and the profiles of Temporal's configuration file.
Nothing is replayed for that.

For the running shell:

  bash        source <(` + name + ` completion bash)
  zsh         source <(` + name + ` completion zsh)
  fish        ` + name + ` completion fish | source
  powershell  ` + name + ` completion powershell | Out-String | Invoke-Expression

For every new one, put that line into ~/.bashrc, ~/.zshrc (after compinit),
~/.config/fish/config.fish or $PROFILE.`,
		Example:           s.Examples("completion bash", "completion zsh"),
		Args:              shell.ArgsUsage(cobra.MaximumNArgs(1)),
		ValidArgsFunction: shell.Once(func(string) []string { return shellNames() }),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return shell.Usage(fmt.Errorf("the shell is missing: name one of %s", shell.Joined(shellNames())))
			}
			i := slices.IndexFunc(shells, func(script shellScript) bool { return script.name == args[0] })
			if i < 0 {
				return shell.Usage(fmt.Errorf("unknown shell %q: the shells are %s", args[0],
					shell.Joined(shellNames())))
			}
			return shells[i].script(cmd.Root(), s.Stdout)
		},
	}
}
