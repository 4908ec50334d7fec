package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"go.temporal.io/sdk/contrib/envconfig"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A completer gives the words that can stand where toComplete was typed. What does
// not begin like it is left out by the caller. A tab ends a word and begins what a
// shell shows beside it.
type completer func(toComplete string) []string

// offer is the completer for cobra.
func offer(complete completer) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, toComplete string) ([]string, cobra.ShellCompDirective) {
		var words []string
		more := cobra.ShellCompDirectiveNoSpace
		for _, word := range complete(toComplete) {
			if !strings.HasPrefix(word, toComplete) {
				continue
			}
			words = append(words, word)
			// A word that ends in one of these goes on.
			if plain, _, _ := strings.Cut(word, "\t"); !strings.ContainsAny(plain[max(0, len(plain)-1):], "/@") {
				more = 0
			}
		}
		if len(words) == 0 {
			more = 0
		}
		return words, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder | more
	}
}

// once completes the first argument only.
func once(complete completer) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, toComplete string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return offer(complete)(cmd, args, toComplete)
	}
}

// unused leaves out what is among the arguments already.
func unused(complete completer) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, toComplete string) ([]string, cobra.ShellCompDirective) {
		words, directive := offer(complete)(cmd, args, toComplete)
		return slices.DeleteFunc(words, func(word string) bool {
			plain, _, _ := strings.Cut(word, "\t")
			return slices.Contains(args, plain)
		}), directive
	}
}

// listed completes the last of several words that commas join.
func listed(complete completer) completer {
	return func(toComplete string) (words []string) {
		before := toComplete[:strings.LastIndex(toComplete, ",")+1]
		for _, word := range complete(toComplete[len(before):]) {
			plain, _, _ := strings.Cut(word, "\t")
			if !slices.Contains(strings.Split(before, ","), plain) {
				words = append(words, before+word)
			}
		}
		return words
	}
}

// families are those of the command.
func (c *Command) families(string) (words []string) {
	for _, f := range c.Families {
		words = append(words, described(f.Name, f.Doc))
	}
	return words
}

// cells completes FAMILY/RECORDING@STAGE part by part: all at once would be
// thousands.
func (c *Command) cells(toComplete string) (words []string) {
	var family *versioning.Family
	for _, f := range c.Families {
		if strings.HasPrefix(toComplete, f.Name+"/") && (family == nil || len(f.Name) > len(family.Name)) {
			family = f
		}
	}
	if family == nil {
		for _, f := range c.Families {
			words = append(words, described(f.Name+"/", f.Doc))
		}
		return words
	}
	sources, err := c.sources(family)
	if err != nil {
		cobra.CompErrorln(err.Error())
		return nil
	}
	for _, source := range sources {
		cell := family.Name + "/" + source.Name + "@"
		if !strings.HasPrefix(toComplete, cell) {
			words = append(words, cell)
			continue
		}
		for _, s := range matrix.Stages(family, source.Name) {
			words = append(words, described(cell+s.Name, s.Doc))
		}
	}
	return words
}

// of completes with what the family of the flag --family has.
func (c *Command) of(cmd *cobra.Command, words func(*versioning.Family) []string) completer {
	return func(string) []string {
		name, _ := cmd.Flags().GetString("family")
		f, err := c.family(name)
		if err != nil {
			cobra.CompErrorln(err.Error())
			return nil
		}
		return words(f)
	}
}

func stages(f *versioning.Family) (words []string) {
	for _, s := range f.Stages {
		words = append(words, described(s.Name, s.Doc))
	}
	return words
}

func scenarios(f *versioning.Family) (words []string) {
	for _, s := range f.Scenarios {
		words = append(words, described(s.Name, s.Doc))
	}
	return words
}

// verdicts are what --fail-on takes.
func verdicts(string) []string {
	words := []string{
		described("incompatible", "all that break executions or change what they do"),
		described("otherwise", "replays and answers a query otherwise"),
		described("findings", "what the history alone cannot settle"),
	}
	for _, info := range replay.Verdicts() {
		words = append(words, described(string(info.Verdict), info.Doc))
	}
	for _, info := range replay.Notes() {
		words = append(words, described(string(info.Kind), info.Doc))
	}
	return words
}

func levels(string) (words []string) {
	for _, level := range compare.Levels() {
		words = append(words, level.String())
	}
	return words
}

// profiles are those of Temporal's configuration file. None is no error: most people
// have no such file.
func profiles(string) (words []string) {
	config, err := envconfig.LoadClientConfig(envconfig.LoadClientConfigOptions{})
	if err != nil {
		cobra.CompErrorln(firstLine(err.Error()))
		return nil
	}
	for name := range config.Profiles {
		words = append(words, name)
	}
	slices.Sort(words)
	return words
}

func described(word, doc string) string { return word + "\t" + doc }
