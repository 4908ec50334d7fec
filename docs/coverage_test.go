package docs_test

import (
	"bytes"
	"context"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/workflows"
)

var printedCoverage = regexp.MustCompile("(?s)```\n((?:Branches of GetVersion|UNPROVEN|No replay uses).*?)```\n")

// TestCoveragePage keeps what docs/coverage.md quotes of the command what it
// prints, and its code what is compiled.
func TestCoveragePage(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("coverage.md")
	require.NoError(t, err)
	var printed bytes.Buffer
	command := &cli.Command{Families: workflows.Families, Recordings: os.DirFS("../histories"), Stdout: &printed}
	require.Equal(t, cli.ExitOK,
		command.Run(context.Background(), []string{"matrix", "--all", "revisions", "interleavings", "deployments"}))
	quoted := 0
	for _, block := range printedCoverage.FindAllStringSubmatch(string(page), -1) {
		for paragraph := range strings.SplitSeq(strings.TrimSpace(block[1]), "\n\n") {
			require.Contains(t, printed.String(), paragraph+"\n", "docs/coverage.md quotes what is not printed")
			quoted++
		}
	}
	require.Equal(t, 4, quoted)
	code := regexp.MustCompile("(?s)<!-- from (\\S+) -->\n```go\n(.*?)```\n").FindSubmatch(page)
	require.NotNil(t, code)
	source, err := os.ReadFile("../" + string(code[1]))
	require.NoError(t, err)
	require.Contains(t, string(source), string(code[2]))
}
