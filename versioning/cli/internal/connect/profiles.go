package connect

import (
	"slices"

	"github.com/spf13/cobra"
	"go.temporal.io/sdk/contrib/envconfig"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

// profiles are those of Temporal's configuration file. None is no error: most people
// have no such file.
func profiles(string) (words []string) {
	config, err := envconfig.LoadClientConfig(envconfig.LoadClientConfigOptions{})
	if err != nil {
		cobra.CompErrorln(shell.FirstLine(err.Error()))
		return nil
	}
	for name := range config.Profiles {
		words = append(words, name)
	}
	slices.Sort(words)
	return words
}
