package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/revisions"
)

// TestHelp asks every command for its help, as a user does, and parses every example
// that it shows: names of commands, flags and the number of arguments.
func TestHelp(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		families []*versioning.Family
	}{
		{"reference", workflows.Families},
		{"user", []*versioning.Family{today(revisions.Family)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			fresh := func() *Command {
				return &Command{Name: "matrices", Families: tt.families, Recordings: os.DirFS("../../histories")}
			}
			for _, path := range commandPaths(rootOf(fresh()), nil) {
				help, code := said(t, fresh(), append(path, "--help")...)
				require.Equal(t, ExitOK, code, "%s", path)
				examples := examplesIn(help)
				require.NotEmpty(t, examples, "matrices %s --help has no examples:\n%s", strings.Join(path, " "), help)
				for _, example := range examples {
					checkExample(t, rootOf(fresh()), example)
				}
			}
		})
	}
}

// TestHelpTells requires a sentence and a text of each command.
func TestHelpTells(t *testing.T) {
	t.Parallel()
	c := &Command{Families: workflows.Families}
	root := rootOf(c)
	for _, path := range commandPaths(root, nil) {
		cmd, _, err := root.Find(path)
		require.NoError(t, err)
		require.NotEmpty(t, cmd.Short, "%s", path)
		require.NotEmpty(t, cmd.Long, "%s", path)
		for line := range strings.Lines(cmd.Long) {
			require.LessOrEqual(t, len([]rune(line)), 101, "%s: %s", path, line)
		}
	}
}

// TestExampleCheckFails keeps the check of the examples one that can fail.
func TestExampleCheckFails(t *testing.T) {
	t.Parallel()
	for _, wrong := range []string{"matrices matrx", "matrices matrix --formt json", "matrices against",
		"matrices worker initial", "matrices matrix --format"} {
		root := rootOf(&Command{Name: "matrices", Families: workflows.Families})
		require.Error(t, parseExample(root, wrong), wrong)
	}
}

// rootOf are the commands that Run has, without running one.
func rootOf(c *Command) *cobra.Command { return rootCommand(c.shell(), c.CacheKey) }

func checkExample(t *testing.T, root *cobra.Command, example string) {
	t.Helper()
	require.NoError(t, parseExample(root, example), example)
}

func parseExample(root *cobra.Command, example string) error {
	args := words(example)[1:]
	cmd, rest, err := root.Find(args)
	if err != nil {
		return err
	}
	err = cmd.ParseFlags(rest)
	if err != nil && strings.HasSuffix(err.Error(), "help requested") {
		return nil
	}
	if err != nil {
		return err
	}
	return cmd.ValidateArgs(cmd.Flags().Args())
}

var exampleBlock = regexp.MustCompile(`(?s)\nExamples:\n(.*?)\n\n`)

func examplesIn(help string) (examples []string) {
	block := exampleBlock.FindStringSubmatch(help)
	if block == nil {
		return nil
	}
	for line := range strings.Lines(block[1]) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "matrices") {
			examples = append(examples, line)
		}
	}
	return examples
}

// commandPaths are the arguments that lead to each command that help shows, the root
// being none.
func commandPaths(cmd *cobra.Command, path []string) (paths [][]string) {
	paths = append(paths, path)
	for _, sub := range cmd.Commands() {
		if !sub.Hidden {
			paths = append(paths, commandPaths(sub, append(append([]string{}, path...), sub.Name()))...)
		}
	}
	return paths
}

// today is the family with one stage and without scenarios.
func today(f *versioning.Family) *versioning.Family {
	one := *f
	one.Stages = one.Stages[:1]
	one.Scenarios = nil
	return &one
}

// said runs the command and returns what it has printed.
func said(t *testing.T, c *Command, args ...string) (out string, code int) {
	t.Helper()
	var both bytes.Buffer
	c.Stdout, c.Stderr = &both, &both
	code = c.Run(t.Context(), args)
	return both.String(), code
}

// TestNoFamily is for a main function that was left unfinished.
func TestNoFamily(t *testing.T) {
	t.Parallel()
	out, code := said(t, &Command{})
	require.Equal(t, ExitFailed, code)
	require.Equal(t, "replaymatrix: this command knows no family: give cli.Main, or Command.Families, at least one\n",
		out)
}

// TestHistoriesField has a default for --histories that is no flag.
func TestHistoriesField(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(folder, "shop", "revisions"), 0o777))
	recording, err := os.ReadFile("../../histories/revisions/pre-patch.completed.json")
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "shop", "revisions", "4711.json"), recording, 0o666))

	c := &Command{Families: []*versioning.Family{revisions.Family}, Histories: filepath.Join(folder, "shop")}
	out, code := said(t, c, "matrix")
	require.Equal(t, ExitOK, code, out)
	require.Contains(t, out, "\n4711 ")

	c = &Command{Families: []*versioning.Family{revisions.Family}, Histories: filepath.Join(folder, "shop")}
	out, code = said(t, c, "matrix", "--histories", folder)
	require.Equal(t, ExitFailed, code)
	require.Contains(t, out, "revisions has no recordings: there is no folder "+filepath.Join(folder, "revisions"),
		"the flag goes before the field")
}

var quoted = regexp.MustCompile(`"[^"]*"|\S+`)

// words are those of a command line, as a shell takes them.
func words(line string) []string {
	list := quoted.FindAllString(line, -1)
	for i, word := range list {
		list[i] = strings.Trim(word, `"`)
	}
	return list
}
