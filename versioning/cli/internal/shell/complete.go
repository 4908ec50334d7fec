package shell

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// A Completer returns the words that can replace toComplete. The caller leaves out words that do
// not begin with toComplete. A tab ends a word. The text after the tab is what a shell shows beside
// the word.
type Completer func(toComplete string) []string

// offer is the completer for cobra.
func offer(complete Completer) cobra.CompletionFunc {
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

// Once completes the first argument only.
func Once(complete Completer) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, toComplete string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return offer(complete)(cmd, args, toComplete)
	}
}

// Unused completes like complete, but leaves out words that are already among the arguments.
func Unused(complete Completer) cobra.CompletionFunc {
	return func(cmd *cobra.Command, args []string, toComplete string) ([]string, cobra.ShellCompDirective) {
		words, directive := offer(complete)(cmd, args, toComplete)
		return slices.DeleteFunc(words, func(word string) bool {
			plain, _, _ := strings.Cut(word, "\t")
			return slices.Contains(args, plain)
		}), directive
	}
}

// Listed completes the last word of a list of words with commas between them.
func Listed(complete Completer) Completer {
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

// FamilyWords completes the name of a family of the command.
func (s *Shell) FamilyWords(string) (words []string) {
	for _, f := range s.Families {
		words = append(words, Described(f.Name, f.Doc))
	}
	return words
}

// CompleteFlag offers the words as values of the flag of the command.
func CompleteFlag(cmd *cobra.Command, flag string, words Completer) {
	_ = cmd.RegisterFlagCompletionFunc(flag, offer(words)) // an error is a flag that is not there, or has words already
}

// Nothing offers no words. Use it for a value that only a person knows: without Nothing a shell
// offers files.
func Nothing(string) []string { return nil }

// Folders completes an argument or a flag that names a folder.
func Folders(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

// OfFamily completes with the words of the family that the flag --family names.
func (s *Shell) OfFamily(cmd *cobra.Command, words func(*versioning.Family) []string) Completer {
	return func(string) []string {
		name, _ := cmd.Flags().GetString("family")
		f, err := s.Family(name)
		if err != nil {
			cobra.CompErrorln(err.Error())
			return nil
		}
		return words(f)
	}
}

// Described returns the word, followed by the text that a shell shows beside it.
func Described(word, doc string) string { return word + "\t" + doc }
