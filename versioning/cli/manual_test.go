package cli

import (
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

// TestManual holds that the manual of the command names every command, and every flag.
func TestManual(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("../cmd/replaymatrix/doc.go")
	require.NoError(t, err)
	manual := string(source)
	root := rootOf(&Command{Families: workflows.Families})
	for _, path := range commandPaths(root, nil) {
		if len(path) != 1 {
			continue
		}
		cmd, _, err := root.Find(path)
		require.NoError(t, err)
		require.Regexp(t, `(?m)^\treplaymatrix `+path[0]+`\b`, manual, "Usage has no line for %s", path[0])
		for _, flag := range flagName.FindAllStringSubmatch(cmd.LocalFlags().FlagUsages(), -1) {
			if !regexp.MustCompile(flag[1]+`\b`).MatchString(manual) && flag[1] != "--help" {
				t.Errorf("%s %s is not in the manual", path[0], flag[1])
			}
		}
	}
}

var flagName = regexp.MustCompile(`(?m)^ +(?:-\w, )?(--[\w-]+)`)
